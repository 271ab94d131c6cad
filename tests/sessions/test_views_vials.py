"""Containers and the ledger through the pages."""

from decimal import Decimal as D

import pytest

from clinic.models import AuditEvent, Task
from sessions.models import Container, Delivery, Discrepancy, LedgerEntry, StockCount
from sessions.queries.ledger import balance_of
from tests import factories
from tests.people import signed_in
from tests.sessions.screens import begin, second

VIAL = {
    "code": "KET-9",
    "drug": "ketamine",
    "schedule": "III",
    "strength_mg_ml": "50",
    "volume_ml": "10",
    "lot": "L9",
    "expires_on": "2027-12-31",
    "use": "single",
    "supplier": "Synthetic Supplies",
}


@pytest.fixture
def nurse(everyone):
    return signed_in(everyone.nurse)


def test_receive_count_waste_and_the_sum_holds(everyone, nurse):
    assert nurse.post("/vials/receive/", VIAL).status_code == 302
    vial = Container.objects.get()
    taken = nurse.post("/vials/receive/", VIAL)
    assert taken.status_code == 409
    assert "in stock already" in taken.content.decode()
    assert nurse.post(f"/vials/{vial.pk}/count/", {"mg": "500"} | second(everyone.colleague)).status_code == 302
    html = nurse.get("/vials/").content.decode()
    assert "Every mg is accounted for" in html
    assert "KET-9" in html
    assert "Received" in nurse.get(f"/vials/{vial.pk}/").content.decode()


def test_a_delivery_keeps_its_papers_and_takes_a_box_at_once(everyone, nurse):
    papers = {"supplier_address": "1 Test Way", "supplier_dea": "XX0000000", "invoice": "INV-7"}
    box = VIAL | papers | {"code": "A-1\nA-2\nA-3\n", "kept_in": "Safe 1"}
    assert nurse.post("/vials/receive/", box).status_code == 302
    delivery = Delivery.objects.get()
    assert (delivery.supplier, delivery.invoice, delivery.containers.count()) == ("Synthetic Supplies", "INV-7", 3)
    html = nurse.get(f"/vials/{delivery.containers.first().pk}/").content.decode()
    assert "INV-7" in html
    assert "Safe 1" in html
    assert "C-III" in html


def test_nothing_of_a_delivery_is_taken_in_when_one_code_is_wrong(everyone, nurse):
    nurse.post("/vials/receive/", VIAL)
    again = nurse.post("/vials/receive/", VIAL | {"code": "NEW-1\nKET-9"})
    assert again.status_code == 409
    twice = nurse.post("/vials/receive/", VIAL | {"code": "NEW-1\nNEW-1"})
    assert twice.status_code == 422
    assert "NEW-1 is in the list twice" in twice.content.decode()
    assert Container.objects.count() == 1


def test_schedule_two_needs_its_form(everyone, nurse):
    refused = nurse.post("/vials/receive/", VIAL | {"drug": "fentanyl", "schedule": "II"})
    assert refused.status_code == 422
    assert "DEA form 222" in refused.content.decode()
    assert nurse.post("/vials/receive/", VIAL | {"schedule": "II", "order_form": "222-1"}).status_code == 302


def test_the_barcode_says_lot_and_expiry(everyone, nurse):
    scan = "(01)00312345678906(17)271231(10)LOT77(21)SER1"
    assert nurse.post("/vials/receive/", VIAL | {"code": scan, "lot": "", "expires_on": ""}).status_code == 302
    vial = Container.objects.get()
    assert (vial.code, vial.lot, vial.expires_on.isoformat()) == ("SER1", "LOT77", "2027-12-31")
    assert (vial.gtin, vial.ndc) == ("00312345678906", "1234567890")
    assert "NDC" in nurse.get(f"/vials/{vial.pk}/").content.decode()
    mixed = nurse.post("/vials/receive/", VIAL | {"code": f"{scan}\n(01)00312345678906(17)271231(10)LOT78(21)SER2"})
    assert mixed.status_code == 422
    assert "is of another lot than the first one" in mixed.content.decode()
    plain = nurse.post("/vials/receive/", VIAL | {"code": "NO-SCAN", "lot": ""})
    assert "the barcode does not say it" in plain.content.decode()


def test_the_ndc_is_typed_with_its_hyphens_and_stands_in_the_register(everyone, nurse):
    bare = nurse.post("/vials/receive/", VIAL | {"ndc": "12345678"})
    assert bare.status_code == 422
    assert nurse.post("/vials/receive/", VIAL | {"ndc": "12345-678-90"}).status_code == 302
    assert "NDC 12345-678-90" in nurse.get("/register/").content.decode()


def test_a_wrong_count_opens_a_difference_that_two_people_explain(everyone, nurse):
    nurse.post("/vials/receive/", VIAL)
    vial = Container.objects.get()
    nurse.post(f"/vials/{vial.pk}/count/", {"mg": "480"} | second(everyone.colleague))
    assert "1 ledger difference to explain" in nurse.get("/vials/").content.decode()
    path = f"/vials/differences/{Discrepancy.objects.get().pk}/"
    said = {"outcome": "spilled", "adjust": "found", "given_mg": "0", "wasted_mg": "0", "explanation": "Dropped"}
    alone = nurse.post(path, said | second(everyone.nurse))
    assert alone.status_code == 422
    assert "Dropped" in alone.content.decode()
    assert nurse.post(path, said | second(everyone.colleague)).status_code == 302
    assert Discrepancy.objects.get().closed_at is not None
    assert balance_of(vial).in_stock == D("480")
    assert nurse.post(path, said | second(everyone.colleague)).status_code == 422


def test_a_loss_sets_up_its_report(everyone, nurse):
    nurse.post("/vials/receive/", VIAL)
    vial = Container.objects.get()
    nurse.post(f"/vials/{vial.pk}/count/", {"mg": "0"} | second(everyone.colleague))
    said = {"outcome": "loss", "adjust": "found", "explanation": "The vial is gone"}
    path = f"/vials/differences/{Discrepancy.objects.get().pk}/"
    assert nurse.post(path, said | second(everyone.colleague)).status_code == 302
    assert "form 106" in Task.objects.get(dedupe_key__startswith="loss:").title


def test_own_figures_need_the_choice_of_own_figures(everyone, nurse):
    nurse.post("/vials/receive/", VIAL)
    vial = Container.objects.get()
    nurse.post(f"/vials/{vial.pk}/count/", {"mg": "490"} | second(everyone.colleague))
    path = f"/vials/differences/{Discrepancy.objects.get().pk}/"
    said = {"outcome": "charting", "adjust": "ledger", "wasted_mg": "5", "explanation": "Read wrong"}
    assert nurse.post(path, said | second(everyone.colleague)).status_code == 422
    assert nurse.post(path, said | {"adjust": "other"} | second(everyone.colleague)).status_code == 302
    assert balance_of(vial).in_stock == D("495")


def test_everything_is_counted_on_one_sheet_blind(everyone, nurse):
    nurse.post("/vials/receive/", VIAL | {"code": "A-1\nA-2"})
    first, other = Container.objects.order_by("code")
    page = nurse.get("/vials/count/").content.decode()
    assert "500" not in page
    nothing = nurse.post("/vials/count/", {"kind": "day"} | second(everyone.colleague))
    assert nothing.status_code == 422
    both = {"kind": "day", f"sealed_{first.pk}": "on", f"mg_{first.pk}": "500"}
    assert nurse.post("/vials/count/", both | second(everyone.colleague)).status_code == 422
    said = {"kind": "day", f"sealed_{first.pk}": "on", f"mg_{other.pk}": "495"}
    assert nurse.post("/vials/count/", said | second(everyone.colleague)).status_code == 302
    row = StockCount.objects.get()
    assert [(e.mg, e.computed_mg) for e in row.lines.order_by("mg")] == [(D("495"), D("500")), (D("500"), D("500"))]
    assert "differs" in nurse.get(f"/vials/counts/{row.pk}/").content.decode()


def test_an_inventory_counts_everything_and_says_when(everyone, nurse):
    nurse.post("/vials/receive/", VIAL | {"code": "A-1\nA-2"})
    assert "The initial inventory is due" in nurse.get("/inventories/").content.decode()
    first, other = Container.objects.order_by("code")
    part = {"kind": "initial", f"sealed_{first.pk}": "on"}
    refused = nurse.post("/vials/count/", part | second(everyone.colleague)).content.decode()
    assert "an inventory counts everything" in refused
    assert "at opening or at close" in refused
    whole = part | {"moment": "open", f"sealed_{other.pk}": "on"}
    assert nurse.post("/vials/count/", whole | second(everyone.colleague)).status_code == 302
    assert "The next inventory is due by" in nurse.get("/inventories/").content.decode()


def test_the_waste_page_proposes_what_is_left_with_the_dead_space_of_the_line(everyone, nurse, scene, monkeypatch):
    begin(monkeypatch, 60)
    factories.policy(at_site=everyone.harbor, dead_space_ml=D("2"))
    scene.running()
    scene.stop(50, volume_ml="35")
    path = f"/sessions/{scene.session.pk}/preparations/{scene.preparation.pk}/waste/"
    page = nurse.get(path)
    assert page.context["form"].initial == {"mg": "13", "dead_space_mg": "2"}
    assert "15 mg, that is 15 mL" in page.content.decode()
    said = {"mg": "13", "dead_space_mg": "2", "reason": "rest"} | second(everyone.colleague)
    assert nurse.post(path, said).status_code == 302
    wasted = LedgerEntry.objects.filter(kind="wasted").order_by("mg")
    assert [(e.mg, e.manner) for e in wasted] == [(D("2"), "dead_space"), (D("13"), "rest")]
    assert balance_of(scene.container).in_use_mg == 0


def test_more_waste_than_is_left_asks_first(everyone, nurse, scene, monkeypatch):
    begin(monkeypatch, 60)
    scene.running()
    scene.stop(50, volume_ml="35")
    path = f"/sessions/{scene.session.pk}/preparations/{scene.preparation.pk}/waste/"
    waste = {"mg": "40", "reason": "rest"} | second(everyone.colleague)
    asked = nurse.post(path, waste)
    assert asked.status_code == 422
    assert "Waste more?" in asked.content.decode()
    assert nurse.post(path, waste | {"confirmed": "more_than_left:40/"}).status_code == 302
    assert Discrepancy.objects.filter(closed_at__isnull=True).exists()


def test_a_waste_typed_wrong_is_taken_back_and_stays_struck_through(everyone, nurse, scene, monkeypatch):
    begin(monkeypatch, 60)
    scene.running()
    scene.stop(50, volume_ml="35")
    scene.waste(52, mg="5")
    wrong = LedgerEntry.objects.get(kind="wasted")
    path = f"/vials/wastes/{wrong.pk}/correct/"
    said = {"mg": "15", "reason": "Typed 5, it was 15"}
    assert nurse.post(path, said | second(everyone.nurse)).status_code == 422
    assert nurse.post(path, said | second(everyone.colleague)).status_code == 302
    assert balance_of(scene.container).in_use_mg == 0
    html = nurse.get(f"/vials/{scene.container.pk}/").content.decode()
    assert "<s>5</s>" in html
    assert "Typed 5, it was 15" in html
    again = nurse.post(path, said | second(everyone.colleague))
    assert "corrected already" in again.content.decode()


def test_a_sealed_vial_goes_to_another_site_and_is_taken_in_there(everyone, nurse):
    nurse.post("/vials/receive/", VIAL)
    vial = Container.objects.get()
    away = signed_in(everyone.away["nurse"])
    said = {"manner": "site", "to_site": str(everyone.prairie.pk), "reason": "Short there"}
    assert nurse.post(f"/vials/{vial.pk}/return/", said | second(everyone.colleague)).status_code == 302
    sent = LedgerEntry.objects.get(kind="returned")
    assert "On the way here" in away.get("/vials/").content.decode()
    assert "On the way here" not in nurse.get("/vials/").content.decode()
    assert nurse.get(f"/vials/coming/{sent.pk}/").status_code == 404
    assert away.post(f"/vials/coming/{sent.pk}/", {"kept_in": "Safe A"}).status_code == 302
    arrived = Container.objects.get(site=everyone.prairie)
    assert (arrived.came_from, arrived.lot, balance_of(arrived).in_stock) == (vial, "L9", D("500"))
    assert away.post(f"/vials/coming/{sent.pk}/", {"kept_in": "Safe A"}).status_code == 404


def test_where_it_is_kept_is_changed_and_audited(everyone, nurse):
    nurse.post("/vials/receive/", VIAL)
    vial = Container.objects.get()
    assert nurse.post(f"/vials/{vial.pk}/move/", {"kept_in": "Safe 2"}).status_code == 302
    assert AuditEvent.objects.get(verb="container.moved").detail == {"from": "", "to": "Safe 2"}


def test_expired_and_opened_too_long_stand_out_and_are_wasted(everyone, nurse):
    nurse.post("/vials/receive/", VIAL)
    Container.objects.update(expires_on="2026-01-01")
    vial = Container.objects.get()
    html = nurse.get("/vials/").content.decode()
    assert "1 container to take out of the safe" in html
    assert "KET-9: expired" in html
    assert "Nobody can draw from it" in nurse.get(f"/vials/{vial.pk}/").content.decode()
    said = {"mg": "500", "manner": "destroyed", "reason": "Expired"}
    assert nurse.post(f"/vials/{vial.pk}/waste/", said | second(everyone.colleague)).status_code == 302
    vial.refresh_from_db()
    assert vial.state == "discarded"


def test_an_expired_vial_and_another_clinics_vial(everyone, nurse):
    old = nurse.post("/vials/receive/", VIAL | {"expires_on": "2024-01-01"})
    assert old.status_code == 422
    assert "has expired" in old.content.decode()
    nurse.post("/vials/receive/", VIAL)
    vial = Container.objects.get()
    assert signed_in(everyone.stranger).get(f"/vials/{vial.pk}/").status_code == 404
    assert signed_in(everyone.front_desk).get("/vials/").status_code == 403
    assert signed_in(everyone.clinic_admin).get("/vials/").status_code == 200
    assert signed_in(everyone.clinic_admin).post("/vials/receive/", VIAL).status_code == 403
    assert signed_in(everyone.clinic_admin).get("/register/").status_code == 403


def test_the_number_of_queries_does_not_grow(everyone, nurse, django_assert_max_num_queries):
    for n in range(4):
        nurse.post("/vials/receive/", VIAL | {"code": f"V{n}"})
    with django_assert_max_num_queries(14):
        nurse.get("/vials/")
