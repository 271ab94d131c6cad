"""Relief: a long course's page, the clinic's report over 20,000 courses, and whether the figures can be believed.

Pages over HTTP, one request at a time, beside the trivial view in turns. The worker's run over the whole clinic is
timed apart, from nothing and again with nothing new. Coverage: a thousand simulated clinics with known medians, each
asked for its 95 % interval. Windows: simulated clinics through the back-test that the report shows.
"""

import multiprocessing
import time
import uuid
from datetime import timedelta

import numpy as np
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg2.sql import SQL, Identifier

from clinic import audit, clock
from clinic.dev.bench import figures, simulated
from clinic.dev.bench.multiply import analyze, copies
from clinic.dev.bench.requests import ask, staff_cookie, trivial
from clinic.dev.bench.simulated import Recipe
from clinic.dev.demo import cast, stories, world
from clinic.dev.demo.body import body_of
from clinic.models import Appointment, Course, Patient, PatientSite, User
from followup.actions import curves, relief
from followup.models import ClinicCurve, DiaryEntry, ReliefEpisode
from followup.rules import window
from followup.rules.response import clustered_wilson
from sessions.models import DoseOrder, Entry, InfusionSession, LedgerEntry, Order, Preparation, WeightEntry

STAGE = "today_infusing"
PRESCRIBER = "prescriber@example.org"
LONG, REPORTS, EVERY_DAYS = 300, 5_000, 17  # infusions and diary reports of the long course, days between two infusions
COURSES = 20_000
ROUNDS, PAGES, TRIVIAL = 5, 30, 60
CLINICS, TESTED = 1_000, 24  # simulated clinics for the interval, and for the windows
OF_SESSION = (Entry, WeightEntry, Order, DoseOrder, Preparation, LedgerEntry)
REASONS = ("crps", "fibromyalgia", "neuropathic", "depression", "low_back_pain", "migraine")


def seed(superuser, courses=COURSES):
    """One course of the product's own making, made long; a short one with its episodes, copied 20,000 times."""
    now = clock.now()
    with audit.context(demo=True):
        places = world.make_places(now)
        world.approve_everything(world.make_staff(places, now), now)
        person = next(one for one in cast.people() if one.stage == STAGE)
        here = world.World(now, seed=7, share=0)
        world.play([stories.treated(person, body_of(person, 7), here, since=30, done=1, boosters=0)])
    grow(superuser, InfusionSession.objects.get(), courses, now)


def grow(superuser, session, courses, now):
    """From one ended infusion: a course of 300 of them with 5,000 reports, and 20,000 short courses."""
    copies(superuser, _rows(session, whole=True), start=1, count=1)
    long, short = Course.objects.filter(infusion_sessions__isnull=False).distinct().order_by("pk")
    _repeat(superuser, long, LONG, _rows(InfusionSession.objects.get(course=long), whole=False), now)
    _diary(long, now)
    _crowd(superuser, short, courses)
    analyze(superuser, (DiaryEntry, ReliefEpisode, InfusionSession, Course, Patient, LedgerEntry, DoseOrder))


def _rows(session, *, whole):
    """The rows to copy, parents first; `whole`: with the patient and the course."""
    named = {}
    if whole:
        named = {
            Patient: [session.patient_id],
            PatientSite: list(PatientSite.objects.filter(patient=session.patient_id).values_list("pk", flat=True)),
            Course: [session.course_id],
        }
    named |= {Appointment: [session.appointment_id], InfusionSession: [session.pk]}
    for model in OF_SESSION:
        path = "entry__session" if model is WeightEntry else "session"
        named[model] = list(model.objects.filter(**{path: session}).values_list("pk", flat=True))
    return list(named.items())


def _repeat(superuser, course, count, rows, now):
    """The course's one infusion `count` times, 17 days apart up to nine days ago.

    While copied it counts as not started, for a course has each number once.
    """
    session = InfusionSession.objects.get(course=course)
    _past_triggers(superuser, UNNUMBERED, [str(session.pk)])
    _past_triggers(superuser, NO_NUMBER, [str(session.appointment_id)])
    copies(superuser, rows, start=1_000_000, count=count - 1)
    last = now - timedelta(days=9)
    _past_triggers(superuser, NUMBERED, [last, EVERY_DAYS, count, str(course.pk)])


UNNUMBERED = "UPDATE treatment_sessions_infusionsession SET ending = 'not_started' WHERE id = %s"
NO_NUMBER = "UPDATE clinic_appointment SET number = NULL WHERE id = %s"
NUMBERED = (
    "UPDATE treatment_sessions_infusionsession s SET number = t.n, ending = 'completed', started_at = t.at, "
    "stopped_at = t.at + interval '90 minutes', ended_at = t.at + interval '2 hours' FROM "
    "(SELECT id, n, %s::timestamptz - interval '1 day' * %s * (%s - n) AS at FROM "
    "(SELECT id, row_number() OVER (ORDER BY id) AS n FROM treatment_sessions_infusionsession "
    "WHERE course_id = %s) numbered) t WHERE s.id = t.id"
)


def _past_triggers(superuser, statement, values):
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(statement, values)
    superuser.execute("SET session_replication_role = DEFAULT")


def _diary(course, now):
    """5,000 days of reports: relief for 8 to 14 days after each infusion, then pain again."""
    chance, patient = np.random.default_rng(3), course.patient
    today = now.astimezone(course.site.zone).date()
    entries = []
    for back in range(REPORTS, 0, -1):
        day = today - timedelta(days=back)
        since = (LONG * EVERY_DAYS - back + 9) % EVERY_DAYS
        pain = int(chance.integers(2, 4) if since < 8 + back % 7 else chance.integers(7, 9))
        entries.append(
            DiaryEntry(
                patient=patient, course=course, day=day, zone_name=patient.zone_name, body_hash="",
                client_id=_uuid(chance), recorded_at=now - timedelta(days=back), pain=pain, mood=10 - pain, function=5,
            )
        )  # fmt: skip
    DiaryEntry.objects.bulk_create(entries, batch_size=1_000)


def _uuid(chance):
    return uuid.UUID(bytes=chance.bytes(16), version=4)


def _crowd(superuser, course, courses):
    """20,000 courses with their episodes; durations drawn anew in each, alike within a course."""
    session = InfusionSession.objects.get(course=course)
    _repeat(superuser, course, 3, _rows(session, whole=False)[:2], clock.now())
    chosen = [
        (Patient, [course.patient_id]),
        (PatientSite, list(PatientSite.objects.filter(patient=course.patient_id).values_list("pk", flat=True))),
        (Course, [course.pk]),
        (Appointment, list(Appointment.objects.filter(course=course).values_list("pk", flat=True))),
        (InfusionSession, list(InfusionSession.objects.filter(course=course).values_list("pk", flat=True))),
    ]
    relief.rebuild(course=course, at=clock.now())
    chosen.append((ReliefEpisode, list(ReliefEpisode.objects.filter(course=course).values_list("pk", flat=True))))
    copies(superuser, chosen, start=10, count=courses)
    superuser.execute("SELECT setseed(0.4)")
    superuser.execute(
        SQL(
            "UPDATE {} SET ending_30 = 'lost', low_30 = d.low, high_30 = d.low + 1 + floor(random() * 3), "
            "ending_50 = 'lost', low_50 = floor(d.low * 0.7), high_50 = floor(d.low * 0.7) + 1, baseline = 8, "
            "reports = 20, change_1 = floor(random() * 80), change_7 = floor(random() * 70), "
            "change_30 = floor(random() * 50), mg_per_kg = random() * 3, is_booster = random() < 0.4, "
            "reason = (%s::text[])[1 + d.part %% %s], ended_at = now() - interval '1 day' * (100 + random() * 600) "
            "FROM (SELECT id AS episode, abs(hashtext(course_id::text)) AS part, greatest(1, round(20 * exp("
            "0.35 * 2 * (abs(hashtext('a' || course_id)) %% 1000 + abs(hashtext('b' || course_id)) %% 1000 + "
            "abs(hashtext('c' || course_id)) %% 1000 - 1500) / 1000.0 + 0.2 * 2 * (random() + random() + random() - "
            "1.5))))::int AS low FROM {}) d WHERE id = d.episode"
        ).format(*[Identifier(ReliefEpisode._meta.db_table)] * 2),
        [list(REASONS), len(REASONS)],
    )


def measure(host, port):
    """The bench's figures. Raises BenchFailed on any wrong answer."""
    worker = _worker()
    course = Course.objects.get(pk=DiaryEntry.objects.values_list("course", flat=True).first())
    cookie = staff_cookie(User.objects.get(email=PRESCRIBER))
    paths = {"course": reverse("followup:course-show", args=[course.pk]), "report": reverse("followup:report-relief")}
    rounds, cpu, seconds = {tag: [] for tag in ("trivial", *paths)}, 0.0, 0.0
    for turn in range(ROUNDS + 1):  # the first one warms up and does not count
        asked = [("trivial", [trivial()] * TRIVIAL)]
        asked += [(tag, [ask(tag, "GET", path, 200, cookie)] * PAGES) for tag, path in paths.items()]
        for tag, requests in asked:
            done = figures.drive({"host": host, "port": port, "lanes": [requests]})
            if turn:
                rounds[tag].append(done["times"][tag])
                cpu, seconds = cpu + done["driver_cpu"], seconds + done["seconds"]
    queries = {f"{tag}_queries": _queries(path, cookie) for tag, path in paths.items()}
    return _report(rounds, cpu / seconds / 2) | queries | worker | coverage() | windows()


def _report(rounds, driver_share):
    pooled = {tag: [spent for values in found for spent in values] for tag, found in rounds.items()}
    pages = figures.percentiles(pooled["course"], "course") | figures.percentiles(pooled["report"], "report")
    return (
        {"name": "relief", "rounds": ROUNDS, "spread": max(figures.spread(found) for found in rounds.values())}
        | pages
        | {"report_s": round(pages["report_p95_ms"] / 1000, 3)}
        | figures.percentiles(pooled["trivial"], "trivial")
        | {"driver_share": round(driver_share, 2), "machine": figures.machine()}
    )


def _worker():
    """Seconds of the worker's hourly run: everything new, then nothing new; what it went over."""
    ClinicCurve.objects.update(fingerprint="")
    fresh, count = _timed(curves.refresh_curves)
    again, _ = _timed(curves.refresh_curves)
    courses = ReliefEpisode.objects.values("course").distinct().count()
    if count == 0:
        raise figures.BenchFailed("The worker found no groups.")
    return {"worker_s": fresh, "worker_again_s": again, "worker_groups": count, "worker_courses": courses}


def _timed(act):
    started = time.perf_counter()
    found = act()
    return round(time.perf_counter() - started, 2), found


def _queries(path, cookie):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
    with CaptureQueriesContext(connection) as taken:
        answer = client.get(path, headers={"host": "127.0.0.1"})
    if answer.status_code != 200:
        raise figures.BenchFailed(f"{path} answered {answer.status_code}.")
    return len(taken)


def coverage(clinics=CLINICS, recipe=None):
    """The share of simulated clinics whose 95 % interval holds the true median; and what informed censoring does to it.

    Sizes differ from clinic to clinic. `_early`: a third of the infusions are cut off because relief is about to go;
    there the interval is not expected to hold, and the figure says how far it does not.
    """
    recipe = recipe or Recipe()
    usual = _covered(clinics, recipe)
    early = _covered(max(clinics // 5, 10), Recipe(early=0.33))
    low, high = clustered_wilson([(number, number < usual["hits"]) for number in range(clinics)])
    return {
        "coverage": round(usual["hits"] / clinics, 4),
        "coverage_low": round(low, 4),
        "coverage_high": round(high, 4),
        "coverage_clinics": clinics,
        "coverage_bias_days": round(usual["bias"], 2),
        "coverage_early": round(early["hits"] / early["clinics"], 3),
        "coverage_early_bias_days": round(early["bias"], 2),
    }


def _covered(clinics, recipe):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(simulated.one_interval, [(seed, recipe) for seed in range(clinics)], chunksize=10)
    hits = sum(hit for hit, _ in found)
    return {"clinics": clinics, "hits": hits, "bias": float(np.mean([off for _, off in found if off is not None]))}


def windows(clinics=TESTED):
    """Windows that met the end of relief, by own completed intervals: in clinics as they are taken to be, and in ones
    where infusions of one patient are so uneven that 14 days are too few; `_said`: how many of those windows say so."""
    usual, uneven = _tested(clinics, Recipe()), _tested(clinics, Recipe(within=0.35))
    enough = usual["fair"] + usual["good"]
    return {
        "window_met": _share(enough),
        "window_tried": len(enough),
        "window_met_few": _share(usual["few"]),
        "window_met_uneven": _share(uneven["fair"] + uneven["good"]),
        "window_uneven_said": round(float(np.mean([said for _, said in uneven["fair"] + uneven["good"]])), 3),
    }


def _tested(clinics, recipe):
    found = {name: [] for name in window.BINS}
    for number in range(clinics):
        chance = np.random.default_rng([2027, number])
        made = simulated.clinic(simulated.sized(recipe, 60, infusions=(3, 9)), chance)
        for name, result in window.back_test(simulated.cases(made)).items():
            found[name] += zip([hit for _, hit in result.answers], result.cut_down, strict=True)
    return found


def _share(answers):
    return round(sum(hit for hit, _ in answers) / len(answers), 3)
