"""What the endings that no criteria lead to show: what was drawn, whom to call, the form to sign."""

from dataclasses import dataclass, field

from django.urls import reverse

from clinic.presenters.crisis import digits_of
from intake.presenters.copies import polylines
from sessions import queries
from sessions.presenters.pump import so_far
from sessions.presenters.rates import rate_words
from sessions.queries.emergencies import in_use


@dataclass(frozen=True)
class Drawn:
    """A syringe or bag that still holds drug nobody has accounted for, and where it is wasted."""

    label: str
    mg: str
    url: str


@dataclass
class LeavingPage:
    """What is running, what is drawn, whom to call."""

    running: list = field(default_factory=list)
    drawn: list = field(default_factory=list)
    call: list = field(default_factory=list)


def leaving_page(session, at):
    """The page of this session at `at`."""
    sheet = queries.sheet(session, at)
    running = [d for d in sheet.state.drugs if d.phase in ("running", "paused")]
    return LeavingPage([(rate_words(d), so_far(d)) for d in running], drawn(sheet), people_to_call(sheet))


def drawn(sheet):
    """Every preparation of a `Sheet` with drug in use."""
    return [
        Drawn(label, mg, reverse("sessions:preparation-waste", args=[sheet.session.pk, pk]))
        for label, mg, pk in in_use(sheet)
    ]


def people_to_call(sheet):
    """[(who, number, digits)]: the escort of today, the person to call, the responsible prescriber by name."""
    patient, escort = sheet.session.patient, sheet.answers.get("escort")
    rows = [("Escort", escort.detail)] if escort and escort.detail else []
    relation = f", {patient.emergency_relation}" if patient.emergency_relation else ""
    if patient.emergency_phone:
        rows.append((f"{patient.emergency_name or 'Person to call'}{relation}", patient.emergency_phone))
    if sheet.session.responsible_prescriber:
        rows.append(("Prescriber", sheet.session.responsible_prescriber.display_name))
    return [(who, said, digits_of(said)) for who, said in rows]


def signed_lines(ending):
    """The strokes of the signature under a form of leaving, as SVG points."""
    return polylines(ending.drawing) if ending else []
