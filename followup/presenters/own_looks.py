"""Who looked at the patient's record, in the patient's words: the day, what the person does here, what they did."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic.queries import looking
from clinic.rules.lookers import lookers

DAYS_A_PAGE = 14
WHO = {
    "front_desk": _("Our front desk"),
    "clinic_admin": _("Somebody who runs the clinic"),
    "auditor": _("Somebody who checks that records are kept well"),
    "": _("Somebody of our staff"),
    "patient": _("You, or who came by your link"),
    "anon": _("Somebody not signed in"),
}
WHAT = {
    ("look",): _("Looked at your record"),
    ("change",): _("Wrote in your record"),
    ("take",): _("Took a copy or a paper"),
    ("look", "change"): _("Looked at your record and wrote in it"),
    ("look", "take"): _("Looked at your record and took a copy or a paper"),
    ("change", "take"): _("Wrote in your record and took a copy or a paper"),
    ("look", "change", "take"): _("Looked at your record, wrote in it, and took a copy or a paper"),
}


@dataclass(frozen=True)
class Line:
    """One line of a day, in words."""

    who: str
    what: str
    in_emergency: bool


@dataclass(frozen=True)
class LookedOn:
    """One day with its lines."""

    day: date
    lines: list[Line]


@dataclass(frozen=True)
class LooksPage:
    """A page of days, the newest first."""

    days: list[LookedOn]
    page_obj: Page


def looks_page(patient, number) -> LooksPage:
    """Days of the patient's own zone. Four queries, however many looks."""
    zone = ZoneInfo(patient.zone_name)
    page = Paginator(looking.days_about(patient, zone), DAYS_A_PAGE).get_page(number)
    seen = looking.seen_on(patient, zone, page.object_list)
    held = looking.held_by({row.user for row in seen if row.user}, zone)
    found = lookers(seen, held)
    return LooksPage([LookedOn(day, [_line(one) for one in lines]) for day, lines in found.items()], page)


def _line(looker):
    return Line(_who(looker), WHAT[looker.what], looker.in_emergency)


def _who(looker):
    count = {"count": looker.persons}
    if looker.who == "nurse":
        return ngettext("A nurse", "%(count)s nurses", looker.persons) % count
    if looker.who == "prescriber":
        return ngettext("A doctor or prescriber", "%(count)s doctors or prescribers", looker.persons) % count
    return WHO[looker.who]
