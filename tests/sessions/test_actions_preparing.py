"""What is drawn from which vial, what becomes of the rest, and what a count finds."""

from decimal import Decimal as D

import pytest

from clinic.refusal import Refused
from sessions import actions, queries
from sessions.models import LedgerEntry
from sessions.queries.ledger import balance_of
from tests import factories
from tests.sessions.said import codes

pytestmark = pytest.mark.django_db


class TestPreparing:
    @pytest.mark.parametrize(
        ("ml", "diluent", "expected"),
        [
            ("1", "48", {"prepare.strength"}),
            ("11", "539", {"container.stock"}),
            ("0", "50", {"hard.volume_ml", "prepare.strength"}),
        ],
    )
    def test_what_is_drawn_must_fit(self, scene, ml, diluent, expected):
        scene.check_in()
        scene.weigh()
        scene.order()
        with pytest.raises(Refused) as refused:
            scene.draw(ml=ml, diluent_ml=diluent)
        assert codes(refused) == expected

    def test_a_syringe_read_to_a_hundredth_is_near_enough_and_keeps_its_true_strength(self, scene):
        scene.check_in()
        scene.weigh()
        scene.order()
        scene.draw(ml="0.71", diluent_ml="34.6")
        assert scene.preparation.strength_mg_ml == D("1.0054")
        read = {"strength_read": D("1.0054"), "volume_read": D("35.31")}
        assert not scene.second_check(9, strength_read=D(1), volume_read=D("35.31")).matched
        assert scene.second_check(10, **read).matched

    def test_an_emptied_syringe_has_given_what_was_drawn_to_the_last_digit(self, scene):
        scene.check_in()
        scene.answer()
        scene.weigh()
        scene.baseline()
        scene.line()
        scene.order()
        scene.draw(ml="0.71", diluent_ml="34.6")
        scene.second_check(9, strength_read=D("1.0054"), volume_read=D("35.31"))
        scene.start()
        scene.stop(50, volume_ml="35.31")
        assert LedgerEntry.objects.get(kind="given").mg == D("35.5")
        assert balance_of(scene.container).is_possible

    def test_a_single_dose_vial_is_for_one_patient(self, everyone, scene):
        from tests.sessions.scene import Scene

        scene.ready()
        neighbour = factories.patient(at_site=everyone.harbor, given_name="Bo", family_name="Neighbour-Test")
        other = Scene(everyone, patient=neighbour, chair=1, version=scene.version)
        other.check_in()
        other.weigh()
        other.order()
        with pytest.raises(Refused) as refused:
            other.draw(container=scene.container)
        assert codes(refused) == {"container.other_patient"}

    def test_expired_stock_is_not_received(self, scene):
        with pytest.raises(Refused) as refused:
            scene.stock(minutes=60 * 24 * 400)
        assert codes(refused) == {"container.expired"}

    def test_waste_has_a_witness_who_did_not_make_it(self, scene, infusing):
        scene.stop()
        for witness, code in ((None, "witness.missing"), (scene.nurse, "witness.maker")):
            with pytest.raises(Refused) as refused:
                scene.waste(witness=witness)
            assert codes(refused) == {code}
        with pytest.raises(Refused) as refused:
            scene.waste(mg="16")
        assert codes(refused) == {"confirm.more_than_left"}
        scene.waste(mg="16", confirmed={"more_than_left"})
        assert any(i.code == "day.impossible" for i in queries.day_close(scene.site))

    def test_a_count_that_differs_opens_a_difference_and_blocks_nothing(self, scene):
        vial = scene.stock()
        actions.count(container=vial, mg=D(490), witness=scene.other, by=scene.nurse, at=scene.at(1))
        assert [i.code for i in queries.day_close(scene.site)] == ["day.discrepancy"]

    def test_an_unopened_vial_can_go_back(self, scene):
        vial = scene.stock()
        actions.return_container(
            container=vial, witness=scene.other, reason="Recalled lot", by=scene.nurse, at=scene.at(1)
        )
        balance = balance_of(vial)
        assert (balance.returned, balance.in_stock, balance.holds) == (500, 0, True)
        assert queries.balances(scene.site) == []
