"""The admin shows sessions and entries for looking only, and nothing clinical."""

import pytest
from django.test import RequestFactory

from clinic.admin.site import clinic_admin
from sessions.models import Entry, InfusionSession, Signature


@pytest.mark.parametrize("model", [InfusionSession, Entry, Signature])
def test_rows_can_be_neither_added_changed_nor_deleted(model):
    page = clinic_admin.get_model_admin(model)
    request = RequestFactory().get("/")
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


def test_no_clinical_field_is_shown():
    fields = clinic_admin.get_model_admin(InfusionSession).get_fields(RequestFactory().get("/"))
    assert "phase" in fields
    assert not {"ending", "number", "protocol_version"} & set(fields)
