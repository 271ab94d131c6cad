"""The controlled-drug ledger: waste with its dead space, a waste taken back, and differences closed by two people."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from clinic import audit, clock
from clinic.actions.tasks import close_task, open_task
from clinic.models import Task
from clinic.queries.places import hours_of
from clinic.refusal import Item, Refused, refuse_if
from clinic.rules.hours import next_opening
from clinic.states import transition
from sessions.actions.posting import open_discrepancy
from sessions.actions.preparing import post
from sessions.actions.sessions import bump, lock, need_clinician
from sessions.models import CONTAINER, Container, Discrepancy, LedgerEntry
from sessions.queries.ledger import balance_of
from sessions.rules import ledger as rules


@transaction.atomic
def waste(
    *,
    mg,
    witness,
    reason,
    preparation=None,
    container=None,
    dead_space_mg=Decimal(0),
    manner="rest",
    confirmed=frozenset(),
    by,
    at=None,
):
    """Waste what is left of a preparation, or in a container, before a witness who is not its maker.

    mg (Decimal) of the syringe, bag or vial; `dead_space_mg` what the line and its connectors hold, posted as its own
    entry. More than is left asks (`confirm.more_than_left`) and, confirmed, opens a difference.
    """
    at = at or clock.now()
    source = preparation or container
    if source is None:
        raise Refused(Item("waste.source", "Say what is wasted: a syringe or a vial."))
    session = lock(preparation.session) if preparation else None
    site = session.site if session else container.site
    _check_waste(site, witness, reason, manner, {by.pk, preparation.made_by_id if preparation else by.pk}, by, at)
    mg, dead_space_mg = mg.quantize(rules.THREE), dead_space_mg.quantize(rules.THREE)
    shares = _left(preparation, container)
    left = sum((m for _, m in shares), rules.ZERO)
    refuse_if(rules.waste_items(rest_mg=mg, dead_space_mg=dead_space_mg, left_mg=left, confirmed=confirmed))
    by_whom = {"by": by, "at": at, "witness": witness, "reason": reason[:300]}
    entries = _post_waste(shares, mg, dead_space_mg, manner, preparation, session, by_whom)
    if mg + dead_space_mg > left:
        _wasted_more(session, preparation, container, site, left, mg + dead_space_mg, by=by, at=at)
    for c, _ in shares:
        settle(c, by=by, at=at, thrown_away=preparation is None)
    patient = session.patient if session else None
    audit.record("drug.wasted", entries[0], by=by, patient=patient, site=site, at=at, reason=reason)
    if session:
        bump(session)
    return entries


def _post_waste(shares, mg, dead_space_mg, manner, preparation, session, by_whom):
    """The rest first, then the dead space, each shared over the containers it came from."""
    entries, left = [], list(shares)
    for amount, how in ((mg, manner), (dead_space_mg, "dead_space")):
        parts = dict(rules.split(amount, [(c.pk, m) for c, m in left]))
        for c, _ in left:
            if c.pk in parts:
                entries.append(
                    post(c, "wasted", parts[c.pk], preparation=preparation, session=session, manner=how, **by_whom)
                )
        left = [(c, m - parts.get(c.pk, rules.ZERO)) for c, m in left]
    return entries


def _wasted_more(session, preparation, container, site, left, wasted, *, by, at):
    open_discrepancy(
        session=session,
        preparation=preparation,
        container=container,
        site=site,
        expected=left,
        found=wasted,
        cause=f"{rules.plain(wasted)} mg wasted, {rules.plain(left)} mg were left.",
        by=by,
        at=at,
    )


def _check_waste(site, witness, reason, manner, makers, by, at):
    need_clinician(by, site, at=at)
    rules.check_witness(maker=makers, witness=witness.pk if witness else None)
    need_clinician(witness, site, at=at)
    if not reason.strip():
        raise Refused(Item("waste.reason", "Say why it is wasted.", field="reason"))
    if manner not in rules.WASTE_MANNERS:
        raise Refused(Item("waste.manner", "Say how it is wasted.", field="manner"))


def _left(preparation, container):
    """[(container, mg left), ...]: of a preparation per container it was drawn from, else of the container."""
    if preparation is None:
        container = Container.objects.select_for_update().get(pk=container.pk)
        return [(container, balance_of(container).in_stock)]
    containers = [s.container for s in preparation.sources.select_related("container")]
    locked = {c.pk: Container.objects.select_for_update().get(pk=c.pk) for c in sorted(containers, key=lambda c: c.pk)}
    return [(locked[c.pk], balance_of(c).in_use.get(preparation.pk, rules.ZERO)) for c in containers]


def settle(container, *, by, at, thrown_away=False):
    """A container with nothing left in it is empty; one that was thrown away with something in it is discarded."""
    if container.state in ("sealed", "open") and balance_of(container).in_stock == 0:
        transition(container, "discarded" if thrown_away else "empty", by=by, at=at, machine=CONTAINER)


@transaction.atomic
def correct_waste(*, entry, mg, witness, reason, by, at=None):
    """A waste that was typed wrong is taken back and, when `mg` is above 0, written anew, before a witness.

    Both stay in the register: the wrong one struck through, with the reason. Returns the entry that takes it back.
    """
    at = at or clock.now()
    entry = LedgerEntry.objects.select_related("container", "preparation__session", "site", "session").get(pk=entry.pk)
    session = lock(entry.session) if entry.session_id else None
    container = Container.objects.select_for_update().get(pk=entry.container_id)
    need_clinician(by, entry.site, at=at)
    maker = entry.preparation.made_by_id if entry.preparation_id else by.pk
    rules.check_witness(maker={by.pk, maker}, witness=witness.pk if witness else None)
    need_clinician(witness, entry.site, at=at)
    rules.check_take_back(
        kind=entry.kind,
        taken_back=entry.corrects_id is not None or LedgerEntry.objects.filter(corrects=entry).exists(),
        mg=mg,
        reason=reason,
        container_open=entry.preparation_id is not None or container.state in ("sealed", "open"),
    )
    facts = {
        "preparation": entry.preparation, "session": entry.session, "manner": entry.manner, "witness": witness,
        "reason": reason.strip()[:300], "by": by, "at": at,
    }  # fmt: skip
    back = post(container, "wasted", -entry.mg, corrects=entry, **facts)
    if mg > 0:
        post(container, "wasted", mg, **facts)
    audit.record("drug.waste_corrected", back, by=by, site=entry.site, at=at, reason=reason,
                 patient=session.patient if session else None)  # fmt: skip
    if session:
        bump(session)
    return back


@transaction.atomic
def close_discrepancy(
    *,
    discrepancy,
    explanation,
    witness,
    outcome="charting",
    adjust="other",
    given_mg=Decimal(0),
    wasted_mg=Decimal(0),
    by,
    at=None,
):
    """Close a difference with an explanation and a witness.

    `adjust` "found" sets the ledger to what was counted or charted, "ledger" leaves it, "other" posts `given_mg` and
    `wasted_mg` (signed; both may be 0). A loss sets up its report, due by the end of the next business day.
    """
    at = at or clock.now()
    discrepancy = (
        Discrepancy.objects.select_for_update(of=("self",))
        .select_related("site", "container", "preparation")
        .get(pk=discrepancy.pk)
    )
    _check_closes(discrepancy, explanation, outcome, witness, by, at)
    figures = rules.adjustments(
        "chart" if discrepancy.preparation_id else "count",
        expected=discrepancy.expected_mg,
        found=discrepancy.found_mg,
        choice=adjust,
        given_mg=given_mg,
        wasted_mg=wasted_mg,
    )
    _adjust(discrepancy, figures, explanation, witness, by=by, at=at)
    discrepancy.closed_at, discrepancy.closed_by, discrepancy.outcome = at, by, outcome
    discrepancy.witness, discrepancy.explanation = witness, explanation.strip()
    discrepancy.save(update_fields=["closed_at", "closed_by", "witness", "explanation", "outcome"])
    for task in Task.objects.filter(dedupe_key=f"discrepancy:{discrepancy.pk}", state="open"):
        close_task(task=task, by=by, outcome=explanation, at=at)
    if outcome == "loss":
        _report_loss(discrepancy, by=by, at=at)
    audit.record("discrepancy.closed", discrepancy, by=by, site=discrepancy.site, at=at, reason=explanation)
    return discrepancy


def _check_closes(discrepancy, explanation, outcome, witness, by, at):
    need_clinician(by, discrepancy.site, at=at)
    rules.check_witness(maker=by.pk, witness=witness.pk if witness else None)
    need_clinician(witness, discrepancy.site, at=at)
    if discrepancy.closed_at is not None:
        raise Refused(Item("discrepancy.closed", "This difference is closed already."))
    if not explanation.strip():
        raise Refused(Item("discrepancy.explanation", "Explain the difference.", field="explanation"))
    if outcome not in rules.OUTCOMES:
        raise Refused(Item("discrepancy.outcome", "Say what it turned out to be.", field="outcome"))


def _adjust(discrepancy, figures, explanation, witness, *, by, at):
    container = discrepancy.container
    if container is None:
        container = discrepancy.preparation.sources.select_related("container").last().container
    container = Container.objects.select_for_update().get(pk=container.pk)
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
                manner="found" if kind == "received" else "",
                discrepancy=discrepancy,
            )
    settle(container, by=by, at=at)


def _report_loss(discrepancy, *, by, at):
    """The authority is told in writing within one business day, on form 106. Source: clinical.md 6 (unverified)."""
    opens = next_opening(hours_of(discrepancy.site), at) or at + timedelta(days=1)
    open_task(
        "discrepancy",
        title=f"Report a loss or theft to the DEA in writing, form 106: {discrepancy.cause}",
        neutral_title="A report about the drug safe is due.",
        site=discrepancy.site,
        due_at=opens + timedelta(hours=8),
        by=by,
        for_role="prescriber",
        subject=discrepancy,
        at=at,
        dedupe_key=f"loss:{discrepancy.pk}",
    )
