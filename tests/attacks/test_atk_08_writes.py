"""Requests that nobody's page would send: ATK-06, -08, -11, -14, -15, -23 and -30 on every address of the product."""

import json
import re
import uuid

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.models import AuditEvent, Membership, User
from tests import factories
from tests.attacks.sessions import BODY, rows
from tests.attacks.test_atk_05_looks import ODD, SQL, is_broken
from tests.attacks.test_atk_10 import Elements
from tests.attacks.world import MARK, form_names, kind, leads_away, nowhere, timed
from tests.factories.places import PASSWORD
from tests.house import matrix
from tests.house.test_matrix import PUBLIC

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
CLOSED = (*matrix.STOPPED, "405", "400")
SIGNED_CALLS = {"clinic:sms-take", "clinic:sms-report"}  # the provider's signature stands for the token
NEXT = (
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example/", "///evil",
    "http:///evil.example", "//evil.example@127.0.0.1/", "/\t/evil.example", "\t//evil.example", "javascript:alert(1)",
    "data:text/html,x", "//127.0.0.1:1/", "https://testserver.evil.example/", "/%5cevil.example/..//evil.example",
)  # fmt: skip
# Never asked for by any form: who did it, when, and what somebody is.
WHO = ("signed_by", "recorded_by", "entered_by", "made_by", "done_by", "added_by", "approved_by", "posted_by",
       "acknowledged_by", "signer", "author", "user_id", "patient_id", "session_id", "site_id")  # fmt: skip
WHEN = ("signed_at", "created_at", "made_at", "recorded_at", "received_at", "posted_at", "acknowledged_at", "done_at",
        "approved_at", "submitted_at", "started_at", "stopped_at")  # fmt: skip
WHAT = {"is_staff": "on", "is_superuser": "1", "is_active": "on", "field_class": "safe", "demo": "on", "xact": "1"}
LONG_AGO = "1999-09-09T09:09:09Z"


def open_to_anyone(name):
    """Pages that are for everybody, on purpose."""
    return name in PUBLIC or name.startswith(("account_", "mfa_", "usersessions_"))


# --- ATK-08: nobody in particular, by every method
@pytest.mark.parametrize("method", METHODS)
def test_atk_08_anonymous_reaches_the_listed_pages_only(world, method):
    reached = set()
    asked = 0
    for path in matrix.paths():
        there = nowhere(path)
        if there is None or path.namespace == "dev":
            continue
        asked += 1
        answer = world.at(there, method)
        assert not is_broken(answer), (method, path.name)
        assert not leads_away(answer), (method, path.name)
        if matrix.word_for(answer) not in CLOSED:
            reached.add(path.name)
    assert {name for name in reached if not open_to_anyone(name)} == set()
    assert asked > 300


def test_v4_1_4_no_page_writes_by_a_method_it_was_not_made_for(world):
    """Whoever may open the page: DELETE is answered like a look, or refused."""
    for spot in world.spots:
        written = Written()
        with connection.execute_wrapper(written):
            answer = world.ask(spot, "delete")
        assert answer.status_code < 500, spot
        assert written.values == [], spot


# --- ATK-14: forms without their token, looks that write
def test_atk_14_no_form_is_taken_without_its_token(world):
    taken = set()
    for spot in world.spots:
        if world.browser(spot.who, enforce_csrf_checks=True).post(spot.address, BODY).status_code != 403:
            taken.add(spot.name)
    assert taken == SIGNED_CALLS
    assert len(world.spots) > 250


def test_atk_14_signing_in_from_elsewhere_needs_a_token_of_ours(world):
    """Nobody is signed in under somebody else's name by a page of theirs."""
    typed = {"login": world.people.nurse.email, "password": "irrelevant-here-123"}
    browser = world.browser("anyone", enforce_csrf_checks=True)
    assert browser.post("/accounts/login/", typed).status_code == 403
    token = {"csrfmiddlewaretoken": browser.get("/accounts/login/", secure=True).cookies["csrftoken"].value}
    for origin in ({"origin": "https://evil.example"}, {"origin": "null"}, {"referer": "https://evil.example/x"}, {}):
        answer = browser.post("/accounts/login/", typed | token, secure=True, headers=origin)
        assert answer.status_code == 403, origin
    answer = browser.post("/accounts/login/", typed | token, secure=True, headers={"origin": "https://testserver"})
    assert answer.status_code != 403


def test_atk_14_a_token_of_another_browser_is_none(world):
    theirs = world.browser("anyone", enforce_csrf_checks=True).get("/accounts/login/").cookies["csrftoken"].value
    browser = world.browser("nurse", enforce_csrf_checks=True)
    browser.get("/board/")
    for there in ("/site/", "/accounts/logout/"):
        assert browser.post(there, {"csrfmiddlewaretoken": theirs}).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["a page", "a fragment"])
def test_atk_14_looking_at_everything_changes_nothing(world, headers):
    """V3.5.3: not one row of any table but the log, the browsers' sessions and what tells a browser apart."""
    before = rows()
    for spot in world.spots:
        answer = world.browser(spot.who).get(spot.address, headers=headers)
        assert b"".join(answer) is not None
    after = rows()
    changed = {
        model.__name__: len(after[model]) - len(before[model]) for model in before if after[model] != before[model]
    }
    assert changed == {}


# --- ATK-15: fields nobody asked for
class Written:
    """What the statements of a request put into the database, but for the log and the browsers' sessions."""

    def __init__(self):
        self.values = []

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE")) and not any(
            table in sql for table in ("clinic_auditevent", "django_session")
        ):
            self.values += [str(value) for value in params or ()]
        return execute(sql, params, many, context)


def test_atk_15_no_form_of_the_product_takes_who_when_or_what_somebody_is(world):
    """Every form, sent with more than it asks for by somebody who may send it: none of it is ever written."""
    planted = str(factories.user(name="Nobody Here").pk)
    extra = dict.fromkeys(WHO, planted) | dict.fromkeys(WHEN, LONG_AGO) | WHAT | {"next": NEXT[0]}
    roles = sorted(Membership.objects.values_list("user", "role", "site"))
    wrote = 0
    for spot in world.spots:
        written = Written()
        typed = extra | BODY | {"entry_id": str(uuid.uuid4())}
        with connection.execute_wrapper(written):
            answer = world.ask(spot, "post", typed)
        assert answer.status_code < 500, spot
        assert not leads_away(answer), spot
        assert planted not in written.values, spot
        assert not [value for value in written.values if value.startswith("1999-09-09")], spot
        wrote += bool(written.values)
    assert wrote > 40, "so many of them wrote something"
    assert sorted(Membership.objects.values_list("user", "role", "site")) == roles
    assert not User.objects.filter(is_superuser=True).exclude(pk__in=[world.people.clinic_admin.pk]).exists()


# --- ATK-06 and ATK-11: odd words in every field
def test_atk_06_and_11_every_field_of_every_form_takes_the_attack_as_words(world):
    for spot in world.spots:
        for words in (MARK, "9" * 400):
            typed = dict.fromkeys(form_names(), words) | {"entry_id": str(uuid.uuid4())}
            answer = world.ask(spot, "post", typed)
            assert answer.status_code < 500, (spot, words[:20])
            if kind(answer) == "text/html":
                assert Elements(answer.body.decode()).found == [], spot


def test_atk_06_few_fields_at_a_time_as_hypothesis_finds_them(world):
    words = st.one_of(
        st.sampled_from(SQL + ODD), st.text(st.characters(codec="utf-8"), max_size=30), st.integers().map(str)
    )
    typed = st.dictionaries(st.sampled_from(sorted(form_names())), words, min_size=1, max_size=4)

    @settings(max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(spot=st.sampled_from(world.spots), typed=typed)
    def holds(spot, typed):
        assert world.ask(spot, "post", BODY | typed).status_code < 500, (spot, typed)

    holds()


# --- ATK-23: where a page leads next
@pytest.mark.parametrize("there", NEXT, ids=range(len(NEXT)))
def test_atk_23_no_redirect_leaves_the_site(world, there):
    pk = world.own.get("link").pk
    for who, address in (
        ("nurse", "/site/"), ("nurse", "/theme/"), ("anyone", "/theme/"), ("anyone", "/language/"),
        ("patient", "/language/"), ("front_desk", f"/links/{pk}/resend/"), ("nurse", "/accounts/logout/"),
    ):  # fmt: skip
        typed = {"next": there, "site": world.own.site.pk, "theme": "dark", "language": "es"}
        answer = world.at(address, "post", typed, who=who)
        assert answer.status_code < 500, (who, address)
        assert not leads_away(answer), (who, address, answer.headers["Location"])
    for who, address in (("nurse", "/accounts/login/"), ("anyone", "/accounts/login/"), ("nurse", "/accounts/logout/")):
        answer = world.at(address, data={"next": there}, who=who)
        assert not leads_away(answer), (who, address)
        assert b'href="javascript:' not in answer.body
    typed = {"login": world.people.nurse.email, "password": PASSWORD}
    answer = world.at(f"/accounts/login/?next={there}", "post", typed | {"next": there})
    assert not leads_away(answer)


# --- ATK-30: too much of everything
URLENCODED = "application/x-www-form-urlencoded"
HEAVY = {
    "1001 fields": (URLENCODED, "&".join(f"f{n}=1" for n in range(1001)), 400),
    "3 MB of a field": (URLENCODED, "text=" + "x" * 3_000_000, 400),
    "3 MB of JSON": ("application/json", json.dumps({"a": "x" * 3_000_000}), None),
    "nested 10,000 deep": ("application/json", "[" * 10_000 + "]" * 10_000, None),
    "packed": ("application/octet-stream", b"\x1f\x8b" + b"\0" * 100_000, None),
}


@pytest.mark.parametrize("name", HEAVY)
def test_atk_30_a_heavy_request_is_refused_within_a_second(world, name):
    media_type, body, status = HEAVY[name]
    for who, there in (("anyone", "/accounts/login/"), ("patient", "/packet/goals/"), ("nurse", "/patients/add/")):
        seconds, answer = timed(lambda who=who, there=there: world.at(
            there, "post", body, who=who, content_type=media_type, headers={"content-encoding": "gzip"}
        ))  # fmt: skip
        assert seconds < 1.0, (who, seconds)
        assert answer.status_code < 500, (who, answer.status_code)
        assert status is None or answer.status_code in (status, 413), (who, answer.status_code)


def test_atk_30_a_drawing_nested_ten_thousand_deep_is_a_drawing_that_cannot_be_read(world):
    for drawing in ("[" * 10_000 + "]" * 10_000, '{"a":' * 5_000, "[[[1,2],[NaN,3]]]", "1e999", "null", '"x"', "[1]"):
        answer = world.at("/packet/consents/treatment/", "post", {"drawing": drawing}, who="patient")
        assert answer.status_code in (200, 302, 303, 404, 409, 422), drawing[:20]


def test_atk_30_no_page_is_as_large_as_somebody_asks(world):
    for there, who in (
        ("/patients/", "nurse"),
        ("/tasks/", "nurse"),
        ("/outbox/", "front_desk"),
        ("/audit/", "auditor"),
    ):
        for asked in ({"page_size": "1000000000"}, {"page": "1000000000"}, {"page": "9" * 5000}, {"limit": "1e9"}):
            seconds, answer = timed(lambda there=there, asked=asked, who=who: world.at(there, data=asked, who=who))
            assert (answer.status_code, seconds < 1.0) == (200, True), (there, asked, seconds)


def test_v15_3_7_the_same_name_twice_counts_once_and_the_last(world):
    twice, once = (
        world.at(f"/tasks/?{asked}", who="nurse").body.decode() for asked in ("show=mine&show=all", "show=all")
    )
    here = re.compile(r'<a[^>]*aria-current="[^"]*"[^>]*>[^<]*')
    assert here.findall(twice) == here.findall(once) != []


def test_v16_3_2_every_refusal_of_a_member_of_staff_stands_in_the_log(world):
    before = AuditEvent.objects.filter(verb__startswith="denied ").count()
    with override_settings(DEBUG=False):
        world.browser("front_desk").get("/audit/")
        world.browser("nurse").get(f"/patients/{uuid.uuid4()}/")
    assert AuditEvent.objects.filter(verb__startswith="denied ").count() == before + 2
