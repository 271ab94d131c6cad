"""The second language is complete: no text without words, none doubtful, none unwrapped on a patient's page."""

import re
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.urls import get_resolver
from django.utils import translation

from clinic.dev import translating
from clinic.instruments import library
from clinic.notify import gsm, kinds, texts
from intake import questions
from tests import factories
from tests.house import matrix
from tests.house.matrix_objects import Side, nouns, params
from tests.intake.packets import TYPED
from tests.people import people

# What stands in both languages alike: names and titles that a clinic typed.
CLINICS_OWN = ("Harbor clinic", "Consent: treatment")
LEAST_WORDS = 4
SHOWN = ("aria-label", "title", "alt", "placeholder", "content")


# ---- the words
@pytest.mark.parametrize("language", translating.languages())
def test_no_text_lacks_its_words(language):
    """Missing, doubtful, other placeholders, or not compiled: `manage.py translations` says what waits."""
    assert translating.problems(language) == []


def test_the_finder_finds_every_way_of_wrapping():
    source = """
from django.utils.translation import gettext as say, gettext_lazy as _, ngettext, pgettext
a = _("One"), say("Two" " parts"), pgettext("where", "Three"), ngettext("%(n)s day", "%(n)s days", 2)
b = _(a), other("Not this")
"""
    found = {(text.context, text.msgid, text.plural) for text in translating.of_python(source)}
    assert found == {
        (None, "One", ""),
        (None, "Two parts", ""),
        ("where", "Three", ""),
        (None, "%(n)s day", "%(n)s days"),
    }


def test_the_finder_finds_every_tag():
    source = """{% load i18n %}{% translate "One" %}{% translate 'Two' context "where" %}{{ name|default:_("Three") }}
{% include "x.html" with words=_("Four, 100%") only %}{% translate variable %}
{% blocktranslate trimmed with a=b %}
  Five {{ a }}
  <b>bold</b>{% endblocktranslate %}
{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"""
    found = {(text.context, text.msgid, text.plural) for text in translating.of_template(source)}
    assert found == {
        (None, "One", ""),
        ("where", "Two", ""),
        (None, "Three", ""),
        (None, "Four, 100%%", ""),
        (None, "Five %(a)s <b>bold</b>", ""),
        (None, "%(n)s day", "%(n)s days"),
    }


def test_what_is_wrong_with_a_translation_is_seen():
    def wrong(msgid, msgstr, **more):
        return list(translating._wrong(translating.polib.POEntry(msgid=msgid, msgstr=msgstr, **more), None))

    assert wrong("Hello %(name)s", "Hola %(name)s") == []
    assert wrong("Hello %(name)s", "Hola") != []
    assert wrong("Hello {name}", "Hola {nombre}") != []
    assert wrong('Call <a href="tel:1">us</a>', "Llame") != []
    assert wrong("Hello", "") == ["not translated."]
    assert wrong("Hello", "Hola", flags=["fuzzy"]) == ["marked as doubtful."]


def test_a_spanish_sentence_does_not_end_twice():
    """A time ends with a dot of its own: "8:00 a. m."."""
    said = [words for entry in translating.load("es") for words in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [words for words in said if re.search(r"(%\((when|time|at)\)s|\{when\})\.", words)] == []


# ---- the pages
class Reader(HTMLParser):
    """The texts a person reads or hears on a page, without what is marked as another language."""

    VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "circle", "option"}

    def __init__(self, language):
        super().__init__()
        self.language, self.found, self.stack = language, [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        quiet = (self.stack[-1] if self.stack else False) or tag in ("script", "style")
        quiet = quiet or attrs.get("lang", self.language) != self.language
        if not quiet and tag != "meta":
            self.found += [" ".join(attrs[name].split()) for name in SHOWN if attrs.get(name)]
        if tag not in self.VOID:
            self.stack.append(quiet)

    def handle_endtag(self, tag):
        if tag not in self.VOID and self.stack:
            self.stack.pop()

    def handle_data(self, data):
        if data.strip() and not (self.stack and self.stack[-1]):
            self.found.append(" ".join(data.split()))


def read(html, language):
    reader = Reader(language)
    reader.feed(html)
    return reader.found


def is_sentence(text):
    """More than three words with a letter in them, without what the clinic itself has typed."""
    for own in CLINICS_OWN:
        text = text.replace(own, "")
    return sum(any(c.isalpha() for c in word) for word in text.split()) >= LEAST_WORDS


def left_in_english(there, here, language):
    """Sentences of the translated page that stand in the English one, word for word."""
    english = {text for text in read(there, "en") if is_sentence(text)}
    return [text for text in read(here, language) if text in english]


@pytest.fixture
def side(db):
    everyone = people()
    return Side(everyone)


def patient_paths():
    return [p for p in matrix.paths(get_resolver()) if getattr(getattr(p.view, "door", None), "is_for_patients", False)]


def addresses(side):
    """Every address of a patient's page; each page of the packet and each consent by its own."""
    for path in patient_paths():
        if path.name == "intake:packet-page":
            yield from (matrix.address_of(path, {"slug": page.slug}) for page in questions.PAGES)
        elif None not in nouns(path).values():
            yield matrix.address_of(path, params(path, side))


def visit(visitor, address, method, language):
    with transaction.atomic():
        answer = getattr(visitor, method)(address, headers={"accept-language": language})
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("language", translating.languages())
def test_no_page_of_a_patient_keeps_an_english_sentence(side, language, method):
    """By GET, and by POST with nothing filled in, for what is said about mistakes."""
    factories.message_text(kind="decision")
    visitor, read_pages, kept = matrix.clients(side.people, side)["patient"], 0, {}
    for address in addresses(side):
        there, here = (visit(visitor, address, method, code) for code in ("en", language))
        if not here.content or not here.headers.get("Content-Type", "").startswith("text/html"):
            continue  # a redirect, a file, or a page that takes no such request
        assert f'<html lang="{language}"' in here.content.decode(), address
        found = left_in_english(there.content.decode(), here.content.decode(), language)
        read_pages += 1
        if found:
            kept[f"{method} {address}"] = found
    assert kept == {}
    assert read_pages > (15 if method == "get" else 8)


@pytest.mark.parametrize("language", translating.languages())
@pytest.mark.parametrize("page", questions.PAGES, ids=lambda page: page.slug)
def test_no_question_keeps_an_english_sentence(page, language):
    """Labels, hints, choices, ends of scales, errors; a questionnaire without a translation is English and says so."""

    def said(code):
        with translation.override(code):
            form = page.form({}, known={})
            form.is_valid()
            yield from (str(page.title), str(form.lede))
            for field in form.fields.values():
                yield from (str(field.label), str(field.help_text))
                yield from (str(words) for _, words in getattr(field, "choices", ()))
            yield from (str(error) for errors in form.errors.values() for error in errors)

    here, english = list(said(language)), set(said("en"))
    code = getattr(page.form, "instrument_code", "")
    if code and library.load(code, language).is_fallback:
        assert code in {"peg", "pcl-5", "pc-ptsd-5", "audit-c"}
        return
    assert [text for text in here if text in english and is_sentence(text)] == []


@pytest.mark.parametrize("slug", sorted(TYPED))
def test_answers_are_kept_by_code_whatever_the_language(slug):
    """The same typed in both languages is the same in the record: no translated word gets in."""
    page = questions.BY_SLUG[slug]

    def answers(code):
        with translation.override(code):
            form = page.form(TYPED[slug], known={})
            assert form.is_valid(), form.errors
            return form.to_answers()

    assert answers("es") == answers("en")


# ---- the messages
@pytest.mark.parametrize("language", ["en", *translating.languages()])
@pytest.mark.parametrize("kind", sorted(set(kinds.KINDS) - kinds.FOR_STAFF))
def test_a_shipped_message_may_be_published_in_every_language(kind, language):
    subject, body = kinds.shipped(kind, language)
    assert texts.problems(kind, subject, body) == []
    assert (language == "en") == (body == kinds.KINDS[kind].body)


LONGEST = {
    "name": "Maximiliana",
    "site": "Riverside Clinic",
    "phone": "(555) 010-0199",
    "link": "https://clinic.example/p/" + "x" * 43 + "/",
    "code": "123456",
    "day": "miércoles 23 de septiembre",
    "due": "miércoles 23 de septiembre",
    "when": "miércoles 23 de septiembre, 12:30 p.\u00a0m. (hora de Los Angeles)",
    "next_step": "x" * 120,
}
MOST_PARTS = {"series_booked": gsm.MOST_PARTS, "series_cancelled": gsm.MOST_PARTS}


@pytest.mark.parametrize("language", ["en", *translating.languages()])
@pytest.mark.parametrize("kind", sorted(set(kinds.KINDS) - kinds.FOR_STAFF))
def test_a_message_fits_into_few_text_messages(kind, language):
    """Four parts at most, in the alphabet of phones; a series of visits is as long as it is."""
    _, body = kinds.shipped(kind, language)
    filled = body.format_map({name: LONGEST.get(name, "x" * 20) for name in kinds.KINDS[kind].placeholders})
    assert gsm.parts(gsm.plain(filled)) <= MOST_PARTS.get(kind, 4)
