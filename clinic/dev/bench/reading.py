"""The forms of a page as a browser would send them, read by the standard library alone; for the drivers of benches."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode


class Forms(HTMLParser):
    """Every form of a page: ``{"action", "method", "fields": [(name, value), ...]}``, filled as the page came."""

    def __init__(self):
        super().__init__()
        self.found, self.by_id, self.select, self.text = [], {}, None, None

    def handle_starttag(self, tag, attrs):
        """Open a form, note a field."""
        said = dict(attrs)
        if tag == "form":
            form = {"action": said.get("action") or "", "method": said.get("method", "get").lower(), "fields": []}
            self.found.append(form)
            self.by_id[said.get("id")] = form
        elif tag == "input" and said.get("name"):
            self._input(said)
        elif tag == "select":
            self.select = {"of": said, "first": None, "chosen": None}
        elif tag == "option" and self.select:
            self._option(said)
        elif tag == "textarea" and said.get("name"):
            self.text = [said, ""]

    def handle_data(self, data):
        """What stands in a text area."""
        if self.text:
            self.text[1] += data

    def handle_endtag(self, tag):
        """Close a select or a text area."""
        if tag == "select" and self.select and self.select["of"].get("name"):
            chosen = self.select["chosen"]
            self._add(self.select["of"], self.select["first"] if chosen is None else chosen)
        if tag == "textarea" and self.text:
            self._add(self.text[0], self.text[1].removeprefix("\n"))
        self.select = None if tag == "select" else self.select
        self.text = None if tag == "textarea" else self.text

    def _input(self, said):
        kind = said.get("type", "text")
        if kind in ("submit", "button", "image", "file") or (kind in ("radio", "checkbox") and "checked" not in said):
            return
        self._add(said, said.get("value", "on" if kind in ("radio", "checkbox") else "") or "")

    def _option(self, said):
        if self.select["first"] is None:
            self.select["first"] = said.get("value", "")
        if "selected" in said:
            self.select["chosen"] = said.get("value", "")

    def _add(self, said, value):
        form = self.by_id.get(said["form"]) if "form" in said else (self.found[-1] if self.found else None)
        if form is not None:
            form["fields"].append((said["name"], value or ""))


def forms_of(page):
    """The forms of a page, in its order."""
    reader = Forms()
    reader.feed(page)
    return reader.found


def filled(page, typed, *, having, path):
    """(address, body) of the first form to POST that has the field `having`, with `typed` over what stands in it.

    A list in `typed` sends its name several times; None sends it not at all. Raises LookupError without such a form.
    """
    for form in forms_of(page):
        if form["method"] == "post" and any(name == having for name, _ in form["fields"]):
            kept = [(name, value) for name, value in form["fields"] if name not in typed]
            return form["action"] or path, urlencode([*kept, *_pairs(typed)])
    raise LookupError(f"No form with {having} at {path.partition('?')[0]}.")


def _pairs(typed):
    for name, value in typed.items():
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                yield name, one


def offered(page, name):
    """The values of every radio button or box of this name, chosen or not, in the page's order."""
    inputs = re.findall(r"<input\b[^>]*>", page)
    named = [tag for tag in inputs if re.search(rf'\bname="{re.escape(name)}"', tag)]
    return [found[1] for tag in named if (found := re.search(r'\bvalue="([^"]*)"', tag))]


def complaints(page):
    """The reasons that stand on a page that was refused, in short."""
    said = re.findall(r'(?s)class="[^"]*(?:error|refus|problem)[^"]*"[^>]*>(.*?)</', page)
    words = (" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in said)
    return "; ".join(one for one in words if one)[:300]
