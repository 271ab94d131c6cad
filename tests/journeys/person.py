"""A person in front of a page: presses, follows, types, chooses, sees. Every page met on the way is checked."""

import io
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Error as DriverError
from playwright.sync_api import Page, expect

from tests.accessible import Axe, bars_in_place
from tests.factories.places import PASSWORD

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
KEEPS_PICTURES = os.environ.get("TIDELINE_SCREENS") == "1"
PATIENCE = 15_000  # milliseconds before somebody gives up looking for a button
MAX_PICTURE = 150_000
GOING = ("navigation", "properties of null")  # the page went away, or the next one has nothing in it yet
MOVES = 5  # a page that sends on to the next and the next
# A browser notes answers of 4xx and a lost connection in its console; these are part of the ways walked here.
EXPECTED = ("Failed to load resource", "net::ERR_INTERNET_DISCONNECTED")
EMAIL = re.compile("^e-?mail", re.IGNORECASE)
# The birth tells one document from the next: another one, another origin of its clock. The rest is its shape.
SEEN = """async () => {
  if (document.readyState !== "complete") await new Promise((all) => addEventListener("load", () => all()));
  return [
    performance.timeOrigin, location.pathname, document.documentElement.dataset.bsTheme || "", innerWidth,
    document.querySelectorAll(".err, .sum, .miss, dialog[open], details[open]").length,
    [...document.querySelectorAll("h1, h2, legend")].map((at) => at.textContent.replace(/\\d+/g, "").trim()).join("|"),
  ];
}"""
BORN = "performance.timeOrigin"
LOOKED_AT: set[tuple] = set()


class Person:
    """Somebody with a browser of their own. The methods are what they do; each ends on a page without faults."""

    def __init__(self, page: Page, name: str = "", origin: str = ""):
        self.page, self.name, self.origin = page, name, origin
        self.complaints: list[str] = []
        self.poses = False  # the driver styles the page for a picture, which the page's own policy forbids
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        page.on("console", self._hear)

    def _hear(self, message) -> None:
        if message.type == "error" and not self.poses and not any(words in message.text for words in EXPECTED):
            self.complaints.append(f"{self.page.url}: {message.text}")

    @property
    def _main(self):
        return self.page.locator("main")

    # ---- going somewhere

    def opens(self, address: str):
        """Open an address; returns the answer's status."""
        answer = self.page.goto(address)
        self.looks()
        return answer.status

    def signs_in(self, user, at="/accounts/login/"):
        """Sign in by e-mail and password."""
        assert self.page.goto(at).ok
        door = urlsplit(self.page.url).path  # a page that needs a sign-in leads there
        self.types(EMAIL, user.email, within=self.page)
        self.types("Password", PASSWORD, within=self.page, exact=True)
        self.looks()
        self.presses("Sign in")
        # A key waits for nothing: whoever goes elsewhere before the answer is there takes the form back.
        self.page.wait_for_url(lambda url: urlsplit(url).path != door)
        return self

    def prefers(self, theme: str):
        """Choose a theme: light, dark or dim."""
        self.page.context.add_cookies([{"name": "theme", "value": theme, "url": self.origin}])
        return self

    def reloads(self):
        self.page.reload()
        self.looks()

    # ---- doing something

    def presses(self, name, *, within=None, exact=False):
        """Press a button; `within` is the place on the page to look in."""
        (within or self.page).get_by_role("button", name=name, exact=exact).first.click()
        self.looks()

    def follows(self, name, *, within=None, exact=False):
        """Follow a link."""
        (within or self.page).get_by_role("link", name=name, exact=exact).first.click()
        self.looks()

    def types(self, label, words, *, within=None, exact=False):
        """Put words into the box with this label, instead of what stands there."""
        (within or self._main).get_by_label(label, exact=exact).first.fill(str(words))

    def picks(self, label, choice, *, exact=False):
        """Choose from a list."""
        self._main.get_by_label(label, exact=exact).first.select_option(label=choice)

    def chooses(self, question, answer, *, within=None, exact=True):
        """Choose one answer (a radio button or a box to tick) of a question by its words."""
        group = (within or self.page).get_by_role("group", name=question).first
        self._checks(group.get_by_label(answer, exact=exact).first)

    def ticks(self, label, *, exact=False):
        self._checks(self._main.get_by_label(label, exact=exact).first)

    def _checks(self, box):
        """A card's own box is too small to be seen, and a bar may lie over it: it is gone to and marked by Space."""
        box.focus()
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked(), f"Space does not mark {box.get_attribute('name')} on {self.page.url}"

    def keys_in(self, *figures):
        """Type figures one after the other on a page whose cursor goes on by itself."""
        for figure in figures:
            self.page.keyboard.type(figure)

    def unfolds(self, words, *, within=None):
        """Open a folded part of the page."""
        (within or self.page).locator("summary", has_text=words).first.click()

    def fills_in(self, typed: dict):
        """Answer a whole page by the names of its fields; a list ticks several."""
        for name, value in typed.items():
            for one in value if isinstance(value, list) else [value]:
                self._answer(name, one)

    def _answer(self, name, value):
        field = self.page.locator(f'[name="{name}"]').first
        kind = field.evaluate("node => node.type")
        if name == "regions":
            self.page.locator(f'[name=regions][value="{value}"]').dispatch_event("click")
        elif kind == "radio" or (kind == "checkbox" and value != "on"):
            self.page.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            field.check()
        elif kind == "select-one":
            field.select_option(value)
        elif kind != "hidden":
            field.fill(value)

    # ---- seeing something

    def sees(self, *words, seconds=8):
        """See these words, now or within some seconds."""
        for one in words:
            place = self.page.locator("body").get_by_text(one).filter(visible=True).first
            expect(place).to_be_visible(timeout=seconds * 1000)
        self.looks()
        return self

    def sees_nothing_of(self, *words):
        for one in words:
            assert one not in self.page.locator("body").inner_text(), f"{one!r} should not stand on {self.page.url}"

    def stands_at(self, heading, *, seconds=8):
        """The page's first heading says this."""
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible(timeout=seconds * 1000)
        self.looks()
        return self

    def still_has(self, label, words):
        """What was typed still stands in the box."""
        expect(self._main.get_by_label(label).first).to_have_value(str(words))

    def reads(self) -> str:
        """All words of the page's main part."""
        return self._main.inner_text()

    # ---- what holds on every page

    def looks(self):
        """Hold the page against axe once in each shape it is met, and see that it does not scroll sideways."""
        for _ in range(MOVES):
            try:
                if self._look():
                    return
            except DriverError as problem:  # the page went on to the next one under our eyes: look at that one
                if not any(words in str(problem) for words in GOING):
                    raise
        raise AssertionError(f"{self.page.url} never stands still")

    def _look(self) -> bool:
        """Whether the page that was looked at is the one that was asked for, and not the next one, with its bars up."""
        born, shape = self._seen()
        if shape in LOOKED_AT:
            return True
        with bars_in_place(self.page):
            found = Axe().run(self.page)
        if self.page.evaluate(BORN) != born:
            return False
        assert found.response["violations"] == [], f"{self.page.url}\n{found.generate_report()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        LOOKED_AT.add(shape)
        return True

    def _seen(self) -> tuple:
        """When the document was born, once its styles are here too, and what tells two pages apart for the eye.

        That is the path without ids, width, theme, headings, groups, problems.
        """
        born, path, *facts = self.page.evaluate(SEEN)
        return born, (re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|/p/[^/]{20,}/", "*", path), *facts)

    def keeps_picture(self, name: str, *, whole=False):
        """Keep a picture of the page for docs/screens/, small enough, when pictures are asked for."""
        if not KEEPS_PICTURES:
            return
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.evaluate("scrollTo(0, 0); document.activeElement && document.activeElement.blur()")
        self.poses = True
        raw = Image.open(io.BytesIO(self.page.screenshot(full_page=whole, animations="disabled")))
        self.poses = False
        for colours in (128, 64, 32, 16):
            small = raw.convert("RGB").quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            small.save(SCREENS / f"{name}.png", optimize=True)
            if (SCREENS / f"{name}.png").stat().st_size < MAX_PICTURE:
                return
        raise AssertionError(f"{name}.png is larger than {MAX_PICTURE} bytes")
