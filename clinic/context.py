"""What every page knows: the navigation for these roles, the look chosen, the site, who is signed in."""

import base64
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from clinic import space
from clinic.access import ALL_ROLES, CARE_TEAM, CLINICIANS
from clinic.models import AccessReview, Alert, Heartbeat, Role, Site, Task
from clinic.prepared import Prepared
from clinic.presenters.alerts import Strip
from clinic.presenters.crisis import Crisis
from clinic.queries.backups import SPACE
from clinic.rules.space import NO_FILES, OK, READ_ONLY, WORDS

THEME_COOKIE = "theme"
THEMES = (("", "As on this device"), ("light", "Light"), ("dark", "Dark"), ("dim", "Dim, for the infusion room"))
_ADMIN, _AUDITOR = Role.CLINIC_ADMIN.value, Role.AUDITOR.value

# Url name, word, roles, other paths that belong to it.
BAR = (
    ("sessions:board", "Board", CARE_TEAM, ("/sessions/",)),
    ("followup:schedule", "Schedule", (*CARE_TEAM, _ADMIN), ()),
    ("clinic:patient-list", "Patients", (*CARE_TEAM, _ADMIN, _AUDITOR), ("/courses/",)),
    ("intake:packet-list", "Packets", CARE_TEAM, ("/intake/",)),
    ("clinic:task-list", "Tasks", CARE_TEAM, ()),
    ("followup:reports", "Reports", (*CLINICIANS, _ADMIN), ()),
    ("clinic:access-review-list", "Access", (_ADMIN, _AUDITOR), ("/access/",)),
)
MORE = (
    ("clinic:test-list", "Required tests", CARE_TEAM, ()),
    ("followup:booster-list", "Next infusions", CLINICIANS, ("/boosters/",)),
    ("followup:safety-list", "Safety checks due", CLINICIANS, ("/safety/",)),
    ("intake:rule-list", "Rules of eligibility", CLINICIANS, ()),
    ("sessions:cosign-list", "Orders to co-sign", CLINICIANS, ()),
    ("sessions:equipment-check", "Emergency equipment", CLINICIANS, ()),
    ("sessions:pin-set", "Quick PIN", ALL_ROLES, ()),
    ("sessions:vial-list", "Vials and the ledger", (*CLINICIANS, _ADMIN), ()),
    ("sessions:event-list", "Adverse events", CLINICIANS, ()),
    ("clinic:amendment-list", "Corrections asked for", CLINICIANS, ()),
    ("sessions:day-list", "Close the day", CLINICIANS, ()),
    ("sessions:pack-list", "Downtime pack", CLINICIANS, ()),
    ("sessions:device-list", "Monitors", (*CLINICIANS, _ADMIN), ()),
    ("clinic:wall-list", "Screens on the wall", (*CLINICIANS, _ADMIN), ()),
    ("followup:duplicate-list", "Likely duplicates", (*CARE_TEAM, _ADMIN), ()),
    ("followup:inbox", "Messages from patients", CARE_TEAM, ()),
    ("followup:waitlist", "Waiting list", CARE_TEAM, ()),
    ("followup:calendar-feed", "My calendar", CARE_TEAM, ()),
    ("clinic:outbox", "Messages out", (*CARE_TEAM, _ADMIN), ()),
    ("followup:reminder-list", "Reminders", (*CARE_TEAM, _ADMIN), ()),
    ("clinic:glass-open", "Emergency look", CLINICIANS, ()),
    ("clinic:access-list", "Who has access", (_ADMIN, _AUDITOR), ()),
    ("clinic:audit-list", "Audit", (_ADMIN, _AUDITOR), ()),
    ("clinic:backup-list", "Copies of the record", (_ADMIN, _AUDITOR), ()),
    ("followup:kept", "What is kept, and how long", (_ADMIN, _AUDITOR), ()),
    ("clinic:health", "How the system runs", (_ADMIN,), ()),
    ("admin:index", "Set up the clinic", (_ADMIN,), ()),
)


# Entries that say how many wait there: the place of the number in `Shell.counts`.
COUNTED = {"clinic:task-list": 0, "clinic:access-review-list": 2}


@dataclass(frozen=True)
class Item:
    """One entry of the navigation; `count` None: nothing is counted."""

    url: str
    words: str
    here: bool = False
    count: int | None = None


def navigation(request):
    """Context processor: `shell`, worked out only when a template asks."""
    return {"shell": Shell(request)}


def theme_of(request):
    """The look chosen on this device: "", light, dark or dim; anything else in the cookie counts as none."""
    value = request.COOKIES.get(THEME_COOKIE, "")
    return value if value in dict(THEMES) else ""


def how_many(rows):
    """How many rows of a site, as a value of the query that asks for the site."""
    return Coalesce(Subquery(rows.order_by().values("site").annotate(count=Count("*")).values("count")), 0)


@cache
def _counts(roles):
    """What waits at a site for somebody of so many roles, and how short space is, as one question."""

    def build(of):
        named = [of.text(f"role_{n}") for n in range(roles)]
        tasks = Task.objects.filter(site=OuterRef("pk"), state="open", for_role__in=named)
        alerts = Alert.objects.filter(site=OuterRef("pk"), state="open")
        reviews = AccessReview.objects.filter(site=OuterRef("pk")).exclude(state="settled")
        asked = {"tasks_open": how_many(tasks), "alerts_open": how_many(alerts), "reviews_open": how_many(reviews)}
        asked["space"] = Subquery(Heartbeat.objects.filter(part=SPACE).values("detail"))
        return Site.objects.filter(pk=of("site")).annotate(**asked).only("pk")

    return Prepared(build)


class Shell:
    """The frame around a page."""

    themes = THEMES

    def __init__(self, request):
        self.request = request

    @cached_property
    def theme(self):
        return theme_of(self.request)

    @property
    def chosen_theme(self):
        return self.theme

    @cached_property
    def user(self):
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def name(self):
        return self.user.display_name if self.user else ""

    @property
    def is_for_patients(self):
        """Is this page for patients, or an address that nobody signed in has mistyped?"""
        door = getattr(self.request, "door", None)
        return door.is_for_patients if door else not self.user and getattr(self.request, "resolver_match", 0) is None

    @property
    def site(self):
        return getattr(self.request, "site", None)

    @cached_property
    def zone(self):
        return self.site.zone if self.site else timezone.get_current_timezone()

    @cached_property
    def sites(self):
        """Sites where this user works, once each."""
        held = getattr(self.request, "memberships", ())
        return list({m.site_id: m.site for m in held}.values())

    @property
    def roles(self):
        return getattr(self.request, "roles", set())

    @property
    def may_find(self):
        return bool(self.roles & set(ALL_ROLES))

    @cached_property
    def query(self):
        """What was typed into the one search box, on the page that answers it."""
        return getattr(self.request, "searched", "")[:80]

    @cached_property
    def items(self):
        return self._items(BAR)

    @cached_property
    def more(self):
        return self._items(MORE)

    @cached_property
    def counts(self):
        """(open tasks for these roles, alerts nobody has answered, access to review, how short space is). One query."""
        if not self.site:
            return 0, 0, 0, None
        roles = {f"role_{n}": role for n, role in enumerate(sorted(self.roles))}
        found = _counts(len(roles)).first(site=self.site.pk, **roles)
        return found.tasks_open, found.alerts_open, found.reviews_open, found.space

    @property
    def open_tasks(self):
        """Open tasks at this site for the roles held here."""
        return self.counts[0]

    @property
    def space(self):
        """What a disk that fills up means for whoever works here, in words; "" while there is space."""
        stage = space.note(self.counts[3] or OK) if self.site and self.user else OK
        return WORDS[stage] if stage in (NO_FILES, READ_ONLY) else ""

    @property
    def glass(self):
        """The open emergency look of this sign-in, else None."""
        return getattr(self.request, "glass", None)

    @cached_property
    def alerts(self):
        """The strip of alerts nobody has answered, for the care team at a site; None for everybody else."""
        is_care = self.user is not None and self.site is not None and self.roles & set(CARE_TEAM)
        return Strip(self.request, count=self.counts[1]) if is_care else None

    @property
    def locks_after(self):
        """Seconds without a touch after which a page at a desk locks itself; beside an infusion it takes longer."""
        return settings.SESSION_LOCK_SECONDS

    @property
    def locks_late(self):
        """The same for a page beside an infusion: no sooner than the session itself is idle."""
        return settings.SESSION_IDLE_SECONDS

    @property
    def hears_calls(self):
        """Whether pages of this user say, and sound, when a chair calls: for clinicians at a site."""
        return self.user is not None and self.site is not None and bool(self.roles & set(CLINICIANS))

    @cached_property
    def crisis(self):
        """Help in a crisis, on pages of patients."""
        return Crisis(self.site)

    @property
    def drafts_key(self):
        """The key under which this person's pages seal what is half typed when somebody else comes in; 256 bits."""
        digest = salted_hmac("clinic.drafts", str(self.user.pk), algorithm="sha256").digest()
        return base64.b64encode(digest).decode()

    @property
    def demo_logins(self):
        """Demo people to sign in as: only where settings list them (development), else nothing."""
        return getattr(settings, "DEMO_LOGINS", ())

    @property
    def live_origin(self):
        return getattr(settings, "LIVE_ORIGIN", "")

    def _items(self, rows):
        shown = (row for row in rows if self.roles & set(row[2]))
        return [item for item in map(self._item, shown) if item]

    def _item(self, row):
        name, words, _, also = row
        try:
            url = reverse(name)
        except NoReverseMatch:
            return None
        here = self.request.path.startswith((url, *also)) and name != "admin:index"
        return Item(url, words, here, self.counts[COUNTED[name]] if name in COUNTED else None)
