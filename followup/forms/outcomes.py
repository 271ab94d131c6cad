"""What a reader of the report of relief chooses: anything unknown is the usual choice, never an error."""

from collections.abc import Mapping

from followup.presenters.outcomes import MEASURES, Choice
from followup.rules.outcomes import ALL, DOSE, PROTOCOL, SERIES
from followup.rules.relief import LEVELS

LONGEST = 40


def choice_of(asked: Mapping[str, str]) -> Choice:
    """The choice in an address; `condition` ("pain:crps") comes from the page's own list and wins over its parts."""
    measure, percent, split = asked.get("measure", ""), asked.get("percent", ""), asked.get("split", "")
    purpose, reason = asked.get("purpose", "pain"), asked.get("reason", "")
    if "condition" in asked:
        purpose, _, reason = asked["condition"].partition(":")
        split = ALL
    return Choice(
        measure=measure if measure in MEASURES else "pain",
        percent=int(percent) if percent in map(str, LEVELS) else LEVELS[0],
        purpose=purpose[:LONGEST] or "pain",
        reason=reason[:LONGEST],
        split=split if split in (PROTOCOL, DOSE, SERIES) else ALL,
        value=asked.get("value", "")[:LONGEST] if split in (PROTOCOL, DOSE, SERIES) else "",
    )
