"""ATK-15: fields nobody asked for change nothing: who somebody is, whose row it is, what was signed and when."""

import re

import pytest

from clinic import clock
from clinic.actions.alerts import raise_alert
from clinic.actions.tasks import open_task
from clinic.models import Alert, AuditEvent, ConsentSignature, Membership, Patient, PatientLink, Task, User
from intake.models import Packet, PageAnswers
from intake.queries import consents_of
from tests import factories
from tests.attacks.door import BORN, OPEN, at_door
from tests.intake.packets import TYPED, consent_texts, filled, invited
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def unasked(everyone):
    """What an attacker adds to every form."""
    other = factories.patient(at_site=everyone.site, given_name="Other")
    return {
        "is_staff": "on", "is_superuser": "1", "role": "clinic_admin", "roles": "prescriber",
        "site": everyone.prairie.pk,
        "patient": other.pk, "patient_id": other.pk, "id": other.pk, "pk": other.pk, "by": everyone.prescriber.pk,
        "user": everyone.prescriber.pk, "signed_by": everyone.prescriber.pk, "signed_at": "2020-01-01T00:00:00Z",
        "created_at": "2020-01-01", "made_at": "2020-01-01", "saved_at": "2020-01-01", "state": "submitted",
        "submitted_at": "2020-01-01T00:00:00Z", "record_number": "T1", "version_": "99", "field_class": "safe",
        "acknowledged_by": everyone.prescriber.pk, "acknowledged_at": "2020-01-01", "raised_at": "2020-01-01",
        "added_by": everyone.prescriber.pk, "added_at": "2020-01-01", "person": other.pk, "wrong_tries": "0",
        "proofs": "born", "purpose": "packet", "expires_at": "2099-01-01", "escalation": "9", "done_by": other.pk,
        "printed_by": "x", "text_hash": "0" * 64, "meaning": "I am the doctor",
    }  # fmt: skip


def test_atk_15_a_patients_details_take_only_their_own_fields(everyone):
    desk = signed_in(everyone.front_desk)
    before = Patient.objects.get(pk=everyone.patient.pk)
    page = desk.get(f"/patients/{before.pk}/edit/")
    own = {field.html_name: field.value() or "" for field in page.context["form"] if field.name != "born_on"}
    own |= dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    own |= {"born_on_month": "5", "born_on_day": "14", "born_on_year": "1980", "preferred_name": "Changed"}
    answer = desk.post(f"/patients/{before.pk}/edit/", unasked(everyone) | own)
    assert answer.status_code == 302
    after = Patient.objects.get(pk=before.pk)
    assert after.preferred_name == "Changed"
    for name in ("record_number", "added_at", "added_by_id", "person_id", "id", "died_on"):
        assert getattr(after, name) == getattr(before, name), name
    assert not Membership.objects.filter(user=everyone.front_desk, role="clinic_admin").exists()


def test_atk_15_nobody_becomes_somebody_by_a_form(everyone):
    nurse = signed_in(everyone.nurse)
    for there in ("/site/", "/theme/", "/tasks/", "/patients/add/", "/accounts/password/change/"):
        nurse.post(there, unasked(everyone))
    user = User.objects.get(pk=everyone.nurse.pk)
    assert (user.is_superuser, user.is_staff) == (False, False)
    assert set(user.memberships.values_list("role", flat=True)) == {"nurse"}


def test_atk_15_a_page_of_the_packet_saves_only_its_answers(everyone):
    packet = invited(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    client.post("/packet/goals/", unasked(everyone) | TYPED["goals"] | {"version": "0"})
    client.post("/packet/goals/draft/", unasked(everyone) | TYPED["goals"] | {"version": "1"})
    after, row = Packet.objects.get(), PageAnswers.objects.get()
    assert (after.state, after.submitted_at, after.patient, after.site) == (
        "started",
        None,
        everyone.patient,
        everyone.site,
    )
    assert (row.packet, row.field_class, row.saved_at.year) == (packet, "mental", clock.now().year)
    assert set(row.answers) <= {"goal_first", "goal_sign", *row.answers} - set(unasked(everyone))


def test_atk_15_a_consent_is_signed_by_whom_it_is(everyone):
    consent_texts(everyone)
    packet = invited(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    there = "/packet/consents/treatment/"
    page = client.get(there).content.decode()
    own = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    own |= {"agreed": "on", "electronic_agreed": "on", "printed_name": "Ngozi Okafor-Test"}
    own["text"] = next(str(c.text.pk) for c in consents_of(packet) if c.text.kind == "treatment")
    client.post(there, unasked(everyone) | own)
    signed = ConsentSignature.objects.get()
    assert signed.patient == everyone.patient
    assert signed.signed_at.year == clock.now().year
    assert signed.meaning != "I am the doctor"
    assert "0" * 64 not in str(vars(signed))


def test_atk_15_an_alert_is_taken_by_who_takes_it(everyone):
    alert = raise_alert("other", patient=everyone.patient, site=everyone.site, words="x", by=None)
    signed_in(everyone.nurse).post(f"/tasks/alerts/{alert.pk}/take/", unasked(everyone) | {"done_words": "Called."})
    after = Alert.objects.get()
    assert (after.acknowledged_by, after.state, after.patient) == (everyone.nurse, "acknowledged", everyone.patient)
    assert after.acknowledged_at.year == clock.now().year
    assert (after.raised_at, after.escalation, after.site) == (alert.raised_at, 0, everyone.site)


def test_atk_15_a_task_is_done_by_who_does_it(everyone):
    task = open_task("other", title="t", site=everyone.site, due_at=clock.now(), by=None, for_role="nurse")
    signed_in(everyone.nurse).post(f"/tasks/{task.pk}/", unasked(everyone) | {"outcome": "done"})
    after = Task.objects.get()
    assert (after.done_by, after.state, after.site) == (everyone.nurse, "done", everyone.site)


def test_atk_15_the_door_takes_no_proofs_from_a_form(everyone):
    link, token = factories.link(of=everyone.patient, at_site=everyone.site, purpose="packet")
    client = at_door(token)
    client.post(OPEN, unasked(everyone))
    assert client.get("/packet/").headers["Location"] == "/p/"
    assert client.post("/p/", unasked(everyone) | BORN | {"born_on_year": "1981"}).status_code == 422
    after = PatientLink.objects.get()
    assert (after.wrong_tries, after.expires_at, after.purpose) == (1, link.expires_at, "packet")


def test_atk_15_sending_a_packet_sends_nothing_else(everyone):
    packet = filled(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    client.post("/packet/check/", unasked(everyone))
    after = Packet.objects.get(pk=packet.pk)
    assert after.submitted_at.year == clock.now().year
    assert after.patient == everyone.patient
    assert AuditEvent.objects.get(verb="packet.submitted").patient == everyone.patient


def test_atk_15_the_same_field_twice_counts_once_and_the_last(everyone):
    packet = invited(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    typed = "goal_first=first&goal_first=last&version=0&do=continue"
    client.post("/packet/goals/", typed, content_type="application/x-www-form-urlencoded")
    assert PageAnswers.objects.get().answers["goal_first"] == "last"
