"""A rule that can never fire: the checks fail, the health page and the admin say so."""

import pytest
from django.core import checks

from clinic import clock, health
from intake import checks as rules_checks
from tests.people import people


@pytest.fixture
def a_dead_rule(monkeypatch):
    monkeypatch.setattr(rules_checks, "dead_rules", lambda: ("seizures",))


def test_the_rules_in_force_can_all_fire():
    assert rules_checks.rules_can_fire(None) == []
    assert rules_checks.rules_can_fire in checks.registry.registry.registered_checks
    assert health.watched()["rules"] == "ok"
    assert health.troubles() == []


def test_a_rule_that_cannot_fire_fails_the_build(a_dead_rule):
    errors = rules_checks.rules_can_fire(None)
    assert [(error.id, error.is_serious()) for error in errors] == [("intake.E001", True)]
    assert "seizures" in errors[0].msg


@pytest.mark.django_db
def test_it_shows_on_the_health_page_and_in_the_admin(a_dead_rule, client):
    assert health.readiness(clock.now())["rules"] == "cannot-fire"
    client.force_login(people().by_role("clinic_admin"))
    page = client.get("/admin/").content.decode()
    assert "Eligibility rules that can never fire: seizures." in page


@pytest.mark.django_db
def test_a_healthy_clinic_sees_nothing_of_it(client):
    client.force_login(people().by_role("clinic_admin"))
    assert "never fire" not in client.get("/admin/").content.decode()
