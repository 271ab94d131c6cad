"""A controlled drug given by hand: drawn from its container, given, and the rest wasted before a witness or kept."""

from datetime import timedelta

from clinic.refusal import Item, Refused, refuse_if
from sessions.actions.drugs import AFTERWARDS, missing_to_give, write_step
from sessions.actions.ledger import waste
from sessions.actions.posting import post_given
from sessions.actions.preparing import draw_into, locked_container, mg_in
from sessions.actions.recording import entry_action
from sessions.models import DrugEvent, Preparation
from sessions.queries.ledger import balance_of
from sessions.rules import ledger as rules
from sessions.rules.dose import shown

REST = "Rest of the syringe"


@entry_action("entry.drug_drawn_and_given")
def give_by_hand(
    pen,
    *,
    order,
    container,
    drawn_ml,
    dose_mg,
    drug="",
    route="",
    text="",
    witness=None,
    confirmed=frozenset(),
    concern_reason="",
):
    """Draw `drawn_ml` (Decimal) of a container, give `dose_mg` of it (Decimal, mg) on an order.

    The ledger has it as drawn and given at once; with a `witness` the rest is wasted in the same step, else it stays
    in use on its syringe until it is. Refused: what its order, its container or the drug itself speak against.
    """
    drug = drug or order.drug
    container = locked_container(container)
    mg = mg_in(container, drawn_ml)
    refuse_if(_impossible(pen, container, drug, mg, dose_mg))
    missing = missing_to_give(pen, order, drug, dose_mg, confirmed, concern_reason)
    missing += _not_drawable(pen, container, mg)
    if missing and pen.when.source not in AFTERWARDS:
        raise Refused(*missing)
    preparation = _syringe(pen, container, drug, drawn_ml, mg)
    detail = DrugEvent(
        action="given",
        order=order,
        drug=drug,
        dose_mg=dose_mg,
        strength_mg_ml=preparation.strength_mg_ml,
        route=route or order.route or "IV",
        preparation=preparation,
        text=text,
    )
    entry = write_step(pen, detail, missing)
    _account(pen, entry, preparation, container, drawn_ml, dose_mg, mg - dose_mg, witness)
    return entry


def _impossible(pen, container, drug, mg, dose_mg):
    items = []
    if container.site_id != pen.session.site_id:
        items.append(Item("container.site", "This container belongs to another site.", field="container"))
    if container.drug.casefold() != drug.casefold():
        items.append(Item("container.drug", f"This container holds {container.drug}.", field="container"))
    if not mg > 0:
        items.append(Item("hard.drawn_ml", "The volume drawn must be above zero.", field="drawn_ml"))
    elif dose_mg > mg:
        items.append(Item("hard.dose_mg", f"Only {shown(mg)} mg were drawn.", field="dose_mg"))
    return items


def _not_drawable(pen, container, mg):
    return rules.draw_items(
        in_stock_mg=balance_of(container).in_stock,
        mg=mg,
        expires_on=container.expires_on,
        discard_on=container.discard_on,
        today=pen.at.astimezone(pen.session.site.zone).date(),
        state=container.state,
        use=container.use,
        patient_id=pen.session.patient_id,
        container_patient_id=container.patient_id,
    )


def _syringe(pen, container, drug, drawn_ml, mg):
    """The syringe it is drawn into: it belongs to no dose order."""
    session = pen.session
    number = session.preparations.count() + 1
    hours = session.site.policy.syringe_use_hours if session.site.policy else 4
    return Preparation.objects.create(
        session=session,
        number=number,
        drug=drug,
        total_mg=mg,
        volume_ml=drawn_ml,
        strength_mg_ml=container.strength_mg_ml,
        made_at=pen.at,
        made_by=pen.by,
        use_by=pen.at + timedelta(hours=hours),
        label=f"{session.patient.record_number}-{session.number}-{number}",
    )


def _account(pen, entry, preparation, container, drawn_ml, dose_mg, rest_mg, witness):
    draw_into(pen.session, preparation, container, drawn_ml, 0, by=pen.by, at=pen.at)
    post_given(pen.session, entry, preparation, dose_mg, dose_mg, None, by=pen.by, at=pen.at)
    if witness is not None and rest_mg > 0:
        waste(preparation=preparation, mg=rest_mg, witness=witness, reason=REST, by=pen.by, at=pen.at)
