"""The day of a site as a table: a column a chair or a person, a row a stretch of time between two boundaries. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clinic.rules.booking import Span

GRAIN = timedelta(minutes=5)
HOUR = timedelta(hours=1)
MORNING = 7  # the hour a day without visits is looked at from, where a site is open all night
LEAST_FREE = timedelta(minutes=30)  # a shorter gap is not offered


@dataclass(frozen=True)
class Block:
    """Something that fills a column for a while. `kind`: visit, free, closed, gone, away, off, hold, over."""

    span: Span
    kind: str
    what: Any = None


@dataclass
class Cell:
    """One cell of the table, over `rows` rows."""

    block: Block
    rows: int


@dataclass
class Line:
    """One row: `minutes` long (its height), the local time it starts at, the cells that begin in it."""

    starts_at: datetime
    minutes: int
    is_hour: bool
    cells: list = field(default_factory=list)
    is_now: bool = False
    is_seen_first: bool = False


def to_grain(span: Span) -> Span:
    """The span widened to whole steps of five minutes."""
    at = span.start
    start = at - timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    spare = (span.end - start) % GRAIN
    return Span(start, span.end + (GRAIN - spare if spare else timedelta()))


def column(
    whole: Span, opened: Sequence[Span], visits: Sequence[tuple[Span, Any]], now: datetime, others: Sequence[Block] = ()
) -> list[Block]:
    """The blocks of one column, without a gap from the start of the day to its end.

    `others` (holds, absences, overruns) fill only what no visit fills.
    """
    taken = [Block(span, "visit", what) for span, what in visits]
    for one in others:
        taken += [Block(piece, one.kind, one.what) for piece in pieces(one.span, [block.span for block in taken])]
    blocks, cursor = [], whole.start
    for block in sorted(taken, key=lambda block: block.span.start):
        span = to_grain(block.span)
        start = max(span.start, cursor)
        if span.end <= start or start >= whole.end:
            continue
        blocks += _between(Span(cursor, start), opened, now)
        blocks.append(Block(Span(start, min(span.end, whole.end)), block.kind, block.what))
        cursor = min(span.end, whole.end)
    return blocks + _between(Span(cursor, whole.end), opened, now)


def within(spans: Sequence[Span], opened: Sequence[Span]) -> list[Span]:
    """What of these spans lies in the open ones, in order."""
    cut = [Span(max(a.start, b.start), min(a.end, b.end)) for a in spans for b in opened]
    return sorted(one for one in cut if one.start < one.end)


def pieces(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What is left of a span when all that is taken is cut out of it, in order."""
    found, cursor = [], span.start
    for one in sorted(to_grain(each) for each in taken):
        if one.end <= cursor or one.start >= span.end:
            continue
        if one.start > cursor:
            found.append(Span(cursor, one.start))
        cursor = one.end
    return [*found, Span(cursor, span.end)] if cursor < span.end else found


def _between(gap: Span, opened: Sequence[Span], now: datetime) -> list[Block]:
    """A gap cut into closed, past and free pieces."""
    passed = to_grain(Span(now, now)).end  # what has begun is not offered any more
    edges = sorted({gap.start, gap.end, *(t for one in opened for t in (one.start, one.end)), passed})
    edges = [edge for edge in edges if gap.start <= edge <= gap.end]
    cut = [Span(a, b) for a, b in zip(edges, edges[1:], strict=False)]
    return [Block(piece, _kind(piece, opened, passed)) for piece in cut]


def _kind(piece: Span, opened: Sequence[Span], passed: datetime) -> str:
    if not any(one.holds(piece) for one in opened):
        return "closed"
    if piece.end <= passed or piece.end - piece.start < LEAST_FREE:
        return "gone"
    return "free"


def table(whole: Span, columns: Sequence[Sequence[Block]], zone: ZoneInfo, now: datetime | None = None) -> list[Line]:
    """The rows of the table: cut at every boundary of every column, at each full local hour, and where now is.

    `now`: given on the day itself; the row that begins then is marked, so that a line can be drawn.
    """
    passed = {to_grain(Span(now, now)).end} if now and whole.start <= now < whole.end - GRAIN else set()
    cuts = {t for blocks in columns for b in blocks for t in (b.span.start, b.span.end)} | _hours(whole, zone) | passed
    edges = sorted(cuts)
    lines = [_line(start, end, zone) for start, end in zip(edges, edges[1:], strict=False)]
    place = {line.starts_at: i for i, line in enumerate(lines)}
    ends = {edge: i for i, edge in enumerate(edges)}
    for blocks in columns:
        for block in blocks:
            i = place[block.span.start]
            lines[i].cells.append(Cell(block, ends[block.span.end] - i))
    _mark(lines, passed, zone)
    return lines


def _mark(lines: list[Line], passed: set[datetime], zone: ZoneInfo) -> None:
    """Mark where now is, and the hour to look at first: an hour before now, else before the first visit, else seven."""
    for line in lines:
        line.is_now = line.starts_at in passed
    taken = [line.starts_at for line in lines if any(cell.block.kind == "visit" for cell in line.cells)]
    wanted = min(passed or taken, default=None)
    hours = [line for line in lines if line.is_hour]
    if wanted is None:
        first = next((line for line in hours if line.starts_at.astimezone(zone).hour >= MORNING), None)
    else:
        first = next((line for line in reversed(hours) if line.starts_at <= wanted - HOUR / 2), None)
    if first:
        first.is_seen_first = True


def _line(start: datetime, end: datetime, zone: ZoneInfo) -> Line:
    minutes = int((end - start).total_seconds() // 60)
    return Line(start, minutes, start.astimezone(zone).minute == 0)


def _hours(whole: Span, zone: ZoneInfo) -> set[datetime]:
    local = whole.start.astimezone(zone)
    first = whole.start - timedelta(minutes=local.minute)
    found, hour = {whole.start, whole.end}, first
    while hour < whole.end:
        if hour > whole.start:
            found.add(hour)
        hour += HOUR
    return found
