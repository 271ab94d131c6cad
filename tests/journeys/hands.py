"""People who use their hands in one way only: by keys alone, by touch alone, and with a browser without scripts."""

from playwright.sync_api import Error as DriverError

from tests.journeys.person import Person

LIFTS = 100  # milliseconds
FARTHEST = 250  # stops of the Tab key on one page: the body map's list has fifty
AT = """() => {
  const at = document.activeElement;
  return {name: at.name || "", value: at.value || "", type: at.type || at.localName, checked: !!at.checked};
}"""
IS_AT = "node => document.activeElement === node"
FOLDED = "node => !!node.closest('details:not([open])')"


class Keys(Person):
    """Somebody who has only a keyboard: Tab, Space, Enter, the arrows and letters."""

    def _tabs_until(self, what, is_there):
        for _ in range(FARTHEST):
            if is_there():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {what} on {self.page.url}")

    def _tabs_to(self, what, fits):
        self._tabs_until(what, lambda: fits(self._at()))
        return self._at()

    def _at(self):
        return self.page.evaluate(AT)

    def _goes_to(self, target, what):
        self.page.wait_for_load_state("load")
        try:
            target.wait_for(state="visible")
        except DriverError as problem:
            raise AssertionError(f"No {what} on {self.page.url}:\n{self.reads()[:800]}") from problem
        self._tabs_until(what, lambda: target.evaluate(IS_AT))

    def _enters(self, target, what):
        self._goes_to(target, what)
        self.page.keyboard.press("Enter")
        self.looks()

    def presses(self, name, *, within=None, exact=False):
        """Go to a button (or what looks like one) by Tab and press Enter."""
        place = within or self.page
        named = {"name": name, "exact": exact}
        self._enters(place.get_by_role("button", **named).or_(place.get_by_role("link", **named)).first, name)

    def follows(self, name, *, within=None, exact=False):
        """Go to a link by Tab and press Enter."""
        self._enters((within or self.page).get_by_role("link", name=name, exact=exact).first, name)

    def unfolds(self, words, *, within=None):
        """Open a folded part of the page."""
        self._enters((within or self.page).locator("summary", has_text=words).first, words)

    def types(self, label, words, *, within=None, exact=False):
        """Go to the box with this label and write these words instead of what stands there."""
        self._writes((within or self._main).get_by_label(label, exact=exact).first, label, words)

    def _writes(self, box, what, words):
        self._goes_to(box, what)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(str(words))

    def picks(self, label, choice, *, exact=False):
        """Choose from a list with the arrow."""
        box = self._main.get_by_label(label, exact=exact).first
        wanted = box.locator("option", has_text=choice).first.get_attribute("value")
        self._goes_to(box, label)
        self._steps_to(box, wanted)

    def chooses(self, question, answer, *, within=None, exact=True):
        """Choose one answer of a question by its words."""
        group = (within or self.page).get_by_role("group", name=question).first
        one = group.get_by_label(answer, exact=exact).first
        self._marks(one.get_attribute("name"), one.get_attribute("value"), one.get_attribute("type"))

    def ticks(self, label, *, exact=False):
        box = self._main.get_by_label(label, exact=exact).first
        self._marks(box.get_attribute("name"), box.get_attribute("value") or "on", "checkbox")

    def keys_in(self, *figures):
        """Type figures one after the other: the cursor goes on by itself."""
        for figure in figures:
            self.page.keyboard.type(figure)

    def _answer(self, name, value):
        box = self.page.locator(f'[name="{name}"][value="{value}"]')
        field = (box if box.count() else self.page.locator(f'[name="{name}"]')).first
        if field.evaluate(FOLDED):
            words = field.evaluate("node => node.closest('details').querySelector('summary').innerText.trim()")
            self.unfolds(words)
        kind = field.evaluate("node => node.type")
        if kind in ("checkbox", "radio"):
            self._marks(name, value, kind)
        elif kind == "select-one":
            self._goes_to(field, name)
            self._steps_to(field, value)
        elif kind != "hidden":
            self._writes(field, name, value)

    def _marks(self, name, value, kind):
        if kind == "radio":
            self._tabs_to(name, lambda at: at["name"] == name)
            return self._arrows_to(name, value)
        at = self._tabs_to(name, lambda at: at["name"] == name and value in (at["value"], "on"))
        if not at["checked"]:
            self.page.keyboard.press("Space")
        return None

    def _steps_to(self, box, value):
        for _ in range(box.locator("option").count()):
            if box.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        assert box.input_value() == value

    def _arrows_to(self, name, value):
        for _ in range(15):
            at = self._at()
            assert at["name"] == name
            if at["value"] == value:
                if not at["checked"]:
                    self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to {value!r} of {name}")


class Touch(Person):
    """Somebody who has only fingers: taps, and the keyboard that comes up on the screen. No pointer, no Tab."""

    def _taps(self, target):
        target.scroll_into_view_if_needed()
        target.tap()
        self.page.wait_for_timeout(LIFTS)  # a tap becomes a click only after the finger has left the glass

    def presses(self, name, *, within=None, exact=False):
        """Tap a button."""
        self._taps((within or self.page).get_by_role("button", name=name, exact=exact).first)
        self.looks()

    def follows(self, name, *, within=None, exact=False):
        """Tap a link."""
        self._taps((within or self.page).get_by_role("link", name=name, exact=exact).first)
        self.looks()

    def unfolds(self, words, *, within=None):
        """Tap a folded part of the page open."""
        self._taps((within or self.page).locator("summary", has_text=words).first)

    def types(self, label, words, *, within=None, exact=False):
        """Tap the box with this label; the keyboard comes up."""
        box = (within or self._main).get_by_label(label, exact=exact).first
        self._taps(box)
        box.fill(str(words))

    def picks(self, label, choice, *, exact=False):
        """Choose from the list that the tablet shows."""
        box = self._main.get_by_label(label, exact=exact).first
        self._taps(box)
        box.select_option(label=choice)

    def chooses(self, question, answer, *, within=None, exact=True):
        """Tap one answer of a question."""
        group = (within or self.page).get_by_role("group", name=question).first
        self._marks(group.get_by_label(answer, exact=exact).first)

    def ticks(self, label, *, exact=False):
        self._marks(self._main.get_by_label(label, exact=exact).first)

    def _marks(self, box):
        """Tap where the words of a box stand: whatever lies there is what a finger meets."""
        if not box.is_checked():
            words = self.page.locator(f'label[for="{box.get_attribute("id")}"]').first
            words.scroll_into_view_if_needed()
            place = words.bounding_box()
            self.page.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        assert box.is_checked(), f"a tap on its words does not choose {box.get_attribute('name')}"

    def keys_in(self, *figures):
        """Tap figures on the keypad of the page, one after the other."""
        for digit in "".join(figures):
            self._taps(self.page.locator(f'[data-key="{digit}"]'))

    def _answer(self, name, value):
        field = self.page.locator(f'[name="{name}"]').first
        kind = field.evaluate("node => node.type")
        if kind in ("checkbox", "radio"):
            one = self.page.locator(f'[name="{name}"][value="{value}"]').first
            self._marks(field if value == "on" else one)
        elif kind == "select-one":
            self._taps(field)
            field.select_option(value)
        elif kind != "hidden":
            self._taps(field)
            field.fill(value)


class Plain(Person):
    """Somebody whose browser runs no scripts: nothing that needs one may stand in the way."""

    def looks(self):
        """Scripts of axe would not run either; the page must keep in its frame."""
        self.page.wait_for_load_state("load")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"

    def _answer(self, name, value):
        if name == "regions":  # the drawing is dead without a script, the list of places is open
            return self.page.get_by_role("checkbox", name="Left forearm").first.check()
        super()._answer(name, value)
