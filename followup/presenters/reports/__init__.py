"""The clinic's reports: which there are, who reads them, and what each answers."""

from collections.abc import Callable
from dataclasses import dataclass

from followup.presenters.reports.days import days_report
from followup.presenters.reports.effects import effects_report
from followup.presenters.reports.opioids import opioids_report
from followup.presenters.reports.tables import Report
from followup.presenters.reports.visits import visits_report
from followup.presenters.reports.waiting import waiting_report
from followup.queries.reports.scope import Scope


@dataclass(frozen=True)
class Spec:
    """One report; `is_clinical`: only for those who may see clinical and mental fields."""

    slug: str
    title: str
    answers: str
    build: Callable[[Scope], Report]
    is_clinical: bool = False


REPORTS = {
    spec.slug: spec
    for spec in (
        Spec("visits", "No-shows and visits called off",
             "Who does not come, on which days, booked how long before, and why visits are called off.", visits_report),
        Spec("waiting", "Waiting",
             "How long it takes from referral to the first infusion, step by step, and on the day itself.",
             waiting_report),
        Spec("days", "Day figures", "What each day held, and how full the chairs were.", days_report),
        Spec("side-effects", "Side effects", "Which, how often, how grave, by protocol, at the chair and at home.",
             effects_report, is_clinical=True),
        Spec("opioids", "Opioid dose before and after",
             "Whether people take less afterwards, in morphine equivalents.", opioids_report, is_clinical=True),
    )
}  # fmt: skip


def reports_for(clinical: bool) -> list[Spec]:
    """The reports this reader may open."""
    return [spec for spec in REPORTS.values() if clinical or not spec.is_clinical]
