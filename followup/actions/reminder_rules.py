"""Set up when patients hear from the clinic: rules of all sites, a site's own, and the switch of each at a site."""

from datetime import datetime

from django.db import transaction

from clinic import audit, clock
from clinic.models import Site
from clinic.refusal import Conflict, Item
from clinic.rules.quiet import QUIET
from followup.actions.reminders import plan_again
from followup.models import ReminderRule
from followup.rules import reminders

ASKED = ("kind", "side", "how", "days", "hours", "at", "only", "way", "message_kind")


def quiet_hours(site: Site | None):
    """From when until when nothing goes out at a site."""
    policy = site.policy if site else None
    return (policy.quiet_from, policy.quiet_until) if policy else QUIET


@transaction.atomic
def add_rule(*, site: Site, by, told: dict, at: datetime | None = None) -> ReminderRule:
    """Add a rule of this site. Raises Refused with everything wrong, Conflict when there is one like it already."""
    at = at or clock.now()
    told = _plain(told)
    reminders.check_rule(told, quiet_hours(site))
    slot = reminders.slot_of(told)
    rule, made = ReminderRule.objects.get_or_create(site=site, slot=slot, kind=told["kind"], defaults=told)
    if not made:
        raise Conflict(Item("twice", "This site has a rule for this moment already. Change that one.", field="days"))
    _changed("reminder_rule.added", rule, site, by, at)
    return rule


@transaction.atomic
def change_rule(*, rule: ReminderRule, site: Site, by, told: dict, at: datetime | None = None) -> ReminderRule:
    """Change a rule at this site: a rule of all sites stays as it is, and this site gets its own in its place."""
    at = at or clock.now()
    told = _plain(told)
    reminders.check_rule(told, quiet_hours(site))
    own = _own(rule, site)
    for name in ASKED:
        if name != "kind":
            setattr(own, name, told[name])
    own.save()
    _changed("reminder_rule.changed", own, site, by, at)
    return own


@transaction.atomic
def switch_rule(*, rule: ReminderRule, site: Site, is_on: bool, by, at: datetime | None = None) -> ReminderRule:
    """Switch a rule on or off at this site only. What is waiting is withdrawn, or comes back, within a minute."""
    at = at or clock.now()
    own = _own(rule, site)
    if own.is_on != is_on or own.pk == rule.pk:
        own.is_on = is_on
        own.save(update_fields=["is_on"])
        _changed("reminder_rule.on" if is_on else "reminder_rule.off", own, site, by, at)
    return own


def _own(rule: ReminderRule, site: Site) -> ReminderRule:
    """The site's own rule in place of this one, locked; made from it where there is none yet."""
    rule = ReminderRule.objects.select_for_update().get(pk=rule.pk)
    if rule.site_id == site.pk:
        return rule
    same = {name: getattr(rule, name) for name in (*ASKED, "is_on") if name != "kind"}
    rows = ReminderRule.objects.select_for_update()
    return rows.get_or_create(site=site, slot=rule.slot, kind=rule.kind, defaults=same)[0]


def _plain(told: dict) -> dict:
    """What does not count for this way of counting is zero, so that two rules alike read alike."""
    told = {name: told[name] for name in ASKED}
    is_elapsed = told["how"] == reminders.ELAPSED
    told["hours"] = (told["hours"] or 0) if is_elapsed else 0
    told["days"] = 0 if is_elapsed else told["days"] or 0
    told["at"] = told["at"] if told["how"] == reminders.MORNING else None
    return told


def _changed(verb: str, rule: ReminderRule, site: Site, by, at: datetime) -> None:
    detail = {name: str(getattr(rule, name)) for name in (*ASKED, "is_on")}
    audit.record(verb, rule, by=by, site=site, at=at, detail=detail)
    plan_again(at=at, site=rule.site)
