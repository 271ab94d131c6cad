"""What a patient wants to hear by which channel, all of it at once: as the patient ticks it, or as staff is told."""

from datetime import datetime

from django.db import transaction

from clinic import clock, notify
from clinic.models import Patient

STOPPABLE = ("reminder", "diary", "form")


@transaction.atomic
def set_wanted(
    *, patient: Patient, by, mail: set[str], text: set[str] | None, how: str, at: datetime | None = None
) -> None:
    """Write down every choice; it holds at once. `text` None: text messages were not asked about.

    Then nobody has agreed to any; what is stopped by mail is stopped there too.
    """
    at = at or clock.now()
    _set(patient, "email", set(mail), by=by, how=how, at=at)
    if text is not None:
        _set(patient, "sms", set(text), by=by, how=how, at=at)
        return
    for kind in STOPPABLE:
        if kind not in mail:
            notify.stop(patient=patient, by=by, channel="sms", kind=kind, how=how, at=at)


def _set(patient, channel, wanted, *, by, how, at) -> None:
    if wanted:
        notify.start(patient=patient, by=by, channel=channel, kind="all", how=how, at=at)
    elif channel == "sms":
        notify.stop(patient=patient, by=by, channel=channel, kind="all", how=how, at=at)
    for kind in STOPPABLE:
        change = notify.start if kind in wanted else notify.stop
        change(patient=patient, by=by, channel=channel, kind=kind, how=how, at=at)
