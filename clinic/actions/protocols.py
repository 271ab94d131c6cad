"""The ready protocols and texts shipped with the product: made as drafts, in force only once a person approved them."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.db import transaction

from clinic import audit, clock, language
from clinic.models import (
    ChecklistItem,
    ConsentText,
    DischargeCriterion,
    MessageText,
    PhaseMeasure,
    Protocol,
    ProtocolDrug,
    ProtocolLimit,
    ProtocolVersion,
    RateStep,
    SafetyCheck,
    StandingOrder,
)
from clinic.notify.kinds import FOR_STAFF, KINDS
from clinic.notify.kinds import shipped as shipped_words

HERE = Path(__file__).resolve().parents[1]
PROTOCOLS, CONSENTS, COMMON = HERE / "protocols", HERE / "texts" / "consents.toml", "common"
FIGURES = ("dose", "rate", "low", "high", "band", "max_rate", "max_total", "strength", "weight_cap", "mood_", "pain_")


@cache
def shipped():
    """The shipped protocols as plain values, by file name: read once, each completed by what they share."""
    read = {path.stem: tomllib.loads(path.read_text()) for path in sorted(PROTOCOLS.glob("*.toml"))}
    common = read.pop(COMMON)
    return {stem: _completed(one, common) for stem, one in read.items()}


def _completed(own, common):
    return {
        **common,
        **own,
        "version": common["version"] | own["version"],
        "measures": common["measures"] | own["measures"],
        "lists": common["lists"] | own.get("lists", {}),
        "source_words": f"{own['source_words'].strip()} {common['source_words'].strip()}",
    }


@transaction.atomic
def make_default_protocols(*, by=None, at=None):
    """Make each shipped protocol that is not there yet, by name, with a first version as a draft; returns the new ones.

    Nothing is in force until clinic.actions.setup.approve_version is called by a prescriber.
    """
    at = at or clock.now()
    return [_make(data, by, at) for data in shipped().values() if not _is_there(data)]


def _is_there(data):
    return Protocol.objects.filter(name=data["name"]).exists()


def _make(data, by, at):
    protocol = Protocol.objects.create(name=data["name"], purpose=data["purpose"])
    fields = _decimals(data["version"]) | {"source_words": data["source_words"]}
    version = ProtocolVersion.objects.create(protocol=protocol, number=1, **fields)
    for model, rows in _parts(data).items():
        model.objects.bulk_create(model(version=version, **row) for row in rows)
    audit.record("protocol.drafted", version, by=by, at=at, detail={"shipped": data["name"]})
    return protocol


def _parts(data):
    return {
        ProtocolDrug: [_decimals(row) | {"position": i} for i, row in enumerate(data["drug"])],
        RateStep: [_decimals(row) for row in data.get("step", [])],
        PhaseMeasure: [row for phase, every in data["measures"].items() for row in _measures(phase, every)],
        ProtocolLimit: [_decimals(row) for row in data["limit"]],
        StandingOrder: [_decimals(row) for row in data["standing_order"]],
        SafetyCheck: [{"code": code, **timing} for code, timing in data["safety"].items()],
        ChecklistItem: [{"code": code, "position": i} for i, code in enumerate(data["lists"]["checklist"])],
        DischargeCriterion: [{"code": code, "position": i} for i, code in enumerate(data["lists"]["discharge"])],
    }


ASLEEP_COUNTS = ("sedation", "pain", "dissociation")


def _measures(phase, every):
    """Minutes between readings, 0 for once; a pair [minutes, minutes in the first hour]."""
    for measure, minutes in every.items():
        usual, dense = minutes if isinstance(minutes, list) else (minutes, None)
        asleep = measure in ASLEEP_COUNTS and phase != "baseline"
        yield {"phase": phase, "measure": measure, "every_minutes": usual, "first_hour_every": dense,
               "asleep_counts": asleep}  # fmt: skip


def _decimals(row):
    return {
        name: Decimal(value) if name.startswith(FIGURES) and isinstance(value, str) else value
        for name, value in row.items()
    }


@transaction.atomic
def make_default_texts(*, by=None, at=None):
    """Make a draft of each shipped consent and message text of a kind that has none yet; returns the new rows.

    Consents count only once published (clinic.actions.setup.publish_text); messages use the shipped words until then.
    """
    at = at or clock.now()
    made = [*_missing_consents(), *_missing_messages()]
    for text in made:
        text.save(force_insert=True)
        audit.record("text.drafted", text, by=by, at=at, detail={"shipped": text.kind})
    return made


def _missing_consents():
    there = set(ConsentText.objects.values_list("kind", "language"))
    return [
        ConsentText(kind=kind, language=language, title=text["title"], body=text["body"].strip())
        for path in sorted(CONSENTS.parent.glob(f"{CONSENTS.stem}*.toml"))
        for language in [path.stem.partition(".")[2] or "en"]
        for kind, text in tomllib.loads(path.read_text(encoding="utf-8")).items()
        if (kind, language) not in there
    ]


def _missing_messages():
    there = set(MessageText.objects.filter(channel="email").values_list("kind", "language"))
    wanted = [
        (code, spoken) for spoken in language.codes() for code in KINDS if spoken == "en" or code not in FOR_STAFF
    ]
    return [
        MessageText(kind=code, channel="email", language=spoken, subject=subject, body=body)
        for code, spoken in wanted
        if (code, spoken) not in there
        for subject, body in [shipped_words(code, spoken)]
    ]
