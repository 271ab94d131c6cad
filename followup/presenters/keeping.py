"""How long each kind of record is kept here, what there is of it, what is past its time: for admins and auditors."""

from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings

from clinic.rules import keeping as rules
from clinic.words import local, today_in
from followup.queries.keeping import Held, held


@dataclass(frozen=True)
class Line:
    """One kind of record: its term in years, what there is of it, whether some of it is past its term."""

    kind: rules.Kind
    years: int
    held: Held
    is_past: bool


@dataclass(frozen=True)
class Page:
    """Every kind of record of a site, and how long copies of all of it stay."""

    site: object
    lines: list[Line]
    copies: list[int]

    @property
    def past(self) -> int:
        """How many kinds hold something past its term."""
        return sum(line.is_past for line in self.lines)


def kept_page(site, at: datetime) -> Page:
    """The page of a site, one question a kind."""
    policy = site.policy
    terms = {
        "medical": policy.retention_years if policy else 10,
        "drugs": policy.ledger_retention_years if policy else 2,
    }
    lines = [_line(kind, rules.years_of(kind.term, **terms), site, at) for kind in rules.KINDS]
    return Page(site, lines, [int(count) for count in settings.BACKUP_KEEP])


def _line(kind: rules.Kind, years: int, site, at: datetime) -> Line:
    today = today_in(site.zone, at)
    before = datetime.combine(rules.day_before(today, years), time(), site.zone)
    found = held(kind.code, site, before)
    oldest = local(found.oldest, site.zone).date() if found.oldest else None
    return Line(kind, years, found, rules.is_past(oldest, today, years))
