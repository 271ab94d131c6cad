"""Answers that need a person at the clinic at once, whatever page they stand on. Pure."""

from typing import NamedTuple

from clinic.instruments.cssrs import Risk, screen
from clinic.rules.crisis_words import speaks_of_own_death

PHQ9_ITEM, ATTEMPT = "phq9_9", "suicide_attempt"
# Questions answered in the patient's own sentences; names, addresses and medicines are not read for what they may say.
FREE_WORDS = (
    "conditions_other", "where_words", "pain_onset", "pain_better", "pain_worse", "tried_words", "health_words",
    "operations", "limbs_why", "goal_first", "goal_sign", "clinic_questions", "worries",
)  # fmt: skip
WORDS_CODE = "words:"  # and the question
ITEM_WORDS = {"1": "several days", "2": "more than half the days", "3": "nearly every day"}
RISK_WORDS = {Risk.LOW: "low", Risk.MODERATE: "moderate", Risk.HIGH: "high"}


class AlertAnswer(NamedTuple):
    """One such answer: the question's code, its value as text, and words for the clinician who is called."""

    code: str
    value: str
    words: str


def alert_answers(answers):
    """The AlertAnswers among ``answers`` (question code -> value, as saved or as typed in a draft), [] when none.

    PHQ-9 item 9 above "not at all"; an attempt within 3 months; any yes of the C-SSRS screener; own sentences that
    speak of wanting to die. A blank is none.
    """
    return [found for look in (_item_nine, _attempt, _screener) if (found := look(answers))] + _own_words(answers)


def _text(answers, code):
    value = answers.get(code)
    value = value[-1] if isinstance(value, list) and value else value
    return "" if value is None else str(value)


def _item_nine(answers):
    value = _text(answers, PHQ9_ITEM)
    if value not in ITEM_WORDS:
        return None
    words = f"PHQ-9 item 9, thoughts of being better off dead or of self-harm: {ITEM_WORDS[value]} ({value} of 3)."
    return AlertAnswer(PHQ9_ITEM, value, words)


def _attempt(answers):
    value = _text(answers, ATTEMPT)
    return AlertAnswer(ATTEMPT, value, "Tried to end their life in the last 3 months.") if value == "recent" else None


def _screener(answers):
    found = screen(answers).at_least
    if found is Risk.NONE:
        return None
    return AlertAnswer("cssrs", found.name.lower(), f"C-SSRS screener: {RISK_WORDS[found]} risk at least.")


def _own_words(answers):
    words = "Own words may speak of wanting to die or of self-harm: read them now."
    told = [code for code in FREE_WORDS if speaks_of_own_death(_text(answers, code))]
    return [AlertAnswer(f"{WORDS_CODE}{code}", "1", words) for code in told]
