"""Which questions may bring an alert, and which of two answers to one is worse. Pure."""

from clinic.instruments.cssrs import CODES, Risk
from intake.rules.alerts import ATTEMPT, PHQ9_ITEM, WORDS_CODE, alert_answers

# The code an alert is kept under -> the questions it comes from.
WATCHED = {PHQ9_ITEM: (PHQ9_ITEM,), ATTEMPT: (ATTEMPT,), "cssrs": CODES}
RECENT_ATTEMPT = 3


def severity(answer):
    """An AlertAnswer as a number, for comparing answers to the same question only: a higher one is worse."""
    if answer.code == PHQ9_ITEM or answer.code.startswith(WORDS_CODE):
        return int(answer.value)
    return RECENT_ATTEMPT if answer.code == ATTEMPT else int(Risk[answer.value.upper()])


def watched_in(said):
    """The codes whose questions are answered, or left blank, in ``said`` (question code -> answer).

    Own words count where they speak of it now. That they were changed later takes nothing back: a person reads them.
    """
    asked = [code for code, items in WATCHED.items() if any(item in said for item in items)]
    return asked + [answer.code for answer in alert_answers(said) if answer.code.startswith(WORDS_CODE)]
