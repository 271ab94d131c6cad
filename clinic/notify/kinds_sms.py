"""The words of text messages: short, the clinic's name first, nothing that tells what is treated.

A kind without words of its own says only that there is news. "Reply STOP to end." is put behind what can be stopped.
"""

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from clinic.notify.kinds import KINDS

STOP_WORDS = gettext_noop("Reply STOP to end.")
WITH_LINK = gettext_noop("{site}: there is something for you: {link}")
WITHOUT_LINK = gettext_noop("{site}: we have news for you. Please call {phone}.")

SHORT = {
    "invitation": gettext_noop("{site}: please fill in the forms before your visit. You can do it bit by bit: {link}"),
    "packet_reminder": gettext_noop("{site}: your forms are not finished yet. Go on where you stopped: {link}"),
    "questions": gettext_noop("{site}: we have a question about your forms. Please answer it here: {link}"),
    "link_code": gettext_noop("{site}: your code is {code}. It works for 10 minutes. We never ask for it by phone."),
    "decision": gettext_noop("{site}: we have looked at your forms. Please call {phone}."),
    "visit_booked": gettext_noop("{site}: your visit is booked for {when}. {link}"),
    "visit_moved": gettext_noop("{site}: your visit has moved. It is now on {when}. {link}"),
    "visit_cancelled": gettext_noop("{site}: your visit on {when} is cancelled. For another time call {phone}."),
    "series_cancelled": gettext_noop("{site}: your visits are cancelled. For other times call {phone}."),
    "series_booked": gettext_noop("{site}: your visits are booked. See them here: {link}"),
    "reminder_week": gettext_noop("{site}: your visit is on {when}. Reply YES if you come, or answer here: {link}"),
    "reminder_day": gettext_noop("{site}: your visit is on {when}. Reply YES if you come, or answer here: {link}"),
    "reminder_confirm": gettext_noop("{site}: can you come on {when}? Reply YES, or answer here: {link}"),
    "reminder_hours": gettext_noop("{site}: we expect you on {when}. Something came up? Call {phone}."),
    "visit_after": gettext_noop("{site}: thank you for coming. Questions, or not feeling well? Call {phone}."),
    "visit_missed": gettext_noop("{site}: we missed you. Please call {phone} for another time."),
    "diary": gettext_noop("{site}: how was {day}? It takes ten seconds: {link}"),
    "going_home": gettext_noop("{site}: do not drive until tomorrow. Rest today. If you feel unwell, call {phone}."),
    "consent_asked": gettext_noop("{site}: please read and sign before your next visit: {link}"),
    "education": gettext_noop("{site}: please read this before your first visit: {link}"),
    "staff_alert": "{site}: an alert waits for an answer since {since}. Open Tideline: {page}",
    "staff_decision": "{site}: a decision is asked of you since {since}. Open Tideline: {page}",
    "access_alert": "{site}: a review of access waits for you since {since}. Open Tideline: {page}",
}


def short(code: str, language: str) -> str:
    """The shipped text message of a kind in a language; raises KeyError for an unknown kind."""
    kind = KINDS[code]
    with translation.override(language):
        return gettext(SHORT.get(code) or (WITH_LINK if kind.link else WITHOUT_LINK))
