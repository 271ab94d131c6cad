"""The messages out of this site: what waits, what went, what needs a person."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, asked, audit, notify
from clinic.forms_messages import PRIVATE, OutboxFilter
from clinic.presenters.outbox import failed_of, message_or_404, message_page, outbox_of
from clinic.refusal import Refused

READERS = (*access.CARE_TEAM, "clinic_admin")


@access.staff(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show_list(request):
    """One tab of the outbox, a page at a time, as the filter asks, which is posted."""
    return asked.to_page(request, *PRIVATE) if request.method == "POST" else _list(request)


def _list(request, status=200):
    form = OutboxFilter(asked.filters(request, *PRIVATE))
    outbox = outbox_of(request, form)
    context = {"outbox": outbox, "form": form}
    return render(request, "clinic/outbox.html", context, status=422 if form.errors else status)


@access.staff(*READERS)
@require_safe
def show(request, pk):
    """One message and everything that happened to it."""
    message = message_or_404(request, pk)
    audit.looked(request, "look message", message, patient=message.patient, site=message.site)
    return render(request, "clinic/message_show.html", {"page": message_page(message)})


@access.staff(*READERS)
@require_POST
def retry(request, pk):
    """Send a failed or unknown message again: a person decided."""
    message = message_or_404(request, pk)
    return _tried(request, lambda: notify.retry(message=message, by=request.user), "It will be sent again.")


@access.staff(*READERS)
@require_POST
def retry_all(request):
    """Send every failed message again that the filter leaves; unknown ones are left: somebody has to ask first."""
    chosen = failed_of(request, OutboxFilter(asked.filters(request, *PRIVATE)))
    done = notify.retry_each(messages=chosen, by=request.user)
    words = f"{done} message{'' if done == 1 else 's'} will be sent again."
    messages.success(request, words if done else "There was nothing left to send again.")
    return HttpResponseRedirect(f"{reverse('clinic:outbox')}?show=due")


@access.staff(*READERS)
@require_POST
def settle(request, pk, went_out):
    """A person found out: it did go out, or it is no longer wanted."""
    message = message_or_404(request, pk)
    said = "Marked as sent." if went_out else "Withdrawn."
    return _tried(request, lambda: notify.resolve(message=message, went_out=went_out, by=request.user), said)


def _tried(request, act, said):
    try:
        act()
    except Refused as refused:
        messages.error(request, f"{refused} Somebody may have been faster: this is how it stands now.")
        return _list(request, status=409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("clinic:outbox"))
