"""Sites, chairs and the people who work there."""

import datetime as dt
import itertools

from clinic import clock
from clinic.models import Chair, Membership, OpeningHours, Site, SitePolicy, User

PASSWORD = "correct horse battery staple"
NUMBERS = itertools.count(1)


def site(*, name="Harbor clinic", zone="America/New_York", chairs=3, open_from=8, open_to=18, **fields):
    """A site open every day of the week from `open_from` to `open_to` (local hours), with chairs and a policy."""
    defaults = {"short_name": name, "zone_name": zone, "phone": "555 0100", "email": "desk@tideline.example"}
    made = Site.objects.create(name=name, **defaults | fields)
    for weekday in range(7):
        OpeningHours.objects.create(site=made, weekday=weekday, opens=dt.time(open_from), closes=dt.time(open_to))
    for number in range(1, chairs + 1):
        chair(at_site=made, label=str(number), position=number)
    policy(at_site=made)
    return made


def chair(*, at_site, label, **fields):
    """A chair in use."""
    return Chair.objects.create(site=at_site, label=label, **fields)


def policy(*, at_site, at=None, **fields):
    """The settings of a site; a second call with a later `at` is what counts from then on."""
    fields.setdefault("out_of_hours_phone", "555 0199")
    fields.setdefault("equipment_check", "session")  # a list of the day is its own tests' subject
    return SitePolicy.objects.create(site=at_site, set_at=at or clock.now(), **fields)


def user(*, name="Sam Sample", email="", password=PASSWORD, **fields):
    """A member of staff without a role; `member` gives one."""
    number = next(NUMBERS)
    fields.setdefault("initials", "".join(word[0] for word in name.split())[:3].upper())
    return User.objects.create_user(email or f"staff{number}@tideline.example", password, name=name, **fields)


def member(role, *, at_site, since=None, **fields):
    """A new member of staff with this role at this site, since a year ago."""
    made = user(**fields)
    since = since or clock.now() - dt.timedelta(days=365)
    Membership.objects.create(user=made, site=at_site, role=role, since=since)
    return made
