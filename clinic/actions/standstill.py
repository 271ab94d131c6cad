"""Background work stands still: nobody is reminded and no alert climbs. The admins are told, once.

The sign of life is a row that a worker writes when it hears the beat. Whoever of the two is left looks at its age (the
beat at its ticks, the worker by a clock of its own: clinic.project.watch); the mail goes out at once, past the outbox,
which is what stands still.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from clinic import audit, clock, words
from clinic.models import Heartbeat, Membership, Role

BEAT, ALARM = "beat", "standstill"
STANDS = (
    "Tideline: background work stands still",
    "The background work of Tideline ({address}) has given no sign of life since {since} UTC.\n\n"
    "Reminders do not go out and unanswered alerts do not reach anybody else until it runs again. Nothing is lost: "
    "what is due goes out then.\n\nPlease have the worker, the beat and Redis looked at. The page "
    "{address}/health/ says more.\n",
)
RUNS = (
    "Tideline: background work runs again",
    "The background work of Tideline ({address}) runs again, since {since} UTC. What was due goes out now.\n",
)


def age(at: datetime | None = None) -> timedelta | None:
    """How old the last sign of life is; None when there has never been one."""
    beat = Heartbeat.objects.filter(part=BEAT).first()
    return (at or clock.now()) - beat.at if beat else None


@transaction.atomic
def look(*, at: datetime | None = None) -> str:
    """Tell the admins when the last sign of life is too old, once for each standstill; returns "stands", "runs" or "".

    A mail server that is away raises, and nothing is noted as told: the next look tries again.
    """
    at = at or clock.now()
    beat = Heartbeat.objects.filter(part=BEAT).first()
    alarm, _ = Heartbeat.objects.select_for_update().get_or_create(part=ALARM, defaults={"at": at})
    is_late = beat is None or at - beat.at > timedelta(seconds=settings.BEAT_STALE_SECONDS)
    mark = f"since {beat.at:%Y-%m-%d %H:%M:%S}" if beat else "never"
    if is_late and alarm.detail != mark:
        return _tell("stands", STANDS, alarm, mark, beat.at if beat else at, at)
    if not is_late and alarm.detail:
        return _tell("runs", RUNS, alarm, "", at, at)
    return ""


def _tell(what: str, text: tuple[str, str], alarm: Heartbeat, mark: str, since: datetime, at: datetime) -> str:
    alarm.at, alarm.detail = at, mark
    alarm.save(update_fields=["at", "detail"])
    audit.record(f"standstill.{what}", alarm, by=None, at=at, detail={"since": since.isoformat()})
    subject, body = text
    said = {"since": f"{words.clinic_date(since)} {since:%H:%M}", "address": settings.BASE_URL.rstrip("/")}
    for address in recipients(at):
        EmailMessage(subject, body.format(**said), settings.DEFAULT_FROM_EMAIL, [address]).send()
    return what


def recipients(at: datetime) -> list[str]:
    """The clinic admins of every site, and the addresses of ALARM_ADDRESSES, each once."""
    held = Membership.objects.active(at).filter(role=Role.CLINIC_ADMIN, user__is_active=True)
    admins = held.exclude(user__email="").order_by("user__email").values_list("user__email", flat=True)
    return list(dict.fromkeys([*admins, *settings.ALARM_ADDRESSES]))
