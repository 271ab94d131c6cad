"""What a rule weighs in this clinic: the level it ships with, unless a prescriber has set another. Pure."""

from clinic.refusal import Item, Refused
from intake.rules.engine import LEVEL_WORDS, OFF, SETTABLE, Level

PRESCRIBER = "prescriber"
OFF_WORDS = "Switched off"


def in_force(rules, rows):
    """Rule code -> Level or "off", only where it differs from the default. ``rows`` are the newest of each rule.

    A rule that can't be off is not, whatever an older row says.
    """
    by_code = {rule.code: rule for rule in rules}
    chosen = {row.rule: row.level for row in rows if row.rule in by_code}
    return {
        code: OFF if level == OFF else Level(level)
        for code, level in chosen.items()
        if level != by_code[code].level and (level != OFF or by_code[code].can_be_off)
    }


def offered(rule):
    """The levels [(code, words)] that this rule can be set to."""
    return [(level.value, LEVEL_WORDS[level]) for level in SETTABLE] + ([(OFF, OFF_WORDS)] if rule.can_be_off else [])


def words_of(level):
    """A level in words, "Switched off" included."""
    return OFF_WORDS if level == OFF else LEVEL_WORDS[level]


def check_can_set(*, rule, level, now, reason, roles):
    """Raise Refused unless this person may set the rule from the level ``now`` to ``level``, with a reason."""
    items = [
        *([] if PRESCRIBER in roles else [Item("not-prescriber", "Only a prescriber can change the level of a rule.")]),
        *_level_items(rule, level, now),
        *([] if reason.strip() else [Item("reason", "Write the reason.", field="reason")]),
    ]
    if items:
        raise Refused(*items)


def can_set(**facts):
    """The bool of check_can_set, for templates."""
    try:
        check_can_set(**facts)
    except Refused:
        return False
    return True


def _level_items(rule, level, now):
    if level == OFF and not rule.can_be_off:
        return [Item("stays-on", "This rule can't be switched off: choose another level.", field="level")]
    if level not in dict(offered(rule)):
        return [Item("level", "Choose one of the levels.", field="level")]
    return [Item("same", "That is its level already.", field="level")] if level == now else []
