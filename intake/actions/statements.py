"""What the patient said, as statements of the shared record. Called by submit, inside its transaction."""

from clinic import audit
from clinic.instruments import library
from clinic.instruments.score import score
from clinic.models import AllergyStatement, ConditionStatement, InstrumentResponse, MedicationStatement
from intake.forms.pain import CONDITIONS
from intake.forms.rows import dose_words
from intake.rules.medicines import class_title, match
from intake.rules.mme import daily

OCCASION = "packet"
ASKED = ("phq-9", "gad-7", "peg")


def derive_statements(*, packet, answers, by, at):
    """Write conditions, medicines, allergies and scores from ``answers``; what an earlier packet said is ended."""
    said = {
        "patient": packet.patient,
        "source": "patient",
        "said_at": at,
        "recorded_by": None,
        "occasion_kind": OCCASION,
        "occasion_id": packet.pk,
    }
    for model, rows in _statements(answers):
        model.objects.filter(patient=packet.patient, source="patient", ended_at=None).update(ended_at=at)
        model.objects.bulk_create([model(**said, **row) for row in rows])
    for code in ASKED:
        _keep_score(packet, code, answers, at)
    _fill_contact(packet.patient, answers)
    audit.record("packet.statements-derived", packet, by=by, patient=packet.patient, site=packet.site, at=at)


def _statements(answers):
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
    """The medicine rows of these answers; an unknown name keeps an empty ingredient."""
    return [_medicine(entry) for entry in answers.get("medicines") or []]


def _medicine(entry):
    found = match(entry["name"])
    amount = daily(entry) if entry.get("unit") in ("mg", "mcg/h") else None
    return {
        "name": entry["name"][:120],
        "ingredient": ", ".join(found.ingredients)[:80],
        "drug_class": ", ".join(sorted(class_title(code) for code in found.classes))[:80],
        "dose_words": dose_words(entry)[len(entry["name"]) :].lstrip(" ,")[:120],
        "daily_mg": amount,
    }


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


def _keep_score(packet, code, answers, at):
    instrument = library.load(code)
    given = {item.code: answers.get(item.code) for item in instrument.items}
    if not any(item.code in answers for item in instrument.items):
        return
    result = score(code, given)
    extra = {instrument.extra.code: answers.get(instrument.extra.code)} if instrument.extra else {}
    InstrumentResponse.objects.create(
        patient=packet.patient,
        instrument=code,
        version=instrument.version,
        language=instrument.language,
        answers=given | extra,
        score=result.value,
        scorable=result.scorable,
        band=result.band or "",
        answered_at=at,
        occasion_kind=OCCASION,
        occasion_id=packet.pk,
    )


def _fill_contact(patient, answers):
    """Fill what the record lacks; what it already has is changed only by staff."""
    told = {
        name: answers.get(name)
        for name in ("emergency_name", "emergency_relation", "emergency_phone", "phone", "preferred_name")
    }
    blank = {name: value for name, value in told.items() if value and not getattr(patient, name)}
    for name, value in blank.items():
        setattr(patient, name, value)
    if blank:
        patient.version += 1
        patient.save()
