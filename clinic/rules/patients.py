"""Whom the clinic can take on, and what a record must hold. Pure: details in, items out, today handed in."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Mapping
from typing import Any

from clinic.refusal import Item, refuse_if

ADULT_YEARS = 18
OLDEST_YEARS = 120
LEAST_PHONE_DIGITS = 7

EDITABLE = {
    "family_name": "Family name",
    "given_name": "Given name",
    "preferred_name": "Preferred name",
    "born_on": "Date of birth",
    "sex": "Sex",
    "email": "E-mail",
    "phone": "Phone",
    "address": "Address",
    "language": "Language",
    "zone_name": "Their own time zone",
    "emergency_name": "Emergency contact",
    "emergency_phone": "Phone of the emergency contact",
    "emergency_relation": "How they are related",
    "reason": "Reason for referral",
    "reason_words": "More about the reason",
    "referrer": "Referred by",
}


def age_on(born_on: datetime.date, day: datetime.date) -> int:
    """Whole years on a day. Somebody born on 29 February turns a year older on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def birth_items(born_on: datetime.date | None, today: datetime.date) -> list[Item]:
    """Why this date of birth can't be taken: missing, in the future, over 120 years ago, or under 18."""
    if born_on is None:
        return [Item("born-missing", "Type the date of birth.", field="born_on")]
    if born_on > today:
        return [Item("born-future", "The date of birth lies in the future. Check the year.", field="born_on")]
    age = age_on(born_on, today)
    if age > OLDEST_YEARS:
        words = f"That would be {age} years. Check the year of birth."
        return [Item("born-long-ago", words, field="born_on")]
    if age < ADULT_YEARS:
        return [Item("under-18", UNDER_18.format(age=age), field="born_on")]
    return []


UNDER_18 = (
    "This clinic treats adults only, and this person is {age}. "
    "Please help them to find a team for children and young people."
)


def detail_items(details: Mapping[str, Any], today: datetime.date) -> list[Item]:
    """Everything wrong with the details given; only fields that are there are looked at."""
    found = []
    for name in ("family_name", "given_name"):
        if name in details and not str(details[name]).strip():
            found.append(Item("name-missing", f"Type the {EDITABLE[name].lower()}.", field=name))
    if "born_on" in details:
        found += birth_items(details["born_on"], today)
    if "zone_name" in details and details["zone_name"] not in zoneinfo.available_timezones():
        found.append(Item("zone", "Choose a time zone, for example America/New_York.", field="zone_name"))
    if "phone" in details:
        found += _phone_items(details["phone"])
    return found


def _phone_items(phone: str) -> list[Item]:
    digits = sum(c.isdigit() for c in phone)
    if phone.strip() and digits < LEAST_PHONE_DIGITS:
        return [Item("phone", "That phone number is too short. Type all its digits, or leave it blank.", field="phone")]
    return []


def phone_words(phone: str) -> str:
    """A phone number as it is kept: ten digits of the US in groups, 212 555 0177; any other only without odd blanks."""
    plain = " ".join(phone.split())
    digits = "".join(c for c in plain if c.isdigit())
    if set(plain) - set("0123456789 ()-.+") or len(digits) not in (10, 11):
        return plain
    if len(digits) == 10 and not plain.startswith("+"):
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    if len(digits) == 11 and digits[0] == "1":
        return f"+1 {digits[1:4]} {digits[4:7]} {digits[7:]}"
    return plain


def check_details(details: Mapping[str, Any], today: datetime.date) -> None:
    """Raise Refused with everything that is wrong."""
    refuse_if(detail_items(details, today))


def reach_items(email: str, phone: str) -> list[Item]:
    """A new patient must be reachable: an e-mail address or a phone number."""
    if email.strip() or phone.strip():
        return []
    return [
        Item("reach", "Type an e-mail address or a phone number, so that the clinic can reach them.", field="email")
    ]


def changed_words(name: str, now: Any, typed: Any) -> Item:
    """One line of a stale edit: what stands now beside what was typed."""
    stands = "blank" if now in ("", None) else now
    yours = "blank" if typed in ("", None) else typed
    return Item("changed", f"{EDITABLE[name]}: now {stands}, you typed {yours}.", field=name)
