"""Before the infusion: checklist, weight, line, dose, preparation, second check, start."""

from django.urls import reverse

from clinic import access, clock
from sessions import queries
from sessions.access import CLINICIANS, is_prescriber, part_or_404, session_or_404
from sessions.forms import before
from sessions.forms.events import LineForm
from sessions.presenters import links
from sessions.presenters.dose import dose_page, label_page, open_dose_order, proposal
from sessions.presenters.people import clinicians_at, other_chairs, prescribers_at
from sessions.presenters.start import containers_for, start_page
from sessions.presenters.words import Words
from sessions.queries.sheet import previous_weight
from sessions.rules import checklist as rules
from sessions.views.flow import deed, typed


@access.staff(*CLINICIANS)
def checklist(request, pk):
    """Every question of the day on one page."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    form = before.ChecklistForm(
        typed(request), session=session, checks=rules.asked(sheet.plan.checks), answers=sheet.answers
    )
    words = Words("Checklist", "Save the checklist", "Checklist saved.")
    overridable = links.overridable(session, queries.missing_to_start(sheet)) if is_prescriber(request, session) else []
    return deed(request, session, form, words, template="sessions/checklist.html", overrides=overridable)


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
def line_record(request, pk):
    """The IV line: placed, checked, infiltrated, new, removed."""
    session = session_or_404(request, pk)
    words = Words("IV line", "Save the line", "Line saved.")
    return deed(request, session, LineForm(typed(request), session=session), words)


@access.staff(*CLINICIANS)
def dose_order(request, pk):
    """The dose in four units with the weight it rests on; then a page that reads it back; then the signature."""
    session = session_or_404(request, pk)
    page = proposal(session, clock.now(), request.GET.get("drug"))
    form = before.DoseForm(typed(request), session=session, initial=page.initial)
    confirming = request.POST.get("step") == "confirm"
    if request.method == "POST" and request.POST.get("step") != "sign":
        return dose_page(request, session, form, page, confirming=confirming)
    words = Words("Order and dose", f"Sign the dose for {session.patient}", "Dose signed.")
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
def second_check(request, pk):
    """Another person reads label and pump, blind, and signs this one form."""
    session = session_or_404(request, pk)
    page = start_page(session, clock.now())
    sealed = request.GET.get("rate", "")
    form = before.SecondCheckForm(
        typed(request), session=session, preparation=page.to_check, stand_ins=page.stand_ins,
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
def hand_over(request, pk):
    """Another nurse takes the session."""
    session = session_or_404(request, pk)
    nurses = clinicians_at(session.site).exclude(pk=session.responsible_nurse_id)
    form = before.HandOverForm(typed(request), session=session, nurses=nurses)
    words = Words("Hand over", f"Hand over {session.patient}", "Handed over.")
    return deed(request, session, form, words)


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
