"""Every kind of message: its shipped words, what may stand in them, what stops it, which link it carries."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext

COMMON = frozenset({"name", "site", "phone"})
IN_SUBJECT = frozenset({"site"})  # a subject is read by whoever sees the screen, and by every server on the way


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    `choice`: the contact choice that stops it ("" : can't be stopped). `link`: purpose of the link made when it is
    sent. `urgent`: not held back by quiet hours. `fields`: placeholders beyond name, site and phone.
    """

    code: str
    words: str
    subject: str
    body: str
    choice: str = ""
    link: str = ""
    urgent: bool = False
    fields: frozenset = frozenset()

    @property
    def placeholders(self) -> frozenset:
        links = {"link"} if self.link else set()
        return COMMON | self.fields | links


HELLO = "Hello {name},\n\n"
BYE = "\n\nQuestions? Call {phone}.\n{site}\n"
WHEN = frozenset({"when"})
READY = (
    "Please bring someone who takes you home. Take your medicines as usual, unless your own plan from us says "
    "something else. Not sure what to eat or drink before? Ask us."
)


def _kind(code, words, subject, body, **more):
    return Kind(code, words, subject, HELLO + body + BYE, **more)


KINDS = {
    kind.code: kind
    for kind in (
        _kind("invitation", "Invitation to fill in the forms", "{site}: forms before your visit",
              "We have some questions before your visit. You can answer them bit by bit; what you wrote is kept."
              "\n\n{link}\n\nThe link works for 7 days and is only for you.", choice="form", link="packet"),
        _kind("invitation_for", "Invitation to fill in the forms for somebody", "{site}: forms to fill in",
              "You speak for somebody who comes to us. Please fill in the forms before their visit. You can answer "
              "them bit by bit; what you wrote is kept. We ask for their date of birth first.\n\n{link}\n\n"
              "The link works for 7 days and is only for you.", link="packet"),
        _kind("packet_reminder", "The forms are not finished", "{site}: your forms are waiting",
              "Your forms are not finished yet. You can go on where you stopped.\n\n{link}",
              choice="form", link="packet"),
        _kind("questions", "Questions sent back", "{site}: a question about your forms",
              "We have a question about your forms. Please answer it on our page.\n\n{link}\n\n"
              "The link works for 7 days and is only for you.", link="questions"),
        _kind("link_code", "Six-digit code", "{site}: your code",
              "Your code is {code}. It works for 10 minutes. We never ask for it by phone.",
              urgent=True, fields=frozenset({"code"})),
        _kind("decision", "News after the assessment", "{site}: we have looked at your forms",
              "We have looked at your forms. {next_step}", fields=frozenset({"next_step"})),
        _kind("visit_booked", "A visit is booked", "{site}: your visit is booked",
              "Your visit is booked for {when}.\n\n{link}", link="visits", fields=WHEN),
        _kind("visit_moved", "A visit has moved", "{site}: your visit has moved",
              "Your visit has moved. It is now on {when}.\n\n{link}", link="visits", fields=WHEN),
        _kind("visit_cancelled", "A visit is cancelled", "{site}: your visit is cancelled",
              "Your visit on {when} is cancelled. Please call us for another time.", fields=WHEN),
        _kind("series_booked", "A series of visits is booked", "{site}: your visits",
              "Your visits are booked:\n\n{when}\n\n{link}", link="visits", fields=WHEN),
        _kind("series_cancelled", "Several visits are cancelled", "{site}: your visits are cancelled",
              "These visits are cancelled:\n\n{when}\n\nPlease call us for other times.", fields=WHEN),
        _kind("reminder_week", "A week before a visit", "{site}: your visit is coming",
              "Your visit is in a week: {when}.\n\n" + READY + "\n\nPlease tell us if you can come:\n{link}",
              choice="reminder", link="readiness", fields=WHEN),
        _kind("reminder_day", "A day before a visit", "{site}: your visit is coming",
              "Your visit is on {when}.\n\n" + READY + "\n\nA few questions before you come:\n{link}",
              choice="reminder", link="readiness", fields=WHEN),
        _kind("reminder_confirm", "Not confirmed yet", "{site}: can you come?",
              "You have not told us yet if you come on {when}.\n\nPlease tell us here:\n{link}",
              choice="reminder", link="readiness", fields=WHEN),
        _kind("reminder_hours", "Two hours before a visit", "{site}: your visit today",
              "We expect you on {when}.\n\nSomething came up? Please call us.", choice="reminder", fields=WHEN),
        _kind("visit_after", "After a visit, by rule", "{site}: after your visit",
              "Thank you for coming on {when}. You have a question, or you do not feel well? Please call us.",
              choice="reminder", fields=WHEN),
        _kind("visit_missed", "Nobody came", "{site}: we missed you",
              "We expected you on {when}. Please call us for another time. Tell us too if you do not want the visit.",
              choice="reminder", fields=WHEN),
        _kind("diary", "The diary of a day", "{site}: ten seconds for your diary",
              "How was {day}? It takes ten seconds.\n\n{link}",
              choice="diary", link="diary", fields=frozenset({"day"})),
        _kind("checkup", "Questionnaires", "{site}: a few short questions",
              "How are you doing? A few short questions, once in a while. They take some minutes.\n\n{link}\n\n"
              "The link works for 6 days.", choice="diary", link="checkup"),
        _kind("checkup_again", "Questionnaires, once more", "{site}: a few questions still wait",
              "A few days ago we asked how you are doing. Some answers are still missing. What you sent is kept.\n\n"
              "{link}\n\nThe link works for 3 days. We will not ask again this time.", choice="diary", link="checkup"),
        _kind("talk_answer", "A message for the patient", "{site}: a message for you",
              "We have written to you. You can read it and answer on our page:\n\n{link}\n\n"
              "The link works for 7 days. We ask for your date of birth first. Please don't answer this mail: "
              "nobody reads it.", link="messages"),
        _kind("going_home", "After a visit", "{site}: after your visit",
              "Do not drive and do not sign anything important until tomorrow. Rest today. If you feel unwell, "
              "call us."),
        _kind("aftercare", "The sheet to take home", "{site}: after your visit",
              "Do not drive and do not sign anything important until tomorrow. Here is the sheet we talked about: what "
              "is normal, when to call us, and when to call for help at once.\n\n{link}\n\n"
              "The link works for 7 days. We ask for your date of birth first.", link="documents"),
        _kind("amendment_received", "Correction asked for: we have it", "{site}: we have your request",
              "We have your request to correct your record. You will have our answer by {due}.",
              fields=frozenset({"due"})),
        _kind("amendment_extended", "Correction asked for: it takes longer", "{site}: your request takes longer",
              "Your request to correct your record takes us longer. You will have our answer by {due}. The reason "
              "is on our page:\n\n{link}\n\nThe link works for 7 days. We ask for your date of birth first.",
              link="documents", fields=frozenset({"due"})),
        _kind("amendment_decided", "Correction asked for: our answer", "{site}: our answer to your request",
              "We have answered your request to correct your record. You can read the answer, and what you can do "
              "next, on our page:\n\n{link}\n\nThe link works for 7 days. We ask for your date of birth first.",
              link="documents"),
        _kind("document_ready", "A paper is ready", "{site}: your papers",
              "There is something for you to keep: a copy of what you signed, or a letter.\n\n{link}\n\n"
              "The link works for 7 days. We ask for your date of birth first.", link="documents"),
        _kind("consent_changed", "A signed text has changed", "{site}: please read and sign",
              "A text that you signed has changed. Please read what is new and sign it before your next visit."
              "\n\n{link}", choice="form", link="consent"),
        _kind("consent_told", "Told of a changed text", "{site}: a text has changed",
              "A text that you signed has changed a little. You don't need to do anything. You can read what is new "
              "here:\n\n{link}", choice="form", link="consent"),
        _kind("consent_asked", "Asked to sign again", "{site}: please read and sign",
              "Please read a text and sign it before your next visit.\n\n{link}", choice="form", link="consent"),
        _kind("education", "What to know before the first visit", "{site}: please read this before your first visit",
              "Before your first visit there is something to read, in short parts. It takes about ten minutes. "
              "You can ask a nurse anything there.\n\n{link}", choice="form", link="education"),
        _kind("question_answered", "A nurse has answered", "{site}: an answer for you",
              "A nurse has answered your question. You can read the answer here:\n\n{link}", link="education"),
        _kind("waitlist_offer", "A time is offered to somebody who waits", "{site}: an earlier time for you",
              "A time has become free: {when}. Would you like it? Please answer by {until}:\n\n{link}\n\n"
              "We ask others too. Who says yes first has it. If you don't answer, nothing changes.",
              choice="reminder", link="offer", fields=frozenset({"when", "until"})),
        _kind("waitlist_offer_for", "A time is offered, to a representative", "{site}: an earlier time is free",
              "You speak for somebody who waits for an earlier time with us. This time has become free: {when}. Would "
              "it suit? Please answer by {until}:\n\n{link}\n\n"
              "We ask others too. Who says yes first has it. If you don't answer, nothing changes.",
              link="offer", fields=frozenset({"when", "until"})),
        _kind("own_page", "The patient's own page", "{site}: your own page",
              "Here is the way to your own page: visits, forms, papers and messages.\n\n{link}\n\n"
              "The link works for 7 days. We ask for your date of birth first.\n\n"
              "You did not ask for it? Then you need not do anything.", link="home"),
        _kind("record_ready", "A copy of the whole record is ready", "{site}: your copy is ready",
              "The copy of your record that you asked for is ready. You can get it from your own page until "
              "{until}:\n\n{link}\n\nWe ask for your date of birth first.", link="home",
              fields=frozenset({"until"})),
        _kind("staff_alert", "An alert nobody has answered", "{site}: an alert waits for an answer",
              "An alert waits for an answer, since {since} ({minutes} minutes). Please open Tideline:\n\n{page}\n\n"
              "It stays open, and others are told, until somebody writes there what was done.",
              urgent=True, fields=frozenset({"minutes", "page", "since"})),
        _kind("staff_decision", "A decision is asked of a prescriber", "{site}: a decision is asked of you",
              "A nurse asks for your decision, since {since}. Please open Tideline and sign in:\n\n{page}\n\n"
              "It waits there with what is missing and why.", urgent=True, fields=frozenset({"page", "since"})),
        _kind("access_alert", "Somebody's access needs a review", "{site}: a review of access waits for you",
              "Somebody's access to records needs a review, since {since}. Please open Tideline and sign in:\n\n"
              "{page}\n\nIt stays open until somebody writes there what came of it.",
              urgent=True, fields=frozenset({"page", "since"})),
    )
}  # fmt: skip

# Read by staff, so in English only.
FOR_STAFF = frozenset({"staff_alert", "staff_decision", "access_alert"})


# What a rule before or after a visit may send (followup.models.ReminderRule).
BY_RULE = ("reminder_week", "reminder_day", "reminder_confirm", "reminder_hours", "visit_after", "visit_missed")


def shipped(code: str, language: str) -> tuple[str, str]:
    """The shipped subject and body of a kind in a language; raises KeyError for an unknown kind.

    The words are those of the catalogues in locale/, where each subject and each body is one text.
    """
    kind = KINDS[code]
    with translation.override(language):
        return gettext(kind.subject), gettext(kind.body)


def to_translate() -> list[str]:
    """Every text of a message that patients get, for the catalogues."""
    return [text for kind in KINDS.values() if kind.code not in FOR_STAFF for text in (kind.subject, kind.body)]
