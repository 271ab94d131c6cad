"""What follows when a message did not go out, by which way it goes, and how many a person gets in a day. Pure.

Figures are clinic defaults (unverified, to be approved); what SMTP's numbers mean is RFC 5321 and RFC 3463.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.rules.quiet import QUIET, after_quiet, from_wall

# Minutes until the next try after the first, second... failure of a message; then it has failed.
LADDER = (1, 5, 15, 60)
# Seconds that a whole channel rests after its first, second... failure in a row: its messages keep their tries.
RESTS = (15, 60, 120, 300, 600)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Failure:
    """What is known after a failure.

    `permanent`: trying again is of no use. `uncertain`: it may have gone out, a person decides. `away`: the other side
    as a whole, not this message: the channel rests and the message keeps its tries. `bad_address`: nothing reaches
    this address. `stopped`: the recipient has told the provider to send no more.
    """

    permanent: bool = False
    uncertain: bool = False
    away: bool = False
    bad_address: bool = False
    stopped: bool = False


AGAIN, NEVER, UNSURE, AWAY = Failure(), Failure(permanent=True), Failure(uncertain=True), Failure(away=True)
NO_SUCH, REFUSES_US = Failure(permanent=True, bad_address=True), Failure(permanent=True, stopped=True)

# Enhanced status codes (RFC 3463), the first that fits; class 4 is judged as "again" before.
ENHANCED = (
    (r"5\.1\.[01236]", NO_SUCH),  # address: unknown, bad mailbox, bad system, bad syntax, moved
    (r"5\.2\.1", NO_SUCH),  # mailbox disabled
    (r"5\.2\.2", AGAIN),  # mailbox full: it may be emptied
    (r"5\.4\.[14]", AGAIN),  # no answer from the host, unable to route: it may come back
    (r"5\.7\.[89]", AWAY),  # our own sign-in
    (r"5\.", NEVER),
)
BASIC = ((421, AWAY), (454, AWAY), (530, AWAY), (534, AWAY), (535, AWAY), (538, AWAY), (551, NO_SUCH), (553, NO_SUCH))


def after_smtp(code: int, words: str = "") -> Failure:
    """What an answer of a mail server means: three digits, and its text, with or without 5.1.1 and its kin."""
    enhanced = re.search(r"\b([245]\.\d{1,3}\.\d{1,3})\b", words)
    by_code = dict(BASIC).get(code)
    if by_code is not None and by_code.away:
        return by_code
    if enhanced and enhanced.group(1).startswith("5") and code >= 500:
        return after_enhanced(enhanced.group(1))
    if code < 500:
        return AGAIN
    return by_code or NEVER


def after_enhanced(status: str) -> Failure:
    """What an enhanced status code means, as a returned mail names it."""
    if not status.startswith("5."):
        return AGAIN
    return next(failure for pattern, failure in ENHANCED if re.match(pattern, status))


# Error numbers of the SMS provider's documented interface that say more than its HTTP status does.
SMS_CODES = {
    21610: REFUSES_US,  # the recipient replied STOP to the provider
    **dict.fromkeys((21211, 21214, 21217, 21219, 21401, 21421, 21612, 21614, 30005, 30006), NO_SUCH),
    **dict.fromkeys((20003, 20005, 20403, 20404, 21603, 21606, 21620, 21659), AWAY),  # our account or number
    **dict.fromkeys((20429, 14107, 21611, 30001), AWAY),  # too fast, or their queue is full
    **dict.fromkeys((30003, 30008, 30017, 30022), AGAIN),  # the phone is off, or nobody knows why
    **dict.fromkeys((30004, 30007, 21408, 21617, 21619), NEVER),  # blocked, filtered, region off, too long, empty
}


def after_sms(status: int, code: int | None) -> Failure:
    """What an HTTP answer of the SMS provider means; `code` is its own error number, if it gave one."""
    if code in SMS_CODES:
        return SMS_CODES[code]
    if status in (401, 403, 404, 408, 429, 503):
        return AWAY
    if status >= 500:
        return UNSURE
    return NEVER


def after_report(code: int | None) -> Failure:
    """What the error number of a report means for the address, hours after the message was taken."""
    return SMS_CODES.get(code, NEVER)


def next_state(failure: Failure, attempts: int) -> str:
    """Where a message goes after its `attempts`-th try failed: due, failed or unknown."""
    if failure.uncertain:
        return "unknown"
    if failure.away:
        return "due"
    return "failed" if failure.permanent or attempts > len(LADDER) else "due"


def next_try(failure: Failure, attempts: int, at: datetime, rests_until: datetime | None) -> datetime:
    """When a message that is due again is tried again."""
    if failure.away:
        return max(rests_until or at, at)
    return at + timedelta(minutes=LADDER[min(attempts, len(LADDER)) - 1])


def rest(failures: int, at: datetime, asked: int = 0) -> datetime:
    """Until when a channel rests after so many failures in a row; `asked`: seconds the other side asked for."""
    seconds = RESTS[min(failures, len(RESTS)) - 1]
    return at + timedelta(seconds=max(seconds, min(asked, 3600)))


@dataclass(frozen=True)
class Caps:
    """How many messages that can be stopped a person gets, in a local day and in seven days; None: no such limit."""

    a_day: int
    a_week: int | None = None


def cap_until(
    sent: list[datetime],
    at: datetime,
    zone: ZoneInfo,
    caps: Caps,
    quiet: tuple[time, time] = QUIET,
) -> datetime:
    """When one more may go out (UTC): now, or the first morning on which neither limit is reached.

    `sent`: when those of the last seven days went out. Days are days of the recipient's own calendar.
    """
    moment = at.astimezone(UTC)
    while _is_full(sent, moment, zone, caps):
        tomorrow = moment.astimezone(zone).date() + DAY
        moment = after_quiet(from_wall(tomorrow, quiet[1], zone), zone, quiet)
    return moment


def _is_full(sent: list[datetime], moment: datetime, zone: ZoneInfo, caps: Caps) -> bool:
    today = moment.astimezone(zone).date()
    of_day = sum(one.astimezone(zone).date() == today for one in sent)
    of_week = sum(moment - one < WEEK for one in sent)
    return of_day >= caps.a_day or (caps.a_week is not None and of_week >= caps.a_week)


@dataclass(frozen=True)
class Choice:
    """What a person chose for a channel and a kind of message ("all": every kind)."""

    channel: str
    kind: str
    agreed: bool
    stopped: bool


def is_stopped(choices: list[Choice], channel: str, kind: str) -> bool:
    """Has the person stopped this on this channel? A STOP to all text messages stops those that can't be stopped too.

    `kind` "": a message that can't be stopped, such as "your visit has moved".
    """
    mine = [one for one in choices if one.channel == channel and one.stopped]
    if any(one.kind == "all" for one in mine) and (kind or channel == "sms"):
        return True
    return bool(kind) and any(one.kind == kind for one in mine)


def has_agreed(choices: list[Choice], channel: str, kind: str) -> bool:
    """Has the person agreed to this by this channel, and not stopped it since?"""
    if is_stopped(choices, channel, kind):
        return False
    return any(one.agreed and one.channel == channel and one.kind in ("all", kind) for one in choices)


def way_of(choices: list[Choice], kind: str, *, has_mail: bool, has_phone: bool, can_text: bool) -> str:
    """By which channel a message goes: "email" or "sms".

    Who agreed to text messages of this kind gets those; everybody else mail, and without an address a text message.
    What can't be stopped goes by mail where there is an address: it often carries a file.
    """
    if kind and has_phone and can_text and has_agreed(choices, "sms", kind):
        return "sms"
    return "email" if has_mail or not has_phone else "sms"
