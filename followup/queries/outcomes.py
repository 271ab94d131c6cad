"""Every followed infusion of the clinic as the report needs it: one query, plain values."""

from collections.abc import Iterator
from datetime import datetime

from followup.models import ClinicCurve, ReliefEpisode, WindowBackTest
from followup.rules.outcomes import Line
from followup.rules.relief import LEVELS, Span
from followup.rules.window import BINS

FIELDS = [
    *("measure", "purpose", "reason", "course_id", "course__patient__person_id"),
    *("course__protocol_version__protocol_id", "course__protocol_version__protocol__name"),
    *("course__protocol_version__booster_min_days", "mg_per_kg", "is_booster", "ended_at", "asked_day", "next_day"),
    *("next_is_booster", "change_1", "change_7", "change_30", "change_90"),
    *("ending_30", "low_30", "high_30", "ending_50", "low_50", "high_50"),
]
BATCH = 5_000


def lines(at: datetime) -> Iterator[tuple[tuple, Line]]:
    """((measure, purpose, reason, percent), line) of each infusion, oldest first."""
    rows = ReliefEpisode.objects.order_by("ended_at").values_list(*FIELDS)
    for row in rows.iterator(chunk_size=BATCH):
        measure, purpose, reason, course, person, protocol, name, min_days, dose, booster, ended, *rest = row
        asked, following, following_booster, *changes = rest[:7]
        for place, percent in enumerate(LEVELS):
            span = Span(percent, *rest[7 + 3 * place : 10 + 3 * place])
            yield (
                (measure, purpose, reason, percent),
                Line(
                    person, course, str(protocol), name, min_days, dose, booster, span, tuple(changes), asked,
                    following, following_booster, (at - ended).days,
                ),
            )  # fmt: skip


def curves(measure: str, percent: int) -> list[ClinicCurve]:
    """Every group the worker has worked out for one measure and one level of relief. One query."""
    return list(ClinicCurve.objects.filter(measure=measure, percent=percent))


def back_tests(purpose: str) -> list[WindowBackTest]:
    """How past windows went, by how many own intervals they rested on; fewest first. One query."""
    kept = {row.own: row for row in WindowBackTest.objects.filter(purpose=purpose)}
    return [kept[own] for own in BINS if own in kept]
