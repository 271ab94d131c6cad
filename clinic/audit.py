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


def event(verb, subject, *, by, patient=None, site=None, at=None, reason="", detail=None, is_look=False):
    """The audit row of a change, not saved yet: for deeds that send all their rows together (`clinic.rows`)."""
    facts = {key: value for key, value in _facts().items() if key in ("address", "request_id", "demo")}
    fields = _actor(by) | _subject(subject) | facts
    patient = patient or (subject if isinstance(subject, Patient) else None)
    if patient is not None:
        fields["patient"] = patient
    return AuditEvent(verb=verb, site=site, acted_for=at, reason=reason, detail=detail or {}, is_look=is_look, **fields)


def _write(verb, subject, **told):
    row = event(verb, subject, **told)
    row.save(force_insert=True)
    return row


def looked(request, verb, subject=None, *, patient=None, site=None, detail=None):
    """Write one row for a look at a patient or a list, once a request: for the first row of theirs it fetched."""
    seen = request.__dict__.setdefault("_looks", set())
    key = (None, patient.pk) if patient is not None else (verb, getattr(subject, "pk", None))
    if key in seen:
        return
    seen.add(key)
    by = request.user if request.user.is_authenticated else getattr(request, "patient", None)
    _write(verb, subject, by=by, patient=patient, site=site, at=None, reason="", detail=detail, is_look=True)


def has_looked(request):
    """Whether this request has its row already, or is known to need none."""
    return bool(request.__dict__.get("_looks"))


def patients_seen(request):
    """The ids of those whose record this request has looked at, and has its row for."""
    return {key[1] for key in request.__dict__.get("_looks", ()) if key[0] is None}


def need_no_row(request, verb):
    """What refreshes by itself has its row from a few minutes ago: this request needs no other."""
    request.__dict__.setdefault("_looks", set()).add((verb, None))


def denied(request, status):
    """Write one row for a member of staff whom a page did not let in, or who named a row that is not theirs to see.

    A row elsewhere and a row that does not exist read alike here too: what was asked for, by whom, from where.
    """
    match = request.resolver_match
    detail = {"status": status} | {name: str(value)[:60] for name, value in match.kwargs.items()}
    site = request.site or next((held.site for held in request.memberships), None)
    verb = f"denied {match.view_name}"[:60]
    _write(verb, None, by=request.user, patient=None, site=site, at=None, reason="", detail=detail, is_look=True)


def knocked(verb, user, *, detail=None):
    """Write one row for somebody who gave this person's address at the door (None: nobody's) and was not let in."""
    facts = {key: value for key, value in _facts().items() if key in ("address", "request_id", "demo")}
    fields = _subject(user) | facts
    return AuditEvent.objects.create(verb=verb, actor_kind="anon", user=user, detail=detail or {}, **fields)


# What the log can be sorted by, and the columns of the database behind it.
ORDERS = {
    "at": ("at", "id"),
    "user": ("user__name", "at"),
    "verb": ("verb", "at"),
    "patient": ("patient__family_name", "patient__given_name", "at"),
    "site": ("site__name", "at"),
    "address": ("address", "at"),
}


def found(*, sites, begin=None, end=None, user=None, record_number="", verb="", looks=None, address="", order="-at"):
    """The log of these sites as a queryset, newest first, or in the `order` of ORDERS ("-" before it: backwards).

    An event without a site (signing in, say) counts as a site's when its person works there or its patient is seen
    there. `begin` and `end` are aware; `looks` True: looks only, False: changes only; `verb` is a part of what was
    done, `address` where it came from.
    """
    asked = {
        "at__gte": begin,
        "at__lt": end,
        "user": user,
        "patient__record_number__iexact": record_number,
        "verb__icontains": verb,
        "address": address,
        "is_look": looks,
    }
    asked = {name: value for name, value in asked.items() if value not in (None, "")}
    events = _of_sites([site.pk for site in sites]).filter(**asked)
    return events.select_related("user", "patient", "site").order_by(*_columns(order))


def _of_sites(ids):
    theirs = Q(user__in=Membership.objects.filter(site__in=ids).values("user"))
    theirs |= Q(patient__in=PatientSite.objects.filter(site__in=ids).values("patient"))
    return AuditEvent.objects.filter(Q(site__in=ids) | Q(theirs, site__isnull=True))


def _columns(order):
    sign = "-" if order.startswith("-") else ""
    return [f"{sign}{column}" for column in ORDERS.get(order.removeprefix("-"), ORDERS["at"])]


def words(verb):
    """A verb as the log shows it: "link.wrong_try" reads "link: wrong try", "look clinic:home" "look: home"."""
    what, _, page = verb.partition(" ")
    if what in ("look", "take", "denied") and ":" in page:
        return f"{what}: {page.partition(':')[2].replace('-', ' ')}"
    return verb.replace("_", " ").replace(".", ": ", 1)


def staff_of(sites):
    """Everyone who works or has worked at these sites: whom the log can be asked about."""
    return User.objects.filter(memberships__site__in=[site.pk for site in sites]).distinct()
