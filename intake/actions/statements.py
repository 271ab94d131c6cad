"""What the patient said, as statements of the shared record. Called by submit, inside its transaction."""

from datetime import timedelta

from django.utils import translation

from clinic import audit
from clinic.actions.tasks import open_task
from clinic.instruments import library
from clinic.instruments.score import score
from clinic.language import is_known
from clinic.models import AllergyStatement, ConditionStatement, InstrumentResponse, MedicationStatement, Role
from intake.forms.history import course_words
from intake.forms.instruments import InstrumentForm
from intake.forms.pain import CONDITIONS
from intake.forms.rows import dose_words
from intake.queries import pages_and_answers
from intake.rules.asked import sex_of
from intake.rules.medicines import class_title, kind_title, match
from intake.rules.mme import daily

OCCASION = "packet"
COMPARE_WITHIN = timedelta(days=2)  # Source: clinic default (unverified default, the clinic approves)
STAFF_LANGUAGE = "en"  # what staff read is written in English, whatever language the patient reads


def derive_statements(*, packet, by, at):
    """Write conditions, medicines, allergies and scores from the answers; what an earlier packet said is ended."""
    pages, answers = pages_and_answers(packet)
    said = {
        "patient": packet.patient,
        "source": "patient",
        "said_at": at,
        "recorded_by": None,
        "occasion_kind": OCCASION,
        "occasion_id": packet.pk,
    }
    with translation.override(STAFF_LANGUAGE):
        for model, rows in statements_in(answers):
            model.objects.filter(patient=packet.patient, source="patient", ended_at=None).update(ended_at=at)
            model.objects.bulk_create([model(**said, **row) for row in rows])
    for page in pages:
        if issubclass(page.form, InstrumentForm) and not page.form.only:
            keep_score(packet, page, answers, at)
    _ask_to_compare(packet, answers, by, at)
    _fill_contact(packet.patient, answers)
    audit.record("packet.statements-derived", packet, by=by, patient=packet.patient, site=packet.site, at=at)


def statements_in(answers):
    """[(model, rows as field values)] of what these answers state. Write them with the staff's language in force."""
    return (
        (ConditionStatement, conditions(answers)),
        (MedicationStatement, medicines(answers)),
        (AllergyStatement, allergies(answers)),
    )


def conditions(answers):
    """The condition rows of these answers."""
    labels = dict(CONDITIONS)
    chosen = [code for code in answers.get("conditions") or [] if code != "none"]
    rows = [{"code": code, "label": labels[code]} for code in chosen]
    other = answers.get("conditions_other")
    return rows + ([{"code": "other", "label": other[:120], "words": other}] if other else [])


def medicines(answers):
    """The medicine rows of these answers; an unknown name keeps an empty ingredient.

    Ketamine from elsewhere in the last 3 months is one too: it is still with the patient.
    """
    listed = [_medicine(entry) for entry in answers.get("medicines") or []]
    is_recent = answers.get("ketamine_elsewhere") == "yes"
    return listed + [_ketamine(row) for row in answers.get("ketamine_courses") or [] if is_recent]


def _medicine(entry):
    found = match(entry["name"])
    amount = daily(entry) if entry.get("unit") in ("mg", "mcg/h") else None
    return {
        "name": entry["name"][:120],
        "ingredient": ", ".join(found.ingredients)[:80],
        "drug_class": ", ".join(_classes(found))[:80],
        "dose_words": dose_words(entry)[len(entry["name"]) :].lstrip(" ,")[:120],
        "daily_mg": amount,
        "as_needed": entry.get("as_needed") == "yes",
    }


def _classes(found):
    """The classes that concern us, else what the medicine is."""
    return sorted(class_title(code) for code in found.classes) or [kind_title(code) for code in found.kinds]


def _ketamine(row):
    told = {"name": "Ketamine or esketamine from elsewhere", "ingredient": "ketamine"}
    return told | {"drug_class": class_title("ketamine"), "dose_words": course_words(row)[:120]}


def allergies(answers):
    """The allergy rows; "none known" is a row of its own, no answer is no row."""
    rows = [
        {"substance": entry["name"][:120], "reaction": entry.get("reaction", "")[:120]}
        for entry in answers.get("allergies") or []
    ]
    if answers.get("ketamine_reaction") == "yes":
        rows.append({"substance": "ketamine", "reaction": "bad reaction, as told by the patient"})
    if not rows and answers.get("no_allergies") == "yes":
        rows.append({"none_known": True})
    return rows


def keep_score(packet, page, answers, at, *, language="", by=None):
    """The score of one questionnaire, in the words of the language its page was answered in.

    ``language``: of a page answered again; ``by``: staff who corrected an answer, a row of its own.
    """
    language = language or next((row.language for row in packet.pages.all() if row.slug == page.slug), "")
    instrument = library.load(page.form.instrument_code, language or STAFF_LANGUAGE)
    result = score(instrument.code, answers, sex=sex_of(answers), cut=_cut(instrument, packet.site))
    InstrumentResponse.objects.create(
        patient=packet.patient,
        instrument=instrument.code,
        version=instrument.version,
        language=instrument.language,
        answers={item.code: answers.get(item.code) for item in instrument.asked},
        score=result.value,
        scorable=result.scorable,
        band=result.band or "",
        answered_at=at,
        answered_by=by,
        occasion_kind=OCCASION,
        occasion_id=packet.pk,
    )


def _cut(instrument, site):
    """The clinic's own cut, None where the questionnaire has none or no policy is set."""
    return site.policy.pcl5_cut if instrument.cuts and site.policy else None


def _ask_to_compare(packet, answers, by, at):
    """A task for the front desk where the patient says that the record's name or address is not right."""
    address, told = packet.patient.address, answers.get("address")
    moved = bool(told and address and told.split() != address.split())
    if answers.get("name_right") != "no" and not moved:
        return
    open_task(
        "other",
        title=f"Compare name and address of {packet.patient} with what they wrote",
        neutral_title="Name or address differs from the record: compare it with the packet",
        site=packet.site,
        patient=packet.patient,
        due_at=at + COMPARE_WITHIN,
        for_role=Role.FRONT_DESK,
        by=by,
        subject=packet,
        dedupe_key=f"compare:{packet.pk}",
        at=at,
    )


def _fill_contact(patient, answers):
    """Fill what the record lacks; what it already has is changed only by staff."""
    told = {
        name: answers.get(name)
        for name in ("emergency_name", "emergency_relation", "emergency_phone", "phone", "preferred_name", "address")
    }
    if is_known(answers.get("language_best")):
        told["language"] = answers["language_best"]
    blank = {name: value for name, value in told.items() if value and not getattr(patient, name)}
    for name, value in blank.items():
        setattr(patient, name, value)
    if blank:
        patient.version += 1
        patient.save()
