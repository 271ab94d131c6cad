"""The sheet before the first infusion: for the patient part by part, for staff in a sentence with its questions."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from clinic.words import clinic_date, local
from intake.education import Sheet, is_published, questions_of, reading_of, sheet_of
from intake.presenters.packet import bar


def frame(request, sheet):
    """What every page of the sheet shows around its content."""
    site, zone = request.site, request.patient.zone_name
    return {"clinic_site": site, "zone": ZoneInfo(zone) if zone else site.zone, "sheet": sheet}


def section_page(sheet, number):
    """Context of one section: itself, where it stands among the others, what was asked about it."""
    section = sheet.sections[number - 1]
    asked = [
        question for question in sheet.questions if question.section == number and question.text_id == sheet.text.pk
    ]
    return {
        "section": section,
        "asked": asked,
        "progress": bar(number, len(sheet.sections), done=sheet.read),
        "is_last": number == len(sheet.sections),
    }


@dataclass(frozen=True, slots=True)
class Prepared:
    """How a patient is prepared, in one sentence for staff; ``is_missing``: nothing was read or explained yet."""

    words: str
    open_questions: int
    is_missing: bool


def prepared(patient):
    """The Prepared of a patient. Three queries."""
    reading, asked = reading_of(patient), questions_of(patient)
    waiting = sum(question.answered_at is None for question in asked)
    return Prepared(prepared_words(reading, waiting), waiting, reading is None and is_published())


def prepared_words(reading, waiting):
    """What to expect: read on 14-May-2026, 1 question open. The day is that of the site where it was confirmed."""
    done = f"What to expect: {_done_words(reading)}"
    return f"{done}, {waiting} question{'s' if waiting > 1 else ''} open" if waiting else done


def _done_words(reading):
    if reading is None:
        return "not read yet"
    day = clinic_date(local(reading.confirmed_at, reading.site.zone))
    return f"explained by {reading.explained_by} on {day}" if reading.how == "in_person" else f"read on {day}"


def staff_page(patient):
    """Context of the staff's page: the sheet as this patient stands to it, and every question."""
    sheet: Sheet = sheet_of(patient)
    words = prepared_words(sheet.reading, sheet.open_questions)
    return {"sheet": sheet, "sentence": words, "questions": list(reversed(sheet.questions))}
