"""Before the infusion: checklist, weight, dose, preparation, second check, start."""

from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic import access, clock
from intake.presenters.education import prepared
from sessions import queries
from sessions.access import CLINICIANS, is_prescriber, part_or_404, session_or_404
from sessions.forms import before
from sessions.presenters import links
from sessions.presenters.dose import dose_page, open_dose_order, proposal
from sessions.presenters.equipment import checks_of, equipment_of
from sessions.presenters.labels import label_page, label_paper
from sessions.presenters.people import other_chairs, prescribers_at
from sessions.presenters.second import second_people
from sessions.presenters.start import containers_for, start_page
from sessions.presenters.words import Words
from sessions.queries.last import last_answers
from sessions.queries.sheet import previous_weight
from sessions.views.flow import deed, typed


@access.staff(*CLINICIANS)
def checklist(request, pk):
    """Every question of the day on one page."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    form = before.ChecklistForm(
        typed(request), session=session, checks=checks_of(sheet), answers=sheet.answers, last=last_answers(session)
    )
    words = Words("Checklist", "Save the checklist", "Checklist saved.")
    overridable = links.overridable(session, queries.missing_to_start(sheet)) if is_prescriber(request, session) else []
    about = {"overrides": overridable, "prepared": prepared(session.patient), "equipment": equipment_of(sheet)}
    return deed(request, session, form, words, template="sessions/checklist.html", **about)


@access.staff("prescriber")
def gate_override(request, pk, gate):
    """A prescriber lets one gate of the start pass, with a reason."""
    session = session_or_404(request, pk)
    form = before.OverrideForm(typed(request), session=session, gate=gate)
    said = links.SHORT.get(f"start.{gate}", gate)
    words = Words(f"Go on without: {said.lower()}", "Go on, with this reason", "The reason is in the record.")
    return deed(request, session, form, words, then="sessions:session-start")


@access.staff(*CLINICIANS)
def weight_record(request, pk):
    """Today's weight; pounds are asked about, and a large change since last time."""
    session = session_or_404(request, pk)
    form = before.WeightForm(typed(request), session=session)
    words = Words("Weight", f"Save the weight of {session.patient}", "Weight saved.")
    return deed(request, session, form, words, template="sessions/weight.html", previous_kg=previous_weight(session))


@access.staff(*CLINICIANS)
def dose_order(request, pk):
    """The dose in four units with the weight it rests on; then a page that reads it back; then the signature."""
    session = session_or_404(request, pk)
    page = proposal(session, clock.now(), request.GET.get("drug"))
    others = None if is_prescriber(request, session) else prescribers_at(session.site)
    form = before.DoseForm(typed(request), session=session, prescribers=others, initial=page.initial)
    confirming = request.POST.get("step") == "confirm"
    if request.method == "POST" and request.POST.get("step") != "sign":
        return dose_page(request, session, form, page, confirming=confirming)
    done = "Order taken. It can be started once it is co-signed." if request.POST.get("ordered_by") else "Dose signed."
    words = Words("Order and dose", f"Sign the dose for {session.patient}", done)
    return deed(request, session, form, words, template="sessions/dose.html", page=page)


@access.staff(*CLINICIANS)
def preparation_make(request, pk):
    """A syringe or bag out of containers in date and in stock."""
    session = session_or_404(request, pk)
    order = open_dose_order(session)
    lines = containers_for(session, order, clock.now())
    form = before.PrepareForm(
        typed(request), session=session, dose_order=order, containers=[line.container for line in lines]
    )
    words = Words("Prepare the syringe", "Save the preparation", "Preparation saved. Print its label.")
    return deed(
        request, session, form, words, template="sessions/prepare.html", stock=lines, order=order,
        then=lambda made: reverse("sessions:preparation-label", args=[session.pk, made.pk]),
    )  # fmt: skip


@access.staff(*CLINICIANS)
def preparation_label(request, pk, preparation):
    """The label to print and stick on."""
    session = session_or_404(request, pk)
    return label_page(request, session, part_or_404(session, "preparations", preparation))


@access.staff(*CLINICIANS)
@require_GET
def label_pdf(request, pk, preparation):
    """The label alone, at the size of a label printer's paper."""
    session = session_or_404(request, pk)
    return label_paper(request, session, part_or_404(session, "preparations", preparation))


@access.staff(*CLINICIANS)
def second_check(request, pk):
    """Another person reads label and pump, blind, and signs this one form."""
    session = session_or_404(request, pk)
    page = start_page(session, clock.now())
    sealed = request.GET.get("rate", "")
    persons, page.cannot = second_people(request, session, page.to_check, stand_in=bool(page.stand_ins))
    form = before.SecondCheckForm(
        typed(request), session=session, preparation=page.to_check, stand_ins=page.stand_ins, persons=persons,
        initial={"occasion": "rate", "sealed_rate": sealed} if sealed else {"occasion": page.occasion},
    )  # fmt: skip
    words = Words("Second check", "Sign the second check", "Second check: label and pump match.")
    return deed(request, session, form, words, template="sessions/second_check.html", page=page)


@access.staff(*CLINICIANS)
def session_start(request, pk):
    """Everything that is missing, each with its page; the start itself when nothing is."""
    session = session_or_404(request, pk)
    page = start_page(session, clock.now())
    form = before.StartForm(
        typed(request), session=session, dose_order=page.order, preparation=page.preparation,
        initial={"pump": page.order.pump if page.order else ""},
    )  # fmt: skip
    words = Words("Start the infusion", f"Start the infusion of {session.patient}", "Infusion started.")
    return deed(request, session, form, words, template="sessions/start.html", page=page)


@access.staff(*CLINICIANS)
def prescriber_name(request, pk):
    """Another prescriber becomes responsible for the session."""
    session = session_or_404(request, pk)
    others = prescribers_at(session.site).exclude(pk=session.responsible_prescriber_id)
    form = before.PrescriberForm(typed(request), session=session, prescribers=others)
    words = Words("Responsible prescriber", f"Name the prescriber of {session.patient}", "The prescriber is named.")
    return deed(request, session, form, words)


@access.staff(*CLINICIANS)
def chair_move(request, pk):
    """The patient sits in another chair."""
    session = session_or_404(request, pk)
    form = before.ChairForm(typed(request), session=session, chairs=other_chairs(session))
    words = Words("Move to another chair", f"Move {session.patient}", "Moved.")
    return deed(request, session, form, words)
