"""Who looked beyond their site in the demo clinic, what was odd, and what the admin and the auditor made of it."""

from datetime import timedelta

from clinic.actions import access_reviews, staff
from clinic.actions.glass import end_glass, open_glass
from clinic.actions.watching import flag
from clinic.models import Patient
from clinic.rules import watching

FOUND = "Called the ward: the patient was there after a fall, and they asked for the last dose."


def looked_after(here, now):
    """The list of people gone through, an emergency look that is settled, one that waits, and many files at night."""
    harbor, mesa = here.sites
    admin, auditor, nurse, doctor = (here.staff[mail] for mail in ("admin", "auditor", "nurse", "prescriber2"))
    staff.check_access(site=harbor, by=admin, words="Took one role away.", at=now - timedelta(days=40))
    theirs = Patient.objects.filter(sites__site=mesa).exclude(sites__site=harbor).order_by("record_number")
    first, second = theirs[0], theirs[1]
    _look(first, nurse, harbor, "called", "The emergency ward of Exampleton asks for the last dose.", now, days=9)
    access_reviews.settle_review(
        review=nurse.broken_glass.get().review, by=auditor, outcome="justified", outcome_words=FOUND,
        at=now - timedelta(days=8),
    )  # fmt: skip
    _look(second, doctor, harbor, "here", "Came to our door, says the next visit is due here.", now, days=1)
    flag(watching.FILES_CLOSED, user=doctor, site=harbor, count=6, at=now - timedelta(hours=5))


def _look(patient, by, site, why, words, now, *, days):
    at = now - timedelta(days=days)
    glass = open_glass(
        given_name=patient.given_name, family_name=patient.family_name, born_on=patient.born_on, why=why, words=words,
        by=by, site=site, at=at,
    )  # fmt: skip
    end_glass(glass=glass, by=by, at=at + timedelta(minutes=12))
