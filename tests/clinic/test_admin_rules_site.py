"""ATK-09: a reminder rule of another site is not opened or changed in the admin; one of no site is everybody's."""

import pytest
from django.urls import reverse

from followup.models import ReminderRule
from tests.people import people, signed_in

pytestmark = pytest.mark.django_db


def test_atk_09_an_admin_reaches_the_rules_of_their_own_sites_and_of_none():
    everyone = people()
    rules = {
        site: ReminderRule.objects.create(site=site, slot="matrix", how="wall", days=2, message_kind="reminder_day")
        for site in (everyone.harbor, everyone.prairie)
    }
    shared = ReminderRule.objects.filter(site=None).first() or ReminderRule.objects.create(
        site=None, slot="all", how="wall", days=3, message_kind="reminder_day"
    )
    admin = signed_in(everyone.clinic_admin)
    answers = {
        rule: admin.get(reverse("admin:followup_reminderrule_change", args=[rule.pk])).status_code
        for rule in (rules[everyone.harbor], rules[everyone.prairie], shared)
    }
    assert list(answers.values()) == [200, 404, 200]
    there = reverse("admin:followup_reminderrule_change", args=[rules[everyone.prairie].pk])
    assert admin.post(there).status_code == 404
