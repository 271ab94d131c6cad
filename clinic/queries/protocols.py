"""What was approved with a version of a protocol: its own columns and every row that is part of it."""

from clinic.models import ProtocolVersion
from clinic.models.protocols import VersionPart
from clinic.queries import signed

KIND = ProtocolVersion._meta.label_lower
# Columns that came after the first versions were approved: (model, column) -> its value in those versions. A column
# that stands at this value is left out of the hash, so that no version of before looks changed.
LATER: dict[tuple[str, str], str] = {}


def parts_of(version):
    """The rows of a version, by model: every model that is part of a version, so that none is forgotten."""
    return {model: list(model.objects.filter(version=version)) for model in VersionPart.__subclasses__()}


def version_facts(version):
    """Everything a prescriber approved: the version's columns and those of all its parts, as plain text."""
    parts = {
        model._meta.model_name: sorted((_columns(row) for row in rows), key=lambda row: row["id"])
        for model, rows in parts_of(version).items()
    }
    return {"version": _columns(version)} | {name: rows for name, rows in parts.items() if rows}


def _columns(row):
    told = {field.attname: signed.plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    return {name: value for name, value in told.items() if LATER.get((row._meta.model_name, name)) != value}


def register():
    """Let the check of the record know approved versions."""
    signed.with_facts(KIND, version_facts)
