"""Set how much a rule weighs in this clinic."""

from django.db import connection, transaction

from clinic import audit, clock
from clinic.models import Membership
from clinic.refusal import Conflict, Item
from intake.known import levels_in_force
from intake.models import RuleLevel
from intake.rules import levels as rules


@transaction.atomic
def set_rule_level(*, rule, level, now, reason, by, at=None):
    """A prescriber sets the Rule's level ("off" included), with a reason; it counts from the next run on.

    ``now`` is the level the page showed: Conflict when somebody changed it since. Refused as check_can_set. Nothing is
    overwritten: the row stands beside the earlier ones.
    """
    at = at or clock.now()
    _one_at_a_time(rule)
    current = levels_in_force().get(rule.code, rule.level)
    if now != current:
        words = f"Somebody else has set this rule: it is “{rules.words_of(current)}” now."
        raise Conflict(Item("level-changed", words), current=current)
    roles = set(Membership.objects.active(at).filter(user=by).values_list("role", flat=True))
    rules.check_can_set(rule=rule, level=level, now=current, reason=reason, roles=roles)
    row = RuleLevel.objects.create(
        rule=rule.code,
        rule_version=rule.version,
        level=level,
        default_level=rule.level,
        reason=reason.strip(),
        set_at=at,
        set_by=by,
    )
    audit.record(
        "rule.level-set", row, by=by, at=at, reason=reason, detail={"rule": rule.code, "from": current, "to": level}
    )
    return row


def _one_at_a_time(rule):
    """Rows that can only be added can't be locked: who sets the same rule waits for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rule-level:{rule.code}"])
