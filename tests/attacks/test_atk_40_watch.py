"""ATK-40 and V2.4.1: whoever opens, takes out, searches or tries far too much is seen, told of and stopped."""

import uuid
from datetime import timedelta

import pytest
import redis
from django.urls import reverse

from clinic import clock, watching
from clinic.actions.watching import sweep_access
from clinic.models import AccessReview, AuditEvent, Message
from clinic.rules import watching as rules
from tests import factories
from tests.people import people, searched, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone(monkeypatch):
    monkeypatch.setattr(watching, "_quiet_until", 0.0)
    return people()


@pytest.fixture
def narrow(monkeypatch):
    """Bounds a test can reach: odd from 3, stopped above 5."""
    for name in ("RECORDS", "FILES", "FILES_CLOSED", "REFUSED", "SEARCHES"):
        bound = getattr(rules, name)
        odd, stop = (2, 4) if name == "FILES_CLOSED" else (3, 5)
        monkeypatch.setattr(rules, name, rules.Bound(bound.kind, odd, stop, bound.seconds, bound.words))


def looked_at(client, patients):
    return [client.get(reverse("followup:patient-show", args=[one.pk])).status_code for one in patients]


def many(everyone, amount):
    return [
        factories.patient(at_site=everyone.harbor, given_name=f"P{n}", family_name="Many-Test") for n in range(amount)
    ]


def reviews():
    return [(row.kind, row.user.name, row.figures["count"], row.figures["stopped"])
            for row in AccessReview.objects.order_by("raised_at", "pk")]  # fmt: skip


def test_atk_40_record_after_record_is_told_of_and_then_stopped(everyone, narrow, redis_url):
    client, patients = signed_in(everyone.nurse), many(everyone, 7)
    assert looked_at(client, patients[:2]) == [200, 200]
    assert reviews() == []
    assert looked_at(client, patients[2:]) == [200, 200, 200, 429, 429]
    assert reviews() == [("many_records", "Nora Nurse", 3, False), ("many_records", "Nora Nurse", 6, True)]
    assert {m.user for m in Message.objects.filter(kind="access_alert")} == {everyone.clinic_admin, everyone.auditor}
    assert looked_at(client, patients[:5]) == [200] * 5, "whom one already looks after stays open"
    assert looked_at(signed_in(everyone.colleague), patients[5:]) == [200, 200], "nobody else is held up"
    page = client.get(reverse("followup:patient-show", args=[patients[6].pk])).content.decode()
    assert "Many-Test" not in page
    assert "MANY-TEST" not in page


def test_atk_40_the_patient_of_an_emergency_look_is_never_held_up(everyone, narrow, redis_url):
    client, patients, away = signed_in(everyone.nurse), many(everyone, 6), everyone.away_patient
    assert looked_at(client, patients)[-1] == 429
    named = {"family_name": away.family_name, "given_name": away.given_name, "why": "emergency"}
    born = {"born_on_month": away.born_on.month, "born_on_day": away.born_on.day, "born_on_year": away.born_on.year}
    answer = client.post("/break-glass/", named | born | {"words": "Needs treatment at once."})
    assert client.get(answer.headers["Location"]).status_code == 200


def test_v_2_4_1_ids_tried_one_after_the_other_are_told_of_and_then_stopped(everyone, narrow, redis_url):
    client = signed_in(everyone.front_desk)
    there = [reverse("followup:patient-show", args=[uuid.uuid4()]) for _ in range(7)]
    assert [client.get(address).status_code for address in there] == [404] * 5 + [429] * 2
    assert [row[:3] for row in reviews()] == [("many_refused", "Fran Desk", 3), ("many_refused", "Fran Desk", 6)]
    assert client.get(reverse("clinic:task-list")).status_code == 200
    assert AuditEvent.objects.filter(verb="denied followup:patient-show").count() == 7


def test_v_2_4_1_searching_through_the_alphabet_is_told_of_and_then_stopped(everyone, narrow, redis_url):
    client = signed_in(everyone.front_desk)
    answers = [client.post(reverse("clinic:patient-find"), {"q": letter}).status_code for letter in "abcdefg"]
    assert answers == [302] * 5 + [429] * 2
    assert [row[0] for row in reviews()] == ["many_searches"] * 2


@pytest.mark.parametrize("is_open", [True, False], ids=["by day", "at three in the morning"])
def test_atk_40_files_by_day_and_at_three_in_the_morning(everyone, narrow, redis_url, monkeypatch, is_open):
    monkeypatch.setattr("clinic.rules.hours.is_open", lambda week, at: is_open)
    client = signed_in(everyone.auditor)
    answers = [client.get(reverse("clinic:access-csv")).status_code for _ in range(7)]
    given = 5 if is_open else 4
    assert answers == [200] * given + [429] * (7 - given)
    first, last = reviews()
    assert first[2] == (3 if is_open else 2)
    assert last[3] is True
    words = AccessReview.objects.latest("raised_at").words
    assert ("while the clinic was closed" in words) is not is_open


def test_atk_40_without_redis_nobody_is_held_up_and_the_audit_still_tells(everyone, narrow):
    client, patients = signed_in(everyone.nurse), many(everyone, 7)
    assert looked_at(client, patients) == [200] * 7
    assert reviews() == []
    assert sweep_access() == 1
    assert sweep_access() == 1, "found again, raised once"
    assert reviews() == [("many_records", "Nora Nurse", 7, False)]


def test_atk_40_the_sweep_finds_every_kind_and_forgets_what_is_long_ago(everyone, narrow):
    desk, auditor = signed_in(everyone.front_desk), signed_in(everyone.auditor)
    for _ in range(4):
        desk.get(reverse("followup:patient-show", args=[uuid.uuid4()]))
        searched(desk, reverse("clinic:patient-find"), q="x")
        auditor.get(reverse("clinic:access-csv"))
    assert sweep_access(at=clock.now() + timedelta(hours=2)) == 0
    assert sweep_access() == 3
    assert {row[0] for row in reviews()} == {"many_refused", "many_searches", "many_files"}


def test_nothing_readable_stands_in_redis(everyone, narrow, redis_url):
    looked_at(signed_in(everyone.nurse), many(everyone, 2))
    with redis.from_url(redis_url) as client:
        keys = client.keys("tideline:watch:*")
        assert len(keys) == 1
        assert 0 < client.ttl(keys[0]) <= rules.RECORDS.seconds
        said = b" ".join([*keys, *client.zrange(keys[0], 0, -1)]).decode()
    assert str(everyone.nurse.pk) not in said
    assert everyone.nurse.pk.hex not in said
    assert "Many" not in said


def test_the_bounds_can_be_widened_and_are_never_lifted_in_production(everyone, narrow, redis_url, settings):
    from clinic.project import refuse

    settings.ACCESS_LIMIT_FACTOR = 2
    assert looked_at(signed_in(everyone.nurse), many(everyone, 6)) == [200] * 6
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACCESS_LIMIT_FACTOR", "0")
        assert any("ACCESS_LIMIT_FACTOR" in reason for reason in refuse.reasons())
