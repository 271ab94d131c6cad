"""Who is away and when a site is closed: noted, called off, with a task for the visits that this hits."""

from collections import Counter

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic import audit, clock, live
from clinic.actions.tasks import open_task
from clinic.models import ClosedDay, Membership, StaffAbsence
from clinic.queries.away import outside, parts_of, visits_between
from clinic.refusal import Conflict, Item, refuse_if
from clinic.rules import away as rules
from clinic.rules.booking import Span
from clinic.words import clinic_date


@transaction.atomic
def note_absence(*, user, site, start, end, by, kind="other", why="", at=None):
    """Somebody of this site is away from `start` until `end` (aware). Nothing new is booked with them then.

    Where visits of theirs lie in it, the front desk gets a task. Refused: not of this site, nothing of it still ahead;
    a Conflict when an absence of theirs is noted for then already.
    """
    at = at or clock.now()
    works_here = Membership.objects.active(at).filter(user=user, site=site).exists()
    refuse_if(rules.absence_items(start, end, at, works_here=works_here, name=str(user)))
    try:
        with transaction.atomic():
            made = StaffAbsence.objects.create(
                user=user, during=DateTimeTZRange(start, end), kind=kind, why=why.strip()[:80], noted_at=at, noted_by=by
            )
    except IntegrityError as problem:
        if "absence_no_overlap" not in str(problem):
            raise
        raise Conflict(Item("twice", f"{user} is noted as away then already.", field="first")) from problem
    audit.record("absence.noted", made, by=by, site=site, at=at, detail={"user": str(user.pk)})
    for place, count in _hit_by_site(user, Span(max(start, at), end)).items():
        words = f"{user} is away: {rules.visits_words(count)} to give to somebody else"
        _ask(made, place, words, due=max(start, at), by=by, at=at)
    _announce(site, made)
    return made


def _hit_by_site(user, span):
    """How many visits of this person lie in the span, at each site where they have some."""
    places = {claim.appointment_id: claim.appointment.site for claim in parts_of([user], span)}
    return Counter(places.values())


def _ask(row, site, title, *, due, by, at):
    open_task("booking", title=title, site=site, due_at=due, by=by, for_role="front_desk", subject=row,
              dedupe_key=f"away:{row.pk}:{site.pk}", at=at)  # fmt: skip


@transaction.atomic
def call_off_absence(*, absence, site, by, at=None):
    """They are there after all. Calling off twice is refused; what lies behind stays as it was."""
    at = at or clock.now()
    absence = StaffAbsence.objects.select_for_update(of=("self",)).select_related("user").get(pk=absence.pk)
    refuse_if(rules.call_off_items(absence.called_off_at, absence.during.upper, at))
    absence.called_off_at, absence.called_off_by = at, by
    absence.save(update_fields=["called_off_at", "called_off_by"])
    audit.record("absence.called_off", absence, by=by, site=site, at=at)
    _announce(site, absence)
    return absence


@transaction.atomic
def close_day(*, site, day, by, opens=None, closes=None, why="", at=None):
    """The site is closed on this local day, or with `opens` and `closes` open only then. Once a day.

    Visits that lie outside stay booked; the front desk gets a task to move them.
    """
    at = at or clock.now()
    today = at.astimezone(site.zone).date()
    refuse_if(rules.closed_day_items(day, today, opens, closes))
    try:
        with transaction.atomic():
            made = ClosedDay.objects.create(site=site, day=day, opens=opens, closes=closes, why=why.strip()[:120])
    except IntegrityError as problem:
        if "closed_day_once" not in str(problem):
            raise
        raise Conflict(Item("twice", "This day has hours of its own already. Take them back first.", field="day")) \
            from problem  # fmt: skip
    audit.record("site.day_closed", made, by=by, site=site, at=at, reason=made.why)
    hit = len(outside(visits_between(site, day, day), made))
    if hit:
        said = f"Closed on {clinic_date(day)}: {rules.visits_words(hit)} to move"
        _ask(made, site, said, due=at, by=by, at=at)
    _announce(site, made)
    return made


@transaction.atomic
def open_day_again(*, closed_day, by, at=None):
    """The day is as its weekday again. Refused once it has passed."""
    at = at or clock.now()
    site = closed_day.site
    refuse_if(rules.open_again_items(closed_day.day, at.astimezone(site.zone).date()))
    audit.record("site.day_opened", closed_day, by=by, site=site, at=at, detail={"day": closed_day.day.isoformat()})
    ClosedDay.objects.filter(pk=closed_day.pk).delete()
    _announce(site, closed_day)


def _announce(site, row):
    transaction.on_commit(lambda: live.announce(site.pk, "schedule", row.pk, 0))
