"""The pages about copies and space: who sees them, what they say, what a full disk closes."""

from datetime import timedelta

import pytest

from clinic import clock, space
from clinic.actions import backups
from clinic.models import AuditEvent, Heartbeat
from clinic.rules import space as rules
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


@pytest.fixture(autouse=True)
def _forget():
    """What this process learned of a full disk is nothing to the next test."""
    yield
    space.note(rules.OK)


def full(stage):
    Heartbeat.objects.create(part="space", at=clock.now(), detail=stage)


def test_copies_are_the_admins_and_the_auditors_to_see(p):
    for role, status in (("clinic_admin", 200), ("auditor", 200), ("nurse", 403), ("front_desk", 403)):
        assert signed_in(getattr(p, role)).get("/health/backups/").status_code == status, role
    assert AuditEvent.objects.filter(verb="look backups", is_look=True).count() == 2


def test_every_run_stands_there_with_its_time_size_and_outcome(p, django_assert_max_num_queries):
    now = clock.now()
    for n in range(30):
        backups.note_run(
            kind="dump", name=f"dump-{n}", started_at=now - timedelta(seconds=42), outcome="ok", size=3 << 20
        )
    backups.note_run(kind="restore", name="dump-1", started_at=now, outcome="failed", words="Table x is missing.")
    admin = signed_in(p.clinic_admin)
    admin.get("/health/backups/")
    with django_assert_max_num_queries(30):
        page = admin.get("/health/backups/").content.decode()
    assert "dump-29" in page
    assert "42 s" in page
    assert "3 MB" in page
    assert "Table x is missing." in page
    assert "The last trial restore failed." in page


def test_without_any_copy_the_page_says_what_to_do(p):
    page = signed_in(p.clinic_admin).get("/health/backups/").content.decode()
    assert "No copy has been taken yet" in page
    assert "No copy of the record has ever been taken." in page


def test_the_health_page_has_the_lines_and_readiness_does_not_hang_on_them(p, client):
    page = signed_in(p.clinic_admin).get("/health/").content.decode()
    for words in ("Copies of the record", "Log of changes between copies", "Trial restore", "Space on the disks"):
        assert words in page
    assert not any("backup" in part for part in client.get("/health/ready/").json()["parts"])


@pytest.mark.parametrize(("stage", "shown"), [("ok", False), ("tight", False), ("no_files", True), ("read_only", True)])
def test_rel_15_everybody_reads_on_every_page_that_space_is_short(p, stage, shown):
    full(stage)
    for role in ("nurse", "front_desk", "clinic_admin"):
        page = signed_in(getattr(p, role)).get("/patients/").content.decode()
        assert ("The server is" in page) is shown, role


def test_rel_15_when_it_is_full_forms_are_refused_in_words_and_nothing_is_written(p):
    full("read_only")
    desk = signed_in(p.front_desk)
    desk.get("/patients/")
    before = AuditEvent.objects.filter(is_look=False).count()
    answer = desk.post("/patients/add/", {"family_name": "Typed"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
    assert "Nothing you typed was saved" in answer.content.decode()
    assert AuditEvent.objects.filter(is_look=False).count() == before
    assert desk.get("/patients/").status_code == 200
    assert desk.post("/accounts/logout/").status_code in (200, 302)


@pytest.mark.parametrize(
    ("namespace", "name", "status"),
    [("sessions", "vitals-record", None), ("", "account_login", None), ("", "mfa_authenticate", None),
     ("clinic", "patient-add", 503), ("followup", "visit-book", 503), ("intake", "packet-page", 503)],
)  # fmt: skip
def test_rel_15_the_chairs_and_the_door_stay_open(rf, namespace, name, status):
    space.note(rules.READ_ONLY)
    request = rf.post("/")
    request.resolver_match = type("Match", (), {"namespace": namespace, "view_name": name, "url_name": name})()
    answer = space.SpaceMiddleware(lambda request: None).process_view(request, None, (), {})
    assert (answer.status_code if answer else None) == status


def test_a_process_that_has_not_heard_for_two_minutes_lets_forms_through(monkeypatch):
    space.note(rules.READ_ONLY)
    assert space.noted() == rules.READ_ONLY
    monkeypatch.setattr(space.time, "monotonic", lambda: space._noted[1] + space.REMEMBERED_SECONDS + 1)
    assert space.noted() == rules.OK
