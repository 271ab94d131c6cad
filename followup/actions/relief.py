"""Keep the derived episodes of relief in step with diary and sessions. The clinic's curves: followup.actions.curves."""

from django.db import transaction

from clinic import audit, clock
from clinic.models import Course
from followup.models import ReliefEpisode
from followup.queries.relief import MEASURES, Followed, asked_days, entries_of, follow, given_in
from followup.rules.relief import Episode

OWN = ("id", "session", "measure")


@transaction.atomic
def rebuild(*, course: Course, by=None, at=None) -> int:
    """Work out all episodes of a course anew, for pain and mood; returns how many there are."""
    at = at or clock.now()
    Course.objects.select_for_update().get(pk=course.pk)
    given, entries = given_in(course), entries_of(course)
    kept = []
    for measure in MEASURES:
        followed = follow(course, measure, given=given, entries=entries)
        asked = asked_days(entries, followed.blocks)
        kept += [_row(followed, episode, asked, at) for episode in followed.episodes]
    _store(course, kept)
    audit.record("relief.rebuilt", course, by=by, patient=course.patient, site=course.site, at=at)
    return len(kept)


def _store(course: Course, kept: list[ReliefEpisode]) -> None:
    changed = [f.attname for f in ReliefEpisode._meta.concrete_fields if f.name not in OWN]
    ReliefEpisode.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["session", "measure"], update_fields=changed, batch_size=500
    )
    ReliefEpisode.objects.filter(course=course).exclude(session__in={row.session_id for row in kept}).delete()


def _row(followed: Followed, episode: Episode, asked: dict[str, int], at) -> ReliefEpisode:
    course, block = followed.course, episode.infusion
    numbers = [g.number for g in followed.given_in(block)]
    spans = {}
    for percent, span in episode.spans.items():
        spans |= {f"ending_{percent}": span.ending, f"low_{percent}": span.low, f"high_{percent}": span.high}
        spans[f"in_doubt_{percent}"] = span.in_doubt
    return ReliefEpisode(
        course=course,
        session_id=block.key,
        measure=followed.measure,
        label=block.label,
        number=numbers[-1],
        infused_on=block.day,
        ended_at=block.ended_at,
        baseline=episode.baseline.value,
        baseline_source=episode.baseline.source,
        reports=episode.reports,
        onset_day=episode.onset_day,
        best_change=episode.best_change,
        best_percent=episode.best_percent,
        best_day=episode.best_day,
        **{field: followed.total(block, field) for field in ("mg", "mg_per_kg", "minutes")},
        **spans,
        **{f"change_{day}": change for day, change in episode.changes.items()},
        asked_day=asked.get(block.key),
        next_day=episode.next_day,
        is_booster=numbers[0] > course.planned_number,
        next_is_booster=numbers[-1] >= course.planned_number and episode.next_day is not None,
        reason=course.reason,
        purpose=course.protocol_version.protocol.purpose,
        rebuilt_at=at,
    )
