"""What the people of a clinic day do, each as the pages ask for it: open, fill what the form holds, send, read on.

A walk is a coroutine of a person (see day_drive) and one deed of the plan. It sends what a browser would send: every
hidden field the page came with, and over it what is typed here. Standard library alone.
"""

import html
import random
import re
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from clinic.dev.bench.reading import complaints, filled, offered

dice = random.Random()
FORM_OK, REFUSED = (302,), (409, 422)
OFFER = re.compile(r'name="slot" id="(?:slot|alt)-\d+" value="([^"]+)"')


class WentWrong(RuntimeError):
    """A page did not let somebody do what they came for; the words say what it complained of."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    head: str
    page: str

    @property
    def location(self):
        """Where a redirect leads."""
        found = re.search(r"(?i)\r\nlocation: *(\S+)", self.head)
        return found[1] if found else ""


async def look(person, deed):
    """Open one page and read it."""
    await person.get(deed["tag"], deed["path"])


async def find(person, deed):
    """Type a name into the search box, letter group by letter group."""
    for upto in (2, 4, len(deed["words"])):
        typed = {"q": deed["words"][:upto], "csrfmiddlewaretoken": person.drive.plan["csrf"]}
        answer = await person.post("find", deed["path"], urlencode(typed))
        await person.get("find", answer.location, headers={"HX-Request": "true"})


async def vitals(person, deed):
    """One set at the chair, then the run sheet again."""
    answer = await person.post("vitals", deed["path"], deed["body"])
    person.drive.count("vitals")
    await person.get("sheet", answer.location)


async def send(person, deed):
    """A prepared form, as the patients' pages keep theirs."""
    await person.post(deed["tag"], deed["path"], deed["body"])
    person.drive.count(deed["tag"])


async def deed_at(person, path, tag, *, having, typed, tries=2):
    """Open a form, fill it, send it; a soft limit that asks back is answered with yes. Returns where it led."""
    page = (await person.get(f"{tag}-page", path)).page
    typed = {"csrfmiddlewaretoken": person.drive.plan["csrf"]} | typed
    for _ in range(tries):
        address, body = filled(page, typed, having=having, path=path)
        answer = await person.post(tag, address, body, expect=FORM_OK + REFUSED)
        if answer.status in FORM_OK:
            return answer.location
        page = answer.page
        typed = typed | {"confirmed": [html.unescape(one) for one in offered(page, "confirmed")]}
    raise WentWrong(f"{tag} was refused: {complaints(page)}")


async def note(person, deed):
    """A line in words."""
    then = await deed_at(
        person, deed["path"], "note", having="entry_id", typed={"text": "Comfortable, listens to music"}
    )
    person.drive.count("entries")
    await person.get("sheet", then)


async def side_effect(person, deed):
    """Slight nausea."""
    typed = {"term": "nausea", "severity": "mild"}
    then = await deed_at(person, deed["path"], "side-effect", having="entry_id", typed=typed)
    person.drive.count("entries")
    await person.get("sheet", then)


async def pause_and_go_on(person, deed):
    """The pump waits while the patient goes to the toilet; a set of vitals, and on."""
    await deed_at(person, f"{deed['path']}pause/", "pause", having="entry_id", typed={"cause": "toilet"})
    await person.post("vitals", f"{deed['path']}vitals/", deed["body"])
    person.drive.count("vitals")
    then = await deed_at(person, f"{deed['path']}resume/", "resume", having="entry_id", typed={})
    person.drive.count("entries")
    await person.get("sheet", then)


async def stop_and_observe(person, deed):
    """The infusion ends; the observation's first set; the line comes out."""
    typed = {"volume_ml": deed["volume"], "cause": "ordered_end"}
    await deed_at(person, f"{deed['path']}stop/", "stop", having="entry_id", typed=typed, tries=3)
    await person.post("vitals", f"{deed['path']}vitals/", deed["body"])
    person.drive.count("vitals")
    then = await deed_at(person, f"{deed['path']}line/", "line", having="entry_id", typed={"action": "removed"})
    person.drive.count("entries")
    await person.get("sheet", then)


async def arrive(person, deed):
    """A patient is checked in, asked through the checklist and weighed."""
    await person.get("board", deed["board"])
    answer = await person.post("check-in", deed["path"], urlencode({"csrfmiddlewaretoken": person.drive.plan["csrf"]}))
    session = re.search(r"/sessions/[0-9a-f-]{36}/", answer.location)
    if session is None:
        raise WentWrong("Nobody was checked in.")
    person.drive.count("checked_in")
    await deed_at(person, f"{session[0]}checklist/", "checklist", having="fasting_detail", typed=deed["checks"])
    then = await deed_at(
        person, f"{session[0]}weight/", "weight", having="value", typed={"value": "72.4", "unit": "kg"}
    )
    person.drive.count("entries")
    await person.get("sheet", then)


async def book(person, deed):
    """A visit on a day with room: one of the offered slots; when somebody was faster, one of those offered instead."""
    page = (await person.get("book-page", deed["path"])).page
    for _ in range(4):
        slots = [html.unescape(one) for one in OFFER.findall(page)]
        if not slots:
            raise WentWrong("No slot was offered.")
        body = {"slot": dice.choice(slots), "note": "", "csrfmiddlewaretoken": person.drive.plan["csrf"]}
        answer = await person.post("book", deed["path"], urlencode(body), expect=FORM_OK + REFUSED)
        if answer.status in FORM_OK:
            person.drive.count("booked")
            await person.get("visit", answer.location)
            return
        page = answer.page
    raise WentWrong(f"Nothing could be booked: {complaints(page)}")


async def diary(person, deed):
    """The ten seconds of an evening."""
    typed = {name: str(dice.randint(1, 7)) for name in ("pain", "mood", "sleep", "function")}
    typed |= {"medicines_as_usual": "yes", "self_harm": "no", "client_id": str(uuid.uuid4())}
    then = await deed_at(person, deed["path"], "diary", having="client_id", typed=typed)
    person.drive.count("diary")
    await person.get("diary-done", then)


WALKS = {
    "arrive": arrive,
    "book": book,
    "diary": diary,
    "find": find,
    "look": look,
    "note": note,
    "pause": pause_and_go_on,
    "send": send,
    "side_effect": side_effect,
    "stop": stop_and_observe,
    "vitals": vitals,
}
