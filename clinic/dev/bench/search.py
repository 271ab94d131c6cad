"""The one search box over HTTP among 1,000, 100,000 and 1,000,000 patients: every kind of question, in turns.

What was typed is posted and the page that answers is led to: a search is two requests, and its time is that of both.

Three databases of the same make, each with its own pages, all up at once on one server, so that the growth from the
smallest to the largest comes from one run. Every kind is asked beforehand in the process too, and must find whom it was
made from.
"""

import json
import os
import random
import statistics
from contextlib import ExitStack
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from clinic import audit, clock
from clinic.dev.bench import figures
from clinic.dev.bench.multiply import analyze
from clinic.dev.bench.place import BenchFailed, Place
from clinic.dev.bench.requests import CSRF, ask, staff_cookie, trivial
from clinic.dev.demo import world
from clinic.models import NameWord, Patient, PatientSite, SearchWord, User

SIZES = (1_000, 100_000, 1_000_000)
SIZE = "BENCH_PATIENTS"
A_LOAD = 10_000
ROUNDS, ASKED, CHECKED = 5, 40, 12  # questions of a kind in a round; questions of a kind tried beforehand
ASKS_AS = "desk@example.org"

# Names of syllables. A few are borne by many and most by few, as names are: the commonest family name by seven in a
# thousand, the commonest given name by twenty-five.
ONE = ("Ba", "Ko", "Mi", "Tra", "Sul", "Ne", "Ja", "Wol", "Fer", "Ros", "Al", "Bren", "Cas", "Dro", "Eli", "Gar", "Hal",
       "Ing", "Kar", "Lu", "Mor", "Nor", "Oka", "Pet", "Quin", "Ra", "Sten", "Tho", "Ull", "Ver", "War", "Xi", "Yar",
       "Zim", "Bra", "Chu", "Dun", "Ebe", "Fal", "Gru")  # fmt: skip
TWO = ("lan", "dri", "ves", "mo", "tin", "gar", "be", "stro", "qui", "har", "na", "la", "ri", "so", "me", "du", "ke",
       "fo", "pa", "zi", "ta", "vo", "gu", "ni", "sha", "cor", "bel", "den", "fin", "gol", "hem", "jo", "kra", "lin",
       "mur", "nel", "os", "pre", "ros", "sal", "ter", "ur", "van", "win", "yo", "ma", "ca", "de", "lo",
       "ru")  # fmt: skip
THREE = ("son", "ez", "ski", "ley", "ova", "mann", "ton", "berg", "ra", "ni", "wa", "do", "ck", "rt", "ll", "en", "is",
         "er", "am", "ford", "field", "sen", "dottir", "oglu", "wicz", "escu", "ian", "ides", "opoulos", "quist",
         "ström", "eau", "ault", "ini", "elli", "ucci", "ares", "inho", "eira", "asz", "ovic", "enko", "uk", "yk",
         "shvili", "zade", "pour", "nejad", "walla", "kar")  # fmt: skip
FILL = """
INSERT INTO clinic_patient (id, person_id, record_number, family_name, given_name, preferred_name, born_on, sex, email,
  phone, phone_digits, address, language, zone_name, emergency_name, emergency_phone, emergency_relation, reason,
  reason_words, added_at, version, search_text)
SELECT id, id, 'TL-' || lpad(n::text, greatest(6, length(n::text)), '0'), family, given, '', born, 'unknown', '',
  '(' || left(phone, 3) || ') ' || substr(phone, 4, 3) || '-' || right(phone, 4), phone, '', 'en', 'America/New_York',
  '', '', '', 'pain', '', now(), 1, family || ' ' || given
FROM (SELECT gen_random_uuid() AS id, n,
  (%(one)s)[1 + f %% 40] || (%(two)s)[1 + f / 40 %% 50] || (%(three)s)[1 + f / 2000 %% 50] AS family,
  (%(one)s)[1 + g * 7 %% 40] || (%(two)s)[1 + g / 40 %% 50]
    || CASE WHEN g >= 2000 THEN (%(two)s)[1 + g / 2000] ELSE '' END AS given,
  DATE '1935-01-01' + (random() * 26000)::int AS born, lpad((2000000000 + random() * 7999999999)::bigint::text, 10, '0')
    AS phone
 FROM (SELECT n, (floor(15 * power(6667.0, random())) - 15)::int * 7919 %% 100000 AS f,
              (floor(5 * power(1000.0, random())) - 5)::int AS g FROM generate_series(%(first)s, %(last)s) n) k) one
RETURNING id
"""
SITES = """
INSERT INTO clinic_patientsite (id, patient_id, site_id, since)
SELECT gen_random_uuid(), id, CASE WHEN random() < 0.7 THEN %(here)s ELSE %(there)s END::uuid, now()
  FROM unnest(%(ids)s::uuid[]) AS id
"""


class Sized(Place):
    """One size of clinic: a database of its own on the services of `base`, copied from its empty one, and its pages."""

    def __init__(self, size, base):
        super().__init__("search", base.data)
        self.size, self.base = size, base
        self.postgres, self.valkey = base.postgres, base.valkey
        self.folder, self.database = base.folder / str(size), f"bench_search_{size}"
        self.folder.mkdir(parents=True, exist_ok=True)

    def environment(self):
        """As everywhere, and how many patients."""
        return super().environment() | {SIZE: str(self.size)}

    def _make(self):
        self.base.seeded()
        self.postgres.drop(self.database)
        self.postgres.clone(self.base.database, self.database)
        self.manage("bench", "search", "--step", "seed")


def run(folder, say, sizes=None):
    """Seed what is not there yet, measure all sizes in turns, return the figures."""
    with Place("search", folder).open() as base, ExitStack() as pages:
        places = [Sized(size, base) for size in sizes or SIZES]
        for place in places:
            say(f"Seeding {place.size:,} patients, once for these models ...")
            place.seeded()
            pages.callback(place.stop_pages)
            place.start_pages()
        return _measured(places, [_plan(place, say) for place in places], say)


def _measured(places, plans, say):
    say("Measuring, in turns ...")
    rounds = {place.size: [] for place in places}
    trivials, cpu, seconds = [], 0.0, 0.0
    for turn in range(ROUNDS + 1):  # the first one warms up and does not count
        for place, plan in zip(places, plans, strict=True):
            done = figures.drive({"host": "127.0.0.1", "port": place.port, "lanes": [plan["rounds"][turn]]})
            if turn:
                trivials += done["times"].pop("trivial")
                rounds[place.size].append(done["times"])
                cpu, seconds = cpu + done["driver_cpu"], seconds + done["seconds"]
    return _report(rounds, trivials, cpu / seconds / 2, plans[-1])


def _plan(place, say):
    say(f"Asking every kind of question once among {place.size:,} ...")
    return json.loads(place.manage("bench", "search", "--step", "measure").strip().splitlines()[-1])


def seed(superuser):
    """Make the clinic and as many patients as the environment says, through the triggers that keep the words.

    Without a number: nothing, for the empty database that the others are copied from.
    """
    if SIZE not in os.environ:
        return
    now = clock.now()
    with audit.context(demo=True):
        places = world.make_places(now)
        world.make_staff(places, now)
    superuser.execute("SELECT setseed(0.42)")
    for first in range(1, int(os.environ[SIZE]) + 1, A_LOAD):
        last = min(first + A_LOAD - 1, int(os.environ[SIZE]))
        superuser.execute("SET session_replication_role = replica")  # no row of history for each
        syllables = {"one": list(ONE), "two": list(TWO), "three": list(THREE)}
        superuser.execute(FILL, syllables | {"first": first, "last": last})
        ids = [row[0] for row in superuser.fetchall()]
        superuser.execute("SET session_replication_role = DEFAULT")
        superuser.execute(SITES, {"here": str(places[0].pk), "there": str(places[1].pk), "ids": ids})
    analyze(superuser, (Patient, PatientSite, NameWord, SearchWord))


def measure(host, port):
    """The questions of every round as requests, after each kind has been tried in this process."""
    dice = random.Random(7)
    user = User.objects.get(email=ASKS_AS)
    sites = user.memberships.values("site")
    seen = Patient.objects.filter(sites__site__in=sites).order_by("phone_digits")
    people = list(seen[: (ROUNDS + 1) * ASKED * len(KINDS)])
    dice.shuffle(people)
    found = {kind: _found(kind, people[:CHECKED], user, dice) for kind in KINDS}
    cookie = staff_cookie(user)
    return {"found": found, "rounds": [_round(people, cookie, dice) for _ in range(ROUNDS + 1)]}


def _round(people, cookie, dice):
    asked = [_question(kind, KINDS[kind](dice.choice(people), dice), cookie) for kind in KINDS for _ in range(ASKED)]
    asked += [trivial() for _ in range(ASKED)]
    dice.shuffle(asked)
    return asked


def _question(kind, text, cookie):
    body = f"{_query(text)}&csrfmiddlewaretoken={CSRF}"
    request = ask(kind, "POST", reverse("clinic:patient-find"), 302, cookie, body)
    request["headers"]["HX-Request"] = "true"  # a single hit is shown, not opened
    return request | {"then": 200}


def _found(kind, people, user, dice):
    """How many of these people their own question found; a page full of others is found too."""
    client = Client(headers={"host": "127.0.0.1", "hx-request": "true"})
    client.force_login(user)
    hits = 0
    for person in people:
        answer = client.post(reverse("clinic:patient-find"), {"q": KINDS[kind](person, dice)}, follow=True)
        if answer.status_code != 200:
            raise BenchFailed(f"A question of kind {kind} answered {answer.status_code}.")
        page = answer.content.decode()
        rows = page.count('<th scope="row">')
        hits += rows == 0 if kind == "nobody" else person.record_number in page or rows == FULL
    least = LEAST.get(kind, 1)
    if hits < least * len(people):
        raise BenchFailed(f"Questions of kind {kind} found {hits} of {len(people)}.")
    return hits


def _report(rounds, trivials, driver_share, plan):
    sizes = sorted(rounds)
    pooled = {size: [spent for turn in rounds[size] for times in turn.values() for spent in times] for size in sizes}
    largest, smallest = sizes[-1], sizes[0]
    kinds = {kind: [spent for turn in rounds[largest] for spent in turn[kind]] for kind in KINDS}
    p95 = {size: figures.percentile(values, 0.95) for size, values in pooled.items()}
    worst = max(kinds, key=lambda kind: figures.percentile(kinds[kind], 0.95))
    turns = [[spent for times in turn.values() for spent in times] for turn in rounds[largest]]
    every = {f"p95_ms_{size}": round(value, 2) for size, value in p95.items() if size not in (smallest, largest)}
    return (
        {"name": "search", "patients": largest, "rounds": ROUNDS, "spread": figures.spread(turns)}
        | {name.removeprefix("all_"): spent for name, spent in figures.percentiles(pooled[largest], "all").items()}
        | {"p95_ms_1k": round(p95[smallest], 2)}
        | {name.replace("_100000", "_100k"): value for name, value in every.items()}
        | {"growth": round(p95[largest] / p95[smallest], 2), "worst_kind": worst}
        | {f"{kind}_p95_ms": round(figures.percentile(values, 0.95), 2) for kind, values in kinds.items()}
        | {"found": plan["found"], "trivial_p50_ms": round(statistics.median(trivials), 2)}
        | {"driver_share": round(driver_share, 2), "machine": figures.machine()}
    )


def _query(text):
    return urlencode({"q": text})


def _fragment(person, dice):
    """The first letters of a name, or letters from its middle."""
    name = person.family_name
    return name[:4] if dice.random() < 0.5 else name[1:6]


def _misspelt(person, dice):
    """One slip in the family name: two letters swapped, one changed or one left out; half of them with a given name."""
    name, at = person.family_name, dice.randrange(1, len(person.family_name) - 1)
    slipped = dice.choice((
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + dice.choice("aeiourstn") + name[at + 1 :],
        name[:at] + name[at + 1 :],
    ))  # fmt: skip
    return f"{slipped} {person.given_name}" if dice.random() < 0.5 else slipped


def _phone(person, dice):
    return person.phone if dice.random() < 0.5 else person.phone_digits[-4:]


def _nobody(person, dice):
    return "".join(dice.choice("qxzwvjk") for _ in range(dice.randint(5, 9)))


KINDS = {
    "fragment": _fragment,
    "name": lambda person, dice: f"{person.given_name} {person.family_name}",
    "misspelt": _misspelt,
    "phone": _phone,
    "born": lambda person, dice: f"{person.born_on:%d-%b-%Y}",
    "record": lambda person, dice: person.record_number,
    "nobody": _nobody,
}
FULL = 20  # a page of people: the one asked for may be the next one
LEAST = {"misspelt": 0.7, "nobody": 0.9}  # a slip may make another's name; letters at random may be somebody's
