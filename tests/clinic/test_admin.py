"""The admin: who gets in, what they may change, and that looks and changes are audited."""

import pytest
from django.urls import reverse

from clinic.models import AuditEvent
from tests.people import people, signed_in


@pytest.fixture
def everyone(db):
    return people()


def test_every_list_opens_for_a_clinic_admin(everyone):
    client = signed_in(everyone.clinic_admin)
    index = client.get(reverse("admin:index"))
    assert index.status_code == 200
    for app in index.context["app_list"]:
        for model in app["models"]:
            assert client.get(model["admin_url"]).status_code == 200, model["admin_url"]
