"""The start: everything that is missing, who may decide, the second check before it."""

import datetime as dt
from decimal import Decimal as D

import pytest

from clinic.refusal import Refused
from sessions import actions, queries
from sessions.queries import gates
from tests import factories
from tests.sessions import scene as scenes
from tests.sessions.said import codes

pytestmark = pytest.mark.django_db
T2350 = dt.datetime(2026, 3, 4, 4, 50, tzinfo=dt.UTC)  # ten to midnight in New York


class TestStart:
    def test_it_lists_all_that_is_missing(self, scene):
        scene.check_in()
        scene.weigh()
        scene.order()
        scene.draw()
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {
            f"start.{c}"
            for c in (
                "identity",
                "consent",
                "second_check",
                "monitoring",
                "emergency_equipment",
                "prescriber",
                "line",
                "escort",
                "baseline",
                "hold_limits",
                "fasting",
                "pregnancy",
                "findings",
            )
        }

    def test_without_approval_or_consent_there_is_no_start(self, everyone):
        from tests.sessions.scene import Scene

        scene = Scene(everyone, approved=False).ready()
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {"start.consent_in_force", "start.findings"}

    @pytest.mark.parametrize(("begun", "is_good"), [(T2350, True), (T2350 - dt.timedelta(hours=13), False)])
    def test_past_midnight_the_weight_of_this_visit_counts_and_yesterdays_does_not(
        self, everyone, monkeypatch, begun, is_good
    ):
        """A visit of ten to midnight goes on; one left standing since the morning is weighed again."""
        monkeypatch.setattr(scenes, "NINE", begun)
        scene = scenes.Scene(everyone).ready()
        at = int((T2350 - begun).total_seconds() / 60) + 15
        facts, _ = gates.start_facts(queries.sheet(scene.session, scene.at(at)))
        assert facts["weight"] is is_good

    def test_a_hold_limit_is_overridden_by_a_prescriber_with_a_reason(self, scene, ready):
        scene.vitals(9, systolic=168)
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {"start.hold_limits"}
        with pytest.raises(Refused):
            actions.override_gate(
                session=scene.session, code="hold_limits", reason="Anxious", by=scene.nurse, at=scene.at(9)
            )
        actions.override_gate(
            session=scene.session, code="hold_limits", reason="Anxious, known", by=scene.doctor, at=scene.at(9)
        )
        assert scene.start().created

    def test_a_mismatch_names_both_and_stops_the_start(self, scene, ready):
        check = scene.second_check(9, rate_read=D("25.5"))
        assert check.mismatches == ["Pump rate read as 25.5 mL/h, computed 52.5 mL/h."]
        with pytest.raises(Refused) as refused:
            scene.start()
        assert "25.5" in str(refused.value)

    @pytest.mark.parametrize("who", ["nurse", "stranger"])
    def test_not_everyone_is_a_second_person(self, scene, ready, who):
        with pytest.raises(Refused):
            scene.second_check(9, by=getattr(scene.people, who))

    def test_a_site_alone_may_allow_a_delayed_self_check(self, scene):
        factories.policy(at_site=scene.site, second_person="delayed_self")
        scene.site.__dict__.pop("_policy", None)
        scene.ready()
        alone = {"stand_in": "self_delayed", "reason": "Night, alone", "by": scene.nurse}
        with pytest.raises(Refused) as refused:
            scene.second_check(12, **alone)
        assert codes(refused) == {"check.delay"}
        assert scene.second_check(18, **alone).matched

    def test_a_weight_from_another_day_asks_a_prescriber(self, scene, ready):
        scene.do(actions.record_weight, 9, value=D(70), basis="stated")
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {"start.weight"}
