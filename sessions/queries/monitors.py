"""Reads of what monitors sent: the newest values of a session, devices, what waits to be looked at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, Max, OuterRef, Q
from django.db.models.functions import Cast, JSONObject

from clinic.prepared import Prepared
from sessions.models import AcceptedSample, Device, MonitorLook, MonitorSample, RawMessage
from sessions.rules.monitors import FRESH, newest_set

LOOK_BACK = timedelta(days=14)


def newest_of(session, at):
    """Measure of the chart -> newest `MonitorSample` of a session at `at`, the fresh ones only. One query.

    Each carries `is_charted`: whether it is on the chart already.
    """
    return newest_set(_newest_of.rows(session=session.pk, since=read_since(at)), at)


def _newest(session, since):
    """The newest sample of each measure of a session, or of `OuterRef("pk")`, fresh ones only, with `is_charted`."""
    rows = MonitorSample.objects.filter(session=session, observed_at__gte=since).exclude(measure="")
    on_chart = AcceptedSample.objects.filter(sample=OuterRef("pk"), entry__superseded_by__isnull=True)
    rows = rows.annotate(is_charted=Exists(on_chart))
    return rows.order_by("measure", "-observed_at", "-received_at").distinct("measure")


_newest_of = Prepared(lambda of: _newest(of("session"), of.moment("since")))


@dataclass(frozen=True)
class Reading:
    """What of a `MonitorSample` a line about its session needs."""

    measure: str
    value: Decimal | None
    odd: str
    observed_at: datetime
    is_charted: bool


def read_since(at):
    """From when what a monitor sent is fresh at `at`."""
    return at - FRESH


def with_readings(sessions, since):
    """These sessions with what their monitors sent newest since `read_since`, in the same query.

    `newest_read` takes it from them.
    """
    said = JSONObject(
        measure="measure",
        value=Cast("value", CharField()),
        odd="odd",
        observed_at="observed_at",
        is_charted="is_charted",
    )
    return sessions.annotate(monitor_reads=ArraySubquery(_newest(OuterRef("pk"), since).values(said=said)))


def newest_read(session, at):
    """As `newest_of`, with a `Reading` each, of a session asked for `with_readings`. No query."""
    return newest_set([_reading(**said) for said in session.monitor_reads], at)


def _reading(*, value, observed_at, **said):
    number = None if value is None else Decimal(value)
    return Reading(value=number, observed_at=datetime.fromisoformat(observed_at), **said)


def samples_of(session, ids):
    """Those of these samples that belong to the session."""
    return MonitorSample.objects.filter(session=session, pk__in=ids)


def devices_at(site):
    """(confirmed, waiting, retired): the site's devices, and among the waiting those nobody has claimed."""
    rows = Device.objects.filter(Q(site=site) | Q(site__isnull=True)).select_related("chair", "confirmed_by")
    rows = list(rows.order_by("chair__position", "sender", "unit", "bed"))
    retired = [d for d in rows if d.retired_at]
    return [d for d in rows if d.is_bound], [d for d in rows if not d.confirmed_at], retired


def unknown_codes(site, at):
    """[{code, unit, odd, times, last}] of the last fourteen days, at this site or nobody's yet; no values."""
    rows = MonitorSample.objects.filter(Q(site=site) | Q(site__isnull=True), odd__in=("code", "unit"))
    rows = rows.filter(received_at__gte=at - LOOK_BACK).values("code", "unit", "odd")
    return list(rows.annotate(times=Count("pk"), last=Max("received_at")).order_by("-last")[:100])


def unread_messages(site, at):
    """[{outcome, problem, kind, times, last}] of the last fourteen days that were not reports or could not be read."""
    rows = RawMessage.objects.filter(outcome__in=("unreadable", "other"), received_at__gte=at - LOOK_BACK)
    rows = rows.filter(Q(device__site=site) | Q(device__site__isnull=True)).values("problem", "kind")
    return list(rows.annotate(times=Count("pk"), last=Max("received_at")).order_by("-last")[:50])


def looks_at(site):
    """(about, subject) -> the look somebody had at it, at this site."""
    rows = MonitorLook.objects.filter(site=site).select_related("looked_by").order_by("looked_at")
    return {(row.about, row.subject): row for row in rows}
