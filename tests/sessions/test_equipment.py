"""The emergency equipment of a site, checked before the first start of a day."""

import datetime as dt

import pytest

from clinic import clock
from clinic.models import AuditEvent
from sessions import actions, queries
from sessions.models import EquipmentCheck
from sessions.rules import equipment
from tests import factories
from tests.people import signed_in
from tests.sessions.said import words
from tests.sessions.screens import url

WHOLE = dict.fromkeys(equipment.ITEMS, "yes")


class TestEquipment:
    @pytest.fixture
    def daily(self, everyone):
        factories.policy(at_site=everyone.harbor, equipment_check="day", at=clock.now() + dt.timedelta(seconds=1))

    def check(self, scene, **answers):
        said = dict.fromkeys(equipment.ITEMS, (True, "")) | answers
        return actions.check_equipment(site=scene.site, answers=said, by=scene.nurse, at=scene.at(9))

    def missing(self, scene):
        """In the minute of the check: a minute later it may be another day."""
        found = queries.missing_to_start(queries.sheet(scene.session, scene.at(9.9)))
        return {item.code: item.text for item in found}

    def test_the_first_start_of_the_day_waits_for_the_list(self, daily, prepared):
        assert "start.emergency_equipment" in self.missing(prepared), "the session's own answer is not enough"
        row = self.check(prepared)
        assert "start.emergency_equipment" not in self.missing(prepared)
        assert AuditEvent.objects.filter(verb="equipment.checked", subject_id=row.pk).count() == 1

    def test_a_fault_stops_every_start_and_names_itself(self, daily, prepared):
        self.check(prepared)
        actions.check_equipment(
            site=prepared.site, by=prepared.nurse, at=prepared.at(9.5),
            answers={c: (c != "suction", "No vacuum") for c in equipment.ITEMS},
        )  # fmt: skip
        assert "No vacuum" in self.missing(prepared)["start.emergency_equipment"]

    def test_yesterdays_and_another_sites_do_not_count(self, daily, prepared, everyone):
        answers = dict.fromkeys(equipment.ITEMS, (True, ""))
        actions.check_equipment(site=prepared.site, answers=answers, by=prepared.nurse, at=prepared.at(-24 * 60))
        actions.check_equipment(site=everyone.prairie, answers=answers, by=everyone.stranger, at=prepared.at(9))
        assert "start.emergency_equipment" in self.missing(prepared)

    def test_the_page_keeps_what_was_typed_and_shows_the_days_before(self, daily, prepared, everyone):
        client = signed_in(everyone.nurse)
        half = dict.fromkeys(list(equipment.ITEMS)[:-1], "yes") | {"note": "Bag two"}
        refused = client.post("/equipment/", half)
        assert refused.status_code == 422
        assert 'value="Bag two"' in refused.content.decode()
        assert client.post("/equipment/", WHOLE | {"suction": "no"}).status_code == 422
        assert client.post("/equipment/", WHOLE).status_code == 302
        assert "In order today" in words(client.get("/equipment/"))
        assert EquipmentCheck.objects.get().checked_by == everyone.nurse
        assert signed_in(everyone.front_desk).get("/equipment/").status_code == 403

    def test_the_checklist_shows_the_sites_check_instead_of_asking(self, daily, prepared, everyone):
        client = signed_in(everyone.nurse)
        page = client.get(url("checklist", prepared.session)).content.decode()
        assert 'name="emergency_equipment"' not in page
        assert "Not checked today" in page
        start = client.get(url("session-start", prepared.session)).content.decode()
        assert 'href="/equipment/"' in start

    def test_where_the_policy_asks_before_every_start_the_checklist_does(self, prepared, everyone):
        page = signed_in(everyone.nurse).get(url("checklist", prepared.session)).content.decode()
        assert 'name="emergency_equipment"' in page
