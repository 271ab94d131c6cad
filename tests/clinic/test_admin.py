"""The admin: who gets in, what they may change, and that looks and changes are audited."""

import pytest
from django.urls import reverse

from clinic.actions import setup
from clinic.admin.site import clinic_admin
from clinic.models import AuditEvent, Membership, MessageText, Patient, ProtocolVersion, SitePolicy, User
from clinic.models.base import CLINICAL, MENTAL
from clinic.queries.protocols import parts_of
from clinic.refusal import Conflict, Refused
from tests import factories
from tests.people import people, signed_in
from tests.standing import standing

everyone = standing(people)


@pytest.fixture
def admin(everyone):
    return signed_in(everyone.clinic_admin)


def page(model, verb, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{verb}", args=args)


def act(client, action, row):
    """Choose one row of a list and run an action on it; returns the words shown afterwards."""
    address = page(type(row), "changelist")
    answer = client.post(address, {"action": action, "_selected_action": [str(row.pk)]}, follow=True)
    return [str(message) for message in answer.context["messages"]] if answer.context else answer.status_code


def test_every_list_opens_for_a_clinic_admin(everyone, admin):
    index = admin.get(reverse("admin:index"))
    assert index.status_code == 200
    for app in index.context["app_list"]:
        for model in app["models"]:
            assert admin.get(model["admin_url"]).status_code == 200, model["admin_url"]


@pytest.mark.parametrize("role", ["front_desk", "nurse", "auditor"])
def test_other_roles_do_not_get_in(everyone, role):
    assert signed_in(everyone.by_role(role)).get("/admin/").status_code == 403


def test_prescribers_see_protocols_alone(everyone):
    index = signed_in(everyone.prescriber).get("/admin/")
    seen = {model["object_name"] for app in index.context["app_list"] for model in app["models"]}
    assert seen == {"Protocol", "ProtocolVersion"}


def test_no_row_of_a_record_can_be_added_changed_or_deleted(everyone, admin):
    for model, options in clinic_admin._registry.items():
        if not hasattr(options, "patient_path"):
            continue
        assert admin.get(page(model, "add")).status_code == 403, model
        assert options.may_change is options.may_delete is False
    answer = admin.post(page(Patient, "change", everyone.patient.pk), {"family_name": "Changed"})
    assert answer.status_code == 403
    assert admin.post(page(Patient, "delete", everyone.patient.pk), {"post": "yes"}).status_code == 403
    assert Patient.objects.get(pk=everyone.patient.pk).family_name == "Okafor-Test"


def test_no_clinical_or_mental_field_is_shown(everyone, admin, rf):
    for model, options in clinic_admin._registry.items():
        if hasattr(options, "patient_path"):
            shown = set(options.get_fields(rf.get("/")))
            hidden = {name for name, kind in model.CLASSIFY.items() if kind in (CLINICAL, MENTAL)}
            assert not shown & hidden, model
    Patient.objects.filter(pk=everyone.patient.pk).update(reason_words="A MENTAL CANARY")
    assert "CANARY" not in admin.get(page(Patient, "change", everyone.patient.pk)).content.decode()


def test_a_look_at_a_patient_is_audited_and_another_sites_patient_is_not_there(everyone, admin):
    assert admin.get(page(Patient, "change", everyone.patient.pk)).status_code == 200
    event = AuditEvent.objects.get(verb="look admin patient")
    assert (event.user, event.patient, event.is_look) == (everyone.clinic_admin, everyone.patient, True)
    assert admin.get(page(Patient, "change", everyone.away_patient.pk)).status_code == 404
    words = admin.get(page(Patient, "changelist")).content.decode()
    assert everyone.patient.record_number in words
    assert everyone.away_patient.record_number not in words


def test_a_site_is_changed_by_its_own_admin_only(everyone, admin):
    assert admin.get(page(type(everyone.harbor), "change", everyone.harbor.pk)).status_code == 200
    assert admin.get(page(type(everyone.harbor), "change", everyone.prairie.pk)).status_code == 404


def test_a_policy_is_replaced_not_edited(everyone, admin):
    values = {f.name: f.value_from_object(everyone.harbor.policy) for f in SitePolicy._meta.concrete_fields}
    values = {key: "" if value is None else str(value) for key, value in values.items()}
    values |= {"site": str(everyone.harbor.pk), "nurse_lanes": "2", "first_infusion_takes_all": ""}
    answer = admin.post(page(SitePolicy, "add"), values)
    assert answer.status_code == 302, answer.context["errors"]
    assert [p.nurse_lanes for p in everyone.harbor.policies.order_by("set_at")] == [3, 2]
    assert everyone.harbor.policies.first().set_by == everyone.clinic_admin
    foreign = admin.post(page(SitePolicy, "add"), values | {"site": str(everyone.prairie.pk)})
    assert foreign.status_code == 200
    assert everyone.prairie.policies.count() == 1


def give(client, user, site, role):
    values = {"user": str(user.pk), "site": str(site.pk), "role": role}
    return client.post(page(Membership, "add"), values)


def test_a_role_is_given_at_the_own_site_and_audited(everyone, admin):
    assert give(admin, everyone.nurse, everyone.harbor, "auditor").status_code == 302
    assert everyone.nurse.memberships.active().count() == 2
    assert AuditEvent.objects.filter(verb="membership.given", user=everyone.clinic_admin).count() == 1


def test_nobody_gives_themselves_a_role(everyone, admin):
    assert give(admin, everyone.clinic_admin, everyone.harbor, "prescriber").status_code == 200
    assert everyone.clinic_admin.memberships.count() == 1


def test_no_role_is_given_at_another_site(everyone, admin):
    assert give(admin, everyone.nurse, everyone.prairie, "nurse").status_code == 200
    assert everyone.nurse.memberships.count() == 1


def test_roles_end_and_are_never_deleted(everyone, admin):
    held = everyone.nurse.memberships.get()
    assert "Ended" in act(admin, "end", held)[0]
    assert not everyone.nurse.memberships.active().exists()
    assert Membership.objects.filter(pk=held.pk).exists()
    assert admin.post(page(Membership, "delete", held.pk), {"post": "yes"}).status_code == 403
    own = everyone.clinic_admin.memberships.get()
    assert "Nobody changes their own roles" in act(admin, "end", own)[0]
    assert everyone.clinic_admin.memberships.active().exists()


def test_a_clinic_admin_makes_no_superuser(everyone, admin):
    values = {"email": everyone.nurse.email, "name": "Nora N", "initials": "NN", "credentials": "RN", "is_active": "on"}
    extra = {"is_superuser": "on", "is_staff": "on", "password": "x"}
    assert admin.post(page(User, "change", everyone.nurse.pk), values | extra).status_code == 302
    nurse = User.objects.get(pk=everyone.nurse.pk)
    assert (nurse.name, nurse.is_superuser, nurse.password) == ("Nora N", False, everyone.nurse.password)


def test_a_superuser_and_oneself_are_out_of_reach(everyone, admin):
    above = factories.user(name="Sue Per", is_superuser=True)
    assert admin.get(page(User, "change", above.pk)).status_code == 404
    assert admin.post(page(User, "change", everyone.clinic_admin.pk), {"name": "x"}).status_code == 403


def test_who_also_works_elsewhere_is_not_changed(everyone, admin):
    Membership.objects.create(user=everyone.nurse, site=everyone.prairie, role="nurse")
    assert admin.post(page(User, "change", everyone.nurse.pk), {"name": "x"}).status_code == 403


def test_a_new_person_has_no_password_and_deactivation_signs_out(everyone, admin):
    values = {"email": "New.One@tideline.example", "name": "New One", "is_active": "on"}
    assert admin.post(page(User, "add"), values).status_code == 302
    fresh = User.objects.get(email="new.one@tideline.example")
    assert not fresh.has_usable_password()
    nurse = signed_in(everyone.nurse)
    values = {"email": everyone.nurse.email, "name": "Nora", "initials": "", "credentials": ""}
    assert admin.post(page(User, "change", everyone.nurse.pk), values).status_code == 302
    assert nurse.get("/accounts/2fa/").status_code == 302


def test_a_draft_is_made_edited_and_approved_by_a_prescriber(everyone, admin):
    version = factories.protocol_version(approved_by=everyone.prescriber)
    assert "new draft" in act(admin, "new_draft", version)[0]
    draft = version.protocol.versions.get(number=2)
    for model, rows in parts_of(version).items():
        assert model.objects.filter(version=draft).count() == len(rows), model
    assert admin.get(page(ProtocolVersion, "change", draft.pk)).context["has_change_permission"]
    assert not admin.get(page(ProtocolVersion, "change", version.pk)).context["has_change_permission"]
    act(admin, "approve", draft)
    assert ProtocolVersion.objects.get(pk=draft.pk).approved_at is None
    assert "Approved" in act(signed_in(everyone.prescriber), "approve", draft)[0]
    assert ProtocolVersion.objects.get(pk=draft.pk).approved_by == everyone.prescriber


def test_only_prescribers_approve_and_only_what_is_complete(everyone):
    empty = factories.protocol_version(parts=False)
    with pytest.raises(Refused) as refused:
        setup.approve_version(version=empty, by=everyone.clinic_admin)
    assert {item.code for item in refused.value.items} >= {"not-prescriber", "no-protocoldrug", "no-protocollimit"}
    full = factories.protocol_version()
    setup.approve_version(version=full, by=everyone.prescriber)
    with pytest.raises(Conflict):
        setup.approve_version(version=full, by=everyone.prescriber)


def test_a_text_is_published_once_and_copied_to_change_it(everyone, admin):
    draft = factories.message_text(kind="decision", body="Hello {name}, please call {phone}.", subject="{site}: news")
    assert "Published" in act(admin, "publish", draft)[0]
    assert "published already" in act(admin, "publish", draft)[0]
    assert not admin.get(page(MessageText, "change", draft.pk)).context["has_change_permission"]
    assert "new draft" in act(admin, "new_version", draft)[0]
    assert MessageText.objects.get(kind="decision", number=2).published_at is None


def test_a_text_with_words_that_must_not_leave_is_not_published(everyone, admin):
    draft = factories.message_text(kind="decision", body="Your ketamine infusion", subject="x")
    assert "must not leave" in act(admin, "publish", draft)[0]
    assert MessageText.objects.get(pk=draft.pk).published_at is None


def test_changes_are_audited(everyone, admin):
    act(admin, "new_version", factories.consent_text(published_by=everyone.prescriber))
    assert AuditEvent.objects.filter(verb="text.drafted", user=everyone.clinic_admin).count() == 1
