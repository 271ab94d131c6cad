"""The days of a site: which are open, and all that closing one looks at."""

from datetime import date, time, timedelta

from django.db.models import Count, DateField
from django.db.models.functions import Trunc
from django.urls import reverse

from clinic.models import Appointment
from clinic.rules.quiet import from_wall
from clinic.words import today_in
from sessions.models import Container, DayClose, Discrepancy, InfusionSession, LedgerEntry
from sessions.queries.ledger import LIVE, balances, lines_of, reasons_of
from sessions.rules import days

# How far back days that were never closed are looked for.
BACK_DAYS = 60


def bounds(site, day):
    """(begin, end) of a local day, aware, in UTC: a daylight-saving day has 23 or 25 hours."""
    return from_wall(day, time(0), site.zone), from_wall(day + timedelta(days=1), time(0), site.zone)


def history(site, day):
    """Every closing and opening again of this day, oldest first."""
    return list(DayClose.objects.filter(site=site, day=day).select_related("by").order_by("number"))


def sessions_of(site, day):
    """The sessions checked in on this day, with their people."""
    begin, end = bounds(site, day)
    rows = InfusionSession.objects.with_people().filter(site=site, checked_in_at__gte=begin, checked_in_at__lt=end)
    return list(rows.order_by("checked_in_at"))


def visits_of(site, day):
    """Infusions booked on this day that have no session and were neither cancelled nor missed."""
    begin, end = bounds(site, day)
    rows = Appointment.objects.filter(
        site=site, starts_at__gte=begin, starts_at__lt=end, kind__in=("infusion", "booster"),
        state__in=("booked", "confirmed", "arrived"), infusion_session__isnull=True,
    )  # fmt: skip
    return list(rows.select_related("patient").order_by("starts_at"))


def day_facts(site, day, now, *, explained=None, rows=None):
    """The `DayFacts` of one day. `rows` when its sessions were read already."""
    sessions = sessions_of(site, day) if rows is None else rows
    standing = DayClose.objects.filter(site=site, day=day).order_by("-number").first()
    begin, end = bounds(site, day)
    return days.DayFacts(
        day=day,
        today=today_in(site.zone, now),
        state=standing.kind if standing else "",
        sessions=tuple(_session(s) for s in sessions),
        vials=tuple(_vials(site, begin, end)),
        ledger=tuple(_ledger(site, end, {s.pk for s in sessions})),
        visits=tuple(_visit(v, site, now) for v in visits_of(site, day)),
        explained=explained or {},
    )


def _session(session):
    name = f"{session.patient.family_name.upper()}, {session.patient.given_name}, infusion {session.number}"
    link = reverse("sessions:session-show", args=[session.pk])
    return days.SessionFact(str(session.pk), name, session.ended_at is not None, session.signed_at is not None, link)


def _visit(appointment, site, now):
    patient, starts_at = appointment.patient, appointment.starts_at
    name = f"{patient.family_name.upper()}, {patient.given_name}"
    link = reverse("followup:visit-show", args=[appointment.pk])
    paper = reverse("sessions:paper-arrive", args=[appointment.pk])
    time_of_day = starts_at.astimezone(site.zone).strftime("%H:%M")
    return days.VisitFact(name, time_of_day, starts_at <= now, link, paper)


def _vials(site, begin, end):
    """Containers that were there on this day and still hold something; counted counts from the day's beginning on."""
    held = Container.objects.filter(site=site, received_at__lt=end, state__in=LIVE)
    for line in lines_of(held):
        if line.balance.in_stock > 0:
            counted = line.balance.counted if line.counted_at and line.counted_at >= begin else None
            yield days.VialFact(line.container.code, line.balance.in_stock, counted, reverse("sessions:count-all"))


def _ledger(site, end, mine):
    """Differences of this day or earlier, impossible balances, and drug drawn by then that is still in use."""
    rows = Discrepancy.objects.filter(site=site, closed_at__isnull=True)
    opened = [d for d in rows if d.opened_at < end or d.session_id in mine]
    lines = balances(site)
    drawn = _drawn_before(site, end, {prep for line in lines for prep, mg in line.balance.in_use.items() if mg != 0})
    for line in lines:
        line.balance.in_use = {prep: mg for prep, mg in line.balance.in_use.items() if prep in drawn}
    return reasons_of(opened, lines)


def _drawn_before(site, end, preparations):
    rows = LedgerEntry.objects.filter(site=site, kind="drawn", preparation__in=preparations, posted_at__lt=end)
    return set(rows.values_list("preparation", flat=True))


def changed_since(site, day, closed_at):
    """How many ledger entries of the day's sessions were posted after it was closed."""
    begin, end = bounds(site, day)
    rows = LedgerEntry.objects.filter(site=site, posted_at__gt=closed_at)
    return rows.filter(session__checked_in_at__gte=begin, session__checked_in_at__lt=end).count()


def recent_days(site, now):
    """[(day, sessions, state), ...] of the days on which something happened, newest first. Three queries."""
    today = today_in(site.zone, now)
    first = today - timedelta(days=BACK_DAYS)
    since, _ = bounds(site, first)
    held = InfusionSession.objects.filter(site=site, checked_in_at__gte=since)
    counts = {today: 0} | dict(_by_day(held, "checked_in_at", site.zone))
    for day, _moved in _by_day(LedgerEntry.objects.filter(site=site, posted_at__gte=since), "posted_at", site.zone):
        counts.setdefault(day, 0)
    closes = DayClose.objects.filter(site=site, day__gte=first).order_by("number").values_list("day", "kind")
    states = dict(closes)
    return [(day, counts[day], states.get(day, "")) for day in sorted(counts, reverse=True)]


def _by_day(rows, column, zone):
    """[(local day, how many), ...]"""
    day = Trunc(column, "day", output_field=DateField(), tzinfo=zone)
    return (
        rows.order_by()
        .annotate(local_day=day)
        .values("local_day")
        .annotate(n=Count("pk"))
        .values_list("local_day", "n")
    )


def as_day(text):
    """A date as it stands in an address, YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
