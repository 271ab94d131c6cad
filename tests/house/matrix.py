"""Who gets what answer where: every path of the product, asked by everyone, for their own and for foreign rows."""

from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from clinic import links, walls
from clinic.actions.walls import ask_pairing, pair_wall
from clinic.sign_in import PAGES
from tests import factories
from tests.people import signed_in

ROLES = ("front_desk", "nurse", "prescriber", "clinic_admin", "auditor")
WHO = ("anyone", "patient", "patient_away", "wall", *ROLES, "gone", "away")
STOPPED = ("login", "door", "pair", "401", "403", "404")
HEADS = ("anyone", "patient", "patient 2", "wall", "desk", "nurse", "prescriber", "admin", "auditor", "gone", "away")
# A client loads the whole middleware at its first request; all of them share one that has.
HANDLER = ClientHandler(enforce_csrf_checks=False)


@dataclass(frozen=True)
class Path:
    """One line of the URLconf."""

    name: str
    params: tuple
    view: object

    @property
    def namespace(self):
        return self.name.partition(":")[0] if ":" in self.name else ""


def paths(resolver=None, namespaces=(), before=()):
    """Every path of the URLconf, in its order; `before` are the parameters that stand before this resolver's own."""
    for entry in (resolver or get_resolver()).url_patterns:
        params = (*before, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from paths(entry, inner, params)
        elif isinstance(entry, URLPattern):
            name = ":".join((*namespaces, entry.name or f"<{entry.pattern}>"))
            yield Path(name, params, entry.callback)


def door_of(path):
    """What stands at this path: its own door, the admin's, the sign-in's, or nothing."""
    if getattr(path.view, "door", None):
        return path.view.door.kind
    if path.namespace == "admin":
        return "admin"
    if path.view.__module__.startswith("allauth."):
        return "sign-in" if path.name in PAGES else "closed"
    return ""


def clients(everyone, side, other=None):
    """One signed-in client for each column; the patient has come by a link of every purpose, the wall is paired.

    With the `other` side also its patient and its staff, who ask for this side's rows.
    """
    staff = {role: signed_in(everyone.by_role(role)) for role in ROLES}
    gone = signed_in(everyone.deactivated)
    found = {"anyone": Client(), "patient": visiting(side), "wall": paired(everyone, side.site), **staff, "gone": gone}
    if other is not None:
        found["patient_away"] = visiting(other)
        found |= {f"away {role}": signed_in(everyone.away[role]) for role in ROLES}
    return found


def visiting(side):
    """A patient's browser that has come through a link of every purpose."""
    visitor = Client()
    session = visitor.session
    for purpose, proofs in links.PROOFS.items():
        link, _ = factories.link(at_site=side.site, purpose=purpose, **side.about(purpose))
        links.let_in(session, link, proofs=proofs)
    session.save()
    visitor.cookies["sessionid"] = session.session_key
    return visitor


def paired(everyone, site):
    """A screen on a wall of this site: it carries a secret of its own and nobody's sign-in."""
    screen, secret = ask_pairing()
    pair_wall(code=walls.code_of(screen), name="Matrix", site=site, by=everyone.clinic_admin)
    client = Client()
    client.cookies[settings.WALL_COOKIE_NAME] = secret
    return client


class Asker(Client):
    """A client that brings the answer as it is: sixteen thousand times, nobody asks which templates made it."""

    def request(self, **request):
        """Ask the product."""
        return self.handler(self._base_environ(**request))


def ask(client, method, address):
    """The answer to one request, in one word; whatever it wrote is undone."""
    fresh = Asker()
    fresh.handler = HANDLER
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
    if there in ("/p/", "/wall/pair/"):
        return "door" if there == "/p/" else "pair"
    return str(response.status_code)


def address_of(path, given):
    """The address of a path with these parameters."""
    return reverse(path.name, kwargs=given or None)


def lets_in(path, who):
    """Whether the door of this path lets this visitor reach the view at all."""
    door = getattr(path.view, "door", None)
    if door is None:
        return path.namespace != "admin" or who in ("clinic_admin", "prescriber")
    allowed = {"public": WHO, "patient_link": ("patient", "patient_away"), "wall": ("wall",), "staff": door.roles}
    return who in allowed[door.kind]


def row(path, visitors, method, own, foreign):
    """One cell for each column: "own", or "own/foreign"; whom the door stops gets the same answer for any row."""
    cells = {}
    for who in WHO[:-1]:
        answer = ask(visitors[who], method, own)
        if foreign and who == "patient_away":
            pass  # whose own row is the foreign one: this side's row is the foreign one to them
        elif foreign and lets_in(path, who):
            answer = f"{answer}/{ask(visitors[who], method, foreign)}"
        elif foreign:
            assert answer in STOPPED, f"{who} got {answer} from {method} {path.name}"
        cells[who] = answer
    cells["away"] = away(cells, visitors, method, own)
    return tuple(cells[who] for who in WHO)


def away(cells, visitors, method, own):
    """How the same roles of the other site fare with this side's row: "same" as these with a foreign one, or not."""
    answers = {role: ask(visitors[f"away {role}"], method, own) for role in ROLES}
    other = [f"{role}:{answer}" for role, answer in answers.items() if answer != cells[role].rpartition("/")[2]]
    return ",".join(other) or "same"


def as_table(rows):
    """The golden file: one line a path and method; a cell reads "own row/foreign row"."""
    lines = ["      " + " ".join(f"{head:<10}" for head in HEADS)]
    for name, method, cells in rows:
        lines.append(f"{method:<5} " + " ".join(f"{cell:<10}" for cell in cells) + f" {name}")
    return "\n".join(lines) + "\n"
