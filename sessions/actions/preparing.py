"""From the container to the chair: receive, prepare, second check."""

from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from clinic import audit, clock
from clinic.refusal import Conflict, Item, Refused
from clinic.states import transition
from sessions.actions.sessions import bump, check_version, holds, lock, need_clinician, need_open
from sessions.models import (
    CONTAINER,
    Container,
    LedgerEntry,
    Preparation,
    PreparationSource,
    SecondCheck,
)
from sessions.queries.ledger import balance_of
from sessions.rules import dose as dose_rules
from sessions.rules import ledger as rules
from sessions.rules import second_check as check_rules
from sessions.rules.preparing import use_by

FOUR, THREE = Decimal("0.0001"), Decimal("0.001")


@transaction.atomic
def receive_container(
    *, site, code, drug, strength_mg_ml, volume_ml, lot, expires_on, use, supplier="", by, at=None, **papers
):
    """Take a vial into stock and into the ledger. Refused: known code, expired, nothing in it.

    `papers` may name `schedule` (II to V), `delivery`, `kept_in` (the safe), `came_from` (the vial at another site),
    and which product it is: `gtin` and `ndc`.
    """
    at = at or clock.now()
    need_clinician(by, site, at=at)
    items = []
    if not (strength_mg_ml > 0 and volume_ml > 0):
        items.append(Item("hard.volume_ml", "Strength and volume must be above zero.", field="volume_ml"))
    if expires_on < at.astimezone(site.zone).date():
        items.append(Item("container.expired", "It has expired: do not take it into stock.", field="expires_on"))
    if not (code.strip() and lot.strip()):
        items.append(Item("container.code", "Type the code and the lot off the label.", field="code"))
    if items:
        raise Refused(*items)
    container = _new_container(
        site=site,
        code=code.strip(),
        drug=drug,
        strength_mg_ml=strength_mg_ml,
        volume_ml=volume_ml,
        lot=lot.strip(),
        expires_on=expires_on,
        use=use,
        supplier=supplier,
        received_at=at,
        received_by=by,
        **papers,
    )
    post(container, "received", mg_in(container, container.volume_ml), by=by, at=at)
    audit.record("container.received", container, by=by, site=site, at=at)
    return container


def _new_container(**fields):
    try:
        with transaction.atomic():
            return Container.objects.create(**fields)
    except IntegrityError as problem:
        raise Conflict(Item("container.code_taken", "This code is in stock already.", field="code")) from problem


def post(container, kind, mg, *, by, at, **fields):
    """One ledger entry of this container, mg (Decimal)."""
    return LedgerEntry.objects.create(
        site_id=container.site_id,
        container=container,
        kind=kind,
        mg=mg.quantize(THREE),
        posted_at=at,
        posted_by=by,
        **fields,
    )


@transaction.atomic
def prepare(
    *,
    session,
    dose_order,
    sources,
    diluent_ml=Decimal(0),
    diluent="",
    form="syringe",
    row_id=None,
    by,
    at=None,
    version=None,
):
    """Draw a syringe or bag for a dose order. `sources`: [(container, mL), ...] in the order drawn.

    Refused with everything that is wrong: container out of date, opened for another patient or too little in it; the
    mixture more than `dose.STRENGTH_TOLERANCE` off the ordered strength. Its true strength is what the label says,
    what the second check compares and what the given mg are counted from. Drawn is drawn: the ledger has it from now
    on. `row_id`: the id that the page made for it; sent twice it is drawn once.
    """
    session = lock(session)
    at = at or clock.now()
    known = session.preparations.filter(pk=row_id, made_by=by).first() if row_id else None
    if known is not None:
        return known
    need_open(session)
    check_version(session, version)
    need_clinician(by, session.site, at=at)
    locked = {c.pk: locked_container(c) for c, _ in sorted(sources, key=lambda source: source[0].pk)}
    drawn = [(locked[c.pk], Decimal(ml)) for c, ml in sources]
    items = _draw_items(session, drawn, at) + _mixture_items(session, dose_order, drawn, diluent_ml)
    if items:
        raise Refused(*items)
    preparation = _make(session, dose_order, drawn, diluent_ml, diluent, form, row_id, by=by, at=at)
    for position, (container, ml) in enumerate(drawn):
        draw_into(session, preparation, container, ml, position, by=by, at=at)
    audit.record("preparation.made", preparation, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return preparation


def locked_container(container):
    """The container's row, locked until the transaction ends."""
    return Container.objects.select_for_update().get(pk=container.pk)


def _draw_items(session, drawn, at):
    if not drawn:
        return [Item("prepare.source", "Choose the container it is drawn from.", field="container")]
    items = []
    for container, ml in drawn:
        if container.site_id != session.site_id:
            items.append(Item("container.site", "This container belongs to another site."))
        if not ml > 0:
            items.append(Item("hard.volume_ml", "The volume drawn must be above zero.", field="volume_ml"))
        items += rules.draw_items(
            in_stock_mg=balance_of(container).in_stock,
            mg=mg_in(container, ml),
            expires_on=container.expires_on,
            discard_on=container.discard_on,
            today=at.astimezone(session.site.zone).date(),
            state=container.state,
            use=container.use,
            patient_id=session.patient_id,
            container_patient_id=container.patient_id,
        )
    return items


def _mixture_items(session, dose_order, drawn, diluent_ml):
    if dose_order.session_id != session.pk:
        return [Item("order.other", "This dose order belongs to another session.")]
    items = []
    if any(c.drug != dose_order.drug for c, _ in drawn):
        items.append(Item("prepare.drug", f"The order is for {dose_order.drug}.", field="container"))
    mg, ml = _mixture(drawn, diluent_ml)
    if drawn and ml > 0:
        items += dose_rules.strength_items(made=mg / ml, ordered=dose_order.strength_mg_ml)
    return items


def _mixture(drawn, diluent_ml):
    """(mg, mL) of the mixture."""
    return sum((mg_in(c, ml) for c, ml in drawn), Decimal(0)), sum((ml for _, ml in drawn), Decimal(diluent_ml))


def mg_in(container, ml):
    """mg in so many mL of a container, at the 0.001 mg that the record keeps."""
    return (ml * container.strength_mg_ml).quantize(THREE)


def _make(session, dose_order, drawn, diluent_ml, diluent, form, row_id, *, by, at):
    mg, ml = _mixture(drawn, diluent_ml)
    number = session.preparations.count() + 1
    hours = session.site.policy.syringe_use_hours if session.site.policy else 4
    days = [day for container, _ in drawn for day in (container.expires_on, container.discard_on)]
    return Preparation.objects.create(
        **({"id": row_id} if row_id else {}),
        session=session,
        dose_order=dose_order,
        number=number,
        drug=dose_order.drug,
        form=form,
        total_mg=mg,
        volume_ml=ml,
        strength_mg_ml=(mg / ml).quantize(FOUR),
        diluent=diluent,
        diluent_ml=diluent_ml,
        made_at=at,
        made_by=by,
        use_by=use_by(at, hours=hours, days=days, zone=session.site.zone),
        label=f"{session.patient.record_number}-{session.number}-{number}",
    )


def draw_into(session, preparation, container, ml, position, *, by, at):
    """Draw so many mL of a container into a preparation: opened, posted as drawn, emptied when empty."""
    mg = mg_in(container, ml)
    PreparationSource.objects.create(
        preparation=preparation, container=container, mg=mg, volume_ml=ml, position=position
    )
    if container.state == "sealed":
        open_container(session, container, by=by, at=at)
    post(container, "drawn", mg, by=by, at=at, preparation=preparation, session=session, volume_ml=ml)
    empty_when_empty(container, by=by, at=at)


def open_container(session, container, *, by, at):
    day = at.astimezone(session.site.zone).date()
    days = session.site.policy.multi_dose_days if session.site.policy else 28
    container.opened_at, container.opened_by = at, by
    if container.use == "single":
        container.patient, container.discard_on = session.patient, day
    else:
        container.discard_on = min(day + timedelta(days=days), container.expires_on)
    container.save(update_fields=["opened_at", "opened_by", "patient", "discard_on"])
    transition(container, "open", by=by, at=at, machine=CONTAINER)


def empty_when_empty(container, *, by, at):
    """A container with nothing left in it is empty."""
    if container.state == "open" and balance_of(container).in_stock == 0:
        transition(container, "empty", by=by, at=at, machine=CONTAINER)


@transaction.atomic
def second_check(
    *,
    preparation,
    patient_read,
    strength_read,
    rate_read,
    volume_read,
    occasion="start",
    rate_ml_h=None,
    stand_in="",
    reason="",
    by,
    at=None,
):
    """The second person's blind reading off label and pump, compared with what was computed; kept either way.

    `by` is the second person. `rate_ml_h`: the new rate of occasion "rate". Refused only for who checks; a mismatch
    is a row with `matched=False` and both figures in words.
    """
    session = lock(preparation.session)
    at = at or clock.now()
    dose_order = preparation.dose_order
    orderer = check_rules.orderer_of(dose_order.order)
    _check_person(session, preparation, orderer, by, stand_in, reason, at)
    rate = dose_order.rate_ml_h if rate_ml_h is None else rate_ml_h
    read = check_rules.ReadOff(patient_read, strength_read, rate_read, volume_read)
    computed = check_rules.ReadOff("", preparation.strength_mg_ml, rate, preparation.volume_ml)
    mismatches = check_rules.compare(read, computed, patient_names=_names(session.patient))
    check = SecondCheck.objects.create(
        session=session,
        dose_order=dose_order,
        preparation=preparation,
        occasion=occasion,
        patient_read=patient_read[:160],
        strength_read=strength_read,
        rate_read=rate_read,
        volume_read=volume_read,
        rate_checked=rate,
        matched=not mismatches,
        mismatches=mismatches,
        checked_at=at,
        checked_by=by,
        ordered_by=orderer,
        drawn_by=preparation.made_by,
        stand_in=stand_in,
        reason=reason,
    )
    audit.record("second_check.read", check, by=by, patient=session.patient, site=session.site, at=at, reason=reason)
    bump(session)
    return check


def _names(patient):
    return (
        patient.record_number,
        patient.family_name,
        f"{patient.given_name} {patient.family_name}",
        f"{patient.family_name} {patient.given_name}",
    )


def _check_person(session, preparation, orderer, by, stand_in, reason, at):
    need_clinician(by, session.site, at=at)
    policy = session.site.policy
    allowed = {"prescriber": ("prescriber",), "delayed_self": ("self_delayed",)}.get(
        policy.second_person if policy else "", ()
    )
    if stand_in == "prescriber" and not holds(by, session.site, "prescriber", at=at):
        raise Refused(Item("role.prescriber", "Only a prescriber can stand in here."))
    check_rules.check_person(
        checker=by.pk,
        orderer=orderer.pk,
        drawer=preparation.made_by_id,
        stand_in=stand_in,
        allowed_stand_ins=allowed,
        reason=reason,
        minutes_since_made=int((at - preparation.made_at).total_seconds() // 60),
    )
