"""The run sheet, what is done from it, and who may open any page of a session at all."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.models import AllergyStatement, AuditEvent, PatientAlert
from clinic.pdf import missing_library
from sessions.models import Entry, InfusionSession
from sessions.urls import OF_ONE
from tests.people import signed_in
from tests.sessions.screens import begin, entry, full_board, seated, url

PLAIN = [name for rest, _, name in OF_ONE if "<" not in rest]
FOR_PRESCRIBERS = {"order-write", "chart-sign"}
ONLY_SENT_TO = {"replay"}  # no page: it is only posted to


def html_of(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_every_page_opens_for_clinicians_of_the_site_and_nobody_else(everyone, running):
    opened = {}
    for name in PLAIN:
        path, role = url(name, running.session), "prescriber" if name in FOR_PRESCRIBERS else "nurse"
        asked = (everyone.by_role(role), everyone.away[role], everyone.front_desk, everyone.auditor, None)
        asks = "post" if name in ONLY_SENT_TO else "get"
        opened[name] = tuple(getattr(signed_in(user), asks)(path).status_code for user in asked)
    expected = dict.fromkeys(PLAIN, (200, 404, 403, 403, 302)) | dict.fromkeys(ONLY_SENT_TO, (400, 404, 403, 403, 302))
    assert opened == expected | ({"record-pdf": (503, 404, 403, 403, 302)} if missing_library() else {})


def test_shows_identity_with_allergies_and_alerts(everyone, running):
    patient, now = running.patient, running.at(0)
    AllergyStatement.objects.create(
        patient=patient, source="patient", said_at=now, substance="Penicillin", reaction="rash"
    )
    PatientAlert.objects.create(patient=patient, kind="no_pressure", words="No pressure on the left arm", since=now)
    html = html_of(signed_in(everyone.nurse), url("session-show", running.session))
    assert "OKAFOR-TEST, Ngozi" in html
    assert "Penicillin (rash)" in html
    assert "No pressure on the left arm" in html


def test_shows_phase_dose_and_what_is_due(everyone, running):
    running.vitals(20)
    html = html_of(signed_in(everyone.nurse), url("session-show", running.session))
    assert "Infusing" in html
    assert "of 35 mg" in html
    assert "mg/kg at 70 kg" in html
    assert 'role="timer"' in html
    assert "Infusion chart" in html


def test_a_value_that_was_never_taken_stays_empty(everyone, running):
    running.vitals(20, heart_rate=None, missing={"heart_rate": "probe"})
    html = html_of(signed_in(everyone.nurse), url("session-show", running.session))
    assert "HR missed: the probe would not read" in html


def test_a_correction_strikes_the_old_value_through_and_says_why(everyone, running):
    wrong = running.vitals(20, systolic=196).entry
    client = signed_in(everyone.nurse)
    path = url("entry-correct", running.session, wrong.pk)
    form = html_of(client, path)
    assert 'value="196"' in form
    values = {"systolic": "169", "diastolic": "78", "heart_rate": "72", "spo2": "98", "oxygen": ""}
    assert client.post(path, entry(**values)).status_code == 422
    assert client.post(path, entry(**values, reason="digits swapped")).status_code == 302
    html = html_of(client, url("session-show", running.session))
    assert "196 corrected to 169" in html or '<s class="struck">196/78' in html
    assert "digits swapped" in html
    again = client.post(path, entry(**values, reason="once more"))
    assert again.status_code == 409


def test_a_struck_entry_stays_readable(everyone, running):
    wrong = running.vitals(20, systolic=133).entry
    client = signed_in(everyone.nurse)
    answer = client.post(url("entry-strike", running.session, wrong.pk), entry(reason="never taken"))
    assert answer.status_code == 302
    html = html_of(client, url("session-show", running.session))
    assert re.search(r'<s class="struck">133/78', html)
    assert "never taken" in html


def test_an_entry_of_the_wrong_patient_moves_to_the_right_one(everyone, running):
    other = seated(everyone, 1, "Other", running.version)
    other.check_in(5)
    wrong = running.vitals(20, systolic=133).entry
    client = signed_in(everyone.nurse)
    path = url("entry-move", running.session, wrong.pk)
    assert "OTHER, Test" in html_of(client, path)
    form = entry(reason="wrong tab", to=str(other.session.pk), strike_id="6f3c7f5e-0000-4000-8000-000000000002")
    assert client.post(path, form).status_code == 302
    assert "133/78" in html_of(client, url("session-show", other.session))


def test_one_tap_calls_an_emergency_once_and_stops_what_runs(everyone, running):
    client = signed_in(everyone.nurse)
    html = html_of(client, url("session-show", running.session))
    tap = re.search(r'emergency/">.*?name="entry_id" value="([^"]+)"', html, re.S)[1]
    for _ in range(2):
        assert client.post(url("emergency", running.session), {"entry_id": tap, "step": "called"}).status_code == 302
    assert Entry.objects.filter(kind="emergency").count() == 1
    assert InfusionSession.objects.get().phase == "observing"
    page = html_of(client, url("emergency", running.session))
    assert "Emergency services called" in page
    step = re.search(r'name="entry_id" value="([^"]+)"><button[^>]*value="airway"', page)[1]
    assert client.post(url("emergency", running.session), {"entry_id": step, "step": "airway"}).status_code == 302
    assert "Emergency in chair 1" in html_of(signed_in(everyone.colleague), "/board/")


def test_leaving_against_advice_is_never_blocked(everyone, running):
    client = signed_in(everyone.nurse)
    path = url("against-advice", running.session)
    said = {"reason": "has to go", "advice": "stay an hour", "risks": ["drowsy"], "capacity": "able", "line_out": "no",
            "told": "Dr Test", "form": "refused"}  # fmt: skip
    for name in said:
        assert client.post(path, {n: value for n, value in said.items() if n != name}).status_code == 422, name
    assert InfusionSession.objects.get().phase == "infusing"
    assert client.post(path, said).status_code == 302
    assert InfusionSession.objects.get().ending == "against_advice"
    html = html_of(client, url("session-show", running.session))
    assert "Left against advice" in html
    assert "Emergency</button>" not in html


def test_not_started_keeps_the_drawn_drug_in_use(everyone, scene, monkeypatch):
    begin(monkeypatch, 20)
    scene.ready()
    client = signed_in(everyone.nurse)
    assert client.post(url("not-started", scene.session), {"reason": "Fever"}).status_code == 302
    html = html_of(client, "/vials/")
    assert "50 mg are still in use" in html


def test_the_fragment_is_304_until_something_happens(everyone, running):
    client = signed_in(everyone.nurse)
    path = url("session-fragment", running.session) + "?view=chart"
    first = client.get(path)
    assert "<html" not in first.content.decode()
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    running.vitals(30)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_strip_shows_the_nurses_sessions_and_this_one(everyone, monkeypatch):
    begin(monkeypatch, 42)
    alarm, overdue, observing, arrived = full_board(everyone)
    html = html_of(signed_in(everyone.nurse), url("session-show", arrived.session))
    assert html.count('class="s1"') == 1
    assert "DIETZ" in html
    strip = html[html.index('class="switch"') : html.index("</nav>")]
    assert strip.count("<li") == 4
    assert strip.count('aria-current="page"') == 1


def test_the_number_of_queries_does_not_grow_with_the_entries(everyone, running):
    client, path = signed_in(everyone.nurse), url("session-show", running.session)
    client.get(path)
    counts = []
    for minute in (12, 14, 16):
        running.vitals(minute)
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


def test_opening_it_is_a_look_in_the_audit(everyone, running):
    signed_in(everyone.nurse).get(url("session-show", running.session))
    look = AuditEvent.objects.get(verb="look sessions:session-show")
    assert (look.user, look.patient) == (everyone.nurse, running.patient)


def test_scripts_in_names_are_only_words(everyone, running):
    patient = running.patient
    patient.preferred_name = "<script>alert(1)</script>"
    patient.save()
    html = html_of(signed_in(everyone.nurse), url("session-show", running.session))
    assert "<script>alert" not in html


def test_the_record_prints_everything_and_the_pdf_is_one_or_says_why_not(everyone, running):
    running.stop(30, volume_ml="17.5")
    running.vitals(31)
    client = signed_in(everyone.nurse)
    html = html_of(client, url("record-show", running.session))
    for said in ("KET-1 (lot LOT-A)", "Second check", "Stopped ketamine", "Not signed yet"):
        assert said in html
    answer = client.get(url("record-pdf", running.session))
    if answer.status_code == 200:
        assert answer.content.startswith(b"%PDF")
    else:
        assert answer.status_code == 503
        assert "Pango" in answer.content.decode()


def test_the_page_of_another_session_does_not_take_this_ones_entry(everyone, running):
    other = seated(everyone, 1, "Other", running.version)
    other.check_in(5)
    mine = running.vitals(20).entry
    assert signed_in(everyone.nurse).get(url("entry-correct", other.session, mine.pk)).status_code == 404
