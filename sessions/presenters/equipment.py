"""The day's check of the emergency equipment, and the days before."""

from dataclasses import dataclass, field

from clinic.words import clinic_date, clinic_time, today_in
from sessions.presenters.links import is_checked_daily
from sessions.queries.equipment import check_of, checks_before


@dataclass(frozen=True)
class CheckRow:
    """One check in words; `faults` are what was not in order."""

    when: str
    who: str
    in_order: bool
    faults: list = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class EquipmentPage:
    """Today's check, if there is one, and the days before."""

    today: CheckRow | None
    before: list


def equipment_page(site, at):
    """The page of one site on its own day."""
    day = today_in(site.zone, at)
    newest = check_of(site, day)
    today = row_of(newest, clinic_time(newest.checked_at, site.zone)) if newest else None
    return EquipmentPage(today, [row_of(c, clinic_date(c.day)) for c in checks_before(site, day)])


def row_of(check, when):
    """One check in words."""
    faults = [f"{label}: {words}" for _code, label, is_right, words in check.items if not is_right]
    return CheckRow(when, check.checked_by.display_name, check.in_order, faults, check.note)


def checks_of(sheet):
    """The checks that this session's list asks: without the equipment where the site looks through it once a day."""
    daily = is_checked_daily(sheet.session)
    return tuple(check for check in sheet.asked if not (daily and check.code == "emergency_equipment"))


def equipment_of(sheet):
    """What stands on the checklist in its place, or "" where it is asked there."""
    if not is_checked_daily(sheet.session):
        return ""
    site = sheet.session.site
    return equipment_words(check_of(site, today_in(site.zone, sheet.at)), site.zone)


def equipment_words(check, zone):
    """ "Checked 07:40 by Nora Nurse RN, all in order", or what is not."""
    if check is None:
        return "Not checked today"
    state = "all in order" if check.in_order else "not all in order"
    return f"Checked {clinic_time(check.checked_at, zone)} by {check.checked_by.display_name}, {state}"
