"""Whether what was signed or kept still is what it was: each kind says how that is told.

A kind with facts has a `Fingerprint` beside each signed row (clinic.actions.fingerprints); any other kind checks its
rows itself. Upper floors register theirs from apps.py.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.apps import apps
from django.db.models import BinaryField, F, Func

from clinic.models import Document, Fingerprint
from clinic.words import figure

_facts: dict[str, Callable] = {}
_checks: dict[str, Callable[[datetime | None], Iterable["Told"]]] = {}


@dataclass(frozen=True)
class Told:
    """One signed thing: its kind and key, and whether it still is what was signed."""

    kind: str
    pk: object
    holds: bool


def with_facts(kind: str, facts: Callable) -> None:
    """Register a model label ("intake.assessment") with `facts(row)`: everything that was signed, as plain values."""
    _facts[kind] = facts


def checked_by(kind: str, check: Callable[[datetime | None], Iterable[Told]]) -> None:
    """Register a kind that checks its own rows: `check(since)` yields a `Told` for each (`since` None: for all)."""
    _checks[kind] = check


def digest_of(kind: str, row) -> str:
    """SHA-256 over the facts of a row of this kind, hex. Moments are said in UTC, figures without dangling zeros."""
    return hashlib.sha256(json.dumps(_facts[kind](row), sort_keys=True, default=_said).encode()).hexdigest()


def _said(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return figure(value) if isinstance(value, Decimal) else str(value)


def plain(value) -> str:
    """A value of a column as plain text, the same whatever read it last; nothing is ""."""
    return "" if value is None else _said(value)


def proof_of(row) -> bool | None:
    """Whether this row still is what was signed; None when nothing was signed, or before fingerprints were kept."""
    kind = row._meta.label_lower
    kept = Fingerprint.objects.filter(subject_kind=kind, subject_id=row.pk).first()
    return None if kept is None else kept.sha256 == digest_of(kind, row)


def check_all(since: datetime | None = None) -> Iterable[Told]:
    """Every signed thing of every kind, checked now."""
    for kind in sorted(_facts):
        yield from _with_facts(kind, since)
    for kind in sorted(_checks):
        yield from _checks[kind](since)


def _with_facts(kind, since):
    kept = Fingerprint.objects.filter(subject_kind=kind)
    kept = kept if since is None else kept.filter(signed_at__gte=since)
    model = apps.get_model(kind)
    for one in kept.iterator(chunk_size=500):
        row = model.objects.filter(pk=one.subject_id).first()
        yield Told(kind, one.subject_id, row is not None and digest_of(kind, row) == one.sha256)


def _documents(since):
    """Files: the bytes, the hash that stands beside them, and the hash that was sealed say the same."""
    now = Func(Func(F("content"), function="sha256", output_field=BinaryField()), function="encode",
               template="%(function)s(%(expressions)s, 'hex')")  # fmt: skip
    rows = Document.objects.all() if since is None else Document.objects.filter(made_at__gte=since)
    kept = Fingerprint.objects.filter(subject_kind="clinic.document")
    sealed = dict((kept if since is None else kept.filter(signed_at__gte=since)).values_list("subject_id", "sha256"))
    for pk, said, reckoned in rows.values_list("pk", "sha256", now).iterator(chunk_size=500):
        yield Told("clinic.document", pk, said == reckoned == sealed.pop(pk, said))
    yield from (Told("clinic.document", pk, Document.objects.filter(pk=pk).exists()) for pk in sealed)


checked_by("clinic.document", _documents)
