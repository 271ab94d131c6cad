"""What a progress letter is filled with: sentences and a table out of the record, for the prescriber to edit."""

from datetime import datetime

from clinic.models import Course
from clinic.words import clinic_date, dose
from followup.presenters.letter_curve import kept_curve
from followup.queries import adjuncts
from followup.queries.booster import facts_of, next_infusion
from followup.queries.courses import effects_of, opioids
from followup.queries.relief import Followed, entries_of, follow, given_in, main_measure
from followup.rules import progress as rules
from followup.rules import relief
from sessions.queries.safety import Standing, standing_of
from sessions.rules.safety import STATUS_WORDS

WHAT = {"pain": "pain", "mood": "low mood"}
HEAD = ("No.", "Day", "Dose", "Time", "30 % relief, days", "50 % relief, days", "Reports")


def filling(course: Course, at: datetime) -> tuple[dict[str, str], list[list[str]], dict]:
    """(sentences by placeholder, rows of the table, what the curve is drawn from) as the record stands now."""
    given, entries = given_in(course), entries_of(course)
    followed = follow(course, main_measure(course), given=given, entries=entries)
    standing = standing_of(course.patient, at)
    facts = facts_of(course, at, followed=followed, entries=entries, standing=standing)
    what, kept = WHAT[followed.measure], adjuncts.beside(course, facts.today)
    values = {
        "given": rules.given_words([b.infusion.day for b in given], course.planned_number) if given else "",
        "baseline": rules.baseline_words(followed.baseline, what),
        "relief": rules.relief_words(followed.episodes, what),
        "function": rules.function_words(facts.function_gained),
        "opioids": _opioids(course),
        "side_effects": _effects(course),
        "adjuncts": _adjuncts(kept),
        "safety": _safety(standing),
        "next": _next(course, at),
    }
    return values, table_of(followed), kept_curve(followed, facts.today, kept.days)


def table_of(followed: Followed) -> list[list[str]]:
    """One row an infusion, as words."""
    return [
        [
            episode.infusion.label,
            clinic_date(episode.infusion.day),
            dose(followed.total(episode.infusion, "mg"), "mg") or "not known",
            dose(followed.total(episode.infusion, "minutes"), "min"),
            relief.in_words(episode.spans[30]),
            relief.in_words(episode.spans[50]),
            str(episode.reports),
        ]
        for episode in followed.episodes
    ]


def _opioids(course: Course) -> str:
    found = opioids(course)
    if found.total is None:
        return f"Opioids now: not known ({found.unknown[0].why})."
    return (
        f"Opioids now: {found.total:f} mg morphine equivalents a day."
        if found.parts
        else "Opioids now: none on record."
    )


def _effects(course: Course) -> str:
    told = effects_of(course)
    if not told:
        return "During and after the infusions: no side effect charted."
    return f"During and after the infusions: {', '.join(f'{term.lower()} ({count})' for term, count in told)}."


def _adjuncts(found: adjuncts.Beside) -> str:
    said = [f"{one.row.get_kind_display().lower()} with {one.row.to_whom}: {one.kept.words}" for one in found.referrals]
    own = [f"{len(found.own)} appointments at this clinic"] if found.own else []
    return f"Beside the infusions: {'; '.join([*said, *own])}." if said or own else ""


def _safety(standing: Standing) -> str:
    exposure = standing.exposure
    said = rules.exposure_words(exposure.mg, len(exposure.in_last_year), exposure.unknown)
    wanted = [f"{due.code.replace('_', ' ')} {STATUS_WORDS[due.status]}" for due in standing.wanted]
    return f"{said} Safety checks: {', '.join(wanted)}." if wanted else said


def _next(course: Course, at: datetime) -> str:
    visit = next_infusion(course, at)
    if visit is not None:
        return f"The next infusion is planned for {clinic_date(visit.starts_at.astimezone(visit.site.zone).date())}."
    return {"stopped": "The course has ended.", "paused": "The course is paused."}.get(course.state, "")
