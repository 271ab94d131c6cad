"""G-12 in small, on every run: a marked person goes through the pages, and nothing behind them names them.

`./test --canary` is the same over all browser tests; here are the ways in which things fail, which no journey takes.
"""

import logging

import psycopg2
import pytest
import redis
from django.db import DataError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import translation

from clinic import clock, live, notify
from clinic.actions.alerts import raise_alert
from clinic.dev.embedded import APPLICATION
from clinic.models import AuditEvent, Patient
from clinic.notify import kinds_sms, sender
from clinic.notify.kinds import IN_SUBJECT, KINDS, shipped
from clinic.notify.texts import placeholders_in
from intake.actions import packets
from tests import factories
from tests.attacks.door import come_in
from tests.browser import serving
from tests.canary import SUBJECTS, Recorder, deaf, sinks
from tests.people import people, signed_in

GIVEN, FAMILY, STREET = "Quirin", "Zaphodsson-Test", "17 Xylophone Crescent"
MAIL, PHONE, SAID = "quirin.zaphodsson@tideline.example", "555 0177", "the voices by the harbour at night"
MARKED = (GIVEN, FAMILY, STREET, MAIL, PHONE, SAID)


@pytest.fixture
def everyone(live_db):
    found = people()
    told = {"given_name": GIVEN, "family_name": FAMILY, "address": STREET, "email": MAIL, "phone": PHONE}
    Patient.objects.filter(pk=found.patient.pk).update(**told, preferred_name="")
    found.patient.refresh_from_db()
    return found


def found_in(text):
    """The marked words in a text."""
    return [word for word in MARKED if word in text]


def test_g_12_the_canary_finds_what_it_looks_for(tmp_path):
    recorder = Recorder(tmp_path)
    recorder.known = {FAMILY}
    (tmp_path / "markers.json").write_text(f'["{FAMILY}"]')
    recorder.keep("a log", f"nothing\nabout {FAMILY}\n")
    recorder.keep("another", "0f8fad5b-d9cd-469f-a165-70867728950e\n")
    said = [(sink.name, sink.found, sink.ids) for sink in sinks(tmp_path)]
    assert said == [("a log", [FAMILY], 0), ("another", [], 1)]


def test_g_12_no_subject_names_the_time_of_a_visit(everyone, tmp_path):
    nine = "Thursday 14 May at 9:00 am"
    told = {"recipient": everyone.patient, "site": everyone.site, "context": {"when": nine}}
    notify.enqueue("visit_booked", dedupe_key="nine", due_at=clock.now(), **told)
    recorder = Recorder(tmp_path)
    recorder.learn()
    recorder.keep(SUBJECTS, f"Harbor: your visit on {nine}\n")
    assert [(sink.name, sink.found) for sink in sinks(tmp_path)] == [(SUBJECTS, [nine])]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_g_12_a_shipped_subject_names_nothing_but_the_site(kind):
    assert placeholders_in(kind.subject) <= IN_SUBJECT
    with translation.override("es"):
        assert placeholders_in(translation.gettext(kind.subject)) <= IN_SUBJECT


def test_g_12_a_log_that_was_shut_before_the_end_is_told_of(tmp_path):
    """What starts the project again in a test shuts every log: what is clean then was not listened to."""
    whole, shut = Recorder(tmp_path / "whole"), Recorder(tmp_path / "shut")
    with whole.logging():
        logging.getLogger("clinic").warning("said")
    assert deaf(tmp_path) == []
    with shut.logging():
        root = logging.getLogger()
        ear = root.handlers[-1]
        root.removeHandler(ear)
    assert deaf(tmp_path) == ["shut"]


def test_g_12_serving_the_pages_to_a_browser_shuts_no_log(tmp_path):
    """Django's own `get_wsgi_application` sets logging up anew."""
    recorder = Recorder(tmp_path)
    with recorder.logging(), serving():
        logging.getLogger("clinic").warning("said after the pages are up")
    assert "said after the pages are up" in (tmp_path / "log of the pages.txt").read_text()
    assert deaf(tmp_path) == []


def test_g_12_and_log_1_a_failing_statement_leaves_no_name_in_the_databases_log(everyone, cluster):
    """The three ways: a constraint, a value that can't be read, a statement of the superuser's that ends badly."""
    with pytest.raises(IntegrityError, match="Zaphodsson"), transaction.atomic():
        Patient.objects.filter(pk=everyone.patient.pk).update(born_on=None)
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid, pg_sleep(0)", [f"{GIVEN} {FAMILY} {STREET}"])
    database = connection.settings_dict["NAME"]
    with psycopg2.connect(cluster.url(APPLICATION, database)) as other, pytest.raises(psycopg2.Error):
        other.cursor().execute(f"SELECT '{FAMILY}' FROM no_such_table WHERE name = '{MAIL}'")
    other.close()
    text = cluster.log_file().read_text(errors="replace")
    assert "database system is ready" in text
    assert found_in(text) == []
    with cluster.superuser(database) as cursor:
        cursor.execute("SET log_min_messages = error")
        with pytest.raises(psycopg2.Error):
            cursor.execute("SELECT %s::uuid", ["a canary that is meant to be seen"])
    assert "a canary that is meant to be seen" in cluster.log_file().read_text(), "else the log would show it"


def test_log_1_the_cluster_logs_neither_statements_nor_their_values(live_db):
    wanted = {
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(wanted)])
        assert dict(cursor.fetchall()) == wanted


def test_g_12_a_day_of_a_marked_person_leaves_nothing_behind_the_pages(
    everyone, redis_url, settings, tmp_path, mailoutbox, cluster
):
    recorder = Recorder(tmp_path)
    with recorder.logging(), recorder.redis(redis_url):
        a_day(everyone)
    log = (tmp_path / "log of the pages.txt").read_text()
    commands = (tmp_path / "Redis commands.txt").read_text()
    assert "Not Found" in log
    assert "XADD" in commands.upper()
    with redis.from_url(redis_url) as client:
        left = b"".join(client.dump(key) or b"" for key in client.keys("*")).decode(errors="replace")
    heads = "".join(f"{letter.subject}{letter.extra_headers}" for letter in mailoutbox)
    assert [letter.to for letter in mailoutbox].count([MAIL]) == 1
    database = cluster.log_file().read_text(errors="replace")
    for place, text in {"log": log, "Redis": commands + left, "mail": heads, "PostgreSQL": database}.items():
        assert found_in(text) == [], place


def a_day(everyone):
    """Search, look, edit, refuse, break, announce, mail, alert: with the marked words in every hand."""
    nurse, desk, patient = signed_in(everyone.nurse), signed_in(everyone.front_desk), everyone.patient
    nurse.raise_request_exception = False
    for there in (f"/patients/?q={FAMILY}", f"/patients/find/?q={FAMILY}", f"/{FAMILY.lower()}/nowhere/?name={GIVEN}"):
        nurse.get(there, headers={"User-Agent": "Mozilla/5.0"})
    for there in ("/patients/find/", "/intake/"):
        assert nurse.post(there, {"q": FAMILY}, follow=True).status_code == 200
    nurse.get(reverse("followup:patient-show", args=[patient.pk]))
    desk.post(f"/patients/{patient.pk}/edit/", {"family_name": FAMILY, "email": "no address", "version": "0"})
    desk.post("/patients/add/", {"family_name": FAMILY, "given_name": GIVEN, "email": MAIL, "phone": PHONE})
    alert = raise_alert("other", patient=patient, site=everyone.site, words=SAID, by=None)
    live.announce(everyone.site.pk, "alert", str(alert.pk), 1)
    packets.invite(patient=patient, site=everyone.site, by=everyone.nurse)
    noon = clock.now().replace(hour=17, minute=0)
    sender.sweep(at=noon if noon >= clock.now() else clock.now().replace(hour=23))
    for problem in (ValueError(f"{GIVEN} {FAMILY!r}"), LookupError(SAID)):
        try:
            raise problem
        except (ValueError, LookupError):
            logging.getLogger("clinic").exception("Something broke")


@pytest.mark.parametrize("spoken", ["en", "es"])
def test_g_12_no_kind_of_message_names_a_person_in_its_subject_or_a_text_message(spoken):
    """The body of a mail may greet; a subject and a text message stand on locked screens."""
    for kind in KINDS:
        subject, _ = shipped(kind, spoken)
        for text in (subject, kinds_sms.short(kind, spoken)):
            assert not [place for place in ("{name}", "{given", "{family", "{born") if place in text], (kind, text)
    assert len(KINDS) > 15


def test_v14_2_1_no_address_of_a_patients_link_tells_whose_it_is(everyone):
    _, token = factories.link(of=everyone.patient, at_site=everyone.site, purpose="packet")
    client, answer = come_in(token)
    said = f"{answer.headers}{client.cookies}{dict(client.session)}"
    assert found_in(said) == []
    assert everyone.patient.born_on.isoformat() not in said
    assert found_in("".join(map(str, AuditEvent.objects.values_list("verb", "detail", "request_id")))) == []
