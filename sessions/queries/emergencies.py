"""What the record shows after an emergency, for putting it in order."""

from clinic.words import figure
from sessions.models import LedgerEntry
from sessions.rules import emergency as rules
from sessions.rules import ledger
from sessions.rules.controlled import is_controlled
from sessions.rules.dose import shown
from sessions.rules.drugs import STOPPED


def emergency_of(page, called_id=None):
    """The `Emergency` of a `Sheet` with this call, else the last one, else None."""
    found = page.state.emergencies
    if called_id is not None:
        return next((e for e in found if str(e.called.pk) == str(called_id)), None)
    return found[-1] if found else None


def after_facts(page, called):
    """The `AfterFacts` of the emergency that `called` opened, from a `Sheet`. One query of its own."""
    one = emergency_of(page, called.pk)
    since = one.since if one else called.observed_at
    given = [e for e in page.state.effective if e.kind == "drug" and e.observed_at >= since]
    by_hand = [e for e in given if e.detail.action in ("given", "fluid", "bolus")]
    return rules.AfterFacts(
        ended=bool(one and one.ended_at),
        unread=tuple(unread(page.state)),
        in_use=tuple(in_use(page)),
        drug_steps=sum(1 for e in one.steps if e.detail.step == "drug") if one else 0,
        drugs_charted=len(by_hand),
        without_container=tuple(
            e.detail.drug.capitalize()
            for e in by_hand
            if e.detail.action == "given" and e.detail.preparation_id is None and is_controlled(e.detail.drug)
        ),
        to_cosign=tuple(o.drug or o.get_category_display() for o in page.orders if o.awaits_cosign()),
    )


def unread(state):
    """(drug, id of the stop) of each pump that stopped and was not read since."""
    for drug in state.drugs:
        halt = drug.halt
        if drug.phase == STOPPED and halt is not None:
            use = drug.uses.get(drug.preparation_id)
            if use is not None and use.pump_ml is None:
                yield drug.drug.capitalize(), halt.pk


def in_use(page):
    """(label, mg in words, id) of the preparations of a `Sheet` with drug that is neither given nor wasted."""
    left = {}
    rows = LedgerEntry.objects.filter(session=page.session, preparation__isnull=False).values_list(
        "preparation", "kind", "mg"
    )
    for preparation_id, kind, mg in rows:
        sign = {"drawn": 1, "given": -1, "wasted": -1}.get(kind, 0)
        left[preparation_id] = left.get(preparation_id, ledger.ZERO) + sign * mg
    for preparation in page.preparations:
        mg = left.get(preparation.pk, ledger.ZERO)
        if mg != 0:
            yield preparation.label, f"{figure(shown(mg))} mg", preparation.pk
