"""Counts: one container or all of a site, by two people. A count blocks nothing; what differs opens a difference."""

from django.db import transaction

from clinic import audit, clock
from clinic.refusal import Item, refuse_if
from sessions.actions.posting import open_discrepancy
from sessions.actions.preparing import post
from sessions.actions.sessions import need_clinician
from sessions.models import Container, StockCount
from sessions.queries.ledger import balance_of
from sessions.rules import ledger as rules


@transaction.atomic
def count(*, container, mg, witness, by, at=None):
    """Count what is in a container, mg (Decimal), before a witness; a difference opens, nothing is blocked."""
    container = Container.objects.select_for_update(of=("self",)).select_related("site").get(pk=container.pk)
    at = at or clock.now()
    _check_people(container.site, witness, by, at)
    refuse_if(_mg_items([(container, mg)]))
    entry = _count_one(container, mg, witness, by=by, at=at)
    audit.record("drug.counted", entry, by=by, site=container.site, at=at)
    return entry


@transaction.atomic
def count_all(*, site, counts, witness, kind="day", moment="", note="", by, at=None):
    """Count all containers of a site at once: `counts` is [(container, mg), ...]; returns the `StockCount`.

    `kind` day, initial or biennial; an inventory says in `moment` whether the day was opening or closing. Refused:
    containers of another site or no longer there, one counted twice, one that is missing from an inventory.
    """
    at = at or clock.now()
    _check_people(site, witness, by, at)
    locked = list(
        Container.objects.select_for_update(of=("self",)).filter(site=site, state__in=("sealed", "open")).order_by("pk")
    )
    refuse_if([*_mg_items(counts), *_sheet_items(locked, counts, kind, moment)])
    row = StockCount.objects.create(
        site=site, kind=kind, moment=moment, note=note.strip(), counted_at=at, counted_by=by, witness=witness
    )
    here = {c.pk: c for c in locked}
    for container, mg in counts:
        _count_one(here[container.pk], mg, witness, stock_count=row, by=by, at=at)
    audit.record("drug.all_counted", row, by=by, site=site, at=at, detail={"containers": len(counts)})
    return row


def _check_people(site, witness, by, at):
    need_clinician(by, site, at=at)
    rules.check_witness(maker=by.pk, witness=witness.pk if witness else None)
    need_clinician(witness, site, at=at)


def _mg_items(counts):
    if any(mg < 0 for _, mg in counts):
        return [Item("hard.mg", "A count cannot be below zero.", field="mg")]
    return []


def _sheet_items(here, counts, kind, moment):
    ids = [c.pk for c, _ in counts]
    if not ids:
        yield Item("count.empty", "Count one container at least.")
    if len(set(ids)) < len(ids) or set(ids) - {c.pk for c in here}:
        yield Item("count.other", "A container in this count is no longer in stock: look again.")
    if kind != "day":
        if moment not in rules.MOMENTS:
            yield Item("count.moment", "Say whether it was at opening or at close of business.", field="moment")
        for c in here:
            if c.pk not in ids:
                yield Item("count.missing", f"{c.code} is missing: an inventory counts everything.")


def _count_one(container, mg, witness, *, by, at, stock_count=None):
    expected = balance_of(container).in_stock
    entry = post(container, "counted", mg, by=by, at=at, witness=witness, computed_mg=expected, stock_count=stock_count)
    if mg != expected:
        open_discrepancy(
            container=container,
            site=container.site,
            expected=expected,
            found=mg,
            by=by,
            at=at,
            cause=f"{container.code}: counted {rules.plain(mg)} mg, {rules.plain(expected)} mg should be there.",
        )
    return entry
