"""The benches' own parts: percentiles, copies that belong together, a driver that tells wrong answers."""

import random
from urllib.parse import urlsplit

import pytest
from django.db import connection

from clinic.dev.bench import chart, figures, search
from clinic.dev.bench.multiply import copies
from clinic.dev.bench.requests import staff_cookie, trivial
from clinic.models import Patient
from intake.models import Packet, PageAnswers
from sessions import queries
from sessions.presenters.sheet import sheet_page
from tests.intake.packets import submitted
from tests.people import people
from tests.sessions.scene import Scene


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)]
)  # fmt: skip
def test_percentiles_are_nearest_ranks(share, expected):
    assert figures.percentile(range(100, 0, -1), share) == expected


def test_the_spread_is_that_of_the_rounds_medians():
    assert figures.spread([[9, 10, 11], [19, 20, 21], [9, 10, 30]]) == 1.0
    assert figures.spread([[5], [5], [5]]) == 0


def test_one_value_is_every_percentile():
    assert figures.percentiles([7], "save") == {"save_p50_ms": 7, "save_p95_ms": 7, "save_p99_ms": 7}


def test_copies_belong_to_each_other(live_db, cluster):
    packet = submitted(people())
    chosen = [
        (Patient, [packet.patient_id]),
        (Packet, [packet.pk]),
        (PageAnswers, list(packet.pages.values_list("pk", flat=True))),
    ]
    connection.close()
    with cluster.superuser(live_db) as cursor:
        copies(cursor, chosen, start=1, count=3)
    assert Packet.objects.count() == 4
    numbers = set()
    for copied in Packet.objects.exclude(pk=packet.pk).select_related("patient"):
        assert copied.pages.count() == packet.pages.count()
        assert copied.patient_id != packet.patient_id
        numbers.add(copied.patient.record_number)
    assert len(numbers) == 3


def test_the_driver_times_every_request_and_tells_a_wrong_answer(site_url):
    place = urlsplit(site_url)
    fine = {"tag": "trivial", "method": "GET", "path": "/health/live/", "expect": 200}
    plan = {"host": place.hostname, "port": place.port, "lanes": [[fine] * 3, [fine] * 2]}
    assert len(figures.drive(plan)["times"]["trivial"]) == 5
    wrong = fine | {"path": "/nowhere/"}
    with pytest.raises(figures.BenchFailed, match="404 instead of 200"):
        figures.drive(plan | {"lanes": [[fine, wrong]]})


def test_the_driver_follows_a_search_to_the_page_that_answers_it(site_url, settings):
    settings.BASE_URL, user = site_url, people().front_desk
    place, cookie = urlsplit(site_url), staff_cookie(user)
    asked = search._question("nobody", "qqxxzz", cookie)
    plan = {
        "host": place.hostname,
        "port": place.port,
        "lanes": [[asked, asked, trivial() | {"path": "/health/live/"}]],
    }
    assert len(figures.drive(plan)["times"]["nobody"]) == 2
    with pytest.raises(figures.BenchFailed, match="200 instead of 404"):
        figures.drive(plan | {"lanes": [[asked | {"then": 404}]]})


@pytest.mark.django_db
def test_the_readings_of_the_chart_bench_are_what_a_run_sheet_shows():
    scene = Scene(people()).running()
    chart._chart(scene.session, 60, 30, "monitor", random.Random(3))
    state = queries.state_of(scene.fresh(), scene.at(42))
    newest = scene.session.entries.filter(kind="vitals").latest("observed_at")
    assert state.last["systolic"].entry_id == newest.pk
    assert state.alarms == [], "each alarm of the bench was closed by the calm set after it"
    assert scene.session.entries.filter(kind="alarm").count() == 2
    page = sheet_page(queries.sheet(scene.session, scene.at(42)), user=scene.nurse)
    assert page.entries == scene.session.entries.count()
    assert len(page.chart.readings) == 61
