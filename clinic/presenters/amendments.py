"""Corrections of the record as staff and patients see them: how long is left, what can still be done."""

from dataclasses import dataclass, field

from clinic.queries import amendments as queries
from clinic.rules import amendments as rules
from clinic.words import today_in

FILTERS = (("open", "To answer"), ("done", "Answered"))


@dataclass
class AmendmentPage:
    """One request: days left, how urgent, and what can be done with it now."""

    days_left: int
    urgency: str
    may_decide: bool = False
    may_extend: bool = False
    may_disagree: bool = False
    may_rebut: bool = False
    forms: dict = field(default_factory=dict)


def amendment_page(asked, now, *, prescriber=False):
    """The page of a request at `now`."""
    today = today_in(asked.site.zone, now)
    kinds = {statement.kind for statement in asked.statements.all()}
    is_open = asked.state == "open"
    return AmendmentPage(
        rules.days_left(today, asked.due_on),
        rules.urgency(today, asked.due_on) if is_open else "",
        may_decide=is_open and prescriber,
        may_extend=prescriber and rules.can_extend(state=asked.state, extended=asked.extended_at is not None),
        may_disagree=rules.may_disagree(asked.state) and "disagreement" not in kinds,
        may_rebut=prescriber and "disagreement" in kinds and "rebuttal" not in kinds,
    )


@dataclass
class ListPage:
    """[(request, page)] of a site, the filter in force and the filters."""

    rows: list
    shown: str
    filters: tuple = FILTERS


def list_page(request, now):
    """The list of the current site."""
    shown = request.GET.get("show") if request.GET.get("show") in dict(FILTERS) else "open"
    rows = queries.at_site(request.site, shown)[:200]
    return ListPage([(row, amendment_page(row, now)) for row in rows], shown)
