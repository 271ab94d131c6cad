"""The controlled-drug ledger: waste, return, count, and differences closed before a witness."""

from decimal import Decimal

from django.db import transaction

from clinic import audit, clock
from clinic.actions.tasks import close_task
from clinic.models import Task
from clinic.refusal import Item, Refused
from clinic.states import transition
from sessions.actions.posting import open_discrepancy
from sessions.actions.preparing import empty_when_empty, post
from sessions.actions.sessions import bump, lock, need_clinician
from sessions.models import CONTAINER, Container, Discrepancy, LedgerEntry
from sessions.queries.ledger import balance_of
from sessions.rules import ledger as rules


@transaction.atomic
def waste(*, mg, witness, reason, preparation=None, container=None, confirmed=frozenset(), by, at=None):
    """Waste what is left of a preparation, or in an opened container, before a witness who is not its maker.

    mg (Decimal). More than is left asks (`confirm.more_than_left`) and, confirmed, opens a difference.
    """
    at = at or clock.now()
    source = preparation or container
    if source is None:
        raise Refused(Item("waste.source", "Say what is wasted: a syringe or a vial."))
    session = lock(preparation.session) if preparation else None
    site = session.site if session else container.site
    _check_waste(site, mg, witness, reason, {by.pk, preparation.made_by_id if preparation else by.pk}, by, at)
    shares = _left(preparation, container)
    left = sum((m for _, m in shares), rules.ZERO)
    if mg > left and "more_than_left" not in confirmed:
        raise Refused(Item("confirm.more_than_left", f"Only {left.normalize():f} mg are left. Waste more?", field="mg"))
    entries = [
        post(c, "wasted", part, by=by, at=at, preparation=preparation, session=session, witness=witness, reason=reason)
        for c, part in rules.split(mg, shares)
    ]
    if mg > left:
        open_discrepancy(
            session=session,
            preparation=preparation,
            container=container,
            site=site,
            expected=left,
            found=mg,
            cause=f"{mg.normalize():f} mg wasted, {left.normalize():f} mg were left.",
            by=by,
            at=at,
        )
    for c, _ in shares:
        empty_when_empty(c, by=by, at=at)
    patient = session.patient if session else None
    audit.record("drug.wasted", entries[0], by=by, patient=patient, site=site, at=at, reason=reason)
    if session:
        bump(session)
    return entries


def _check_waste(site, mg, witness, reason, makers, by, at):
    need_clinician(by, site, at=at)
    rules.check_witness(maker=makers, witness=witness.pk if witness else None)
    need_clinician(witness, site, at=at)
    if not mg > 0:
        raise Refused(Item("hard.mg", "The amount must be above zero.", field="mg"))
    if not reason.strip():
        raise Refused(Item("waste.reason", "Say why it is wasted.", field="reason"))


def _left(preparation, container):
    """[(container, mg left), ...]: of a preparation per container it was drawn from, else of the container."""
    if preparation is None:
        container = Container.objects.select_for_update().get(pk=container.pk)
        return [(container, balance_of(container).in_stock)]
    containers = [s.container for s in preparation.sources.select_related("container")]
    locked = [Container.objects.select_for_update().get(pk=c.pk) for c in containers]
    return [(c, balance_of(c).in_use.get(preparation.pk, rules.ZERO)) for c in locked]


@transaction.atomic
def return_container(*, container, witness, reason, by, at=None):
    """Give back an unopened container, before a witness."""
    at = at or clock.now()
    container = Container.objects.select_for_update().select_related("site").get(pk=container.pk)
    need_clinician(by, container.site, at=at)
    rules.check_witness(maker=by.pk, witness=witness.pk if witness else None)
    if container.state != "sealed":
        raise Refused(Item("container.state", f"Only a sealed container can be returned; this is {container.state}."))
    mg = balance_of(container).in_stock
    entry = post(container, "returned", mg, by=by, at=at, witness=witness, reason=reason)
    transition(container, "returned", by=by, at=at, machine=CONTAINER, reason=reason)
    audit.record("drug.returned", entry, by=by, site=container.site, at=at, reason=reason)
    return entry


@transaction.atomic
def count(*, container, mg, witness, by, at=None):
    """Count what is in a container, mg (Decimal), before a witness; a difference opens, nothing is blocked."""
    at = at or clock.now()
    container = Container.objects.select_for_update().select_related("site").get(pk=container.pk)
    need_clinician(by, container.site, at=at)
    rules.check_witness(maker=by.pk, witness=witness.pk if witness else None)
    if mg < 0:
        raise Refused(Item("hard.mg", "A count cannot be below zero.", field="mg"))
    expected = balance_of(container).in_stock
    entry = post(container, "counted", mg, by=by, at=at, witness=witness)
    if mg != expected:
        open_discrepancy(
            container=container,
            site=container.site,
            expected=expected,
            found=mg,
            by=by,
            at=at,
            cause=f"Counted {mg.normalize():f} mg, {expected.normalize():f} mg should be there.",
        )
    audit.record("drug.counted", entry, by=by, site=container.site, at=at)
    return entry


@transaction.atomic
def close_discrepancy(*, discrepancy, explanation, witness, given_mg=Decimal(0), wasted_mg=Decimal(0), by, at=None):
    """Close a difference with an explanation and a witness; `given_mg` and `wasted_mg` (signed) adjust the ledger.

    Both may be 0: then the explanation says why the ledger is right as it stands.
    """
    at = at or clock.now()
    discrepancy = (
        Discrepancy.objects.select_for_update(of=("self",))
        .select_related("site", "container", "preparation")
        .get(pk=discrepancy.pk)
    )
    need_clinician(by, discrepancy.site, at=at)
    rules.check_witness(maker=by.pk, witness=witness.pk if witness else None)
    need_clinician(witness, discrepancy.site, at=at)
    if discrepancy.closed_at is not None:
        raise Refused(Item("discrepancy.closed", "This difference is closed already."))
    if not explanation.strip():
        raise Refused(Item("discrepancy.explanation", "Explain the difference.", field="explanation"))
    _adjust(discrepancy, {"given": given_mg, "wasted": wasted_mg}, explanation, witness, by=by, at=at)
    discrepancy.closed_at, discrepancy.closed_by = at, by
    discrepancy.witness, discrepancy.explanation = witness, explanation.strip()
    discrepancy.save(update_fields=["closed_at", "closed_by", "witness", "explanation"])
    for task in Task.objects.filter(dedupe_key=f"discrepancy:{discrepancy.pk}", state="open"):
        close_task(task=task, by=by, outcome=explanation, at=at)
    audit.record("discrepancy.closed", discrepancy, by=by, site=discrepancy.site, at=at, reason=explanation)
    return discrepancy


def _adjust(discrepancy, figures, explanation, witness, *, by, at):
    container = discrepancy.container
    if container is None:
        container = discrepancy.preparation.sources.select_related("container").last().container
    for kind, mg in figures.items():
        if mg != 0 and not (kind == "given" and discrepancy.preparation is None):
            post(
                container,
                kind,
                mg,
                by=by,
                at=at,
                preparation=discrepancy.preparation,
                session=discrepancy.session,
                witness=witness,
                reason=explanation[:300],
                discrepancy=discrepancy,
            )


def posted_given(preparation):
    """mg posted as given of this preparation so far, adjustments included."""
    return sum((e.mg for e in LedgerEntry.objects.filter(preparation=preparation, kind="given")), rules.ZERO)
