"""The day of a site as a table: a column a chair, a row a stretch of time between two boundaries. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clinic.rules.booking import Span

GRAIN = timedelta(minutes=5)
HOUR = timedelta(hours=1)
LEAST_FREE = timedelta(minutes=30)  # a shorter gap is not offered


@dataclass(frozen=True)
class Block:
    """Something that fills a column for a while. `kind`: visit, free, closed, away."""

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


def to_grain(span: Span) -> Span:
    """The span widened to whole steps of five minutes."""
    start = span.start - timedelta(minutes=span.start.minute % 5, seconds=span.start.second)
    spare = (span.end - start) % GRAIN
    return Span(start, span.end + (GRAIN - spare if spare else timedelta()))


def column(whole: Span, opened: Sequence[Span], visits: Sequence[tuple[Span, Any]], now: datetime) -> list[Block]:
    """The blocks of one chair, without a gap from the start of the day to its end."""
    blocks, cursor = [], whole.start
    for span, what in sorted(visits, key=lambda pair: pair[0].start):
        span = to_grain(span)
        start = max(span.start, cursor)
        if span.end <= start or start >= whole.end:
            continue
        blocks += _between(Span(cursor, start), opened, now)
        blocks.append(Block(Span(start, min(span.end, whole.end)), "visit", what))
        cursor = min(span.end, whole.end)
    return blocks + _between(Span(cursor, whole.end), opened, now)


def _between(gap: Span, opened: Sequence[Span], now: datetime) -> list[Block]:
    """A gap cut into closed, past and free pieces."""
    edges = sorted(
        {gap.start, gap.end, *(t for one in opened for t in (one.start, one.end)), to_grain(Span(now, now)).end}
    )
    edges = [edge for edge in edges if gap.start <= edge <= gap.end]
    pieces = [Span(a, b) for a, b in zip(edges, edges[1:], strict=False)]
    return [Block(piece, _kind(piece, opened, now)) for piece in pieces]


def _kind(piece: Span, opened: Sequence[Span], now: datetime) -> str:
    if not any(one.holds(piece) for one in opened):
        return "closed"
    if piece.end <= now or piece.end - piece.start < LEAST_FREE:
        return "gone"
    return "free"


def table(whole: Span, columns: Sequence[Sequence[Block]], zone: ZoneInfo) -> list[Line]:
    """The rows of the table: cut at every boundary of every column and at each full local hour."""
    edges = sorted({t for blocks in columns for b in blocks for t in (b.span.start, b.span.end)} | _hours(whole, zone))
    lines = [_line(start, end, zone) for start, end in zip(edges, edges[1:], strict=False)]
    place = {line.starts_at: i for i, line in enumerate(lines)}
    ends = {edge: i for i, edge in enumerate(edges)}
    for blocks in columns:
        for block in blocks:
            i = place[block.span.start]
            lines[i].cells.append(Cell(block, ends[block.span.end] - i))
    return lines


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
