"""The messages out of this site: what waits, what went, what needs a person."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clinic import access, notify
from clinic.presenters.outbox import message_or_404, outbox_of
from clinic.refusal import Refused

READERS = ("front_desk", "nurse", "prescriber", "clinic_admin")


@access.staff(*READERS)
@require_safe
def show_list(request):
    """One tab of the outbox, a page at a time."""
    return render(request, "clinic/outbox.html", {"outbox": outbox_of(request)})


@access.staff(*READERS)
@require_POST
def retry(request, pk):
    """Send a failed or unknown message again: a person decided."""
    message = message_or_404(request, pk)
    return _tried(request, lambda: notify.retry(message=message, by=request.user), "It will be sent again.")


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
        return render(request, "clinic/outbox.html", {"outbox": outbox_of(request)}, status=409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("clinic:outbox"))
