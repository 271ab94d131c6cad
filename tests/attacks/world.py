"""The whole product laid open: two clinics full of rows, everyone with a browser, every page asked by who may ask it.

The names and words of one's own clinic are what an attacker would type. Made once for a module; whatever a request
writes is undone.
"""

import ast
import importlib
import pkgutil
import re
import time
from dataclasses import dataclass, field
from functools import cache

from django import forms
from django.conf import settings
from django.core.cache import cache as counts
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from clinic.models import Patient, User
from sessions import actions
from tests.house import matrix
from tests.house.code import modules
from tests.house.matrix_objects import Side, nouns, other_side, params
from tests.people import people

SVG = "\"'><svg onload=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
CLIMB = "../../../etc/passwd"
MARK = f"{SVG}<img src=x onerror=alert(2)></script><script>alert(3)</script>{{{{7*7}}}}"
# Who is asked first for a page: whoever may do most there.
FIRST = ("prescriber", "nurse", "clinic_admin", "front_desk", "auditor", "patient", "wall", "anyone")
TLS = {
    "SECURE_HSTS_SECONDS": 63_072_000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
}  # fmt: skip
HANDLERS: dict = {}  # what TLS holds -> the middleware that was loaded under it
MACHINE_IS_BUSY = 8.0  # seconds: below, only what the processor did counts, so that neighbours do not
LEADS = re.compile(r"^(?:/(?![/\\])|[?#]|$)")


class World:
    """`visitors` by role, `own` and `foreign` rows; `spots` are the pages with an address of one's own rows."""

    def __init__(self):
        counts.clear()
        self.people = people()
        self.own, self.foreign = Side(self.people), Side(other_side(self.people))
        self.visitors = matrix.clients(self.people, self.own)
        self._poison()
        self.spots = [spot for path in matrix.paths() if (spot := self._spot(path))]

    def _poison(self):
        """The names of one's own people, and words of the record, are attacks."""
        scene = self.own.get("scene")
        scene.do(actions.record_note, 24, text=MARK)
        told = {"given_name": SVG, "family_name": FORMULA, "preferred_name": CLIMB, "address": MARK}
        told |= {"emergency_name": SVG, "reason_words": MARK}
        Patient.objects.filter(pk=self.own.patient.pk).update(**told)
        User.objects.filter(pk=self.people.colleague.pk).update(name=SVG)
        for patient in (self.own.patient, scene.patient):
            patient.refresh_from_db()

    def _spot(self, path):
        who = next((one for one in FIRST if matrix.lets_in(path, one)), None)
        if path.namespace in ("dev", "admin") or matrix.door_of(path) == "closed" or None in nouns(path).values():
            return None
        return Spot(path, reverse(path.name, kwargs=params(path, self.own) or None), who) if who else None

    def ask(self, spot, method="get", data=None, who="", **more):
        """The answer to one request as `who`; whatever it wrote is undone."""
        return self.at(spot.address, method, data, who or spot.who, **more)

    def at(self, address, method="get", data=None, who="anyone", **more):
        """The same for any address."""
        with transaction.atomic():
            answer = getattr(self.browser(who), method)(address, data or {}, **more)
            answer.body = b"".join(answer)
            transaction.set_rollback(True)
        return answer

    def browser(self, who, **how):
        """A fresh browser with the cookies of this visitor; they share the middleware, which takes long to load."""
        fresh = Client(raise_request_exception=False, **how)
        if not how:
            fresh.handler = HANDLERS.setdefault(tuple(getattr(settings, name) for name in TLS), fresh.handler)
        fresh.cookies.load({name: morsel.value for name, morsel in self.visitors[who].cookies.items()})
        return fresh


@dataclass(frozen=True)
class Spot:
    """One page: its line of the URLconf, its address with one's own rows in it, who of the clinic asks for it."""

    path: matrix.Path
    address: str
    who: str

    @property
    def name(self):
        return self.path.name

    def __repr__(self):
        return f"{self.who} at {self.name}"


@dataclass
class Answers:
    """What every page answers to a plain look over TLS, asked once for a module."""

    world: World
    found: list = field(default_factory=list)

    def __post_init__(self):
        with override_settings(**TLS):
            self.found = [(spot, self.world.ask(spot, secure=True)) for spot in self.world.spots]

    def shown(self):
        """(spot, page) of those that answered with a page of words."""
        for spot, answer in self.found:
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                yield spot, answer.body.decode()


def kind(answer: HttpResponseBase) -> str:
    """The media type of an answer."""
    return answer.headers.get("Content-Type", "").partition(";")[0]


def leads_away(answer: HttpResponseBase) -> bool:
    """Whether a redirect goes anywhere but to a path of this site."""
    return answer.status_code in (301, 302, 303, 307, 308) and not LEADS.match(answer.headers["Location"])


def timed(ask) -> tuple:
    """(seconds, answer) of a request; of the processor or of waiting for the database, whichever holds others up."""
    begun, worked = time.perf_counter(), time.process_time()
    answer = ask()
    waited = time.perf_counter() - begun
    return (waited if waited > MACHINE_IS_BUSY else time.process_time() - worked), answer


@cache
def query_names() -> tuple:
    """Every name that a view, a presenter or a form of ours could look up in an address, and what attackers try."""
    tried = {"sort", "order", "ordering", "order_by", "_sort", "o", "page", "page_size", "limit", "offset", "fields"}
    return tuple(sorted(tried | set(read_names()) | form_names()))


@cache
def read_names() -> tuple:
    """Names in `request.GET.get("x")`, `request.GET["x"]`, `"x" in request.GET`."""
    found = set()
    for path in modules():
        text = path.read_text()
        if ".GET" in text:
            found |= {name for node in ast.walk(ast.parse(text)) for name in _names(node)}
    return tuple(sorted(found))


def _names(node):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_query(node.func.value):
        return [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
    if isinstance(node, ast.Subscript) and _is_query(node.value) and isinstance(node.slice, ast.Constant):
        return [node.slice.value]
    if isinstance(node, ast.Compare) and any(map(_is_query, node.comparators)) and isinstance(node.left, ast.Constant):
        return [node.left.value]
    return []


def _is_query(node):
    return isinstance(node, ast.Attribute) and node.attr == "GET"


@cache
def form_names() -> frozenset:
    """The names of the fields of every form of ours."""
    for app in ("clinic", "intake", "sessions", "followup"):
        for found in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if "forms" in found.name:
                importlib.import_module(found.name)
    made = {name for form in _below(forms.BaseForm) for name in getattr(form, "base_fields", {})}
    return frozenset(made)


def _below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def nowhere(path):
    """An address of this path in which nothing stands that exists."""
    for text in ("00000000-0000-4000-8000-000000000000", "nothing", 1):
        try:
            return reverse(path.name, kwargs=dict.fromkeys(path.params, text) or None)
        except NoReverseMatch:
            continue
    return None
