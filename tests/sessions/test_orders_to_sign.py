"""Orders by word of mouth wait for the signature of whoever gave them."""

from decimal import Decimal as D

from sessions import actions
from tests.people import signed_in
from tests.sessions.screens import begin


class TestOrdersToSign:
    def order(self, scene, minutes, **who):
        return actions.verbal_order(
            session=scene.session, category="drug", drug="ondansetron", dose_mg=D(4), read_back=True,
            at=scene.at(minutes), **({"ordered_by": scene.doctor, "by": scene.nurse} | who),
        )  # fmt: skip

    def test_mine_come_first_and_overdue_ones_say_so(self, everyone, scene, monkeypatch):
        begin(monkeypatch, 26 * 60)
        scene.check_in()
        mine = self.order(scene, 1)
        self.order(scene, 26 * 60 - 5, ordered_by=everyone.prescriber_too)
        doctor = signed_in(everyone.prescriber)
        html = doctor.get("/orders/to-sign/").content.decode()
        assert html.count("Co-sign ondansetron") + html.count("Co-sign Drug ondansetron") == 1
        assert "1 order is overdue" in html
        assert "Piet Prescriber" in html
        assert signed_in(everyone.front_desk).get("/orders/to-sign/").status_code == 403
        assert signed_in(everyone.stranger).get("/orders/to-sign/").content.decode().count("ondansetron") == 0
        assert signed_in(everyone.prescriber_too).post(f"/orders/{mine.pk}/sign/").status_code == 302
        mine.refresh_from_db()
        assert mine.cosigned_at is None, "only the orderer signs"
        assert doctor.post(f"/orders/{mine.pk}/sign/").status_code == 302
        mine.refresh_from_db()
        assert mine.cosigned_by == everyone.prescriber
        assert signed_in(everyone.away["prescriber"]).post(f"/orders/{mine.pk}/sign/").status_code == 404

    def test_the_list_asks_as_much_for_ten_as_for_one(
        self, everyone, scene, monkeypatch, django_assert_max_num_queries
    ):
        begin(monkeypatch, 60)
        scene.check_in()
        for minute in range(10):
            self.order(scene, minute)
        client = signed_in(everyone.prescriber)
        with django_assert_max_num_queries(16):
            client.get("/orders/to-sign/")
