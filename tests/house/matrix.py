"""Who gets what answer where: every path of the product, asked by everyone, for their own and for foreign rows."""

from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from clinic import links
from clinic.sign_in import PAGES
from tests import factories
from tests.people import signed_in

ROLES = ("front_desk", "nurse", "prescriber", "clinic_admin", "auditor")
WHO = ("anyone", "patient", *ROLES, "gone")
STOPPED = ("login", "door", "403", "404")
HEADS = ("anyone", "patient", "desk", "nurse", "prescriber", "admin", "auditor", "gone")


@dataclass(frozen=True)
class Path:
    """One line of the URLconf."""

    name: str
    params: tuple
    view: object

    @property
    def namespace(self):
        return self.name.partition(":")[0] if ":" in self.name else ""


def paths(resolver=None, namespaces=()):
    """Every path of the URLconf, in its order."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from paths(entry, inner)
        elif isinstance(entry, URLPattern):
            name = ":".join((*namespaces, entry.name or f"<{entry.pattern}>"))
            yield Path(name, tuple(entry.pattern.regex.groupindex), entry.callback)


def door_of(path):
    """What stands at this path: its own door, the admin's, the sign-in's, or nothing."""
    if getattr(path.view, "door", None):
        return path.view.door.kind
    if path.namespace == "admin":
        return "admin"
    if path.view.__module__.startswith("allauth."):
        return "sign-in" if path.name in PAGES else "closed"
    return ""


def clients(everyone, side):
    """One signed-in client for each column; the patient has come by a link of every purpose."""
    visitor = Client()
    session = visitor.session
    for purpose, proofs in links.PROOFS.items():
        link, _ = factories.link(at_site=side.site, purpose=purpose, **side.about(purpose))
        links.let_in(session, link, proofs=proofs)
    session.save()
    visitor.cookies["sessionid"] = session.session_key
    staff = {role: signed_in(everyone.by_role(role)) for role in ROLES}
    return {"anyone": Client(), "patient": visitor, **staff, "gone": signed_in(everyone.deactivated)}


def ask(client, method, address):
    """The answer to one request, in one word; whatever it wrote is undone."""
    fresh = Client(raise_request_exception=False)
    fresh.cookies = SimpleCookie({key: morsel.value for key, morsel in client.cookies.items()})
    with transaction.atomic():
        response = getattr(fresh, method.lower())(address)
        transaction.set_rollback(True)
    return word_for(response)


def word_for(response):
    """The status, or where a redirect leads when that is what matters."""
    there = response.headers.get("Location", "")
    if there.startswith("/accounts/login/"):
        return "login"
    if there == "/p/":
        return "door"
    return str(response.status_code)


def address_of(path, given):
    """The address of a path with these parameters."""
    return reverse(path.name, kwargs=given or None)


def lets_in(path, who):
    """Whether the door of this path lets this visitor reach the view at all."""
    door = getattr(path.view, "door", None)
    if door is None:
        return path.namespace != "admin" or who in ("clinic_admin", "prescriber")
    allowed = {"public": WHO, "patient_link": ("patient",), "staff": door.roles}
    return who in allowed[door.kind]


def row(path, visitors, method, own, foreign):
    """One cell for each column: "own", or "own/foreign"; whom the door stops gets the same answer for any row."""
    cells = []
    for who in WHO:
        answer = ask(visitors[who], method, own)
        if foreign and lets_in(path, who):
            answer = f"{answer}/{ask(visitors[who], method, foreign)}"
        elif foreign:
            assert answer in STOPPED, f"{who} got {answer} from {method} {path.name}"
        cells.append(answer)
    return tuple(cells)


def as_table(rows):
    """The golden file: one line a path and method; a cell reads "own row/foreign row"."""
    lines = ["      " + " ".join(f"{head:<10}" for head in HEADS)]
    for name, method, cells in rows:
        lines.append(f"{method:<5} " + " ".join(f"{cell:<10}" for cell in cells) + f" {name}")
    return "\n".join(lines) + "\n"
