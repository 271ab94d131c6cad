"""The pages of what happens while it runs: who may, what is asked back in place, what stays typed."""

import datetime as dt
import re
import uuid
from decimal import Decimal as D

import pytest

from sessions import actions
from sessions.models import Entry, Handover, LedgerEntry, Order, Reconciliation
from sessions.urls_during import OF_ONE
from tests.people import signed_in
from tests.sessions import conftest as start
from tests.sessions.screens import begin, entry, second, url
from tests.standing import standing

PLAIN = [name for rest, _, name in OF_ONE if "<" not in rest]


def watched(scene):
    """An infusion that began thirty minutes ago, and one set since."""
    scene.vitals(15)
    return scene


running = standing(watched, on=start.running)


@pytest.fixture
def nurse(everyone):
    return signed_in(everyone.nurse)


def text(answer):
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def flat(answer):
    return " ".join(text(answer).split())


def test_every_page_opens_for_clinicians_of_the_site_and_nobody_else(everyone, running):
    running.do(actions.emergency, 20)
    opened = {}
    for name in PLAIN:
        asked = (
            everyone.nurse,
            everyone.colleague,
            everyone.away["nurse"],
            everyone.front_desk,
            everyone.auditor,
            None,
        )
        opened[name] = tuple(signed_in(user).get(url(name, running.session)).status_code for user in asked)
    assert opened == dict.fromkeys(PLAIN, (200, 200, 404, 403, 403, 302))


def test_a_volume_that_does_not_fit_is_asked_back_with_everything_typed(running, nurse):
    form = entry(volume_ml="3", cause="patient", text="wants to stop")
    asked = nurse.post(url("drug-stop", running.session), form)
    assert asked.status_code == 422
    assert "Pump 3 mL, the charted rates make 2" in flat(asked)
    assert 'value="wants to stop"' in asked.content.decode()
    assert not Entry.objects.filter(drugevent__action="stop").exists()
    answered = nurse.post(url("drug-stop", running.session), form | {"confirmed": "volume_ml:3"})
    assert answered.status_code == 302
    assert Entry.objects.get(drugevent__action="stop").detail.volume_ml == 3


def test_a_yes_counts_only_for_the_figure_it_was_given_for(running, nurse):
    form = entry(volume_ml="4", cause="patient", confirmed="volume_ml:3")
    assert nurse.post(url("drug-stop", running.session), form).status_code == 422


def test_what_the_syringe_never_held_is_refused(running, nurse):
    refused = nurse.post(url("drug-stop", running.session), entry(volume_ml="262.5", cause="patient"))
    assert (refused.status_code, "held 50 mL" in flat(refused)) == (422, True)


def test_a_pump_not_read_is_a_thing_to_do(running, nurse):
    stop = nurse.post(url("drug-stop", running.session), entry(cause="patient"))
    assert stop.status_code == 422, "neither a volume nor a word that it comes later"
    assert nurse.post(url("drug-stop", running.session), entry(cause="patient", later="on")).status_code == 302
    sheet = flat(nurse.get(url("session-show", running.session)))
    assert "Ketamine: the pump has not been read." in sheet
    row = Entry.objects.get(drugevent__action="stop")
    read = nurse.post(url("pump-read", running.session, row.pk), entry(volume_ml="26.3"))
    assert read.status_code == 302
    assert LedgerEntry.objects.get(kind="given").mg == D("26.3")
    assert "has not been read" not in flat(nurse.get(url("session-show", running.session)))


def test_an_infiltration_from_its_page_to_the_new_line(running, nurse):
    page = flat(nurse.get(url("line-record", running.session) + "?action=infiltrated"))
    assert "also pauses Ketamine" in page
    form = entry(action="infiltrated", dose_uncertain="on", text="Swollen")
    assert nurse.post(url("line-record", running.session), form).status_code == 302
    sheet = flat(nurse.get(url("session-show", running.session)))
    assert "The line is infiltrated" in sheet
    assert "of it uncertain" in sheet
    resited = entry(action="resited", site="right hand", gauge="22")
    assert nurse.post(url("line-record", running.session), resited).status_code == 302
    assert nurse.post(url("drug-resume", running.session), entry()).status_code == 302
    assert "Part of the dose is uncertain" in flat(nurse.get(url("dose-totals", running.session)))


def test_one_tap_says_that_the_line_looks_right(running, nurse):
    html = nurse.get(url("line-record", running.session)).content.decode()
    tap = r'name="entry_id" value="([0-9a-f-]{36})"><input type="hidden" name="action" value="checked"'
    ident = re.search(tap, html)
    form = {"entry_id": ident.group(1), "action": "checked"}
    for _ in range(2):
        assert nurse.post(url("line-record", running.session), form).status_code == 302
    assert Entry.objects.filter(lineentry__action="checked").count() == 1


def test_toilet_is_prefilled(running, nurse):
    html = nurse.get(url("drug-pause", running.session) + "?cause=toilet").content.decode()
    assert re.search(r'value="toilet"[^>]*checked', html)


def test_a_longer_infusion_by_a_prescriber_or_by_word_of_mouth(everyone, running, nurse):
    path = url("infusion-extend", running.session)
    doctor = signed_in(everyone.prescriber)
    shown = flat(doctor.post(path, {"minutes": "20"}))
    assert "20 minutes" not in shown, "nothing is read back of one's own order"
    assert "Ordered in all 52.5 mg" in shown
    assert Order.objects.filter(category="extension").count() == 0
    assert doctor.post(path, {"minutes": "20", "step": "sign"}).status_code == 302
    assert nurse.post(path, {"minutes": "20"}).status_code == 422
    assert nurse.post(path, {"minutes": "200", "ordered_by": str(everyone.prescriber.pk)}).status_code == 422
    said = {"minutes": "5", "ordered_by": str(everyone.prescriber.pk), "step": "sign"}
    assert nurse.post(path, said).status_code == 422, "it was not read back"
    spoken = "Longer infusion, ketamine, 5 minutes more (five), 4.4 milligrams more (four point four)."
    assert spoken in flat(nurse.post(path, said | {"step": ""}))
    assert nurse.post(path, said | {"said_back": spoken}).status_code == 302
    assert list(Order.objects.filter(category="extension").values_list("kind", flat=True)) == ["written", "verbal"]
    assert "of 56.9 mg" in flat(nurse.get(url("session-show", running.session)))


def test_an_order_ends_on_a_prescribers_word_with_its_reason(everyone, running, nurse):
    order = actions.write_order(session=running.session, category="drug", drug="ondansetron", dose_mg=D(4), route="IV",
                                by=everyone.prescriber, at=running.at(31))  # fmt: skip
    path, listed = url("order-end", running.session, order.pk), url("order-list", running.session)
    assert path in nurse.get(listed).content.decode()
    refused = nurse.post(path, {"reason": "Rash at the arm"})
    assert refused.status_code == 422
    assert "Rash at the arm" in refused.content.decode()
    said = {"reason": "Rash at the arm", "said_by": str(everyone.prescriber.pk)}
    assert nurse.post(path, said).status_code == 302
    assert path not in nurse.get(listed).content.decode()
    assert nurse.post(path, said).status_code == 422
    assert nurse.post(url("drug-give", running.session, order.pk), entry(dose_mg="4")).status_code == 422
    assert "Why: Rash at the arm. Said by" in flat(nurse.get(url("session-show", running.session)))
    away = signed_in(everyone.away["nurse"])
    assert (away.get(path).status_code, signed_in(everyone.front_desk).get(path).status_code) == (404, 403)


def test_an_order_or_a_syringe_sent_twice_is_one(everyone, running, nurse):
    doctor, ident = signed_in(everyone.prescriber), str(uuid.uuid4())
    order = {"category": "drug", "drug": "ondansetron", "dose_mg": "4", "route": "IV", "row_id": ident}
    path = url("order-write", running.session)
    assert [doctor.post(path, order).status_code for _ in range(2)] == [302, 302]
    assert doctor.post(path, order | {"dose_mg": "8"}).status_code == 409
    assert Order.objects.filter(category="drug").count() == 1
    spare = running.stock(code="KET-2")
    form = {"code_1": "KET-2", "ml_1": "1", "diluent_ml": "49", "form": "syringe", "row_id": str(uuid.uuid4())}
    form["diluent"] = "sodium chloride 0.9 %"
    made = [nurse.post(url("preparation-make", running.session), form) for _ in range(2)]
    assert [answer.status_code for answer in made] == [302, 302]
    assert made[0].url == made[1].url
    assert LedgerEntry.objects.filter(container=spare, kind="drawn").count() == 1


def test_a_handover_tells_how_it_stands_and_keeps_it(everyone, running, nurse):
    page = flat(nurse.get(url("session-hand-over", running.session)))
    assert "How it stands" in page
    form = {"to_nurse": str(everyone.colleague.pk), "note": "Likes it dark"}
    assert nurse.post(url("session-hand-over", running.session), form).status_code == 302
    row = Handover.objects.get()
    assert (row.note, row.summary[0][0]) == ("Likes it dark", "Now")


class TestEmergency:
    def test_every_page_of_the_session_has_the_tap(self, running, nurse):
        for name in ("event-choose", "order-list", "line-record", "dose-totals", "drug-pause"):
            html = nurse.get(url(name, running.session)).content.decode()
            assert 'name="step" value="called"' in html, name

    def test_every_screen_of_the_site_names_the_chair(self, everyone, running, nurse):
        assert nurse.post(url("emergency", running.session), entry(step="called")).status_code == 302
        for user in (everyone.front_desk, everyone.colleague, everyone.prescriber):
            assert "Emergency in chair 1" in flat(signed_in(user).get("/patients/", follow=True))
        away = signed_in(everyone.away["nurse"]).get("/patients/", follow=True)
        assert "Emergency in chair" not in flat(away)

    def test_one_page_to_hand_over_and_then_put_in_order(self, running, nurse):
        for step in ("called", "airway", "services_called", "drug", "handed_over"):
            assert nurse.post(url("emergency", running.session), entry(step=step)).status_code == 302
        sheet = flat(nurse.get(url("emergency-handover", running.session)))
        for said in ("Handover: emergency since", "70 kg", "Ketamine", "Emergency services called", "mg/kg at 70 kg"):
            assert said in sheet
        path = url("emergency-reconcile", running.session)
        missing = nurse.post(path, {"said": ["times"]})
        assert (missing.status_code, "Every drug given is charted with its dose" in flat(missing)) == (422, True)
        done = nurse.post(path, {"said": ["times", "told"], "note": "Pump went along"})
        assert done.status_code == 302
        assert Reconciliation.objects.get().note == "Pump went along"
        assert "Pump went along" in flat(nurse.get(path))
        assert nurse.post(path, {"said": [], "note": "Again"}).status_code == 409

    def test_without_an_emergency_there_is_nothing_to_put_in_order(self, running, nurse):
        assert "There was no emergency" in flat(nurse.get(url("emergency-reconcile", running.session)))
        assert nurse.post(url("emergency-reconcile", running.session), {"note": "x"}).status_code == 200
        assert not Reconciliation.objects.exists()


class TestByHand:
    @pytest.fixture
    def order(self, running):
        actions.receive_container(
            site=running.site, code="MID-1", drug="midazolam", strength_mg_ml=D(1), volume_ml=D(5), lot="M",
            expires_on=dt.date(2099, 1, 31), use="single", by=running.other, at=running.at(-60),
        )  # fmt: skip
        return actions.write_order(session=running.session, category="drug", drug="midazolam", dose_mg=D(2), route="IV",
                                   by=running.doctor, at=running.at(15))  # fmt: skip

    def test_the_orders_lead_to_the_container(self, running, nurse, order):
        assert (
            url("drug-draw", running.session, order.pk)
            in nurse.get(url("order-list", running.session)).content.decode()
        )

    def test_drawn_given_and_wasted_with_a_witness_on_one_page(self, everyone, running, nurse, order):
        path = url("drug-draw", running.session, order.pk)
        form = entry(container="mid-1", drawn_ml="3", dose_mg="2", rest="waste")
        unsigned = nurse.post(path, form)
        assert (unsigned.status_code, 'value="mid-1"' in unsigned.content.decode()) == (422, True)
        assert nurse.post(path, form | second(everyone.colleague)).status_code == 302
        kinds = LedgerEntry.objects.filter(container__code="MID-1").order_by("posted_at", "xact")
        assert [(row.kind, row.mg) for row in kinds] == [("received", 5), ("drawn", 3), ("given", 2), ("wasted", 1)]

    def test_kept_for_later_needs_nobody(self, running, nurse, order):
        form = entry(container="MID-1", drawn_ml="3", dose_mg="2", rest="later")
        assert nurse.post(url("drug-draw", running.session, order.pk), form).status_code == 302

    def test_a_code_that_is_not_here_is_said(self, running, nurse, order):
        form = entry(container="KET-77", drawn_ml="3", dose_mg="2", rest="later")
        answer = nurse.post(url("drug-draw", running.session, order.pk), form)
        assert (answer.status_code, "No container with this code" in flat(answer)) == (422, True)


class TestLeaving:
    FORM = {
        "reason": "Has to work", "advice": "Stay an hour", "risks": ["drowsy", "fall"], "capacity": "able",
        "line_out": "yes", "told": "Sister 555 0123", "form": "signed", "printed_name": "Ngozi Okafor-Test",
        "drawing": "[[[1,2],[30,40]]]",
    }  # fmt: skip

    def test_against_advice_with_its_form(self, running, nurse):
        path = url("against-advice", running.session)
        bare = nurse.post(path, self.FORM | {"risks": [], "printed_name": ""})
        assert (bare.status_code, "Choose the risks that were told" in flat(bare)) == (422, True)
        unsigned = nurse.post(path, self.FORM | {"printed_name": ""})
        assert (unsigned.status_code, "Type the name of who signed" in flat(unsigned)) == (422, True)
        assert nurse.post(path, self.FORM).status_code == 302
        page = nurse.get(url("against-advice-form", running.session)).content.decode()
        assert "Ngozi Okafor-Test" in page
        assert "<polyline" in page

    def test_the_form_is_in_the_patients_language(self, running, nurse):
        running.patient.language = "es"
        running.patient.save(update_fields=["language"])
        page = nurse.get(url("against-advice-form", running.session)).content.decode()
        assert "Quiero irme ahora" in page

    def test_a_refusal_with_a_witness(self, everyone, running, nurse):
        form = self.FORM | {"form": "refused", "printed_name": "", "drawing": ""} | second(everyone.colleague)
        assert nurse.post(url("against-advice", running.session), form).status_code == 302
        running.session.refresh_from_db()
        assert running.session.ending_facts.witness == everyone.colleague


def test_not_started_leads_to_the_waste_of_what_was_drawn(scene, monkeypatch, nurse):
    begin(monkeypatch, 20)
    scene.ready()
    page = flat(nurse.get(url("not-started", scene.session)))
    assert "Waste of" in page
    answer = nurse.post(url("not-started", scene.session), {"why": "ill", "reason": "Cough"})
    assert answer.headers["Location"] == url("preparation-waste", scene.session, scene.preparation.pk)
    scene.session.refresh_from_db()
    assert scene.session.ending_facts.reason == "Not well today. Cough"


def test_the_doses_page_asks_few_questions(running, nurse, django_assert_max_num_queries):
    nurse.get(url("dose-totals", running.session))
    with django_assert_max_num_queries(40):
        nurse.get(url("dose-totals", running.session))


class TestSheet:
    def test_undo_is_at_hand_for_ones_own_and_strikes_with_a_reason(self, everyone, running, nurse):
        nurse.post(url("note-record", running.session), entry(text="Wrong chair"))
        note = Entry.objects.get(kind="note")
        path = url("entry-strike", running.session, note.pk)
        assert f"{path}?undo=1" in nurse.get(url("session-show", running.session)).content.decode()
        others = signed_in(everyone.colleague).get(url("session-show", running.session))
        assert f"{path}?undo=1" not in others.content.decode()
        assert 'value="Entered by mistake"' in nurse.get(f"{path}?undo=1").content.decode()
        assert nurse.post(path, entry(reason="Entered by mistake")).status_code == 302
        assert Entry.objects.get(supersedes=note).reason == "Entered by mistake"

    def test_the_room_is_made_dim_from_the_sheet(self, running, nurse):
        assert "Dim, for the infusion room" in nurse.get(url("session-show", running.session)).content.decode()

    def test_a_step_that_is_due_is_one_tap_away(self, running, nurse):
        page = flat(nurse.get(url("session-show", running.session)))
        assert "Ordered step" not in page, "one rate throughout has no steps"

    def test_oxygen_off_is_one_tap(self, running, nurse):
        path = url("oxygen-record", running.session)
        assert nurse.post(path, entry(flow_l_min="2", device="nasal prongs")).status_code == 302
        html = nurse.get(path).content.decode()
        off = r'name="entry_id" value="([0-9a-f-]{36})"><input type="hidden" name="flow_l_min" value="0"'
        tap = re.search(off, html)
        for _ in range(2):
            assert nurse.post(path, {"entry_id": tap.group(1), "flow_l_min": "0"}).status_code == 302
        flows = Entry.objects.filter(kind="oxygen").order_by("seq").values_list("oxygenevent__flow_l_min", flat=True)
        assert list(flows) == [2, 0]
