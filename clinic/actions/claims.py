"""Claims on chairs, people and patients: taken under locks in one order, refused by the database when doubled."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic.models import Chair, Hold, Patient, ResourceClaim, User
from clinic.presenters.booking import PRESCRIBER_MINUTES
from clinic.refusal import Conflict, Item
from clinic.rules.booking import Span
from clinic.words import clinic_date, clinic_time

EMPTY = DateTimeTZRange(empty=True)  # a claim no longer used: overlaps nothing, whatever becomes of its visit
TWICE, NUMBER_TWICE = "never_booked_twice", "appointment_number_once"
WAITED = ("55P03", "40P01")  # lock not available, deadlock


def lock_resources(*, patients=(), chairs=(), users=()):
    """Lock what is about to be claimed, always in the same order, so that bookings queue and never deadlock.

    Raises Conflict when another booking keeps them for more than the lock timeout.
    """
    try:
        for model, pks in ((Patient, patients), (Chair, chairs), (User, users)):
            rows = model.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=set(pks)).order_by("pk")
            list(rows.values_list("pk", flat=True))
    except OperationalError as problem:
        if getattr(problem.__cause__, "pgcode", "") not in WAITED:
            raise
        raise Conflict(Item("busy", "Somebody else is booking here right now. Try again.")) from problem


def wanted_claims(need, offer):
    """What a visit takes, as field values of ResourceClaim: the patient, the chair, lanes of the nurse, the prescriber.

    The prescriber gives a whole consultation, and the first 15 minutes of an infusion.
    """
    whole = (offer.starts_at, offer.ends_at)
    claims = [{"patient": need.patient, "during": whole}]
    if offer.chair:
        claims.append({"chair": offer.chair, "during": whole})
    claims += [{"user": offer.nurse, "lane": lane, "during": whole} for lane in offer.lanes if offer.nurse]
    if offer.prescriber:
        short = prescriber_span(Span(*whole))
        claims.append({"user": offer.prescriber, "during": (short.start, short.end) if need.in_a_chair else whole})
    return claims


def prescriber_span(span):
    """The part of an infusion that the prescriber gives: its first 15 minutes."""
    return Span(span.start, span.start + timedelta(minutes=PRESCRIBER_MINUTES))


def put_claims(wanted, *, appointment=None, hold=None, old=()):
    """Make these the claims of an appointment or a hold. Old rows are used again; those left over claim nothing.

    One INSERT, one UPDATE: the exclusion constraint is checked at the end of each, or later where it is deferred.
    """
    old = list(old)
    blank = {"chair": None, "user": None, "patient": None, "lane": 0}
    for row, fields in zip(old, wanted, strict=False):
        _set(row, blank | fields, appointment, hold)
    for row in old[len(wanted) :]:
        row.during, row.occupies = EMPTY, False
    if old:
        names = ["chair", "user", "patient", "lane", "during", "occupies", "appointment", "hold"]
        ResourceClaim.objects.bulk_update(old, names)
    new = [ResourceClaim(appointment=appointment, hold=hold, **fields) for fields in wanted[len(old) :]]
    ResourceClaim.objects.bulk_create(new)


def _set(row, fields, appointment, hold):
    for name, value in fields.items():
        setattr(row, name, value)
    row.appointment = appointment or row.appointment
    row.hold = hold or row.hold
    row.occupies = True


def release_holds(*, at, by=None, patient=None):
    """End the holds whose ten minutes are over, and the one this user made for this patient. Returns how many."""
    open_ones = Hold.objects.select_for_update().filter(ended_at__isnull=True).order_by("pk")
    over = open_ones.filter(expires_at__lte=at)
    mine = open_ones.filter(made_by=by, claims__patient=patient) if by is not None and patient is not None else over
    pks = [hold.pk for hold in over] + list(mine.values_list("pk", flat=True))
    ResourceClaim.objects.filter(hold__in=pks, occupies=True).update(occupies=False)
    return Hold.objects.filter(pk__in=pks).update(ended_at=at)


@contextmanager
def refused_when_taken(describe):
    """Turn the database's refusal of a double booking into a Conflict; `describe()` gives its items and `current`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name == NUMBER_TWICE:
            raise Conflict(Item("number-twice", "This infusion of the course is booked already.")) from error
        if name != TWICE:
            raise
        items, current = describe()
        raise Conflict(*items, current=current) from error


@contextmanager
def checked_at_the_end():
    """Inside, claims may pass through each other's old slots; on leaving, the database checks them all at once."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {TWICE} DEFERRED")
        yield
        cursor.execute(f"SET CONSTRAINTS {TWICE} IMMEDIATE")


def taken_items(desk, need, span, busy, field="starts_at"):
    """What stands in the way of this visit, in words, naming chair and staff but never another patient."""
    when = span_words(span, desk.site.zone)
    found = []
    if not busy.is_free(need.patient.pk, span):
        found.append(f"{need.patient} has another visit then ({when}).")
    if need.in_a_chair or need.chair:
        found += _chair_words(desk, need, span, busy, when)
    found += _person_words(desk, need, span, busy, when)
    return [Item("taken", words, field=field) for words in found or [f"Somebody else was faster: {when} is taken."]]


def _chair_words(desk, need, span, busy, when):
    if need.chair and not need.flexible:
        return [] if busy.is_free(need.chair.pk, span) else [f"Chair {need.chair} is taken {when}."]
    return [] if any(busy.is_free(pk, span) for pk in desk.chairs) else [f"Every chair is taken {when}."]


def _person_words(desk, need, span, busy, when):
    as_nurse = need.in_a_chair or need.nurse
    if need.in_a_chair and need.prescriber and not busy.free_lanes(need.prescriber.pk, prescriber_span(span), 1):
        return [_why_not(need.prescriber, prescriber_span(span), busy, 1, when, False)]
    if not as_nurse and not need.with_prescriber:
        return []
    known, lanes = (desk.nurses, desk.lanes) if as_nurse else (desk.prescribers, 1)
    asked = None if need.flexible else (need.nurse if as_nurse else need.prescriber)
    people = [asked] if asked else list(known.values())
    if any(busy.free_lanes(one.pk, span, lanes, all_lanes=need.all_lanes) for one in people):
        return []
    if asked:
        return [_why_not(asked, span, busy, lanes, when, need.all_lanes)]
    return [f"No {'nurse' if as_nurse else 'prescriber'} is free {when}."]


def _why_not(user, span: Span, busy, lanes, when, all_lanes):
    if busy.is_away(user.pk, span):
        return f"{user} is away {when}."
    if busy.is_off(user.pk, span):
        return f"{user} does not work {when}."
    if lanes == 1:
        return f"{user} has another visit {when}."
    if all_lanes:
        return f"{user} has another infusion {when}, and a first infusion needs the nurse alone."
    return f"{user} already has {lanes} infusions {when}."


def span_words(span, zone):
    """14-May-2026 09:00 to 11:10, in the site's zone."""
    day = clinic_date(span.start.astimezone(zone).date())
    return f"{day} {clinic_time(span.start, zone)} to {clinic_time(span.end, zone)}"
