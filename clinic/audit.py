"""The one place that writes the audit: every change and every look.

`record` is called by actions, `looked` by the access door. Both write in the caller's transaction: a write without its
audit row does not exist. The time is the database's own; a time an action was told to act for stands beside it.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q

from clinic.models import AuditEvent, Membership, Patient, PatientSite, User

_context = ContextVar("audit_context")
# `by=ANYONE`: somebody at the door who has not shown who they are.
ANYONE = object()


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
    if by is ANYONE:
        return {"actor_kind": "anon"}
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


def looked(request, verb, subject=None, *, patient=None, site=None, detail=None):
    """Write one row for a look at a record or a list, once a request and subject."""
    seen = request.__dict__.setdefault("_looks", set())
    key = (verb, getattr(subject, "pk", None), getattr(patient, "pk", None))
    if key in seen:
        return
    seen.add(key)
    by = request.user if request.user.is_authenticated else getattr(request, "patient", None)
    _write(verb, subject, by=by, patient=patient, site=site, at=None, reason="", detail=detail, is_look=True)


def knocked(verb, user, *, detail=None):
    """Write one row for somebody who gave this person's address at the door (None: nobody's) and was not let in."""
    facts = {key: value for key, value in _facts().items() if key in ("address", "request_id", "demo")}
    fields = _subject(user) | facts
    return AuditEvent.objects.create(verb=verb, actor_kind="anon", user=user, detail=detail or {}, **fields)


def found(*, sites, begin=None, end=None, user=None, record_number="", verb="", looks=None):
    """The log of these sites as a queryset, newest first.

    An event without a site (signing in, say) counts as a site's when its person works there or its patient is seen
    there. `begin` and `end` are aware; `looks` True: looks only, False: changes only.
    """
    ids = [site.pk for site in sites]
    theirs = Q(user__in=Membership.objects.filter(site__in=ids).values("user"))
    theirs |= Q(patient__in=PatientSite.objects.filter(site__in=ids).values("patient"))
    events = AuditEvent.objects.filter(Q(site__in=ids) | Q(theirs, site__isnull=True))
    asked = {
        "at__gte": begin,
        "at__lt": end,
        "user": user,
        "patient__record_number__iexact": record_number,
        "verb__icontains": verb,
        "is_look": looks,
    }
    asked = {name: value for name, value in asked.items() if value not in (None, "")}
    return events.filter(**asked).select_related("user", "patient", "site").order_by("-at", "-id")


def words(verb):
    """A verb as the log shows it: "link.wrong_try" reads "link: wrong try"."""
    return verb.replace("_", " ").replace(".", ": ", 1)


def staff_of(sites):
    """Everyone who works or has worked at these sites: whom the log can be asked about."""
    return User.objects.filter(memberships__site__in=[site.pk for site in sites]).distinct()
