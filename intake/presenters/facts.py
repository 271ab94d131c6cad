"""What the findings rest on: scores with bands and trend, pain, medicines with classes and MME, the story."""

from dataclasses import dataclass

from clinic.charts.data import Spark
from clinic.instruments import library
from clinic.words import figure
from intake import questions
from intake.forms.bodymap import body_map
from intake.forms.rows import dose_words
from intake.presenters.scores import band_words
from intake.rules.listed import medicines_in
from intake.rules.medicines import class_title, match
from intake.rules.mme import FACTORS, SOURCE, mme, parts_of

STORY = ("conditions", "pain-story", "treatments", "ketamine", "goals", "questions")
MOST_IN_TREND = 12


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An instrument's newest score with its band, the one before, and its trend (None with fewer than two)."""

    code: str
    name: str
    out_of: str
    score: str
    band: str
    at: object
    by: str
    before: str
    before_at: object
    spark: Spark | None


def scores(responses):
    """ScoreRows of every instrument answered so far; ``responses`` newest first, with ``by_name``. No query."""
    by_code = {}
    for row in responses:
        by_code.setdefault(row.instrument, []).append(row)
    return [_score_row(library.load(code), rows) for code, rows in by_code.items()]


def _score_row(instrument, rows):
    newest, *earlier = rows
    before = earlier[0] if earlier else None
    return ScoreRow(
        code=instrument.code,
        name=instrument.short,
        out_of=f"of {instrument.maximum}",
        score=_score_words(newest),
        band=band_words(instrument, newest.band),
        at=newest.answered_at,
        by=newest.by_name or "",
        before=_score_words(before) if before else "",
        before_at=before.answered_at if before else None,
        spark=_spark(instrument, rows),
    )


def _spark(instrument, rows):
    """The trend, oldest first; what was not scorable stays a gap."""
    if len(rows) < 2:
        return None
    values = [row.score if row.scorable else None for row in reversed(rows[:MOST_IN_TREND])]
    return Spark(values, f"{instrument.short}, the last {len(values)} times")


def _score_words(row):
    return figure(row.score) if row.scorable else "not scorable"


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine as it counts: in words, its classes, its MME or why not, and the statement behind it."""

    words: str
    classes: str
    dose: str
    statement: object


def medicines(answers, statements=()):
    """The Medicines listed, None when not answered. ``statements`` in force are matched by their words."""
    listed = medicines_in(answers)
    if listed is None:
        return None
    left = list(statements)
    return [_medicine(entry, _take(left, entry)) for entry in listed]


def _take(statements, entry):
    found = next((row for row in statements if row.name == entry["name"][:120]), None)
    if found is not None:
        statements.remove(found)
    return found


def _medicine(entry, statement):
    return Medicine(dose_words(entry), _classes(entry["name"]), _mme_words(entry), statement)


def _classes(name):
    found = match(name)
    if not found.is_known:
        return "not recognized: look it up"
    return ", ".join(sorted(class_title(code) for code in found.classes)) or "no rule of ours"


def _mme_words(entry):
    return ", ".join(part.why or _with_factor(part) for part in parts_of(entry))


def _with_factor(part):
    return f"{figure(part.mme)} MME a day, factor {figure(FACTORS[part.name])}"


def mme_words(answers):
    """The day's opioid dose in words, "" without opioids or without an answer."""
    result = mme(medicines_in(answers) or [])
    if not result.parts:
        return ""
    total = "can't be added up: ask" if result.total is None else f"{figure(result.total)} MME a day"
    return f"Opioids: {total}. Factors of {result.factor_year}, {SOURCE}. Never for converting one opioid into another."


def pain(answers):
    """The four pain figures, [] when the page was not asked or answered."""
    return questions.BY_SLUG["pain"].form.lines(answers) if "pain_average" in answers else []


def picture(answers):
    """Where it hurts as a drawing, None when nothing was marked."""
    return body_map(answers)


def story(sheets):
    """The Sheets of the pages that tell the story, those that say something."""
    return [sheet for sheet in sheets if sheet.slug in STORY and sheet.lines]
