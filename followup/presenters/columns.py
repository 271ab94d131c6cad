"""The columns of a day: chairs, or people with as many lanes as they use, each with what fills it; cells with links."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from clinic.rules.booking import Span
from followup.rules.daygrid import Block

TAKES = ("booked", "confirmed", "arrived", "in_progress", "done")


@dataclass
class Column:
    """One column. `kind`: chair, nurse or prescriber, as the links name it; `taken`: (span, visit) pairs."""

    row: object
    title: str
    kind: str
    lane: int = 0
    taken: list = field(default_factory=list)
    others: list = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """A slot somebody keeps while a form is filled."""

    by: object
    until: object
    is_mine: bool


def chair_columns(desk, visits, holds, page, user):
    """A column a chair in use: its visits, who keeps it, how long it runs over."""
    found = {pk: Column(chair, f"Chair {chair}", "chair") for pk, chair in desk.chairs.items()}
    for visit in visits:
        for claim in _counting(visit):
            if claim.chair_id in found:
                found[claim.chair_id].taken.append((_span(claim), visit))
    for claim in holds:
        if claim.chair_id in found:
            found[claim.chair_id].others.append(_hold(claim, user))
    for one in page.overruns:
        if one.chair.pk in found:
            found[one.chair.pk].others.append(Block(one.span, "over", one))
    return list(found.values())


def person_columns(desk, visits, holds, page, user):
    """A column a lane of each nurse, one more than they use, and a column a prescriber, with time off in each."""
    claims = [(claim, visit) for visit in visits for claim in _counting(visit) if claim.user_id]
    nurses = [one for pk, row in desk.nurses.items() for one in _lanes(desk, pk, row, claims)]
    others = {pk: row for pk, row in desk.prescribers.items() if pk not in desk.nurses}
    columns = nurses + [Column(row, row.name, "prescriber") for row in others.values()]
    places = {(one.row.pk, one.lane): one for one in columns}
    for claim, visit in claims:
        if (claim.user_id, claim.lane) in places:
            places[claim.user_id, claim.lane].taken.append((_span(claim), visit))
    for claim in holds:
        if (claim.user_id, claim.lane) in places:
            places[claim.user_id, claim.lane].others.append(_hold(claim, user))
    for one in columns:
        one.others += [Block(span, "away", one.row) for span in page.away.get(one.row.pk, ())]
        one.others += [Block(span, "off", one.row) for span in page.off.get(one.row.pk, ())]
    return columns


def _lanes(desk, pk, row, claims):
    used = max((claim.lane for claim, _ in claims if claim.user_id == pk), default=-1) + 1
    return [Column(row, row.name, "nurse", lane) for lane in range(min(used + 1, desk.lanes))]


def _counting(visit):
    return visit.row.held if visit.row.state in TAKES else ()


def _span(claim):
    return Span(claim.during.lower, claim.during.upper)


def _hold(claim, user):
    hold = claim.hold
    return Block(_span(claim), "hold", Held(hold.made_by, hold.expires_at, hold.made_by_id == user.pk))


def in_cells(lines, blocks, columns, moving):
    """Give each cell its column and, where it is free, the link that puts something there."""
    place = {id(block): column for found, column in zip(blocks, columns, strict=True) for block in found}
    for line in lines:
        for cell in line.cells:
            cell.column = place[id(cell.block)]
            cell.href = _href(cell, moving) if cell.block.kind == "free" else ""
            cell.drop = urlencode({cell.column.kind: cell.column.row.pk})
            cell.minutes = int((cell.block.span.end - cell.block.span.start).total_seconds() // 60)


def _href(cell, moving):
    span, column = cell.block.span, cell.column
    asked = {"start": stamp(span.start), "end": stamp(span.end), column.kind: column.row.pk}
    if moving is None:
        return f"{reverse('followup:gap-show')}?{urlencode(asked)}"
    if not fits(moving, span, column):
        return ""
    return f"{reverse('followup:visit-place', args=[moving.pk])}?{urlencode(asked)}"


def fits(moving, span, column):
    """Whether a visit may be put into this gap of this column: long enough, and the right kind of column."""
    if moving.ends_at - moving.starts_at > span.end - span.start:
        return False
    return column.kind in (("chair", "nurse") if moving.is_infusion else ("nurse", "prescriber"))


def stamp(moment):
    """A moment in UTC as it stands in a link."""
    return f"{moment:%Y-%m-%dT%H:%M}Z"
