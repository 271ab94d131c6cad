"""Saving a page and opening the review screen with 100,000 packets in the database, beside a trivial view."""

import itertools
import random
from datetime import timedelta
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import audit, clock, links
from clinic.actions.links import make_link
from clinic.dev.bench import figures
from clinic.dev.bench.multiply import analyze, copies
from clinic.dev.bench.requests import CSRF, ask, staff_cookie, trivial
from clinic.dev.demo import answers, arriving, cast, world
from clinic.dev.demo.body import body_of
from clinic.models import (
    AllergyStatement,
    ConditionStatement,
    ConsentSignature,
    InstrumentResponse,
    MedicationStatement,
    Patient,
    PatientLink,
    PatientSite,
    User,
)
from intake.actions import assessments, packets
from intake.models import Assessment, Finding, Packet, PageAnswers

PACKETS = 100_000
ASSESSED, OPEN = 20_000, 200  # of them: with an assessment under way, and still open for the savers
LANES, ROUNDS, SAVES, REVIEWS, TRIVIAL = 8, 5, 25, 25, 50  # requests a lane and a round
PAIN, MOOD = "crps", "depression"
TABLES = (
    Patient,
    PatientSite,
    Packet,
    PageAnswers,
    Assessment,
    Finding,
    InstrumentResponse,
    ConditionStatement,
    MedicationStatement,
    AllergyStatement,
    ConsentSignature,
)


def seed(superuser):
    """Make the clinic and its packets in an empty database; ``superuser``: a cursor that may switch triggers off."""
    now = clock.now()
    with audit.context(demo=True):
        places = world.make_places(now)
        crew = world.make_staff(places, now)
        world.approve_everything(crew, now)
        people = {condition: _person(condition) for condition in (PAIN, MOOD)}
        assessed = [_packet(person, places[0], crew, now, 1, "assess") for person in people.values()]
        sent = [_packet(person, places[0], crew, now, 2, "send") for person in people.values()]
        still_open = [_packet(people[PAIN], places[0], crew, now, 3, "leave")]
    number = 1
    for templates, count in ((assessed, ASSESSED), (sent, PACKETS - ASSESSED - OPEN), (still_open, OPEN)):
        for packet in templates:
            share = count // len(templates)
            copies(superuser, _rows(packet), start=number, count=share)
            number += share
    analyze(superuser, TABLES)


def _person(condition):
    return next(person for person in cast.people() if person.condition == condition)


def _packet(person, site, crew, now, number, then):
    """One packet by the product's own actions, left as far as ``then`` says: leave, send or assess."""
    at = now - timedelta(days=3)
    named = type(person)(**(_fields(person) | {"given": f"{person.given}{'abc'[number - 1]}"}))
    patient = arriving.add(named, site, crew | {"desk": crew["desk"]}, at)
    packet = packets.invite(patient=patient, site=site, by=crew["desk"], at=at)
    at = arriving.fill(packet, named, body_of(named, 7), at)
    if then != "leave":
        arriving.sign_and_submit(packet, named, at)
    if then == "assess":
        assessments.start_assessment(packet=packet, by=crew["prescriber"])
    return packet


def _fields(person):
    return {name: getattr(person, name) for name in type(person).__dataclass_fields__}


def _rows(packet):
    """The rows to copy: the patient, the packet and what belongs to them, parents first."""
    mine = {Patient: [packet.patient_id], Packet: [packet.pk]}
    for model in TABLES:
        if model not in mine:
            by = {"packet": packet} if model is PageAnswers else {"patient": packet.patient_id}
            mine[model] = list(model.objects.filter(**by).values_list("pk", flat=True))
    return [(model, mine[model]) for model in TABLES if mine[model]]


def measure(host, port):
    """The bench's figures. Raises BenchFailed on any wrong answer."""
    number = itertools.count(random.randrange(10**9))
    savers = _savers()
    prescriber = staff_cookie(User.objects.get(email="prescriber@example.org"))
    chosen = list(Assessment.objects.order_by("id").values_list("pk", flat=True)[:4000])
    rounds = {"save": [], "review": [], "trivial": []}
    cpu = seconds = 0.0
    for turn in range(ROUNDS + 1):  # the first one warms up and does not count
        for tag, lanes in (
            ("trivial", [[trivial()] * TRIVIAL for _ in range(LANES)]),
            ("save", [[saver.next(next(number)) for _ in range(SAVES)] for saver in savers]),
            ("review", [[_review(random.choice(chosen), prescriber) for _ in range(REVIEWS)] for _ in range(LANES)]),
        ):
            done = figures.drive({"host": host, "port": port, "lanes": lanes})
            if turn:
                rounds[tag].append(done["times"][tag])
                cpu, seconds = cpu + done["driver_cpu"], seconds + done["seconds"]
    return _report(rounds, cpu / seconds / 2, _queries(chosen[0], prescriber))


def _report(rounds, driver_share, queries):
    pooled = {tag: [spent for values in found for spent in values] for tag, found in rounds.items()}
    return (
        {"name": "intake", "packets": Packet.objects.count(), "rounds": ROUNDS}
        | {"spread": max(figures.spread(rounds["save"]), figures.spread(rounds["review"]))}
        | figures.percentiles(pooled["save"], "save")
        | figures.percentiles(pooled["review"], "review")
        | {"review_queries": queries}
        | figures.percentiles(pooled["trivial"], "trivial")
        | {"driver_share": round(driver_share, 2), "machine": figures.machine()}
    )


class Saver:
    """One patient in one browser, saving two of their pages in turn, never the same answers twice."""

    SLUGS = ("goals", "daily-life")

    def __init__(self, packet, cookie):
        self.packet, self.cookie = packet, cookie
        self.person = _person(PAIN)
        typed = answers.pages(self.person, body_of(self.person, 7))
        self.typed = {slug: typed[slug] for slug in self.SLUGS}
        self.versions = dict(packet.pages.filter(slug__in=self.SLUGS).values_list("slug", "version"))
        self.falls = packet.pages.get(slug="daily-life").answers["falls"]

    def next(self, number):
        """The next save as a request."""
        slug = self.SLUGS[number % len(self.SLUGS)]
        data = dict(self.typed[slug])
        if slug == "goals":
            data["goal_first"] = f"To walk to the water and back, {number} times."
        else:
            data["falls"] = self.falls = "no" if self.falls == "yes" else "yes"
        body = urlencode(data | {"version": self.versions[slug], "csrfmiddlewaretoken": CSRF}, doseq=True)
        self.versions[slug] += 1
        path = reverse("intake:packet-page", args=[slug])
        return ask("save", "POST", path, 302, self.cookie, body)


def _savers():
    still_open = Packet.objects.open().select_related("patient", "site").order_by("?")[:LANES]
    return [Saver(packet, _patient_cookie(packet)) for packet in still_open]


def _review(pk, cookie):
    return ask("review", "GET", reverse("intake:assessment-show", args=[pk]), 200, cookie)


def _session(fill):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    fill(session)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _patient_cookie(packet):
    """A browser in which the patient has proved who they are."""
    PatientLink.objects.filter(patient=packet.patient, purpose="packet", ended_at=None).update(
        ended_at=clock.now(), ended_why="revoked"
    )
    link, _ = make_link(patient=packet.patient, site=packet.site, purpose="packet", by=None, subject=packet)
    return _session(lambda session: links.let_in(session, link, proofs=links.PROOFS["packet"]))


def _queries(pk, cookie):
    """Statements the review screen takes, counted in this process."""
    client = Client(headers={"cookie": cookie})
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
    with CaptureQueriesContext(connection) as taken:
        answer = client.get(reverse("intake:assessment-show", args=[pk]), headers={"host": "127.0.0.1"})
    if answer.status_code != 200:
        raise figures.BenchFailed(f"The review screen answered {answer.status_code}.")
    return len(taken)
