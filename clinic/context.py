"""What every page knows: the navigation for these roles, the look chosen, the site, who is signed in."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property

from clinic.access import ALL_ROLES, CARE_TEAM, CLINICIANS
from clinic.models import Role, Task

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
)
MORE = (
    ("sessions:vial-list", "Vials and the ledger", (*CLINICIANS, _ADMIN), ()),
    ("clinic:outbox", "Messages out", (*CARE_TEAM, _ADMIN), ()),
    ("clinic:audit-list", "Audit", (_ADMIN, _AUDITOR), ()),
    ("admin:index", "Set up the clinic", (_ADMIN,), ()),
)


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
        return self.request.GET.get("q", "")[:80]

    @cached_property
    def items(self):
        return self._items(BAR)

    @cached_property
    def more(self):
        return self._items(MORE)

    @cached_property
    def open_tasks(self):
        """Open tasks at this site for the roles held here. One query."""
        if not self.site:
            return 0
        return Task.objects.filter(site=self.site, state="open", for_role__in=self.roles).count()

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
        return Item(url, words, here, self.open_tasks if name == "clinic:task-list" else None)
