"""The rules as a clinic reads and weighs them; what is new since an approval, and who decides it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from clinic import clock
from clinic.models import AuditEvent, Membership
from clinic.refusal import Conflict
from intake.actions.findings import CHANGE, Occasion, run_rules
from intake.actions.levels import set_rule_level
from intake.actions.medicines import keep_new_medicines
from intake.models import Finding, RuleLevel
from intake.rules.findings import BY_CODE, RULES
from tests.followup.approvals import approved
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
LIST = "/intake/rules/"


everyone = standing(people)


def rule_page(code):
    return reverse("intake:rule-show", args=[code])


def findings_page(patient):
    return reverse("intake:patient-findings", args=[patient.pk])


def set_level(everyone, code, level, now=None, **more):
    rule = BY_CODE[code]
    said = {"reason": "We see few of them.", "by": everyone.prescriber} | more
    return set_rule_level(rule=rule, level=level, now=now or rule.level, **said)


def with_new_medicine(everyone, name="theophylline"):
    """A patient who was approved, and then told of a medicine that needs a decision."""
    patient, site = everyone.patient, everyone.harbor
    approved(patient, site=site, by=everyone.prescriber)
    keep_new_medicines(patient=patient, site=site, names=[name], visit=patient.pk, by=everyone.nurse)
    run_rules(
        patient=patient, site=site, stage="booking", occasion=Occasion(CHANGE, patient.pk), by=everyone.nurse
    )  # fmt: skip
    return Finding.objects.get(is_new=True, would_be="needs_action")


def test_the_list_names_every_rule_with_version_level_source_and_way_out(everyone, client):
    client.force_login(everyone.nurse)
    page = client.get(LIST).content.decode()
    for rule in RULES:
        assert rule_page(rule.code) in page
    assert f"{len(RULES)} rules, as they ship" in page
    assert "Six months have passed and a cardiologist agrees." in page
    assert "Unverified default<" in page
    assert ">Verified<" in page
    assert "Hard stop" in page


def test_the_tabs_show_what_was_changed_and_what_is_off(everyone, client):
    set_level(everyone, "porphyria", "off")
    set_level(everyone, "seizures", "needs_action")
    client.force_login(everyone.prescriber)
    changed = client.get(LIST, {"show": "changed"}).content.decode()
    assert rule_page("porphyria") in changed
    assert rule_page("seizures") in changed
    assert rule_page("glaucoma") not in changed
    assert "Needs action here, ships as: caution" in changed
    off = client.get(LIST, {"show": "off"}).content.decode()
    assert rule_page("porphyria") in off
    assert rule_page("seizures") not in off
    assert client.get(LIST, {"show": "nonsense"}).status_code == 200


def test_the_list_counts_patients_and_not_findings(everyone, client, django_assert_max_num_queries):
    with_new_medicine(everyone)
    client.force_login(everyone.prescriber)
    page = client.get(rule_page("takes-theophylline")).content.decode()
    assert "fired for 1 patient, not known for 1" in page
    client.force_login(everyone.away["prescriber"])
    assert "fired for 0 patients" in client.get(rule_page("takes-theophylline")).content.decode()
    with django_assert_max_num_queries(12):
        client.get(LIST)


@pytest.mark.parametrize("role", ["front_desk", "clinic_admin", "auditor"])
def test_only_clinicians_read_rules_and_findings(everyone, client, role):
    client.force_login(everyone.by_role(role))
    for path in (LIST, rule_page("seizures"), findings_page(everyone.patient)):
        assert client.get(path).status_code in (403, 404)


def test_another_clinic_does_not_find_the_patient(everyone, client):
    finding = with_new_medicine(everyone)
    client.force_login(everyone.away["prescriber"])
    assert client.get(findings_page(everyone.patient)).status_code == 404
    said = {"finding": finding.pk, "key": "x", "resolution": "handled", "reason": "Fine"}
    assert client.post(f"{findings_page(everyone.patient)}settle/", said).status_code == 404
    client.force_login(everyone.prescriber)
    other = f"{findings_page(everyone.patient)}settle/"
    for ids in (["nonsense"], [str(everyone.patient.pk)], []):
        assert client.post(other, said | {"finding": ids}).status_code == 404


def test_a_rule_that_is_not_there_is_404(everyone, client):
    client.force_login(everyone.prescriber)
    assert client.get(rule_page("no-such-rule")).status_code == 404


def test_a_prescriber_sets_a_level_with_a_reason_and_the_history_stays(everyone, client):
    client.force_login(everyone.prescriber)
    said = {"level": "needs_action", "reason": "Two seizures last year.", "now": "warn"}
    assert client.post(rule_page("seizures"), said).status_code == 302
    assert client.post(rule_page("seizures"), said | {"level": "warn", "now": "needs_action"}).status_code == 302
    page = client.get(rule_page("seizures")).content.decode()
    assert page.count("Two seizures last year.") == 2
    assert everyone.prescriber.name in page
    assert RuleLevel.objects.filter(rule="seizures").count() == 2
    assert AuditEvent.objects.filter(verb="rule.level-set", user=everyone.prescriber).count() == 2


def test_a_nurse_reads_but_does_not_set(everyone, client):
    client.force_login(everyone.nurse)
    assert "A prescriber can weigh it otherwise." in client.get(rule_page("seizures")).content.decode()
    said = {"level": "info", "reason": "x", "now": "warn"}
    assert client.post(rule_page("seizures"), said).status_code == 403
    assert not RuleLevel.objects.exists()


@pytest.mark.parametrize(
    ("code", "said", "words"),
    [
        ("seizures", {"level": "info", "reason": " ", "now": "warn"}, "Write the reason"),
        ("seizures", {"reason": "Because", "now": "warn"}, "Choose a level"),
        ("seizures", {"level": "warn", "reason": "Because", "now": "warn"}, "That is its level already."),
        ("glaucoma", {"level": "off", "reason": "Because", "now": "hard_stop"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(everyone, client, code, said, words):
    client.force_login(everyone.prescriber)
    answer = client.post(rule_page(code), said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert said["reason"].strip() in page
    assert not RuleLevel.objects.exists()


def test_an_old_page_is_a_conflict_that_names_the_level(everyone, client):
    set_level(everyone, "seizures", "hard_stop")
    client.force_login(everyone.prescriber)
    answer = client.post(rule_page("seizures"), {"level": "info", "reason": "Kept words", "now": "warn"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "it is “Hard stop” now" in page
    assert "Kept words" in page
    with pytest.raises(Conflict):
        set_level(everyone, "seizures", "info", now="warn")


def test_a_prescriber_of_long_ago_sets_nothing(everyone, client):
    Membership.objects.filter(user=everyone.prescriber).update(until=clock.now() - timedelta(days=1))
    client.force_login(everyone.prescriber)
    assert client.post(rule_page("seizures"), {"level": "info", "reason": "x", "now": "warn"}).status_code == 403


def test_what_is_new_is_shown_and_decided_with_a_reason(everyone, client):
    finding = with_new_medicine(everyone)
    client.force_login(everyone.prescriber)
    page = client.get(findings_page(everyone.patient)).content.decode()
    assert "1 new finding to decide" in page
    assert "Takes theophylline" in page
    assert "Resolves it: " in page
    assert "Needs review" in page
    settle = f"{findings_page(everyone.patient)}settle/"
    said = {"finding": finding.pk, "key": "finding-takes-theophylline", "stamp": ""}
    wrong = client.post(settle, said | {"resolution": "handled", "reason": " "})
    assert wrong.status_code == 422
    assert "Write the reason" in wrong.content.decode()
    assert client.post(settle, said | {"resolution": "handled", "reason": "Stopped by the GP."}).status_code == 302
    page = client.get(findings_page(everyone.patient)).content.decode()
    assert "Nothing new stands in the way" in page
    assert "Stopped by the GP." in page


def test_two_who_decide_at_once_do_not_overwrite_each_other(everyone, client):
    finding = with_new_medicine(everyone)
    client.force_login(everyone.prescriber)
    settle = f"{findings_page(everyone.patient)}settle/"
    said = {"finding": finding.pk, "key": "finding-takes-theophylline", "stamp": "", "resolution": "handled"}
    assert client.post(settle, said | {"reason": "First"}).status_code == 302
    late = client.post(settle, said | {"reason": "Second"})
    assert late.status_code == 409
    assert "Somebody else has settled this" in late.content.decode()
    assert "Second" in late.content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', late.content.decode()).group(1)
    assert client.post(settle, said | {"reason": "Second", "stamp": stamp}).status_code == 302


def test_a_nurse_sees_what_waits_but_cannot_decide(everyone, client):
    finding = with_new_medicine(everyone)
    client.force_login(everyone.nurse)
    page = client.get(findings_page(everyone.patient)).content.decode()
    assert "A prescriber decides." in page
    assert "<form" not in page.split("<main")[1]
    said = {"finding": finding.pk, "key": "x", "resolution": "handled", "reason": "Fine"}
    assert client.post(f"{findings_page(everyone.patient)}settle/", said).status_code == 403


def test_a_patient_without_an_approval_has_a_page_too(everyone, client, django_assert_max_num_queries):
    client.force_login(everyone.prescriber)
    page = client.get(findings_page(everyone.patient)).content.decode()
    assert "is not approved yet" in page
    with_new_medicine(everyone)
    with django_assert_max_num_queries(24):
        client.get(findings_page(everyone.patient))


def test_an_override_shows_for_ever_after(everyone, client):
    with_new_medicine(everyone)
    Finding.objects.filter(is_new=True, rule="takes-theophylline").update(
        resolution="overridden",
        resolution_reason="Weighed with the lung doctor.",
        resolved_at=clock.now(),
        resolved_by=everyone.prescriber,
        ended_at=clock.now(),
    )
    client.force_login(everyone.nurse)
    page = client.get(findings_page(everyone.patient)).content.decode()
    assert "Overridden, ever" in page
    assert "Weighed with the lung doctor." in page


def test_the_patients_page_says_what_waits_and_what_was_overridden_but_not_to_the_front_desk(everyone, client):
    finding = with_new_medicine(everyone)
    page = reverse("followup:patient-show", args=[everyone.patient.pk])
    client.force_login(everyone.nurse)
    assert "1 new to decide" in client.get(page).content.decode()
    Finding.objects.filter(pk=finding.pk).update(
        resolution="overridden", resolution_reason="Weighed.", resolved_at=clock.now(), resolved_by=everyone.prescriber
    )
    said = client.get(page).content.decode()
    assert "new to decide" not in said
    assert "Takes theophylline" in said
    assert f"by {everyone.prescriber.name}: Weighed." in said
    client.force_login(everyone.front_desk)
    said = client.get(page).content.decode()
    assert "theophylline" not in said
    assert findings_page(everyone.patient) not in said
