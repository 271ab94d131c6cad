"""Containers and the ledger through the pages."""

import pytest

from sessions.models import Container, Discrepancy
from tests.people import signed_in
from tests.sessions.screens import begin, second

VIAL = {
    "code": "KET-9",
    "drug": "ketamine",
    "strength_mg_ml": "50",
    "volume_ml": "10",
    "lot": "L9",
    "expires_on": "2027-12-31",
    "use": "single",
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


def test_a_wrong_count_opens_a_difference_that_a_witness_closes(everyone, nurse):
    nurse.post("/vials/receive/", VIAL)
    vial = Container.objects.get()
    nurse.post(f"/vials/{vial.pk}/count/", {"mg": "480"} | second(everyone.colleague))
    assert "1 ledger difference to explain" in nurse.get("/vials/").content.decode()
    path = f"/vials/differences/{Discrepancy.objects.get().pk}/"
    said = {"given_mg": "0", "wasted_mg": "20", "explanation": "Dropped"}
    alone = nurse.post(path, said | second(everyone.nurse))
    assert alone.status_code == 422
    assert nurse.post(path, said | second(everyone.colleague)).status_code == 302
    assert Discrepancy.objects.get().closed_at is not None


def test_more_waste_than_is_left_asks_first(everyone, nurse, scene, monkeypatch):
    begin(monkeypatch, 60)
    scene.running()
    scene.stop(30, volume_ml="35")
    path = f"/sessions/{scene.session.pk}/preparations/{scene.preparation.pk}/waste/"
    waste = {"mg": "40", "reason": "rest"} | second(everyone.colleague)
    asked = nurse.post(path, waste)
    assert asked.status_code == 422
    assert "Waste more?" in asked.content.decode()
    assert nurse.post(path, waste | {"confirmed": "more_than_left:40"}).status_code == 302
    assert Discrepancy.objects.filter(closed_at__isnull=True).exists()


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


def test_the_number_of_queries_does_not_grow(everyone, nurse, django_assert_max_num_queries):
    for n in range(4):
        nurse.post("/vials/receive/", VIAL | {"code": f"V{n}"})
    with django_assert_max_num_queries(12):
        nurse.get("/vials/")
