"""Cells of a CSV that a spreadsheet can't take for a formula. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe_cell(value) -> str:
    """A value as text: numbers stay numbers (also negative ones), None is blank, text that could run gets a quote."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(DANGEROUS) or text.startswith(DANGEROUS) else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence]) -> str:
    """A table as CSV with safe cells, lines ended as spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
