"""ATK-01, ATK-02, ATK-03: rows of another patient or another clinic, named by id in an address or in a form."""

import uuid

import pytest
from django.urls import reverse

from sessions import actions
from sessions.models import Entry, VitalsReading
from tests import factories
from tests.attacks.sessions import SUBS, Clinics, body, denied, has_row, paths_of, rows
from tests.house.matrix_objects import params
from tests.people import people, signed_in

pytestmark = pytest.mark.django_db


FLUID = {"drug": "sodium chloride 0.9 %", "volume_ml": "100"}


@pytest.fixture
def clinics():
    return Clinics(people())


def refused(client, path, given):
    """Looked at or written to, it answers 404 (405 where there is no such method), and the audit has each 404."""
    before = denied().count()
    there = reverse(path.name, kwargs=given)
    answers = [client.get(there).status_code, client.post(there, body()).status_code]
    assert answers in ([404, 404], [405, 404], [404, 405]), there
    assert denied().count() == before + answers.count(404), there
    last = denied().order_by("-at")[0]
    assert (last.verb, last.detail["pk"], last.detail["status"]) == (f"denied {path.name}"[:60], str(given["pk"]), 404)


# --- ATK-01: another session's row through the address of one's own
def test_atk_01_a_sessions_address_leads_to_its_own_rows_only(clinics):
    doctor, own = signed_in(clinics.people.prescriber), clinics.own
    tried, named = set(), list(filter(has_row, paths_of("prescriber", one=True)))
    for path in named:
        tried |= set(path.params)
        assert doctor.get(reverse(path.name, kwargs=clinics.given(path, own.session, own))).status_code != 404
    before = rows()
    for path in named:
        for other in (clinics.neighbour, clinics.foreign):
            refused(doctor, path, clinics.given(path, own.session, other))
    assert tried >= set(SUBS)
    assert rows() == before


def test_atk_01_the_id_of_anothers_reading_in_the_form_changes_neither(clinics):
    nurse, own, neighbour = signed_in(clinics.people.nurse), clinics.own, clinics.neighbour
    there = reverse("sessions:vitals-record", args=[own.session.pk])
    before = rows()
    for other in (neighbour, clinics.foreign):
        answer = nurse.post(there, {"entry_id": clinics.sub(other, "entry"), "systolic": "99", "diastolic": "60"})
        assert answer.status_code == 409
        assert "other content" in answer.content.decode()
    assert rows() == before
    assert nurse.post(there, {"entry_id": str(uuid.uuid4()), "systolic": "99", "diastolic": "60"}).status_code == 302
    assert VitalsReading.objects.filter(systolic=99).get().entry.session == own.session


def test_atk_01_an_id_in_a_form_is_one_of_the_offered(clinics):
    people, client = clinics.people, signed_in(clinics.people.nurse)
    for page, field, typed, own, foreign in (
        ("session-hand-over", "to_nurse", {}, people.colleague, people.away["nurse"]),
        ("prescriber-name", "prescriber", {}, people.prescriber_too, people.away["prescriber"]),
        ("chair-move", "chair", {}, people.harbor.chairs.last(), people.prairie.chairs.last()),
        ("oxygen-record", "order", {"flow_l_min": "2"}, ordered(clinics.own), ordered(clinics.neighbour)),
        ("fluid-record", "order", FLUID, ordered(clinics.own, "fluid"), ordered(clinics.foreign, "fluid")),
    ):
        there, before = reverse(f"sessions:{page}", args=[clinics.own.session.pk]), rows()
        answer = client.post(there, typed | {"entry_id": str(uuid.uuid4()), field: foreign.pk})
        assert (answer.status_code, field in answer.context["form"].errors) == (422, True), page
        assert rows() == before
        assert client.post(there, typed | {"entry_id": str(uuid.uuid4()), field: own.pk}).status_code == 302, page


def ordered(scene, category="oxygen"):
    """An order of this infusion, of its own prescriber."""
    return actions.write_order(
        session=scene.session, category=category, text="As needed", by=scene.doctor, at=scene.at(23)
    )


def test_atk_01_a_reading_moves_only_to_a_patient_of_ones_own_clinic(clinics):
    client, own = signed_in(clinics.people.nurse), clinics.own.session
    reading = Entry.objects.filter(session=own, kind="vitals").first()
    there = reverse("sessions:entry-move", args=[own.pk, reading.pk])
    before = rows()
    answer = client.post(there, body() | {"to": clinics.foreign.session.pk})
    assert (answer.status_code, "to" in answer.context["form"].errors) == (422, True)
    assert rows() == before
    assert client.post(there, body() | {"to": clinics.neighbour.session.pk}).status_code == 302

    a_syringe_is_drawn_from_containers_of_ones_own_clinic(clinics, client)


def a_syringe_is_drawn_from_containers_of_ones_own_clinic(clinics, client):
    own = clinics.own
    away = clinics.foreign.stock(code="KET-AWAY", lot="LOT-C")
    before = rows()
    typed = {
        "code_1": away.code,
        "ml_1": "1",
        "diluent_ml": "49",
        "diluent": "sodium chloride 0.9 %",
        "form": "syringe",
    }
    answer = client.post(reverse("sessions:preparation-make", args=[own.session.pk]), typed)
    assert (answer.status_code, rows() == before) == (422, True)
    for verb in ("show", "waste", "return", "count"):
        assert client.get(reverse(f"sessions:vial-{verb}", args=[away.pk])).status_code == 404
        assert client.get(reverse(f"sessions:vial-{verb}", args=[own.container.pk])).status_code == 200


# --- ATK-02: notes and messages by foreign id
def test_atk_02_anothers_note_is_neither_changed_nor_struck(clinics):
    nurse, own = signed_in(clinics.people.nurse), clinics.own
    before = rows()
    for path in paths_of("nurse", one=True):
        if "entry" in path.params:
            for other in (clinics.neighbour, clinics.foreign):
                theirs = clinics.note_of[id(other)]
                refused(nurse, path, {"pk": own.session.pk, "entry": theirs.pk})
            refused(nurse, path, {"pk": clinics.foreign.session.pk, "entry": theirs.pk})
    assert rows() == before
    messages_of_another_clinic_stay(clinics)


def messages_of_another_clinic_stay(clinics):
    desk, foreign = signed_in(clinics.people.front_desk), clinics.foreign_side.get("message")
    for verb in ("retry", "resolve", "withdraw"):
        kept = rows()
        there = reverse(f"clinic:message-{verb}", args=[foreign.pk])
        assert desk.post(there, body()).status_code == 404
        assert denied().filter(verb=f"denied clinic:message-{verb}", user=clinics.people.front_desk).exists()
        assert rows() == kept


# --- ATK-03: pages, papers and charts by foreign id
def test_atk_03_no_page_of_a_foreign_session_opens(clinics):
    """The prescriber, who may open every page there is."""
    client = signed_in(clinics.people.prescriber)
    client.get(reverse("sessions:session-show", args=[clinics.own.session.pk]))
    opened = paths_of("prescriber", one=True)
    given = [clinics.given(path, clinics.foreign.session, clinics.foreign) for path in opened]
    kept, before = dict(client.session), rows()
    for path, foreign in zip(opened, given, strict=True):
        refused(client, path, foreign)
    assert len(opened) > 40
    assert rows() == before
    assert dict(client.session) == kept, "nothing in the browser's session leads to another patient or site"


def test_atk_03_what_is_no_session_is_closed_too(clinics):
    """Visits, containers, differences and monitors of the other clinic."""
    client, closed = signed_in(clinics.people.nurse), paths_of("nurse", one=False)
    for path in closed:
        assert client.get(reverse(path.name, kwargs=params(path, clinics.own_side))).status_code != 404
    given = [params(path, clinics.foreign_side) for path in closed]
    before = rows()
    for path, foreign in zip(closed, given, strict=True):
        refused(client, path, foreign)
    assert rows() == before


def test_atk_03_an_unknown_id_reads_like_a_foreign_one_and_the_front_desk_opens_no_chart(clinics):
    nurse, desk = signed_in(clinics.people.nurse), signed_in(clinics.people.front_desk)
    there = [reverse("sessions:session-show", args=[pk]) for pk in (uuid.uuid4(), clinics.foreign.session.pk)]
    answers = [nurse.get(address) for address in there]
    assert [a.status_code for a in answers] == [404, 404]
    assert len(answers[0].content) == len(answers[1].content)
    for name in ("session-show", "record-show", "record-pdf", "vitals-record"):
        assert desk.get(reverse(f"sessions:{name}", args=[clinics.own.session.pk])).status_code == 403
    row = denied().get(verb="denied sessions:record-pdf")
    assert (row.user, row.detail["status"], row.site) == (clinics.people.front_desk, 403, clinics.people.harbor)
    who_has_left_opens_nothing(clinics)


def who_has_left_opens_nothing(clinics):
    gone = signed_in(clinics.people.deactivated)
    there = reverse("sessions:session-show", args=[clinics.own.session.pk])
    assert gone.get(there).status_code == 302
    moved = factories.member("nurse", at_site=clinics.people.harbor, name="Mo Ved")
    client = signed_in(moved)
    assert client.get(there).status_code == 200
    moved.memberships.update(until=clinics.own.at(0))
    assert client.get(there).status_code == 403
