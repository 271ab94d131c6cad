"""Containers and the controlled-drug ledger."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic import access, audit
from clinic.models import Role
from sessions.access import CLINICIANS, container_or_404, difference_or_404, part_or_404, session_or_404
from sessions.forms import vials as forms
from sessions.presenters.vials import vial_page, vials_page
from sessions.presenters.words import Words
from sessions.views.flow import attempt, deed, typed

READERS = (*CLINICIANS, Role.CLINIC_ADMIN.value)


@access.staff(*READERS)
@require_GET
def vial_list(request):
    """What is in stock, in use and where every mg went, per lot; what is not explained yet."""
    audit.looked(request, "look sessions:vial-list", site=request.site)
    return render(request, "sessions/vials.html", {"page": vials_page(request.site), "clinician": _writes(request)})


@access.staff(*READERS)
@require_GET
def vial_show(request, pk):
    """One container and its ledger."""
    container = container_or_404(request, pk)
    return render(request, "sessions/vial.html", {"page": vial_page(container), "clinician": _writes(request)})


def _writes(request):
    return access.has_role(request, *CLINICIANS)


@access.staff(*CLINICIANS)
def vial_receive(request):
    """A container comes into stock."""
    form = forms.ReceiveForm(typed(request), site=request.site)
    return _ledger(request, form, Words("Receive a container", "Receive it", "Received."))


@access.staff(*CLINICIANS)
def vial_waste(request, pk):
    """What is left in a container is wasted, with a witness."""
    container = container_or_404(request, pk)
    form = forms.WasteForm(typed(request), site=container.site, container=container)
    return _ledger(request, form, Words("Waste", "Record the waste", "Waste recorded.", lead=str(container)))


@access.staff(*CLINICIANS)
def vial_return(request, pk):
    """A sealed container goes back."""
    container = container_or_404(request, pk)
    form = forms.ReturnForm(typed(request), site=container.site, subject=container)
    return _ledger(request, form, Words("Return", "Record the return", "Returned.", lead=str(container)))


@access.staff(*CLINICIANS)
def vial_count(request, pk):
    """What is really there, counted by two."""
    container = container_or_404(request, pk)
    form = forms.CountForm(typed(request), site=container.site, subject=container)
    return _ledger(request, form, Words("Count", "Record the count", "Counted.", lead=str(container)))


@access.staff(*CLINICIANS)
def difference_close(request, pk):
    """A difference is explained and adjusted, with a witness."""
    row = difference_or_404(request, pk)
    form = forms.CloseDifferenceForm(typed(request), site=row.site, subject=row)
    return _ledger(request, form, Words("Explain a difference", "Close the difference", "Closed.", lead=row.cause))


def _ledger(request, form, words):
    status = 200
    if request.method == "POST":
        _, status = attempt(request, form)
        if status == 302:
            messages.success(request, words.done)
            return HttpResponseRedirect(reverse("sessions:vial-list"))
    context = {"form": form, "words": words, "has_errors": status != 200}
    return render(request, "sessions/ledger_deed.html", context, status=status)


@access.staff(*CLINICIANS)
def preparation_waste(request, pk, preparation):
    """What is left in a syringe or bag is wasted, with a witness."""
    session = session_or_404(request, pk)
    row = part_or_404(session, "preparations", preparation)
    form = forms.WasteForm(typed(request), site=session.site, preparation=row)
    words = Words("Waste", f"Record the waste: {row.label}", "Waste recorded.",
                  lead="The witness sees it and signs. It cannot be the person who prepared it.")  # fmt: skip
    return deed(request, session, form, words)
