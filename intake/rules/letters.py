"""May this letter be written and sent? Pure."""

from clinic.refusal import Item, Refused
from intake.rules.decisions import CANDIDATE, CONDITIONS, NOT, PRESCRIBER, WAIT

PATIENT, REFERRER = "patient", "referrer"
AUDIENCES = {PATIENT: "to the patient", REFERRER: "to the referrer"}
LINK = "link"
WAYS = {
    LINK: "a link by e-mail",
    "post": "by post",
    "fax": "by fax",
    "hand": "by hand",
    "secure": "by a secure message",
}
PATIENT_KINDS = {
    CANDIDATE: "patient_candidate",
    CONDITIONS: "patient_conditions",
    WAIT: "patient_wait",
    NOT: "patient_not",
}


def kind_of(audience, decision):
    """The kind of template for this audience and decision."""
    return "referrer" if audience == REFERRER else PATIENT_KINDS[decision]


def check_can_write(*, audience, signed, has_referrer, roles):
    """Raise Refused unless a letter may be written: signed, by a prescriber, and there is somebody to write to."""
    items = [
        *_not_prescriber(roles),
        *([] if signed else [Item("not-signed", "Sign the assessment before writing letters.")]),
        *([Item("no-referrer", "No referrer is on file.")] if audience == REFERRER and not has_referrer else []),
    ]
    if items:
        raise Refused(*items)


def can_write(**facts):
    """The bool of check_can_write, for templates."""
    return _allowed(check_can_write, **facts)


def check_can_send(*, audience, body, way, sent, email, roles):
    """Raise Refused with all that keeps a letter from going out. The patient's goes by link or by hand or post."""
    items = [
        *_not_prescriber(roles),
        *([Item("sent", "This letter has been sent already.")] if sent else []),
        *([] if body.strip() else [Item("body", "There are no words in it.", field="body")]),
        *_open_braces(body),
        *([] if way in ways_of(audience) else [Item("way", "Choose how it goes out.", field="way")]),
        *(
            [Item("no-email", "There is no e-mail address to send a link to.", field="way")]
            if way == LINK and not email
            else []
        ),
    ]
    if items:
        raise Refused(*items)


def can_send(**facts):
    """The bool of check_can_send, for templates."""
    return _allowed(check_can_send, **facts)


def ways_of(audience):
    """The ways by which this audience may get its letter: a referrer never gets a link of the patient's."""
    return [way for way in WAYS if way != LINK or audience == PATIENT]


def _open_braces(body):
    return [Item("braces", "A placeholder in braces is left over: fill it in.", field="body")] if "{" in body else []


def _not_prescriber(roles):
    return [] if PRESCRIBER in roles else [Item("not-prescriber", "Only a prescriber can do this.")]


def _allowed(check, **facts):
    try:
        check(**facts)
    except Refused:
        return False
    return True
