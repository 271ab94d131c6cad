"""Help beside the infusions as a page: each referral with its appointments and its small forms."""

from dataclasses import dataclass
from datetime import date

from clinic.models import Course
from followup.forms.adjuncts import OverForm, ReferralForm, VisitForm
from followup.models import AdjunctReferral
from followup.queries import adjuncts
from followup.queries.adjuncts import Beside, Referred
from followup.queries.relief import local_today

DEEDS = {
    "planned": (("attended", "Attended"), ("missed", "Missed"), ("cancelled", "Cancelled")),
    "attended": (("planned", "Take back"),),
    "missed": (("planned", "Take back"),),
    "cancelled": (("planned", "Take back"),),
}


@dataclass(frozen=True)
class Card:
    """One referral with the forms under it; `is_open`: one of them has something to say."""

    referred: Referred
    visit: VisitForm
    over: OverForm
    rows: list[tuple]
    is_open: bool = False


@dataclass(frozen=True)
class AdjunctsPage:
    """Everything the page shows."""

    cards: list[Card]
    beside: Beside
    form: ReferralForm
    today: date


def adjuncts_page(course: Course, at, form, touched: AdjunctReferral | None = None) -> AdjunctsPage:
    """The page; `form` is the bound one, of whichever kind, `touched` the referral it belongs to."""
    today = local_today(course, at)
    found = adjuncts.beside(course, today)
    own = form if isinstance(form, ReferralForm) else ReferralForm(initial={"asked_on": today})
    return AdjunctsPage([_card(one, form, touched, today) for one in found.referrals], found, own, today)


def _card(referred, form, touched, today):
    mine = touched is not None and touched.pk == referred.row.pk
    visit = form if mine and isinstance(form, VisitForm) else VisitForm(initial={"day": today}, prefix=None)
    over = form if mine and isinstance(form, OverForm) else OverForm(initial={"state": referred.row.state})
    for name, one in (("visit", visit), ("over", over)):
        one.auto_id = f"id_{name}_{referred.row.pk}_%s"
    rows = [(row, _deeds(row, today)) for row in referred.visits]
    return Card(referred, visit, over, rows, is_open=mine)


def _deeds(row, today):
    """What may be told of an appointment: one that is still to come can only be called off."""
    deeds = DEEDS[row.state]
    return deeds if row.day <= today else [deed for deed in deeds if deed[0] in ("cancelled", "planned")]
