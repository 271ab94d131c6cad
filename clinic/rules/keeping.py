"""How long each kind of record is kept, and why. Shown as policy; nothing is deleted because a time has passed.

Figures: medical records 6 to 10 years by state (reference, clinical 6; the site's setting decides); controlled-drug
records at least 2 years (21 CFR 1304.04(a)); documentation of security 6 years from creation or last effect
(45 CFR 164.316(b)(2)(i)), which the clinic applies to the audit by policy.
"""

from dataclasses import dataclass
from datetime import date

SECURITY_YEARS = 6
MEDICAL, DRUGS, SECURITY = "medical", "drugs", "security"


@dataclass(frozen=True)
class Kind:
    """One kind of record: its name, whose term it has, what it is counted by, and what the term rests on."""

    code: str
    name: str
    term: str
    why: str


KINDS = (
    Kind("charts", "Infusion records: sessions and every timed entry", MEDICAL, "State law on medical records"),
    Kind("intake", "Intake packets, assessments and approvals", MEDICAL, "State law on medical records"),
    Kind("consents", "Consents, with their text and signature", MEDICAL, "Kept as long as the record they allow"),
    Kind("diary", "Diaries and what relief was reported", MEDICAL, "State law on medical records"),
    Kind("documents", "Documents, letters and results", MEDICAL, "State law on medical records"),
    Kind("messages", "Messages sent to patients", MEDICAL, "Kept with the record, as proof of what was told"),
    Kind("ledger", "Controlled drugs: received, given, wasted, counted", DRUGS, "21 CFR 1304.04(a): at least 2 years"),
    Kind("audit", "The audit: every change and every look", SECURITY, "45 CFR 164.316(b)(2)(i), applied by policy"),
    Kind("access", "Who was given access, and when it ended", SECURITY, "45 CFR 164.316(b)(2)(i)"),
    Kind("backups", "Runs of backups and trial restores", SECURITY, "45 CFR 164.316(b)(2)(i)"),
)


def years_of(term: str, *, medical: int, drugs: int) -> int:
    """How many years a term is, with the site's own settings; never below what the law asks as a floor."""
    return {MEDICAL: medical, DRUGS: max(drugs, 2), SECURITY: SECURITY_YEARS}[term]


def day_before(day: date, years: int) -> date:
    """The day so many years before; 29 February goes to the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def is_past(oldest: date | None, today: date, years: int) -> bool:
    """Whether the oldest record is past its term today."""
    return oldest is not None and oldest < day_before(today, years)
