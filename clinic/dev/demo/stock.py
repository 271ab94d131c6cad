"""The demo's drug cupboard: multi-dose vials, one in use at a time, the rest of an old one wasted before a witness."""

from datetime import timedelta
from decimal import ROUND_UP, Decimal

from sessions import actions

STRENGTH, VOLUME = Decimal(50), Decimal(10)
BOX = 5
OPEN_DAYS = 27  # one day less than the site's limit for an opened vial


class Stock:
    """Remembers per site which vial is open and how much is in it; the ledger holds the truth."""

    def __init__(self, crew, prefix):
        self.crew, self.prefix, self.sealed, self.open, self.count = crew, prefix, {}, {}, 0

    def draw(self, site, mg, at):
        """A vial with at least `mg` in it, and the volume that holds it, to the next 0.1 mL: (Container, mL)."""
        ml = (mg / STRENGTH).quantize(Decimal("0.1"), rounding=ROUND_UP)
        vial = self.open.get(site.pk)
        if vial is None or vial["left"] < ml * STRENGTH or at - vial["at"] > timedelta(days=OPEN_DAYS):
            vial = self._next(site, at)
        vial["left"] -= ml * STRENGTH
        return vial["container"], ml

    def _next(self, site, at):
        old = self.open.get(site.pk)
        if old is not None and old["left"] > 0:
            actions.waste(
                container=old["container"], mg=old["left"], witness=self.crew["second"],
                reason="Opened 27 days ago, or too little left",
                by=self.crew["nurse"], at=at,
            )  # fmt: skip
        if not self.sealed.get(site.pk):
            self.sealed[site.pk] = self._receive(site, at)
        fresh = {"container": self.sealed[site.pk].pop(0), "left": STRENGTH * VOLUME, "at": at}
        self.open[site.pk] = fresh
        return fresh

    def _receive(self, site, at):
        """A box comes in."""
        self.count += 1
        lot = f"{self.prefix}{at:%y%m}-{self.count}"
        return [
            actions.receive_container(
                site=site,
                code=f"{lot}-{n + 1}",
                drug="ketamine",
                strength_mg_ml=STRENGTH,
                volume_ml=VOLUME,
                lot=lot,
                expires_on=at.date() + timedelta(days=540),
                use="multi",
                by=self.crew["nurse"],
                at=at,
            )  # fmt: skip
            for n in range(BOX)
        ]
