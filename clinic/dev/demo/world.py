"""The clinic before its patients, and the scheduler that plays their stories together in order of time."""

import heapq
import itertools
from datetime import UTC, datetime, time, timedelta

from allauth.account.models import EmailAddress

from clinic import audit
from clinic.actions import setup
from clinic.actions.protocols import make_default_protocols, make_default_texts
from clinic.dev.demo import cast
from clinic.dev.demo.stock import Stock
from clinic.models import (
    Chair,
    ConsentText,
    Membership,
    MessageText,
    OpeningHours,
    ProtocolVersion,
    Site,
    SitePolicy,
    User,
)
from intake.actions.education import make_default_education
from intake.models import EducationText

OPENS, CLOSES = time(7), time(20)
FIRST, LAST = time(0), time(23, 59)
LONGEST_AHEAD = timedelta(hours=8)  # a visit that begins soon, of the longest protocol, still ends before closing
MONTHS_BACK = 210


def make_places(now):
    """Sites with hours, chairs and policy. Hours of today are stretched where the demo is first opened at night."""
    sites = []
    for facts in cast.SITES:
        facts = dict(facts)
        chairs = facts.pop("chairs")
        site = Site.objects.create(**facts)
        audit.record("site.added", site, by=None, site=site)
        begun = now - timedelta(days=MONTHS_BACK + 10)
        setup.set_policy(
            policy=SitePolicy(site=site, out_of_hours_phone="555 0190", out_of_hours_words=OUT_OF_HOURS),
            by=None,
            at=begun,
        )
        for weekday in range(7):
            opens, closes = _hours(site, weekday, now)
            OpeningHours.objects.create(site=site, weekday=weekday, opens=opens, closes=closes)
        for n in range(chairs):
            Chair.objects.create(site=site, label=str(n + 1), position=n, room="Bay" if n < 4 else "Quiet rooms")
        sites.append(site)
    return sites


OUT_OF_HOURS = "Out of hours the prescriber on call carries this phone."


def _hours(site, weekday, now):
    """07:00 to 20:00, longer on today's weekday when the demo is made early or late, so that its board is alive."""
    local = now.astimezone(site.zone)
    early, late = local - timedelta(hours=6), local + LONGEST_AHEAD
    if weekday != local.weekday():
        return OPENS, CLOSES
    opens = FIRST if early.date() < local.date() or early.time() < OPENS else OPENS
    return opens, LAST if late.date() > local.date() or late.time() > CLOSES else CLOSES


def make_staff(sites, now):
    """Everyone of the cast with their roles, each with the demo password; returns e-mail name -> User."""
    since, crew = now - timedelta(days=MONTHS_BACK + 10), {}
    for name, credentials, mail, roles in cast.STAFF:
        user = User.objects.create_user(
            f"{mail}@example.org", cast.PASSWORD, name=name, credentials=credentials,
            initials="".join(word[0] for word in name.split()),
        )  # fmt: skip
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        audit.record("user.added", user, by=None)
        for place, held in roles.items():
            for role in held:
                Membership.objects.create(user=user, site=sites[place], role=role, since=since)
        crew[mail] = user
    return crew


def approve_everything(crew, now):
    """The shipped protocols and texts, approved and published by the demo's prescriber and admin."""
    at = now - timedelta(days=MONTHS_BACK + 5)
    make_default_protocols(by=crew["admin"], at=at)
    make_default_texts(by=crew["admin"], at=at)
    make_default_education(by=crew["admin"], at=at)
    for version in ProtocolVersion.objects.filter(approved_at__isnull=True):
        setup.approve_version(version=version, by=crew["prescriber"], at=at)
    for model in (ConsentText, EducationText, MessageText):
        for text in model.objects.filter(published_at__isnull=True):
            setup.publish_text(text=text, by=crew["admin"], at=at)


class World:
    """What a story needs: the places, the people, the protocols, the cupboard, and the present moment."""

    def __init__(self, now, seed, share):
        self.now, self.seed, self.share = now, seed, share
        self.sites = [Site.objects.get(name=facts["name"]) for facts in cast.SITES]
        self.staff = {user.email.split("@")[0]: user for user in User.objects.all()}
        self.versions = {v.protocol.name: v for v in ProtocolVersion.objects.select_related("protocol")}
        self.crews = [self._crew(place) for place in range(len(self.sites))]

    def _crew(self, place):
        nurses = [["nurse", "nurse2", "nurse3"], ["nurse.mesa", "nurse2.mesa"]][place]
        mine, other = nurses[self.share % len(nurses)], nurses[(self.share + 1) % len(nurses)]
        crew = {
            "desk": self.staff["desk"],
            "nurse": self.staff[mine],
            "second": self.staff[other],
            "prescriber": self.staff["prescriber"],
        }
        return crew | {"stock": Stock(crew, f"T{place}{self.share}")}

    def chairs(self, place):
        """The chairs this share of the work books: halves, so that shares never meet."""
        chairs = list(self.sites[place].chairs.all())
        half = len(chairs) // 2
        return chairs[:half] if self.share == 0 else chairs[half:]

    def local(self, place, days_ago, hour, minute=0):
        """The moment `days_ago` days before today at this wall-clock time of the site, as UTC."""
        zone = self.sites[place].zone
        day = self.now.astimezone(zone).date() - timedelta(days=days_ago)
        return datetime.combine(day, time(hour, minute), tzinfo=zone).astimezone(UTC)


def play(stories, *, tell=None):
    """Run stories (generators that yield the time of their next step) together, in order of time."""
    tie, heap = itertools.count(), []
    for story in stories:
        _push(heap, story, tie)
    while heap:
        _, _, story = heapq.heappop(heap)
        _push(heap, story, tie, tell)


def _push(heap, story, tie, tell=None):
    at = next(story, None)
    if at is not None:
        heapq.heappush(heap, (at, next(tie), story))
    elif tell:
        tell()
