"""From the chart to the ledger: "given" is posted from the pump's volume, differences are opened, never hidden."""

from decimal import Decimal

from django.db.models import Sum

from clinic.actions.tasks import open_task
from sessions.models import Discrepancy, LedgerEntry, Preparation
from sessions.rules import ledger


def post(session, entry, state, dose_orders, *, by, at):
    """Post what was read off the pump and is not in the ledger yet; open a difference where the two part.

    Called after every drug entry, correction and strike. A preparation whose pump was never read stays "in use".
    """
    controlled = {o.pk for o in dose_orders if o.controlled}
    for drug in state.drugs:
        if drug.dose_order_id in controlled:
            for preparation_id, use in drug.uses.items():
                if preparation_id is not None:
                    _bring_in_line(session, entry, preparation_id, use, by=by, at=at)


def _bring_in_line(session, entry, preparation_id, use, *, by, at):
    posted = LedgerEntry.objects.filter(preparation=preparation_id, kind="given").aggregate(mg=Sum("mg"))["mg"]
    computed = use.mg.quantize(ledger.THREE)
    preparation = Preparation.objects.get(pk=preparation_id)
    charted = _charted(preparation, use)
    if charted is not None and (posted is None or (_reads_pump(entry) and charted > posted)):
        more = charted - (posted or ledger.ZERO)
        post_given(session, entry, preparation, more, computed, use.pump_ml, by=by, at=at)
        posted = charted
    if posted is None:
        return
    if charted is None or charted != posted:
        found = ledger.ZERO if charted is None else charted
        cause = f"Charted {_mg(found)} mg, posted {_mg(posted)} mg as given."
    elif ledger.differs(posted, computed):
        found, cause = computed, f"The pump gave {_mg(posted)} mg, the charted rates make {_mg(computed)} mg."
    else:
        return
    open_discrepancy(
        session=session, entry=entry, preparation=preparation, expected=posted, found=found, cause=cause, by=by, at=at
    )


def _charted(preparation, use):
    """mg that the pump's volume holds, as its part of all that was drawn: a strength is kept rounded, a ledger is not.

    An emptied syringe has given what was drawn into it, to the last digit. None where the pump was not read.
    """
    if use.pump_ml is None:
        return None
    return (preparation.total_mg * use.pump_ml / preparation.volume_ml).quantize(ledger.THREE)


def _reads_pump(entry):
    """A new reading off the pump, not a correction of one."""
    return entry.role == "observation" and entry.detail.action in ("stop", "syringe")


def _mg(value):
    return f"{value.quantize(Decimal('0.01')).normalize():f}"


def post_given(session, entry, preparation, mg, computed, volume_ml, *, by, at):
    """Post mg of a preparation as given, shared over the containers it was drawn from."""
    sources = [(s.container_id, s.mg) for s in preparation.sources.all()]
    shares = ledger.split(mg, sources) or [(sources[0][0], ledger.ZERO)]
    for index, (container_id, share) in enumerate(shares):
        LedgerEntry.objects.create(
            site_id=session.site_id,
            container_id=container_id,
            preparation=preparation,
            session=session,
            entry=entry,
            kind="given",
            mg=share,
            volume_ml=volume_ml if index == 0 else None,
            computed_mg=computed if index == 0 else None,
            posted_at=at,
            posted_by=by,
        )


def open_discrepancy(
    *, expected, found, cause, by, at, session=None, entry=None, preparation=None, container=None, site=None
):
    """Open a difference once for the same figures, with its task; returns it, or None when it is known already.

    What was charted and explained stays explained; what is counted wrong again is a new difference.
    """
    same = Discrepancy.objects.filter(
        preparation=preparation, container=container, expected_mg=expected, found_mg=found, session=session
    )
    same = same.filter(closed_at__isnull=True) if preparation is None else same
    if same.exists():
        return None
    site = site or session.site
    made = Discrepancy.objects.create(
        site=site,
        session=session,
        entry=entry,
        preparation=preparation,
        container=container,
        expected_mg=expected,
        found_mg=found,
        cause=cause[:200],
        opened_at=at,
        opened_by=by,
    )
    open_task(
        "discrepancy",
        title=f"Explain a ledger difference: {cause}",
        neutral_title="A drug ledger difference needs a clinician.",
        site=site,
        patient=session.patient if session else None,
        due_at=at,
        by=by,
        for_role="nurse",
        subject=made,
        at=at,
        dedupe_key=f"discrepancy:{made.pk}",
    )
    return made


def post_by_hand(session, entry, *, by, at):
    """A dose by hand that was put right or struck: where chart and ledger part, a difference opens."""
    first = entry.supersedes
    if first is None or entry.kind != "drug" or first.detail is None or first.detail.preparation_id is None:
        return None
    if first.detail.action != "given":
        return None
    charted = entry.detail.dose_mg if entry.detail is not None else ledger.ZERO
    preparation = first.detail.preparation
    rows = LedgerEntry.objects.filter(preparation=preparation, kind="given")
    posted = sum((row.mg for row in rows), ledger.ZERO)
    if charted == posted:
        return None
    return open_discrepancy(
        session=session,
        entry=entry,
        preparation=preparation,
        expected=posted,
        found=charted,
        cause=f"Charted {_mg(charted)} mg, posted {_mg(posted)} mg as given.",
        by=by,
        at=at,
    )
