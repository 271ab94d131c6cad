"""axe in the browser: what the WCAG 2.2 AA rules find wrong with a page as it stands."""

import json
from contextlib import contextmanager

from axe_playwright_python.base import AxeBase, AxeResults

# Only violations are worked out in full: the passes nobody reads take longer than the rest.
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

RUN = """async (options) => {
  const { url, timestamp, violations } = await axe.run(document, options);
  return JSON.stringify({ url, timestamp, violations });
}"""


class Axe(AxeBase):
    """axe as it is, but brought to a document once, and bringing home its violations only, as one string.

    The driver checks and takes apart an answer value by value: with all the rules that hold, that took longer than axe.
    """

    def run(self, page, options=OPTIONS) -> AxeResults:
        """What is wrong with the document as it stands now, read from its top with bars in their own place."""
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(self.axe_script)
        with bars_in_place(page):
            return AxeResults(json.loads(page.evaluate(RUN, options)))


# By a rule and not element by element: a live page may draw a bar anew while axe reads it.
BARS_DOWN = """(kinds) => {
  const within = (rules) => [...rules].flatMap((rule) => [rule, ...within(rule.cssRules || [])]);
  const stay = [...document.styleSheets].flatMap((sheet) => within(sheet.cssRules))
    .filter((rule) => rule.selectorText && kinds.includes(rule.style.position));
  const down = new CSSStyleSheet();
  const place = {
    sticky: "position: relative !important; inset: auto !important",
    fixed: "position: static !important",
  };
  for (const rule of stay) down.insertRule(`${rule.selectorText} { ${place[rule.style.position]}; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, down];
  const y = scrollY;
  scrollTo(0, 0);
  return y;
}"""
BARS_UP = """(y) => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
  scrollTo(0, y);
}"""


@contextmanager
def bars_in_place(page, kinds=("sticky",)):
    """From the top, bars in their own place: half a button under a bar that stays when one scrolls is no fault.

    What lies half under such a bar depends on how far the page happens to be scrolled: no two runs agree.
    """
    scrolled = page.evaluate(BARS_DOWN, kinds)
    yield
    page.evaluate(BARS_UP, scrolled)


THEMES = ("light", "dark", "dim")
SET_THEME = "(theme) => document.documentElement.setAttribute('data-bs-theme', theme)"


def in_every_theme(page) -> dict[str, list[str]]:
    """Theme -> what axe finds, for a page that stands in the light one: every rule in each of them.

    The page is loaded once: the server writes the theme into one attribute and nowhere else.
    """
    found = {}
    with bars_in_place(page, ("sticky", "fixed")):
        for theme in THEMES:
            page.evaluate(SET_THEME, theme)
            violations = Axe().run(page).response["violations"]
            found |= {theme: [one["id"] for one in violations]} if violations else {}
    page.evaluate(SET_THEME, "light")
    return found


def report(page) -> str:
    """Every violation with its rule and elements in words; empty when the page is sound."""
    found = Axe().run(page)
    return found.generate_report() if found.response["violations"] else ""
