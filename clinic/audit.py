"""The one place that writes the audit: every change and every look.

`record` is called by actions, `looked` by the access door. Both write in the caller's transaction: a write without its
audit row does not exist. The time is the database's own; a time an action was told to act for stands beside it.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from clinic.models import AuditEvent, Patient, User

_context = ContextVar("audit_context")


@contextmanager
def context(**facts):
    """Facts of the surrounding request: address, request_id; demo=True while the demo clinic is being made."""
    token = _context.set({**_facts(), **facts})
    try:
        yield
    finally:
        _context.reset(token)


def _facts():
    return _context.get(None) or {}


def _actor(by):
    if isinstance(by, User):
        return {"actor_kind": "user", "user": by}
    if isinstance(by, Patient):
        return {"actor_kind": "patient", "patient": by}
    if by is None:
        return {"actor_kind": "system"}
    raise TypeError(f"An actor is a User, a Patient or None (the system), not {type(by).__name__}.")


def _subject(subject):
    if subject is None:
        return {}
    return {"subject_kind": subject._meta.label_lower, "subject_id": subject.pk}


def record(verb, subject, *, by, patient=None, site=None, at=None, reason="", detail=None):
    """Write one audit row for a change. `by`: User, Patient (by link) or None for the system."""
    return _write(verb, subject, by=by, patient=patient, site=site, at=at, reason=reason, detail=detail, is_look=False)


def _write(verb, subject, *, by, patient, site, at, reason, detail, is_look):
    facts = {key: value for key, value in _facts().items() if key in ("address", "request_id", "demo")}
    fields = _actor(by) | _subject(subject) | facts
    patient = patient or (subject if isinstance(subject, Patient) else None)
    if patient is not None:
        fields["patient"] = patient
    return AuditEvent.objects.create(
        verb=verb, site=site, acted_for=at, reason=reason, detail=detail or {}, is_look=is_look, **fields
    )


def looked(request, verb, subject=None, *, patient=None, site=None):
    """Write one row for a look at a patient's record, once a request and subject."""
    seen = request.__dict__.setdefault("_looks", set())
    key = (verb, getattr(subject, "pk", None), getattr(patient, "pk", None))
    if key in seen:
        return
    seen.add(key)
    by = request.user if request.user.is_authenticated else getattr(request, "patient", None)
    _write(verb, subject, by=by, patient=patient, site=site, at=None, reason="", detail=None, is_look=True)
