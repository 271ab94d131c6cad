"""A page's answers for staff: the patient's own words, and beside them what was said first, last time, and by staff."""

from collections import defaultdict
from dataclasses import dataclass, field

from django import forms
from django.utils import translation

from intake.actions.statements import STAFF_LANGUAGE
from intake.forms.base import NOT_ANSWERED
from intake.presenters.packet import said_lines
from intake.rules.overlay import corrections_in_force
from intake.rules.returned import NOTE


@dataclass(slots=True)
class Corrected:
    """What staff have instead, and the rows that say so: one deed may touch several questions."""

    words: str
    rows: list

    @property
    def row(self):
        """The row that stands for the deed."""
        return self.rows[0]


@dataclass(slots=True)
class Line:
    """One question. ``words``: the patient's newest own words; ``was``: last time's; ``first``: the first answer."""

    label: str
    words: str
    is_free: bool = False
    was: str = ""
    is_new: bool = False
    first: str = ""
    corrected: Corrected | None = None

    @property
    def changed(self):
        """Is something to be seen beside it?"""
        return bool(self.was or self.is_new or self.first or self.corrected)


@dataclass(slots=True)
class Sheet:
    """A page with its lines; ``gone``: what was listed last time and is not now. ``language`` "" for English."""

    slug: str
    title: str
    lines: list
    gone: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    again_at: object = None
    language: str = ""
    is_asked: bool = False
    seen: int = 0

    @property
    def changed(self):
        """How many of its lines have something beside them."""
        return sum(line.changed for line in self.lines) + len(self.gone)


def sheets(review):
    """The Sheets of every page asked, in order. No query."""
    with translation.override(STAFF_LANGUAGE):
        return [_sheet(review, page) for page in review.pages]


def _sheet(review, page):
    said = _lines(page, review.said)
    listed = _listed(page)
    beside = [row for row in review.packet.corrections.all() if row.slug == page.slug]
    before = _lines(page, review.counted_before) if review.previous else None
    again = review.answered_again.get(page.slug)
    first = _lines(page, review.said | review.first_said.get(page.slug, {})) if again else []
    open_request = review.open_request
    sheet = Sheet(
        slug=page.slug,
        title=page.about_the_patient,
        lines=_with_free(page, review.said, said),
        notes=[row for row in beside if row.kind == NOTE],
        again_at=again,
        language=_other_language(review.languages.get(page.slug, "")),
        is_asked=open_request is not None and page.slug in {row.slug for row in open_request.asked},
        seen=len(beside),
    )
    _mark_first(sheet.lines, first)
    _mark_corrected(sheet, page, review, said)
    if before is not None:
        _mark_before(sheet, before, listed, _was_asked(page, review))
    return sheet


def _lines(page, answers):
    return [(str(label), str(words)) for label, words in said_lines(page, answers)]


def _was_asked(page, review):
    return any(row.slug == page.slug and row.is_done for row in review.previous.pages.all())


def _listed(page):
    """The title that numbers the rows of a list ("Medicine"), "" for a page that has none."""
    return str(getattr(page.form, "row_title", ""))


def _other_language(code):
    return "" if code in ("", STAFF_LANGUAGE) else code


def _with_free(page, answers, lines):
    texts = {
        str(answers[name])
        for name, asked in page.form.base_fields.items()
        if type(asked) is forms.CharField and answers.get(name)
    }
    return [Line(label, words, words in texts) for label, words in lines]


def _mark_first(lines, first):
    earlier = dict(first)
    for line in lines:
        if line.label in earlier and earlier[line.label] != line.words:
            line.first = earlier[line.label]


def _mark_before(sheet, before, listed, was_asked):
    """What is other than last time. Rows of a list are compared as a list: their order says nothing."""
    if not was_asked:
        return
    now = {line.label: _counts(line) for line in sheet.lines}
    then = dict(before)
    rows_then = {words for label, words in before if _is_row(label, listed)}
    rows_now = {words for label, words in now.items() if _is_row(label, listed)}
    for line in sheet.lines:
        if _is_row(line.label, listed):
            line.is_new = _counts(line) not in rows_then
        elif then.get(line.label, NOT_ANSWERED) != _counts(line):
            line.was = str(then.get(line.label, NOT_ANSWERED))
    sheet.gone = [words for label, words in before if _is_row(label, listed) and words not in rows_now]


def _is_row(label, listed):
    return bool(listed) and label.startswith(f"{listed} ") and label.removeprefix(f"{listed} ").isdecimal()


def _counts(line):
    return line.corrected.words if line.corrected else line.words


def _mark_corrected(sheet, page, review, said):
    """Put each deed of staff beside the lines it changes; lines that only staff have are added."""
    in_force = corrections_in_force(review.packet.corrections.all(), review.packet.supplements.all())
    deeds = defaultdict(list)
    for row in in_force.values():
        if row.slug == page.slug:
            deeds[row.corrected_at, row.corrected_by_id].append(row)
    for _, rows in sorted(deeds.items(), key=lambda deed: deed[0][0]):
        changed = dict(_lines(page, review.said | {row.code: row.value for row in rows}))
        _put(sheet, dict(said), changed, rows)


def _put(sheet, said, changed, rows):
    by_label = {line.label: line for line in sheet.lines}
    for label, words in changed.items():
        if said.get(label) == words:
            continue
        if label not in by_label:
            sheet.lines.append(Line(label, str(NOT_ANSWERED), corrected=Corrected(words, rows)))
        else:
            by_label[label].corrected = Corrected(words, rows)
    for label in said.keys() - changed.keys():
        by_label[label].corrected = Corrected("Not so", rows)
