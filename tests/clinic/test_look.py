"""The look, checked without a browser: contrast in every theme, weight, and no style or script inside a page."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS, JS, TEMPLATES = ROOT / "static" / "css", ROOT / "static" / "js", ROOT / "templates"
ALWAYS = ("tokens.css", "base.css", "forms.css", "tables.css", "charts.css")
PLAIN, MARKED = ("canvas", "surface", "sunk", "soft"), ("caution-bg", "alarm-bg")

# Text needs 4.5, marks and edges of controls 3 (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT = [
    *[("ink", ground) for ground in (*PLAIN, *MARKED)],
    *[("muted", ground) for ground in (*PLAIN, *MARKED)],
    *[("accent", ground) for ground in ("canvas", "surface", "soft")],
    *[("accent-hi", ground) for ground in ("canvas", "surface")],
    ("on-accent", "accent"),
    ("on-btn", "btn"),
    ("on-btn", "btn-hi"),
    ("canvas", "ink"),
    ("canvas", "muted"),
    ("caution-ink", "caution-bg"),
    ("caution-ink", "canvas"),
    ("caution-ink", "surface"),
    ("on-caution", "caution"),
    ("alarm-ink", "alarm-bg"),
    ("alarm-ink", "canvas"),
    ("alarm-ink", "surface"),
    ("on-alarm", "alarm"),
    ("ok", "canvas"),
    ("ok", "surface"),
    ("c-on-ph", "c-ph"),
]
MARKS = [
    *[(mark, ground) for mark in ("control", "caution-g", "alarm", "c-hr", "c-ox") for ground in ("canvas", "surface")],
    ("c-bp", "surface"),
    *[(strip, "canvas") for strip in ("s1", "s2", "s3")],
]


def themes():
    """The colours of each theme as the style sheet has them."""
    text = (CSS / "tokens.css").read_text()
    found = {}
    for name in ("light", "dark", "dim"):
        block = re.search(rf'\[data-bs-theme="{name}"\] {{(.*?)\n}}', text, re.DOTALL).group(1)
        found[name] = dict(re.findall(r"--tl-([\w-]+): (#[0-9a-f]{6});", block))
    return found


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def compressed(*files):
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def templates():
    return [file for file in TEMPLATES.rglob("*.html") if "email" not in file.parts]


def test_contrast_is_reckoned_as_the_guideline_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_every_pair_of_colours_can_be_told_apart(theme):
    colours = themes()[theme]
    pairs = [(a, b, 4.5) for a, b in TEXT] + [(a, b, 3) for a, b in MARKS]
    assert len(pairs) >= 47
    too_near = [
        (a, b, round(contrast(colours[a], colours[b]), 2))
        for a, b, least in pairs
        if contrast(colours[a], colours[b]) < least
    ]
    assert too_near == []


def test_the_dim_theme_stays_dim():
    colours = themes()["dim"]
    assert all(luminance(colours[name]) < 0.02 for name in ("canvas", "surface", "sunk", "soft"))
    assert all(luminance(value) < 0.6 for value in colours.values())


def test_every_theme_has_every_colour():
    light, dark, dim = themes().values()
    assert set(light) == set(dark) == set(dim)


def test_other_style_sheets_take_their_colours_from_the_tokens():
    for file in CSS.glob("*.css"):
        text = re.sub(r"@media print \{.*", "", file.read_text(), flags=re.DOTALL)
        is_paper = "@page" in file.read_text()  # black on white in every theme
        if file.name != "tokens.css" and not is_paper:
            assert re.findall(r"#[0-9a-fA-F]{3,6}\b", text) == [], file.name


def test_a_page_loads_at_most_12_kb_of_our_own_styles():
    screens = [file for file in CSS.glob("*.css") if file.name not in ALWAYS]
    assert compressed(*(CSS / name for name in ALWAYS)) + max(compressed(file) for file in screens) <= 12_000


def test_the_first_view_stays_under_its_weight():
    vendor = ROOT / "static" / "vendor"
    others = [vendor / "bootstrap" / "bootstrap.min.css", vendor / "htmx" / "htmx.min.js"]
    always = [CSS / name for name in ALWAYS]
    # A page adds at most two sheets of its layout and two of its own screen.
    screens = sorted((file for file in CSS.glob("*.css") if file.name not in ALWAYS), key=compressed)[-4:]
    assert compressed(*others, *always, *screens) <= 70_000


def scripts_of(name, met):
    """Names of our own scripts that a template brings along, by itself and by what it extends and includes."""
    file = TEMPLATES / name
    if name in met or not file.exists():
        return set()
    met.add(name)
    text = file.read_text()
    others = re.findall(r'{% (?:extends|include) "([^"]+)"', text)
    return set(re.findall(r"static 'js/([\w-]+\.js)'", text)).union(*(scripts_of(other, met) for other in others))


def test_no_page_carries_more_than_28_kb_of_our_own_scripts():
    pages = {
        str(file.relative_to(TEMPLATES)): scripts_of(str(file.relative_to(TEMPLATES)), set()) for file in templates()
    }
    assert pages["sessions/vitals_record.html"] >= {"keypad.js", "lock.js", "live.js"}, "the walk finds what it should"
    heavy = {name: compressed(*(JS / script for script in found)) for name, found in pages.items()}
    assert {name: size for name, size in heavy.items() if size > 28_000} == {}
    assert compressed(*JS.glob("*.js")) <= 45_000, "all of them together, whatever page they are for"


def test_no_style_and_no_script_inside_a_page():
    wrong = re.compile(r"""\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|javascript:|hx-on""")
    assert [
        (file.name, found.group()) for file in templates() for found in [wrong.search(file.read_text())] if found
    ] == []


def test_no_button_is_disabled_and_no_input_is_a_number_box():
    wrong = re.compile(r"""<button[^>]*\sdisabled|type=["']number""")
    assert [file.name for file in templates() if wrong.search(file.read_text())] == []


def test_nothing_animates_for_those_who_ask_for_rest():
    assert "prefers-reduced-motion: reduce" in (CSS / "base.css").read_text()
