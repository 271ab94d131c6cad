"""Who looked, what left, is the record whole: the auditor's pages, and the papers a patient may ask for."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import audit, clock
from clinic.actions.amendments import ask_amendment
from clinic.actions.disclosures import note_disclosure
from clinic.models import AuditEvent, Disclosure, SealCheck
from clinic.presenters.sealing import care_of_clocks, care_of_seals
from clinic.queries import clocks
from sessions.queries.clocks import care_of_devices
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
READERS = ("auditor", "clinic_admin")


everyone = standing(people)


@pytest.fixture
def events(everyone):
    """A look, a change, a file taken, another patient's look; one through an emergency look."""
    here = {"patient": everyone.patient, "site": everyone.site}
    with audit.context(address="192.0.2.7"):
        audit.record("visit.booked", None, by=everyone.nurse, **here)
    with audit.context(address="192.0.2.8"):
        AuditEvent.objects.bulk_create([
            audit.event("look followup:patient-show", None, by=everyone.nurse, is_look=True, **here),
            audit.event("take followup:safety-csv", None, by=everyone.prescriber, is_look=True, **here),
            audit.event("look followup:patient-show", None, by=everyone.colleague, is_look=True,
                        detail={"break_glass": "x"}, **here),
        ])  # fmt: skip
    audit.record("visit.away", None, by=everyone.away["nurse"], patient=everyone.away_patient, site=everyone.prairie)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_onc_d3_the_log_by_time_user_patient_action_and_address(everyone, events):
    client = signed_in(everyone.auditor)

    def found(**asked):
        page = client.get("/audit/", asked).context["page"]
        return [line.event.verb for line in page.lines if not line.event.verb.startswith("look audit")]

    assert set(found(address="192.0.2.7")) == {"visit.booked"}
    assert set(found(verb="safety")) == {"take followup:safety-csv"}
    assert len(found(record_number=everyone.patient.record_number)) == 4
    assert found(user=everyone.prescriber.pk) == ["take followup:safety-csv"]
    assert found(begin=clock.now().date() + dt.timedelta(days=2)) == []


@pytest.mark.parametrize("column", list(audit.ORDERS))
def test_onc_d3_the_log_is_sortable_by_each_column_both_ways(everyone, events, column):
    client = signed_in(everyone.auditor)

    def keys(sort):
        page = client.get("/audit/", {"sort": sort, "record_number": everyone.patient.record_number}).context["page"]
        field = {"user": "user.name", "verb": "verb", "at": "at", "address": "address"}.get(column, "pk")
        values = []
        for line in page.lines:
            value = line.event
            for step in field.split("."):
                value = getattr(value, step)
            values.append(value)
        return values

    up, down = keys(column), keys(f"-{column}")
    assert len(up) == len(down) == 4
    if column in ("user", "verb", "at", "address"):
        assert up == sorted(up)
        assert down == sorted(down, reverse=True)
    page = client.get("/audit/", {"sort": column}).content.decode()
    assert 'aria-sort="ascending"' in page


def test_an_order_that_does_not_exist_is_the_usual_one(everyone, events):
    page = signed_in(everyone.auditor).get("/audit/", {"sort": "password"}).context["page"]
    assert [line.event.at for line in page.lines] == sorted((line.event.at for line in page.lines), reverse=True)


def test_onc_d3_the_log_as_a_file_with_safe_cells(everyone, events):
    audit.record("=cmd()", None, by=everyone.nurse, site=everyone.site, reason="=1+1")
    client = signed_in(everyone.auditor)
    rows = rows_of(client.get("/audit/log.csv", {"user": everyone.nurse.pk, "sort": "verb"}))
    assert {row["What"] for row in rows} == {"'=cmd()", "look followup:patient-show", "visit.booked"}
    assert {row["Why"] for row in rows} == {"", "'=1+1"}
    assert {row["Sealed"] for row in rows} == {"not yet"}
    assert AuditEvent.objects.filter(verb="take clinic:audit-file", user=everyone.auditor).count() == 1
    assert client.get("/audit/log.csv", {"begin": "2026-05-14", "end": "2026-05-13"}).status_code == 422


@pytest.mark.parametrize("role", READERS)
def test_who_looked_at_this_patient(everyone, events, role):
    page = signed_in(everyone.by_role(role)).get(f"/patients/{everyone.patient.pk}/audit/")
    people_there = {row["user__name"]: row for row in page.context["page"].people}
    assert people_there["Nora Nurse"]["looks"] == people_there["Nora Nurse"]["changes"] == 1
    assert people_there["Petra Prescriber"]["taken"] == 1
    said = page.content.decode()
    assert "through an emergency look" in said
    assert "visit.away" not in said


@pytest.mark.parametrize(("what", "count"), [("look", 2), ("take", 1), ("change", 1)])
def test_who_looked_filtered(everyone, events, what, count):
    client = signed_in(everyone.auditor)
    page = client.get(f"/patients/{everyone.patient.pk}/audit/", {"what": what}).context["page"]
    mine = [line for line in page.lines if line.event.user != everyone.auditor]
    assert len(mine) == count


def test_a_stranger_s_patient_is_not_there_and_clinicians_do_not_judge_themselves(everyone):
    for path in ("audit", "audit/paper", "disclosures", "disclosures/paper"):
        assert signed_in(everyone.auditor).get(f"/patients/{everyone.away_patient.pk}/{path}/").status_code == 404
    for role in ("front_desk", "nurse", "prescriber"):
        assert signed_in(everyone.by_role(role)).get(f"/patients/{everyone.patient.pk}/audit/").status_code == 403


def test_the_paper_for_the_patient_is_in_their_language(everyone, events):
    everyone.patient.language = "es"
    everyone.patient.save()
    said = signed_in(everyone.clinic_admin).get(f"/patients/{everyone.patient.pk}/audit/paper/").content.decode()
    assert '<html lang="es">' in said
    assert "Nora Nurse" in said
    assert "Who looked at your record" not in said
    assert "followup:patient-show" not in said
    took = AuditEvent.objects.filter(verb="take clinic:audit-paper", patient=everyone.patient)
    assert took.count() == 1


def noted(everyone, **more):
    told = {
        "patient": everyone.patient, "site": everyone.site, "kind": "told", "way": "spoken", "purpose": "law",
        "what": "That the patient was here", "to_whom": "Sample county court", "by": everyone.prescriber,
    }  # fmt: skip
    return note_disclosure(**(told | more))


def test_onc_d11_the_accounting_of_a_site_filtered_sorted_and_as_a_file(everyone):
    noted(everyone)
    noted(everyone, purpose="treatment", to_whom="=HYPERLINK()")
    noted(everyone, patient=everyone.away_patient, site=everyone.prairie)
    client = signed_in(everyone.auditor)
    page = client.get("/disclosures/").context["page"]
    assert len(page.rows) == 2
    assert [row.to_whom for row, _ in client.get("/disclosures/", {"purpose": "must"}).context["page"].rows] == [
        "Sample county court"
    ]
    by_name = client.get("/disclosures/", {"sort": "to"}).context["page"].rows
    assert [row.to_whom for row, _ in by_name] == ["=HYPERLINK()", "Sample county court"]
    rows = rows_of(client.get("/disclosures/list.csv"))
    assert {row["To whom"] for row in rows} == {"'=HYPERLINK()", "Sample county court"}
    assert {row["In the accounting by law"] for row in rows} == {"", "yes"}
    assert client.get("/disclosures/", {"begin": "2026-02-02", "end": "2026-02-01"}).status_code == 422


FIELDS = {"kind": "told", "what": "Dates of visits", "to_whom": "Sample practice", "way": "spoken",
          "purpose": "treatment", "told_at": "2026-05-14T09:30", "note": ""}  # fmt: skip


@pytest.mark.parametrize(("role", "status"), [("nurse", 302), ("prescriber", 302), ("clinic_admin", 302),
                                              ("front_desk", 403), ("auditor", 403)])  # fmt: skip
def test_who_notes_a_disclosure(everyone, role, status):
    answer = signed_in(everyone.by_role(role)).post(f"/patients/{everyone.patient.pk}/disclosures/add/", FIELDS)
    assert answer.status_code == status
    assert Disclosure.objects.count() == (status == 302)


def test_a_disclosure_that_lacks_something_keeps_what_was_typed(everyone):
    there = f"/patients/{everyone.patient.pk}/disclosures/add/"
    answer = signed_in(everyone.nurse).post(there, FIELDS | {"to_whom": ""})
    assert answer.status_code == 422
    assert "Dates of visits" in answer.content.decode()
    answer = signed_in(everyone.nurse).post(there, FIELDS | {"told_at": "2099-01-01T09:00"})
    assert answer.status_code == 422
    assert "has not come yet" in answer.content.decode()
    assert not Disclosure.objects.exists()


def test_the_patient_s_accounting_and_its_paper(everyone, events):
    noted(everyone)
    client = signed_in(everyone.nurse)
    said = client.get(f"/patients/{everyone.patient.pk}/disclosures/").content.decode()
    assert "Sample county court" in said
    assert "Take: safety csv" in said
    assert "Sample county court" in client.get(f"/patients/{everyone.patient.pk}/disclosures/paper/").content.decode()


def test_onc_d4_the_report_on_corrections_has_no_words_of_the_patient(everyone):
    ask_amendment(
        patient=everyone.patient, site=everyone.site, about="Visit of May", words="MARKER-WORDS", should_say="MARKER",
        by=everyone.patient,
    )  # fmt: skip
    for role in READERS:
        client = signed_in(everyone.by_role(role))
        page = client.get("/audit/corrections/")
        assert "Visit of May" in page.content.decode()
        assert "MARKER" not in page.content.decode()
        rows = rows_of(client.get("/audit/corrections/list.csv"))
        assert [row["State"] for row in rows] == ["to be decided"]
    assert signed_in(everyone.nurse).get("/audit/corrections/").status_code == 403


def test_the_page_of_the_seals_says_what_is_not_sealed(everyone, events):
    page = signed_in(everyone.auditor).get("/audit/seals/")
    said = page.content.decode()
    assert page.context["page"].word == "never"
    assert "not sealed yet" in said
    assert page.context["page"].waiting.count >= 5
    assert signed_in(everyone.nurse).get("/audit/seals/").status_code == 403
    assert signed_in(everyone.auditor).get("/audit/seals/2026-05-14/").status_code == 404
    assert signed_in(everyone.auditor).get("/audit/seals/2026-13-14/").status_code == 404


def test_a_check_is_noted_with_who_asked(everyone, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    answer = signed_in(everyone.auditor).post("/audit/seals/check/", follow=True)
    row = SealCheck.objects.get()
    assert (row.checked_by, row.holds, row.scope) == (everyone.auditor, True, "recent")
    assert "all as sealed" in answer.content.decode()


def test_170_210_g_clocks_apart_are_told(monkeypatch):
    assert care_of_clocks(clock.now()).level == "ok"
    monkeypatch.setattr(clocks, "_database", lambda: clock.now() + dt.timedelta(seconds=3))
    told = care_of_clocks(clock.now())
    assert told.level == "caution"
    assert "More than 2 seconds apart: the database +3.0" in told.words


def test_170_210_g_the_largest_offset_of_a_tablet_is_told(everyone):
    assert "At most 0 s off" in care_of_devices(clock.now()).words


def test_health_tells_when_sealing_falls_behind(everyone):
    assert care_of_seals(clock.now()).level == "caution"
    assert "Seals over the record" in signed_in(everyone.clinic_admin).get("/health/").content.decode()


def test_the_same_few_queries_for_one_row_and_for_many(everyone):
    client = signed_in(everyone.auditor)
    there = f"/patients/{everyone.patient.pk}/audit/"

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(there).status_code == 200
        return len(caught)

    queries()
    few = queries()
    for _ in range(60):
        audit.record("visit.booked", None, by=everyone.nurse, patient=everyone.patient, site=everyone.site)
    assert queries() == few <= 20
