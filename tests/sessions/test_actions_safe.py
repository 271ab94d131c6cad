"""The drug safe's actions against a plain model, the last millilitre, the close of a day, the register, the pack."""

import datetime as dt
import io
import random
import threading
import uuid
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from clinic.actions.appointments import mark_no_show
from clinic.models import AuditEvent, Task
from clinic.refusal import Refused
from sessions import actions
from sessions.actions import packs as pack_actions
from sessions.actions.days import remind_of_open_days
from sessions.models import Container, DayClose, Discrepancy, DowntimePack, LedgerEntry
from sessions.presenters.days import day_page
from sessions.presenters.register import register_csv, register_page
from sessions.queries.days import day_facts
from sessions.queries.ledger import balance_of, left_of
from sessions.queries.packs import opening
from tests import factories
from tests.people import people, signed_in
from tests.sessions.scene import NINE, Scene
from tests.sessions.screens import begin, second

DAY = NINE.date()


class Model:
    """Buckets of mg of one vial and one syringe, in plain figures."""

    def __init__(self):
        self.stock, self.use, self.given, self.wasted = D(500), D(0), D(0), D(0)

    def check(self, vial, preparation):
        b = balance_of(vial)
        assert (b.in_stock, b.in_use_mg, b.given, b.wasted) == (self.stock, self.use, self.given, self.wasted)
        assert b.holds
        assert preparation is None or left_of(preparation) == self.use


class Walk:
    """One random walk over a scene whose infusion has begun: what is possible now is done, and the model follows."""

    def __init__(self, scene, seed):
        self.scene, self.dice, self.minute = scene, random.Random(seed), 20
        self.vial, self.prep, self.model = scene.container, scene.preparation, Model()
        self.model.stock, self.model.use, self.stopped = D(450), D(50), False

    def step(self):
        self.minute += 1
        self.dice.choice([self.stop, self.waste, self.waste_vial, self.correct, self.take_back, self.count])()
        self.model.check(self.vial, self.prep)

    def amount(self, most):
        return (D(self.dice.randint(1, 1000)) / 1000 * most).quantize(D("0.001"))

    def stop(self):
        if self.stopped:
            return
        self.stopped, ml = True, D(self.dice.randint(0, 50))
        self.scene.stop(self.minute, volume_ml=str(ml), confirmed=frozenset({"volume_ml"}))
        self.model.use, self.model.given = self.model.use - ml, ml

    def waste(self):
        mg = self.amount(self.model.use)
        if self.stopped and mg > 0:
            dead = (mg / 4).quantize(D("0.001"))
            self.scene.waste(self.minute, mg=str(mg - dead), dead_space_mg=dead)
            self.model.use, self.model.wasted = self.model.use - mg, self.model.wasted + mg

    def waste_vial(self):
        mg = self.amount(self.model.stock / 10)
        if mg > 0:
            actions.waste(container=self.vial, mg=mg, witness=self.scene.other, reason="Spilled", manner="broken",
                          by=self.scene.nurse, at=self.scene.at(self.minute))  # fmt: skip
            self.model.stock, self.model.wasted = self.model.stock - mg, self.model.wasted + mg

    def correct(self):
        """The pump was read wrong: a difference opens, and closing it moves the ledger to the chart."""
        if not self.stopped:
            return
        ml = D(self.dice.randint(0, 50))
        newest = self.scene.session.entries.filter(kind="drug", superseded_by=None).order_by("-seq").first()
        read_again(self.scene, newest, ml, self.minute)
        for row in Discrepancy.objects.filter(preparation=self.prep, closed_at=None):
            found, expected = row.found_mg, row.expected_mg
            adjust = "found" if found == ml else "ledger"
            actions.close_discrepancy(discrepancy=row, explanation="Read again", witness=self.scene.other,
                                      adjust=adjust, by=self.scene.nurse, at=self.scene.at(self.minute))  # fmt: skip
            if adjust == "found":
                more = found - expected
                self.model.given, self.model.use = self.model.given + more, self.model.use - more

    def take_back(self):
        wrong = LedgerEntry.objects.filter(kind="wasted", preparation=self.prep, corrects=None, taken_back=None).first()
        if wrong is not None:
            mg = (wrong.mg / 2).quantize(D("0.001"))
            actions.correct_waste(entry=wrong, mg=mg, reason="Half of it", witness=self.scene.other,
                                  by=self.scene.nurse, at=self.scene.at(self.minute))  # fmt: skip
            self.model.use, self.model.wasted = self.model.use + wrong.mg - mg, self.model.wasted - wrong.mg + mg

    def count(self):
        actions.count(container=self.vial, mg=self.model.stock, witness=self.scene.other, by=self.scene.nurse,
                      at=self.scene.at(self.minute))  # fmt: skip
        assert not Discrepancy.objects.filter(container=self.vial, closed_at=None).exists()


def read_again(scene, entry, ml, minutes):
    """The volume that was read off the pump is put right."""
    actions.correct_entry(
        entry=entry, entry_id=uuid.uuid4(), changes={"volume_ml": ml}, reason="Read wrong", by=scene.nurse,
        confirmed=frozenset({"volume_ml"}), at=scene.at(minutes),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_random_movements_keep_the_balance_of_a_plain_model(scene, seed):
    scene.ready_multi()
    walk = Walk(scene, seed)
    walk.model.check(walk.vial, walk.prep)
    for _ in range(14):
        walk.step()
    assert all(e.mg == e.mg.quantize(D("0.001")) for e in LedgerEntry.objects.all())


@pytest.fixture
def scene(everyone):
    made = Scene(everyone)

    def ready_multi():
        made.check_in()
        made.answer()
        made.weigh()
        made.baseline()
        made.line()
        made.order()
        made.draw(container=made.stock(use="multi"))
        made.second_check()
        made.start()

    made.ready_multi = ready_multi
    return made


def test_two_nurses_draw_the_last_millilitre_and_one_gets_it(live_db):
    crew = people()
    first = Scene(crew)
    second_one = Scene(crew, patient=factories.patient(at_site=crew.harbor, family_name="Second-Test"), chair=1,
                       version=first.version)  # fmt: skip
    for n, one in enumerate((first, second_one)):
        one.check_in(n)
        one.answer(n + 1)
        one.weigh(n + 1)
        one.order(n + 2)
    vial = first.stock(ml="1", use="multi")
    outcomes, gate = [], threading.Barrier(2)

    def draw(one):
        gate.wait()
        try:
            one.draw(20, container=vial)
            outcomes.append("drawn")
        except Refused as refused:
            outcomes.append(refused.items[0].code)
        finally:
            connection.close()

    nurses = [threading.Thread(target=draw, args=(one,)) for one in (first, second_one)]
    for nurse in nurses:
        nurse.start()
    for nurse in nurses:
        nurse.join()
    assert sorted(outcomes) in (["container.state", "drawn"], ["container.stock", "drawn"])
    b = balance_of(vial)
    assert (b.in_stock, b.in_use_mg) == (0, 50)
    assert b.is_possible


def test_nothing_in_the_ledger_is_changed_or_deleted(scene):
    scene.stock()
    for statement in (LedgerEntry.objects.all().delete, lambda: LedgerEntry.objects.update(mg=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()


def test_an_expired_or_overaged_vial_is_refused_when_it_is_drawn(scene):
    scene.check_in()
    scene.answer()
    scene.weigh()
    scene.order()
    for column, code in (("expires_on", "container.expired"), ("discard_on", "container.discard")):
        vial = scene.stock(code=column, use="multi")
        Container.objects.filter(pk=vial.pk).update(**{column: DAY - dt.timedelta(days=1)})
        vial.refresh_from_db()
        with pytest.raises(Refused) as refused:
            scene.draw(container=vial)
        assert code in [i.code for i in refused.value.items]


def finished(scene):
    """An infusion that was given, wasted and discharged."""
    scene.ready_multi()
    scene.stop()
    scene.observed()
    scene.waste(112)
    scene.discharge()
    return scene


def close(scene, minutes=200, **said):
    return actions.close_day(site=scene.site, day=DAY, by=scene.nurse, at=scene.at(minutes), **said)


def codes(scene, minutes=200, **said):
    with pytest.raises(Refused) as refused:
        close(scene, minutes, **said)
    return [i.code for i in refused.value.items]


def test_the_day_closes_when_all_is_signed_or_explained_and_counted(scene):
    finished(scene)
    assert codes(scene) == ["day.unsigned", "day.not_counted"]
    actions.count_all(site=scene.site, counts=[(scene.container, D(440))], witness=scene.other, by=scene.nurse,
                      at=scene.at(190))  # fmt: skip
    why = {str(scene.session.pk): "The prescriber signs tomorrow"}
    assert codes(scene, explained=why) == ["day.discrepancy"]
    row = Discrepancy.objects.get()
    actions.close_discrepancy(discrepancy=row, explanation="Spilled", outcome="spilled", adjust="found",
                              witness=scene.other, by=scene.nurse, at=scene.at(195))  # fmt: skip
    closed = close(scene, explained=why)
    assert closed.facts["explained"] == why
    assert AuditEvent.objects.filter(verb="day.closed", subject_id=closed.pk).count() == 1
    assert codes(scene) == ["day.closed"]


def test_a_visit_that_never_came_is_asked_about_on_the_same_evening(scene):
    late = factories.appointment(of=factories.patient(at_site=scene.site), at_site=scene.site, starts_at=scene.at(300))
    finished(scene)
    actions.count_all(site=scene.site, counts=[(scene.container, D(450))], witness=scene.other, by=scene.nurse,
                      at=scene.at(190))  # fmt: skip
    why = {"explained": {str(scene.session.pk): "Signed tomorrow"}}
    assert (codes(scene, 299, **why), codes(scene, 300, **why)) == (["day.to_come"], ["day.visit"])
    due = day_page(scene.site, DAY, scene.at(310)).due
    assert [(v.time, v.link, v.paper) for v in due] == [
        ("14:00", reverse("followup:visit-show", args=[late.pk]), reverse("sessions:paper-arrive", args=[late.pk]))
    ]
    mark_no_show(appointment=late, by=scene.nurse, at=scene.at(320))
    assert close(scene, 330, **why).kind == "closed"
    assert day_page(scene.site, DAY, scene.at(340)).due == []


def test_a_late_correction_shows_on_a_closed_day_and_opens_it_with_a_reason(scene):
    finished(scene)
    actions.count_all(site=scene.site, counts=[(scene.container, D(450))], witness=scene.other, by=scene.nurse,
                      at=scene.at(190))  # fmt: skip
    close(scene, explained={str(scene.session.pk): "Signed tomorrow"})
    stop = scene.session.entries.get(kind="drug", drugevent__action="stop")
    read_again(scene, stop, D(40), 210)
    facts = day_facts(scene.site, DAY, scene.at(220))
    assert [i.code for i in facts.ledger] == ["day.discrepancy"]
    with pytest.raises(Refused):
        actions.reopen_day(site=scene.site, day=DAY, reason="", by=scene.nurse, at=scene.at(221))
    actions.reopen_day(site=scene.site, day=DAY, reason="Pump read wrong", by=scene.nurse, at=scene.at(221))
    assert "day.discrepancy" in codes(scene, 222, explained={str(scene.session.pk): "Signed tomorrow"})
    assert [row.kind for row in DayClose.objects.order_by("number")] == ["closed", "reopened"]


def test_a_day_nobody_closed_is_asked_for_once_and_the_task_ends_with_it(scene):
    finished(scene)
    for minutes in (60, 24 * 60, 25 * 60):
        remind_of_open_days(at=scene.at(minutes))
    task = Task.objects.get(dedupe_key=f"day:{scene.site.pk}:{DAY}")
    actions.count_all(site=scene.site, counts=[(scene.container, D(450))], witness=scene.other, by=scene.nurse,
                      at=scene.at(1500))  # fmt: skip
    close(scene, 1501, explained={str(scene.session.pk): "Signed tomorrow"})
    task.refresh_from_db()
    assert task.state == "done"


def test_the_day_page_says_what_is_open_and_keeps_what_was_typed(everyone, scene, monkeypatch):
    begin(monkeypatch, 230)
    finished(scene)
    day = scene.session.checked_in_at.astimezone(scene.site.zone).date()
    nurse = signed_in(everyone.nurse)
    path = f"/days/{day}/"
    assert "2 things keep the day open" in nurse.get(path).content.decode()
    why = f"why_{scene.session.pk}"
    refused = nurse.post(path, {why: "Dr away until tomorrow", "note": "Quiet day"})
    assert refused.status_code == 422
    assert "Quiet day" in refused.content.decode()
    nurse.post("/vials/count/", {"kind": "day", f"mg_{scene.container.pk}": "450"} | second(everyone.colleague))
    assert nurse.post(path, {why: "Dr away until tomorrow"}).status_code == 302
    html = nurse.get(path).content.decode()
    assert "is closed" in html
    assert "Dr away until tomorrow" in html
    assert nurse.post(f"{path}open-again/", {"reason": ""}).status_code == 422
    assert nurse.post(f"{path}open-again/", {"reason": "A late waste"}).status_code == 302
    assert "Opened again" in nurse.get("/days/").content.decode()
    assert nurse.get("/days/no-day/").status_code == 404
    assert signed_in(everyone.front_desk).get("/days/").status_code == 403


def test_the_register_has_the_shape_the_law_asks_for(everyone, scene, django_assert_max_num_queries):
    finished(scene)
    page = register_page(scene.site, "ketamine", "", DAY, DAY, scene.at(300))
    assert (page.opening, page.closing) == ("0", "450")
    assert [r.what for r in page.rows] == ["Received", "Drawn", "Given", "Wasted: left over after use"]
    given = page.rows[2]
    assert given.figures == {"given": "35"}
    assert given.ml == "35"
    assert scene.patient.record_number in given.who
    head, body = register_csv(page)
    assert {len(head)} == {len(row) for row in body}
    nurse = signed_in(everyone.nurse)
    query = f"?drug=ketamine&since={DAY}&until={DAY}"
    assert "On hand before" in nurse.get(f"/register/{query}").content.decode()
    assert "450" in nurse.get(f"/register/register.csv{query}").content.decode()
    assert nurse.get(f"/register/register.pdf{query}").content.startswith(b"%PDF-")
    wrong = nurse.get(f"/register/?drug=ketamine&since={DAY}&until=2020-01-01")
    assert wrong.status_code == 422
    with django_assert_max_num_queries(18):
        nurse.get(f"/register/{query}")


def test_the_pack_is_made_before_opening_and_once(everyone):
    scene = Scene(everyone)
    opens = opening(everyone.harbor, DAY)
    early = pack_actions.make_due_packs(at=opens - dt.timedelta(minutes=61))
    assert [p for p in early if p.site_id == everyone.harbor.pk] == []
    made = pack_actions.make_due_packs(at=opens - dt.timedelta(minutes=30))
    mine = [p for p in made if p.site_id == everyone.harbor.pk]
    assert [p.problem for p in mine] == [""]
    assert list(mine[0].visits) == [str(scene.appointment.pk)]
    again = pack_actions.make_due_packs(at=opens)
    assert [p for p in again if p.site_id == everyone.harbor.pk] == []


def test_a_pack_that_cannot_be_made_is_told_and_tried_again(everyone, monkeypatch):
    def broken(*args):
        raise OSError("Pango is not here")

    at = NINE
    monkeypatch.setattr(pack_actions, "pdf_of", broken)
    failed = pack_actions.make_pack(site=everyone.harbor, day=DAY, at=at)
    assert failed.problem == "OSError: Pango is not here"
    task = Task.objects.get(dedupe_key=f"pack:{everyone.harbor.pk}:{DAY}")
    assert task.for_role == "nurse"
    monkeypatch.setattr(pack_actions, "pdf_of", lambda *args: b"%PDF-1.7 synthetic")
    pack_actions.make_pack(site=everyone.harbor, day=DAY, at=at + dt.timedelta(minutes=15))
    task.refresh_from_db()
    assert task.state == "withdrawn"
    assert DowntimePack.objects.filter(site=everyone.harbor).count() == 2


def test_the_pack_on_demand_and_in_the_browser(everyone, monkeypatch):
    begin(monkeypatch, 0)  # the booking is of today at any hour
    booked = Scene(everyone)
    nurse = signed_in(everyone.nurse)
    assert "There is no pack of today yet" in nurse.get("/downtime/").content.decode()
    assert nurse.get("/downtime/make/").status_code == 405
    assert nurse.post("/downtime/make/").status_code == 302
    assert "still holds" in nurse.get("/downtime/").content.decode()
    pack = DowntimePack.objects.get()
    paper = PdfReader(io.BytesIO(nurse.get(f"/downtime/{pack.pk}.pdf").content))
    assert len(paper.pages) == 5, "today, one page for each run sheet (one booked, two spare), the ledger of the safe"
    assert signed_in(everyone.stranger).get(f"/downtime/{pack.pk}.pdf").status_code == 404
    html = nurse.get("/downtime/print/").content.decode()
    assert booked.patient.record_number in html
    assert "never more than" in html
    booked.course.dose += D("0.1")
    booked.course.save(update_fields=["dose"])
    assert "out of date: 1 changed" in nurse.get("/downtime/").content.decode()
