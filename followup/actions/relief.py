"""Keep the derived tables of relief in step with diary and sessions: rebuild a course, refresh the clinic's curves."""

from collections import defaultdict

from django.db import transaction

from clinic import audit, clock
from clinic.models import Course
from followup.models import ClinicCurve, ReliefEpisode
from followup.queries.relief import MEASURES, Followed, entries_of, follow, given_in
from followup.rules import survival
from followup.rules.relief import LEVELS, Episode


@transaction.atomic
def rebuild(*, course: Course, by=None, at=None) -> int:
    """Work out all episodes of a course anew, for pain and mood; returns how many there are."""
    at = at or clock.now()
    Course.objects.select_for_update().get(pk=course.pk)
    given, entries = given_in(course), entries_of(course)
    kept = []
    for measure in MEASURES:
        followed = follow(course, measure, given=given, entries=entries)
        kept += [_store(followed, episode, at).pk for episode in followed.episodes]
    ReliefEpisode.objects.filter(course=course).exclude(pk__in=kept).delete()
    audit.record("relief.rebuilt", course, by=by, patient=course.patient, site=course.site, at=at)
    return len(kept)


def _store(followed: Followed, episode: Episode, at) -> ReliefEpisode:
    given = next(g for g in followed.given if g.infusion.key == episode.infusion.key)
    course = followed.course
    fields = {
        "course": course,
        "label": episode.infusion.label,
        "number": given.session.number,
        "infused_on": episode.infusion.day,
        "ended_at": episode.infusion.ended_at,
        "baseline": episode.baseline.value,
        "baseline_source": episode.baseline.source,
        "reports": episode.reports,
        "onset_day": episode.onset_day,
        "best_change": episode.best_change,
        "best_percent": episode.best_percent,
        "best_day": episode.best_day,
        **{field: followed.total(episode.infusion, field) for field in ("mg", "mg_per_kg", "minutes")},
        "reason": course.reason,
        "purpose": course.protocol_version.protocol.purpose,
        "rebuilt_at": at,
    }
    for percent in LEVELS:
        span = episode.spans[percent]
        fields |= {f"ending_{percent}": span.ending, f"low_{percent}": span.low, f"high_{percent}": span.high}
        fields[f"in_doubt_{percent}"] = span.in_doubt
    stored, _ = ReliefEpisode.objects.update_or_create(session=given.session, measure=followed.measure, defaults=fields)
    return stored


@transaction.atomic
def refresh_curves(*, at=None) -> int:
    """Work out the clinic's curve of every group anew; returns how many groups there are."""
    at = at or clock.now()
    groups = defaultdict(lambda: defaultdict(list))
    for episode in ReliefEpisode.objects.select_related("course").order_by("ended_at"):
        for percent in LEVELS:
            span = episode.span(percent)
            if span.counts:
                group = (episode.measure, episode.purpose, episode.reason, percent)
                groups[group][episode.course.patient_id].append(span.interval)
    for group, patients in groups.items():
        _store_curve(group, list(patients.values()), at)
    return len(groups)


def _store_curve(group: tuple, patients: list, at) -> None:
    curve = survival.clinic_curve(patients)
    intervals = [interval for patient in patients for interval in patient]
    fit = survival.turnbull(intervals)
    measure, purpose, reason, percent = group
    ClinicCurve.objects.update_or_create(
        measure=measure,
        purpose=purpose,
        reason=reason,
        percent=percent,
        defaults={
            "steps": [[s.day, s.share, s.low, s.high, s.at_risk, s.since] for s in curve.steps],
            "at_risk": [[day, survival.at_risk(intervals, day)] for day in range(0, 85, 14)],
            "patients": curve.patients,
            "infusions": curve.infusions,
            "ended": curve.ended,
            "no_response": curve.no_response,
            "median": curve.median,
            "median_low": curve.median_low,
            "median_high": curve.median_high,
            "first_quarter": _day(fit.quantile(0.75)),
            "third_quarter": _day(fit.quantile(0.25)),
            "computed_at": at,
        },
    )


def _day(interval) -> float | None:
    return None if interval is None else interval[1]
