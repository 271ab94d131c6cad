"""What a patient answers before a visit: coming, well, with company; and what the clinic must do about it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic import audit, clock
from clinic.actions import appointments
from clinic.actions.tasks import open_task
from clinic.models import Appointment, ReadinessAnswer, Role
from clinic.refusal import Item, Refused
from followup.rules.readiness import Readiness, worries

ANSWERABLE = ("booked", "confirmed")
OVER = {
    "cancelled": _("This visit is cancelled: please call us."),
    "arrived": _("You are already here for this visit: please tell us at the desk."),
    "in_progress": _("You are already here for this visit: please tell us at the desk."),
}


@transaction.atomic
def answer(*, appointment: Appointment, readiness: Readiness, by, at: datetime | None = None) -> ReadinessAnswer:
    """Keep the answer; confirm or cancel the visit as the patient says; open a task where somebody must act.

    Raises Refused when the visit is past, cancelled or already under way.
    """
    at = at or clock.now()
    appointment = (
        Appointment.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=appointment.pk)
    )
    if appointment.state not in ANSWERABLE or appointment.starts_at <= at:
        words = OVER.get(appointment.state, _("This visit is already over: please call us."))
        raise Refused(Item("visit-over", words, field="coming"))
    found = worries(readiness)
    kept = ReadinessAnswer.objects.create(
        appointment=appointment, answers=readiness.as_dict(), ready=not found, answered_at=at
    )
    audit.record("readiness.answered", kept, by=by, patient=appointment.patient, site=appointment.site, at=at)
    if readiness.coming == "yes":
        appointments.confirm(appointment=appointment, by=by, at=at)
    if readiness.coming == "cancel":
        appointments.cancel(appointment=appointment, by=by, reason="cancelled by the patient", at=at)
    if found:
        _tell(appointment, kept, found, by=by, at=at)
    return kept


def _tell(appointment: Appointment, kept: ReadinessAnswer, found, *, by, at: datetime) -> None:
    """One task: for the nurse when it is about health, else for the front desk."""
    for_role = Role.NURSE if any(w.is_clinical for w in found) else Role.FRONT_DESK
    plain = [w.text for w in found if not w.is_clinical] or ["Not ready for the visit: ask the nurse."]
    open_task(
        "not_ready",
        title=" ".join(w.text for w in found),
        neutral_title=" ".join(plain),
        patient=appointment.patient,
        site=appointment.site,
        due_at=min(at + timedelta(hours=4), appointment.starts_at),
        for_role=for_role,
        by=by,
        subject=appointment,
        dedupe_key=f"readiness:{kept.pk}",
        at=at,
    )
