"""Of which site and days a report speaks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clinic.models import Site
from clinic.rules.quiet import from_wall


@dataclass(frozen=True)
class Scope:
    """A site, its first and last day, the moment of asking; `clinical`: the reader may see clinical fields."""

    site: Site
    first: date
    last: date
    now: datetime
    clinical: bool

    @property
    def begin(self) -> datetime:
        """When the first day begins at the site."""
        return from_wall(self.first, time(0), self.site.zone)

    @property
    def end(self) -> datetime:
        """When the last day is over, or now: what has not happened yet is in no report."""
        return min(from_wall(self.last + timedelta(days=1), time(0), self.site.zone), self.now)

    def day(self, at: datetime) -> date:
        """The site's day of a moment."""
        return at.astimezone(self.site.zone).date()
