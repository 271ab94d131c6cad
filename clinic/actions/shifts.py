"""Who works when: a week set from a day on, other hours on one day; a task for the visits that lie outside."""

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from clinic import audit, clock, live
from clinic.actions.claims import lock_resources
from clinic.actions.tasks import open_task, subject_of
from clinic.models import Membership, Shift, ShiftDay, Task
from clinic.queries.shifts import outside_shifts
from clinic.refusal import Conflict, Item, refuse_if
from clinic.rules import shifts as rules
from clinic.rules.away import visits_words


@transaction.atomic
def set_week(*, user, site, hours, first, by, at=None):
    """This person works so from the local day `first` on: `hours` as weekday (Monday 0) -> (starts, ends), or two None.

    Without any hours they count as there whenever the site is open. Rows in force by then end on that day. Visits that
    lie outside stay booked and become one task of the front desk. Returns the new Shifts.
    """
    at = at or clock.now()
    today = at.astimezone(site.zone).date()
    refuse_if(rules.week_items(hours, first, today, works_here=_works_here(user, site, at), name=str(user)))
    lock_resources(users=[user.pk])  # whoever books with them waits, and then sees this week
    _end_on(user, site, first)
    made = [
        Shift(user=user, site=site, weekday=weekday, starts=starts, ends=ends, days=DateRange(first, None),
              noted_at=at, noted_by=by)
        for weekday, (starts, ends) in sorted(hours.items()) if starts is not None
    ]  # fmt: skip
    Shift.objects.bulk_create(made)
    detail = {"user": str(user.pk), "first": first.isoformat(), "days": len(made)}
    audit.record("shift.week_set", user, by=by, site=site, at=at, detail=detail)
    _ask_for_the_rest(user, site, by=by, at=at)
    return made


def _works_here(user, site, at):
    return Membership.objects.active(at).filter(user=user, site=site).exists()


def _end_on(user, site, first):
    """Rows in force on that day or later end before it; what would have begun later never counts."""
    rows = Shift.objects.select_for_update().filter(user=user, site=site, days__overlap=DateRange(first, None))
    for row in rows:
        row.days = DateRange(min(row.days.lower, first), first)
        row.save(update_fields=["days"])


@transaction.atomic
def note_day(*, user, site, day, starts, ends, by, at=None):
    """Other hours on one local day, or a day they usually don't work. Once a day: a Conflict when one is noted already.

    For a day off an absence is noted (`clinic.actions.absences`).
    """
    at = at or clock.now()
    today = at.astimezone(site.zone).date()
    refuse_if(
        rules.here_items(_works_here(user, site, at), str(user))
        + rules.day_items(day, today)
        + (rules.hours_items(starts, ends) if starts or ends else [Item("times", "Type both times.", field="starts")])
    )
    lock_resources(users=[user.pk])
    try:
        with transaction.atomic():
            made = ShiftDay.objects.create(
                user=user, site=site, day=day, starts=starts, ends=ends, noted_at=at, noted_by=by
            )
    except IntegrityError as problem:
        if "shift_day_once" not in str(problem):
            raise
        words = f"{user} has other hours that day already. Call them off first."
        raise Conflict(Item("twice", words, field="day")) from problem
    detail = {"user": str(user.pk), "day": day.isoformat()}
    audit.record("shift.day_noted", made, by=by, site=site, at=at, detail=detail)
    _ask_for_the_rest(user, site, by=by, at=at)
    return made


@transaction.atomic
def call_off_day(*, shift_day, by, at=None):
    """The day is as their week again. Refused twice, and once it has passed."""
    at = at or clock.now()
    row = ShiftDay.objects.select_for_update(of=("self",)).select_related("site", "user").get(pk=shift_day.pk)
    today = at.astimezone(row.site.zone).date()
    refuse_if(rules.call_off_items(row.called_off_at is not None, row.day, today))
    lock_resources(users=[row.user_id])
    row.called_off_at, row.called_off_by = at, by
    row.save(update_fields=["called_off_at", "called_off_by"])
    audit.record("shift.day_called_off", row, by=by, site=row.site, at=at, detail={"user": str(row.user_id)})
    _ask_for_the_rest(row.user, row.site, by=by, at=at)
    return row


def _ask_for_the_rest(user, site, *, by, at):
    """One open task a person and site while visits of theirs lie outside their hours; the person is locked."""
    hit = len(outside_shifts(user, site, at))
    asked = Task.objects.filter(kind="booking", state="open", site=site, **subject_of(user)).exists()
    if hit and not asked:
        title = f"{user} does not work then: {visits_words(hit)} to give to somebody else"
        open_task("booking", title=title, site=site, due_at=at, by=by, for_role="front_desk", subject=user, at=at)
    transaction.on_commit(lambda: live.announce(site.pk, "schedule", user.pk, 0))
