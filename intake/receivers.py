"""News from below: a text was published, a visit was booked. What is lost here, the sweep finds a few minutes later."""

import logging

from celery import current_app
from django.dispatch import receiver
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from clinic import events
from clinic.models import ConsentText
from intake.actions.education import send_sheet
from intake.actions.findings import judge_again

log = logging.getLogger(__name__)

SWEEP = "intake.sweep_consents"


@receiver(events.text_published)
def ask_again_for_signatures(sender, text, **news):
    """A consent has a new version: the worker asks everybody whom it concerns."""
    if not isinstance(text, ConsentText):
        return
    try:
        current_app.send_task(SWEEP, ignore_result=True, expires=280)
    except (KombuError, RedisError, OSError) as problem:
        log.warning("The worker could not be woken, the next beat will: %s", type(problem).__name__)


@receiver(events.test_results_changed)
def run_the_rules_with_results(sender, order, by=None, at=None, **news):
    """A result came in, was corrected or read: the rules look at the patient again."""
    judge_again(patient=order.patient, site=order.site, by=by, at=at)


@receiver(events.appointment_booked)
def send_sheet_with_booking(sender, appointments, by=None, at=None, **news):
    """The first infusion is booked: the patient gets the sheet to read, if they have not read it."""
    for visit in appointments:
        if visit.is_infusion:
            send_sheet(patient=visit.patient, site=visit.site, by=by, at=at)
