"""Which language a page or a message is in.

Staff pages are English. A patient's page follows, in this order: what was chosen on the page (kept in the session of
this browser), the patient's own language on record, what the browser asks for, English. Only a POST chooses.
What is written into the record is English: the code of an answer is kept, never its translated words.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

ENGLISH, SPANISH = "en", "es"
SWITCH = "switch_language"  # the name of the switch's buttons; their values are the codes
CHOSEN, LAST = "language", "language-last"


def codes():
    """The codes of the languages there are."""
    return [code for code, _ in settings.LANGUAGES]


def is_known(code):
    """Is this one of ours?"""
    return code in codes()


def choices():
    """(code, the language's own name) of each, for switches and forms."""
    return list(settings.LANGUAGES)


def english_name(code):
    """The name of a language for staff: "Spanish"; the code itself for one that we don't know."""
    return {ENGLISH: "English", SPANISH: "Spanish"}.get(code, code)


def of_browser(request):
    """What the browser asks for, as far as we speak it; else English."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return ENGLISH


def of_guest(request):
    """The language for somebody nobody knows (yet): chosen in this browser, last spoken in it, asked for by it."""
    chosen = request.session.get(CHOSEN, {}).get("code") or request.session.get(LAST)
    return chosen if is_known(chosen) else of_browser(request)


def of_patient(request, patient):
    """The language of a patient's page."""
    chosen = request.session.get(CHOSEN, {})
    theirs = chosen.get("patient") in ("", str(patient.pk)) and is_known(chosen.get("code"))
    if theirs:
        return chosen["code"]
    return patient.language if is_known(patient.language) else of_browser(request)


def of_person(person):
    """The language of what is sent to a patient or a member of staff."""
    code = getattr(person, "language", ENGLISH)
    return code if is_known(code) else ENGLISH


def choose(session, code, patient=None):
    """Keep what was chosen. It counts for this patient only; without one, for whoever comes through the door next."""
    session[CHOSEN] = {"code": code, "patient": str(patient.pk) if patient else ""}


def settle(session, patient):
    """The patient is known now. What was chosen before is theirs: returns its code; None when nothing was."""
    chosen = session.get(CHOSEN, {})
    if not chosen or chosen["patient"]:
        return None
    choose(session, chosen["code"], patient)
    return chosen["code"]


def remember(session, code):
    """Keep the language last spoken, for pages that know nobody, such as errors."""
    session[LAST] = code


def forget(session):
    """Called when staff signs in: the patient before them chose for themselves."""
    session.pop(CHOSEN, None)
    session.pop(LAST, None)


def is_switch(request):
    """Did this request only ask for another language? Then what was typed stays and nothing is judged or done."""
    return request.method == "POST" and SWITCH in request.POST


def keeps_typed(view):
    """Mark a view that shows its form again when the language is switched; any other is simply shown afresh."""
    view.keeps_typed = True
    return view


def in_english():
    """A block whose words are English: what goes into the record and what staff read."""
    return translation.override(ENGLISH)


def current():
    """The code of the language in force."""
    return translation.get_language() or ENGLISH
