"""Into the safe and out of it unopened: a delivery with its papers, a vial sent to another site, where it is kept."""

from django.db import transaction

from clinic import audit, clock
from clinic.refusal import Item, Refused
from clinic.states import transition
from sessions.actions.preparing import post, receive_container
from sessions.actions.sessions import need_clinician
from sessions.models import CONTAINER, Container, Delivery, LedgerEntry
from sessions.queries.ledger import balance_of
from sessions.rules import ledger as rules


@transaction.atomic
def receive_delivery(*, site, codes, supplier, by, at=None, papers=None, **vial):
    """Take a delivery into stock: one container for each of `codes`, all of one lot; returns the `Delivery`.

    `papers`: supplier_address, supplier_dea, invoice, order_form, note. `vial`: as `receive_container` takes it.
    Refused, all or none: a code twice or known, no supplier, schedule II without its form 222.
    """
    at, papers = at or clock.now(), papers or {}
    need_clinician(by, site, at=at)
    items = _delivery_items(codes, supplier, vial.get("schedule", "III"), papers)
    if items:
        raise Refused(*items)
    delivery = Delivery.objects.create(
        site=site,
        supplier=supplier.strip(),
        received_at=at,
        received_by=by,
        **{k: v.strip() for k, v in papers.items()},
    )
    for code in codes:
        receive_container(site=site, code=code, supplier=supplier.strip(), delivery=delivery, by=by, at=at, **vial)
    audit.record("delivery.received", delivery, by=by, site=site, at=at, detail={"containers": len(codes)})
    return delivery


def _delivery_items(codes, supplier, schedule, papers):
    if not codes:
        return [Item("container.code", "Type or scan a code, one for each container.", field="codes")]
    items = []
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        items.append(Item("container.code_twice", f"{twice} is in the list twice.", field="codes"))
    if not supplier.strip():
        items.append(Item("delivery.supplier", "Say who delivered it.", field="supplier"))
    if schedule == "II" and not papers.get("order_form", "").strip():
        items.append(Item("delivery.form", "Schedule II comes on DEA form 222: type its number.", field="order_form"))
    return items


@transaction.atomic
def return_container(*, container, witness, reason, manner="supplier", to_site=None, by, at=None):
    """An unopened container leaves, before a witness: back to the supplier, to a reverse distributor, to another site.

    To another site it is on its way until somebody there takes it in (`receive_from_site`).
    """
    container = Container.objects.select_for_update(of=("self",)).select_related("site").get(pk=container.pk)
    at = at or clock.now()
    need_clinician(by, container.site, at=at)
    rules.check_witness(maker=by.pk, witness=witness.pk if witness else None)
    need_clinician(witness, container.site, at=at)
    _check_leaves(container, manner, to_site)
    mg = balance_of(container).in_stock
    entry = post(
        container, "returned", mg, by=by, at=at, witness=witness, reason=reason, manner=manner, to_site=to_site,
        volume_ml=container.volume_ml,
    )  # fmt: skip
    transition(container, "returned", by=by, at=at, machine=CONTAINER, reason=reason)
    audit.record("drug.returned", entry, by=by, site=container.site, at=at, reason=reason)
    return entry


def _check_leaves(container, manner, to_site):
    if container.state != "sealed":
        raise Refused(Item("container.state", f"Only a sealed container can be returned; this is {container.state}."))
    if manner == "site" and (to_site is None or to_site.pk == container.site_id):
        raise Refused(Item("return.site", "Choose the other site.", field="to_site"))
    if manner != "site" and (to_site is not None or manner not in rules.RETURN_MANNERS):
        raise Refused(Item("return.manner", "Say where it goes.", field="manner"))


@transaction.atomic
def receive_from_site(*, entry, code="", kept_in="", by, at=None):
    """Take in a vial that another site sent (its ledger entry); `code` when it gets a new one here."""
    at = at or clock.now()
    entry = LedgerEntry.objects.select_related("container__site", "to_site").get(pk=entry.pk)
    Container.objects.select_for_update().get(pk=entry.container_id)
    old, site = entry.container, entry.to_site
    need_clinician(by, site, at=at)
    if Container.objects.filter(came_from=old).exists():
        raise Refused(Item("transfer.again", "This container was taken in already."))
    made = receive_container(
        site=site, code=code.strip() or old.code, drug=old.drug, strength_mg_ml=old.strength_mg_ml,
        volume_ml=old.volume_ml, lot=old.lot, expires_on=old.expires_on, use=old.use, schedule=old.schedule,
        gtin=old.gtin, ndc=old.ndc, supplier=str(old.site), came_from=old, kept_in=kept_in, by=by, at=at,
    )  # fmt: skip
    audit.record("container.taken_in", made, by=by, site=site, at=at, detail={"from": str(old.site)})
    return made


@transaction.atomic
def move_container(*, container, kept_in, by, at=None):
    """The container is kept in another safe or cupboard of the same site."""
    container = Container.objects.select_for_update(of=("self",)).select_related("site").get(pk=container.pk)
    at = at or clock.now()
    need_clinician(by, container.site, at=at)
    detail = {"from": container.kept_in, "to": kept_in.strip()}
    container.kept_in = kept_in.strip()
    container.save(update_fields=["kept_in"])
    audit.record("container.moved", container, by=by, site=container.site, at=at, detail=detail)
    return container
