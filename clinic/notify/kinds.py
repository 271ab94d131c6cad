"""Every kind of message: its shipped words, what may stand in them, what stops it, which link it carries."""

from dataclasses import dataclass

COMMON = frozenset({"name", "site", "phone"})


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
        _kind("packet_reminder", "The forms are not finished", "{site}: your forms are waiting",
              "Your forms are not finished yet. You can go on where you stopped.\n\n{link}",
              choice="form", link="packet"),
        _kind("link_code", "Six-digit code", "{site}: your code",
              "Your code is {code}. It works for 10 minutes. We never ask for it by phone.",
              urgent=True, fields=frozenset({"code"})),
        _kind("decision", "News after the assessment", "{site}: we have looked at your forms",
              "We have looked at your forms. {next_step}", fields=frozenset({"next_step"})),
        _kind("visit_booked", "A visit is booked", "{site}: your visit on {when}",
              "Your visit is booked for {when}.\n\n{link}", link="visits", fields=WHEN),
        _kind("visit_moved", "A visit has moved", "{site}: your visit has moved to {when}",
              "Your visit has moved. It is now on {when}.\n\n{link}", link="visits", fields=WHEN),
        _kind("visit_cancelled", "A visit is cancelled", "{site}: your visit is cancelled",
              "Your visit on {when} is cancelled. Please call us for another time.", fields=WHEN),
        _kind("series_booked", "A series of visits is booked", "{site}: your visits",
              "Your visits are booked:\n\n{when}\n\n{link}", link="visits", fields=WHEN),
        _kind("reminder_week", "A week before a visit", "{site}: your visit on {when}",
              "Your visit is in a week: {when}.\n\n" + READY + "\n\nPlease tell us if you can come:\n{link}",
              choice="reminder", link="readiness", fields=WHEN),
        _kind("reminder_day", "A day before a visit", "{site}: your visit on {when}",
              "Your visit is on {when}.\n\n" + READY + "\n\nA few questions before you come:\n{link}",
              choice="reminder", link="readiness", fields=WHEN),
        _kind("reminder_hours", "Two hours before a visit", "{site}: your visit today",
              "We expect you on {when}.\n\nSomething came up? Please call us.", choice="reminder", fields=WHEN),
        _kind("diary", "The diary of a day", "{site}: ten seconds for {day}",
              "How was {day}? It takes ten seconds.\n\n{link}",
              choice="diary", link="diary", fields=frozenset({"day"})),
        _kind("going_home", "After a visit", "{site}: after your visit",
              "Do not drive and do not sign anything important until tomorrow. Rest today. If you feel unwell, "
              "call us."),
        _kind("staff_alert", "An alert nobody has answered", "{site}: an alert waits for an answer",
              "An alert has been waiting for {minutes} minutes. Please open Tideline:\n\n{page}",
              urgent=True, fields=frozenset({"minutes", "page"})),
    )
}  # fmt: skip
