"""When patients hear from the clinic: the rules of a site in words, each with the moment it means for a visit."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clinic import words
from clinic.models import Appointment
from clinic.notify.kinds import KINDS
from clinic.rules.quiet import from_wall
from followup.actions.reminder_rules import quiet_hours
from followup.actions.reminders import as_rule
from followup.models import ReminderRule
from followup.queries.reminders import rules_of
from followup.rules import reminders

VISITS = dict(Appointment.KINDS)
SAMPLE_AT, SAMPLE_LASTS, SAMPLE_AHEAD = time(11), timedelta(hours=2), 14  # the visit that stands as an example


@dataclass(frozen=True)
class Line:
    """One rule in words."""

    rule: ReminderRule
    when: str
    visits: str
    message: str
    way: str
    example: str
    is_own: bool


@dataclass(frozen=True)
class Page:
    """The rules of a site, those before a visit and those after it, and the visit they are shown for."""

    before: list[Line]
    after: list[Line]
    sample: str
    quiet: str


def reminder_page(site, at: datetime) -> Page:
    """The page of rules. Two queries."""
    starts_at = from_wall(at.astimezone(site.zone).date() + timedelta(days=SAMPLE_AHEAD), SAMPLE_AT, site.zone)
    rules = rules_of(site)
    quiet = quiet_hours(site)
    plan = {}
    for side in (reminders.BEFORE, reminders.AFTER):
        mine = [as_rule(rule) for rule in rules if rule.side == side]
        due = reminders.plan(starts_at, site.zone, at, mine, quiet, starts_at + SAMPLE_LASTS)
        plan |= {(side, one.slot): one for one in due}
    lines = [_line(rule, plan[(rule.side, rule.slot)], site) for rule in rules]
    return Page(
        [line for line in lines if line.rule.side == reminders.BEFORE],
        [line for line in lines if line.rule.side == reminders.AFTER],
        _moment(starts_at, site.zone),
        f"{quiet[0]:%H:%M} to {quiet[1]:%H:%M}",
    )


def _line(rule: ReminderRule, due, site) -> Line:
    return Line(
        rule,
        reminders.words_of(as_rule(rule)),
        " · ".join(part for part in (VISITS.get(rule.kind, "Every kind"), _only(rule)) if part),
        KINDS[rule.message_kind].words if rule.message_kind in KINDS else rule.message_kind,
        rule.get_way_display(),
        due.reason or _moment(due.send_at, site.zone),
        rule.site_id is not None,
    )


def _only(rule: ReminderRule) -> str:
    return rule.get_only_display().lower() if rule.only else ""


def _moment(at: datetime, zone) -> str:
    local = at.astimezone(zone)
    return f"{local:%a} {words.clinic_date(local)} {local:%H:%M}"
