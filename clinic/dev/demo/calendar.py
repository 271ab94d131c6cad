"""What makes a schedule look lived in: somebody away, a half day, check-ups that were missed, moved or called off."""

from datetime import date, datetime, time, timedelta

from clinic.actions import absences, appointments, shifts
from clinic.models import Appointment, Course, User
from clinic.refusal import Conflict
from clinic.rules.booking import wall

# What became of each check-up: how it ended and why.
ENDS = [
    ("no_show", "forgot"),
    ("cancelled", "ill"),
    ("no_show", "no_answer"),
    ("cancelled", "travel"),
    ("cancelled", "life"),
    ("no_show", "not_said"),
]
DAY = timedelta(days=1)


def live_in(now):
    """Fill in what the stories leave out, at the first site. Everything through the product's own actions."""
    desk = User.objects.get(email="desk@example.org")
    signed = Course.objects.filter(signed_at__isnull=False).select_related("patient", "site")
    courses = list(signed.order_by("opened_at"))
    for n, ((how, code), course) in enumerate(zip(ENDS, courses, strict=False)):
        _check_up(course, desk, now - (5 + 9 * n) * DAY, how, code)
    _away(desk, now)
    _move_one(desk, now)
    _hours(now)


def _check_up(course, desk, around, how, code):
    """A check-up of a past day that did not take place."""
    site, day = course.site, _weekday(around.astimezone(course.site.zone).date())
    wanted, asked = wall(day, time(14), site.zone), {"patient": course.patient, "site": site, "kind": "follow_up"}
    visit = _book(asked, wanted, desk, at=wanted - 6 * DAY)
    if how == "no_show":
        appointments.mark_no_show(appointment=visit, by=desk, code=code, at=visit.starts_at + timedelta(minutes=25))
    else:
        appointments.cancel(appointment=visit, by=desk, code=code, at=visit.starts_at - timedelta(hours=20))


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _book(asked, starts_at: datetime, desk, *, at):
    """At the wanted time, or the nearest that is free."""
    try:
        return appointments.book(starts_at=starts_at, by=desk, at=at, **asked)
    except Conflict as clash:
        return appointments.book(starts_at=clash.current[0].starts_at, by=desk, at=at, **asked)


def _away(desk, now):
    """A nurse on leave at the end of the week, and half a day that the whole site is closed."""
    nurse, admin = User.objects.get(email="nurse3@example.org"), User.objects.get(email="admin@example.org")
    site = nurse.memberships.first().site
    day = now.astimezone(site.zone).date()
    start, end = wall(day + 3 * DAY, time(0), site.zone), wall(day + 5 * DAY, time(0), site.zone)
    absences.note_absence(user=nurse, site=site, start=start, end=end, kind="leave", by=desk, at=now)
    absences.close_day(
        site=site, day=day + 18 * DAY, opens=time(7), closes=time(12), why="Staff training", by=admin, at=now
    )


def _hours(now):
    """Two nurses and a prescriber with a week of their own from next week on, and a Saturday morning beside it."""
    admin = User.objects.get(email="admin@example.org")
    weeks = {"nurse2": (range(4), time(7), time(17)), "nurse3": (range(5), time(9), time(19)),
             "prescriber2": ((0, 1, 3, 4), time(8), time(18))}  # fmt: skip
    for name, (days, starts, ends) in weeks.items():
        user = User.objects.filter(email=f"{name}@example.org").first()
        if user is not None:
            site = user.memberships.first().site
            first = now.astimezone(site.zone).date() + 7 * DAY
            hours = dict.fromkeys(days, (starts, ends))
            shifts.set_week(user=user, site=site, hours=hours, first=first, by=admin, at=now)
            _extra_day(user, site, first, admin, now)


def _extra_day(user, site, first, admin, now):
    day = first + timedelta(days=(5 - first.weekday()) % 7)
    shifts.note_day(user=user, site=site, day=day, starts=time(8), ends=time(12), by=admin, at=now)


def _move_one(desk, now):
    """One visit ahead was moved by a day at the patient's wish, so that its history has something to tell."""
    rows = Appointment.objects.filter(state="booked", starts_at__gt=now + 3 * DAY, kind="infusion")
    visit = rows.select_related("site", "course").order_by("-starts_at").first()
    if visit is not None:
        later = visit.starts_at + timedelta(hours=1)
        appointments.move(appointment=visit, starts_at=later, flexible=True, by=desk, reason="Asked to", at=now)
