"""The register of a site: ledger entries of a drug or lot in a period, what was on hand before, inventories taken."""

from django.db.models import Case, F, Sum, Value, When

from sessions.models import Container, LedgerEntry, StockCount
from sessions.rules.ledger import ZERO

ON_HAND = Case(
    When(kind="received", then=F("mg")),
    When(kind__in=("given", "wasted", "returned"), then=-F("mg")),
    default=Value(ZERO),
)


def drugs_of(site):
    """Names of the controlled drugs this site has ever held, ketamine first."""
    names = Container.objects.filter(site=site).order_by("drug").values_list("drug", flat=True).distinct()
    return sorted(names, key=lambda name: (name != "ketamine", name))


def lots_of(site, drug):
    """Lots of a drug at this site, newest delivery first."""
    rows = Container.objects.filter(site=site, drug=drug).order_by("-received_at").values_list("lot", flat=True)
    return list(dict.fromkeys(rows))


def _of(site, drug, lot):
    rows = LedgerEntry.objects.filter(site=site, container__drug=drug)
    return rows.filter(container__lot=lot) if lot else rows


def on_hand_before(site, drug, lot, begin):
    """mg on hand at the beginning of a period. One query."""
    return _of(site, drug, lot).filter(posted_at__lt=begin).aggregate(mg=Sum(ON_HAND))["mg"] or ZERO


def entries_in(site, drug, lot, begin, end):
    """Ledger entries of the period in the order in which they were posted, with all that a line names. One query."""
    rows = _of(site, drug, lot).filter(posted_at__gte=begin, posted_at__lt=end)
    return list(
        rows.select_related(
            "container__delivery", "session__patient", "preparation", "posted_by", "witness", "to_site", "discrepancy"
        ).order_by("posted_at", "xact", "id")
    )


def taken_back(entries):
    """Ids of those of these entries that were taken back, whenever that was. One query."""
    rows = LedgerEntry.objects.filter(corrects__in=[e.pk for e in entries])
    return set(rows.values_list("corrects_id", flat=True))


def inventories(site):
    """Initial and biennial inventories of a site, newest first."""
    return StockCount.objects.filter(site=site).exclude(kind="day").select_related("counted_by", "witness")


def count_lines(row):
    """The lines of one count, by drug and lot."""
    return list(row.lines.select_related("container").order_by("container__drug", "container__lot", "container__code"))


def oldest(site):
    """The time of the oldest ledger entry of this site, or None."""
    return LedgerEntry.objects.filter(site=site).order_by("posted_at").values_list("posted_at", flat=True).first()
