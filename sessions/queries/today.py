"""Today's answers as the rules of eligibility take them: the checklist, and the pressure before the start."""

from clinic.words import figure
from intake.rules.today import QUESTIONS
from sessions.rules import limits

PRESSURE = ("systolic", "diastolic")


def today_of(page):
    """The answers of this visit (see intake.rules.today) from a `Sheet`; a question that is open is left out."""
    said = {code: row for code, row in page.answers.items() if code in QUESTIONS}
    words = {f"{code}_words": row.detail for code, row in said.items()}
    return {code: row.answer for code, row in said.items()} | words | _pressure(page)


def _pressure(page):
    """The newest pressure before the start against the limits to hold; after it, the baseline's."""
    last, base = page.state.last, page.state.baseline
    values = base if page.session.started_at else {m: last[m].value for m in PRESSURE if m in last}
    if any(measure not in values for measure in PRESSURE):
        return {}
    pair = {measure: values[measure] for measure in PRESSURE}
    beyond = limits.breaches(pair, page.plan.hold_limits)
    words = "/".join(figure(pair[measure]) for measure in PRESSURE)
    return {"blood_pressure": "beyond" if beyond else "within", "blood_pressure_words": words}
