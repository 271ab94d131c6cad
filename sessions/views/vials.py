"""Containers and the controlled-drug ledger."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic import access, audit, clock
from clinic.models import Role
from clinic.words import figure
from sessions.access import CLINICIANS, container_or_404, difference_or_404, part_or_404, session_or_404
from sessions.access_drugs import other_sites, sent_or_404, waste_or_404
from sessions.countersign import quick_people
from sessions.forms import vials as forms
from sessions.presenters.vials import left_in_container, left_of_preparation, vial_page, vials_page
from sessions.presenters.words import Words
from sessions.queries.ledger import balances
from sessions.views.flow import deed, site_deed, typed

READERS = (*CLINICIANS, Role.CLINIC_ADMIN.value)


@access.staff(*READERS)
@require_GET
def vial_list(request):
    """What is in stock, in use and where every mg went, per lot; what is not explained yet."""
    audit.looked(request, "look sessions:vial-list", site=request.site)
    page = vials_page(request.site, clock.now())
    return render(request, "sessions/vials.html", {"page": page, "clinician": _writes(request)})


@access.staff(*READERS)
@require_GET
def vial_show(request, pk):
    """One container and its ledger."""
    container = container_or_404(request, pk)
    page = vial_page(container, clock.now())
    return render(request, "sessions/vial.html", {"page": page, "clinician": _writes(request)})


def _writes(request):
    return access.has_role(request, *CLINICIANS)


@access.staff(*CLINICIANS)
def vial_receive(request):
    """A delivery comes into stock."""
    form = forms.ReceiveForm(typed(request), site=request.site)
    return _ledger(request, form, Words("Receive a delivery", "Receive it", "Received."))


@access.staff(*CLINICIANS)
def vial_take_in(request, pk):
    """A vial that another site has sent arrives."""
    entry = sent_or_404(request, pk)
    form = forms.TakeInForm(typed(request), entry=entry)
    lead = f"{entry.container}, sent by {entry.site} ({entry.posted_by.display_name})"
    return _ledger(request, form, Words("Take in from another site", "Take it in", "Taken in.", lead=lead))


@access.staff(*CLINICIANS)
def vial_move(request, pk):
    """A container is kept somewhere else."""
    container = container_or_404(request, pk)
    form = forms.MoveForm(typed(request), container=container)
    return _ledger(request, form, Words("Where it is kept", "Save", "Saved.", lead=str(container)))


@access.staff(*CLINICIANS)
def vial_waste(request, pk):
    """What is left in a container is wasted, with a witness."""
    container = container_or_404(request, pk)
    left = left_in_container(container, clock.now())
    form = forms.WasteForm(typed(request), site=container.site, container=container,
                           initial={"mg": figure(left.rest)}, persons=_witnesses(request, container.site))  # fmt: skip
    words = Words("Waste", "Record the waste", "Waste recorded.", lead=str(container))
    return _ledger(request, form, words, facts=left.facts)


@access.staff(*CLINICIANS)
def vial_return(request, pk):
    """A sealed container goes back, or to another site."""
    container = container_or_404(request, pk)
    form = forms.ReturnForm(typed(request), site=container.site, subject=container, sites=other_sites(container.site),
                            persons=_witnesses(request, container.site))  # fmt: skip
    return _ledger(request, form, Words("Return", "Record the return", "Returned.", lead=str(container)))


@access.staff(*CLINICIANS)
def vial_count(request, pk):
    """What is really there, counted by two."""
    container = container_or_404(request, pk)
    form = forms.CountForm(typed(request), site=container.site, subject=container,
                           persons=_witnesses(request, container.site))  # fmt: skip
    return _ledger(request, form, Words("Count", "Record the count", "Counted.", lead=str(container)))


@access.staff(*CLINICIANS)
def count_all(request):
    """Everything in the safe on one sheet, counted by two."""
    containers = [line.container for line in balances(request.site) if line.balance.in_stock > 0]
    form = forms.CountSheetForm(typed(request), site=request.site, containers=containers,
                                persons=_witnesses(request, request.site))  # fmt: skip
    words = Words("Count everything", "Record the count", "Counted. What differs is in the list of differences.")
    return _ledger(request, form, words, template="sessions/count.html")


@access.staff(*CLINICIANS)
def waste_correct(request, pk):
    """A waste typed wrong is taken back and written anew."""
    entry = waste_or_404(request, pk)
    form = forms.CorrectWasteForm(typed(request), site=entry.site, subject=entry,
                                  persons=_witnesses(request, entry.site))  # fmt: skip
    lead = f"{entry.container.code}: {entry.mg.normalize():f} mg wasted. The wrong line stays, struck through."
    return _ledger(request, form, Words("Correct a waste", "Correct it", "Corrected.", lead=lead))


@access.staff(*CLINICIANS)
def difference_close(request, pk):
    """A difference is explained and adjusted, with a witness."""
    row = difference_or_404(request, pk)
    form = forms.CloseDifferenceForm(typed(request), site=row.site, subject=row,
                                     persons=_witnesses(request, row.site))  # fmt: skip
    return _ledger(request, form, Words("Explain a difference", "Close the difference", "Closed.", lead=row.cause))


def _witnesses(request, site):
    """Who may sign by PIN here: never the one who is signed in."""
    return quick_people(request, site, but={request.user.pk})


def _ledger(request, form, words, *, template="sessions/ledger_deed.html", facts=()):
    return site_deed(request, form, words, template=template, then=reverse("sessions:vial-list"), facts=facts)


@access.staff(*CLINICIANS)
def preparation_waste(request, pk, preparation):
    """What is left in a syringe or bag is wasted, with a witness; the remaining amount is proposed."""
    session = session_or_404(request, pk)
    row = part_or_404(session, "preparations", preparation)
    left = left_of_preparation(row, session.site)
    form = forms.WasteForm(
        typed(request), site=session.site, preparation=row,
        initial={"mg": figure(left.rest), "dead_space_mg": figure(left.dead)},
        persons=quick_people(request, session.site, but={request.user.pk, row.made_by_id}),
    )  # fmt: skip
    words = Words("Waste", f"Record the waste: {row.label}", "Waste recorded.",
                  lead="The witness sees it and signs. It cannot be the person who prepared it.")  # fmt: skip
    return deed(request, session, form, words, template="sessions/waste.html", facts=left.facts)
