"""Hear an answer that needs a person, the moment it is kept: also one in a draft, or on a page that can't be saved."""

from clinic.actions.alerts import note_answer
from intake.rules.alerts import alert_answers
from intake.rules.hearing import severity, watched_in

NOT_ANY_MORE = "not so, or left blank."


def hear(packet, said, *, by, at):
    """Raise an alert for each answer of ``said`` that needs a person; remark it where one was taken back.

    Call it before the transaction that keeps the page: a page that is refused or changed elsewhere must not undo it.
    No query for pages that ask nothing of the kind. Returns the alerts that were raised.
    """
    found = {answer.code: answer for answer in alert_answers(said)}
    raised = [_note(packet, code, found.get(code), by, at) for code in watched_in(said)]
    return [alert for alert in raised if alert is not None]


def _note(packet, code, answer, by, at):
    return note_answer(
        "suicide",
        patient=packet.patient,
        site=packet.site,
        code=code,
        value=severity(answer) if answer else 0,
        words=answer.words if answer else NOT_ANY_MORE,
        by=by,
        subject=packet,
        at=at,
    )
