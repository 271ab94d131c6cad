"""Staff's pages: who may see what, what the front desk never receives, and how many queries a list costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import AuditEvent, PatientLink
from intake.actions import assessments, packets
from intake.models import Assessment, Packet
from tests import factories
from tests.intake.packets import assessed, filled, invited, submitted
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
SECRETS = ("Walk to the park", "Depression", "Oxycodone", "Little interest", "Complex regional")


everyone = standing(people)


def url(name, *args):
    return reverse(f"intake:{name}", args=args)


def settle(client, assessment, rule, **fields):
    finding = assessment.findings.get(rule=rule)
    typed = {
        "key": f"finding-{rule}",
        "finding": finding.pk,
        "resolution": "overridden",
        "reason": "Agreed with eye clinic",
    }
    return client.post(url("assessment-settle", assessment.pk), typed | fields)


def test_the_list_says_who_is_where(everyone):
    packet = filled(everyone)
    page = signed_in(everyone.front_desk).get(url("packet-list")).content.decode()
    assert "1 patient is filling in the packet" in page
    assert "pages done" in page
    assert packet.patient.family_name.upper() in page


def test_another_sites_packets_are_not_there(everyone):
    packet = submitted(everyone)
    for role in ("front_desk", "nurse", "prescriber"):
        client = signed_in(everyone.away[role])
        assert packet.patient.family_name.upper() not in client.get(url("packet-list") + "?show=all").content.decode()
        assert client.get(url("packet-show", packet.pk)).status_code == 404
        assert client.post(url("packet-resend", packet.pk)).status_code == 404


def test_a_colleague_reads_and_the_look_is_recorded(everyone):
    packet = submitted(everyone)
    page = signed_in(everyone.colleague).get(url("packet-show", packet.pk))
    assert "Walk to the park" in page.content.decode()
    assert AuditEvent.objects.filter(is_look=True, user=everyone.colleague, patient=everyone.patient).exists()


def test_the_front_desk_receives_no_answer_about_health(everyone):
    packet = submitted(everyone)
    page = signed_in(everyone.front_desk).get(url("packet-show", packet.pk)).content.decode()
    assert "Ada Sample" in page
    assert [secret for secret in SECRETS if secret in page] == []
    assert "Penicillin" not in page


def test_the_front_desk_cannot_open_an_assessment(everyone):
    assessment = assessed(everyone)
    client = signed_in(everyone.front_desk)
    assert client.get(url("assessment-show", assessment.pk)).status_code in (403, 404)
    assert client.post(url("packet-assess", assessment.packet_id)).status_code in (403, 404)


def test_inviting_from_the_desk(everyone):
    client = signed_in(everyone.front_desk)
    response = client.post(url("packet-invite", everyone.patient.pk))
    assert response.status_code == 302
    assert Packet.objects.get().state == "invited"
    again = client.post(url("packet-invite", everyone.patient.pk), follow=True)
    assert "already open" in again.content.decode()


def test_inviting_a_patient_of_another_site_is_404(everyone):
    client = signed_in(everyone.front_desk)
    assert client.post(url("packet-invite", everyone.away_patient.pk)).status_code == 404


def test_a_link_that_ended_after_five_wrong_tries_is_shown_and_sent_again_in_one_tap(everyone):
    packet = invited(everyone)
    link, _ = factories.link(of=everyone.patient, at_site=everyone.site, purpose="packet", subject_id=packet.pk)
    PatientLink.objects.filter(pk=link.pk).update(ended_at=link.made_at, ended_why="tries", wrong_tries=5)
    client = signed_in(everyone.front_desk)
    assert "Ended after five wrong tries" in client.get(url("packet-list")).content.decode()
    client.post(url("packet-resend", packet.pk))
    assert packet.invitations.count() == 2


def test_withdrawing_needs_a_reason(everyone):
    packet = invited(everyone)
    client = signed_in(everyone.front_desk)
    assert client.post(url("packet-withdraw", packet.pk), {"reason": ""}).status_code == 422
    assert client.post(url("packet-withdraw", packet.pk), {"reason": "Wrong person"}).status_code == 302
    assert Packet.objects.get().state == "withdrawn"


def test_assessing_from_the_packet_to_the_signature(everyone):
    packet = submitted(everyone, health={"glaucoma": "yes"})
    client = signed_in(everyone.prescriber)
    page = client.post(url("packet-assess", packet.pk), follow=True).content.decode()
    assert "1 hard stop to settle before" in page
    assert "30 MME a day" in page
    assessment = Assessment.objects.get()
    assert settle(client, assessment, "glaucoma").status_code == 302
    typed = {"decision": "candidate", "reasons": "Fits.", "version": assessment.version, "do": "sign"}
    assert client.post(url("assessment-save", assessment.pk), typed).url == url("assessment-sign", assessment.pk)
    signing = client.post(
        url("assessment-sign", assessment.pk), {"printed_name": everyone.prescriber.name}, follow=True
    )
    assert "Candidate, signed by Petra Prescriber" in signing.content.decode()
    client.post(url("assessment-add", assessment.pk), {"text": "ECG came back normal."})
    assert "plan your visits" in client.post(url("assessment-tell", assessment.pk), follow=True).content.decode()
    assert "ECG came back normal." in client.get(url("assessment-show", assessment.pk)).content.decode()


def test_signing_too_early_lists_all_that_is_missing_with_links(everyone):
    assessment = assessed(everyone, health={"glaucoma": "yes"})
    client = signed_in(everyone.prescriber)
    typed = {"decision": "candidate", "version": assessment.version}
    client.post(url("assessment-save", assessment.pk), typed)
    assert "Before you can sign" in client.get(url("assessment-sign", assessment.pk)).content.decode()
    response = client.post(url("assessment-sign", assessment.pk), {"printed_name": "Somebody"})
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("Type your name, Petra Prescriber", "Write the reasons", "Hard stop: Glaucoma"):
        assert words in page
    assert f"{url('assessment-show', assessment.pk)}#finding-glaucoma" in page


@pytest.mark.parametrize(
    ("fields", "words"), [({"reason": ""}, "Write the reason"), ({"resolution": "handled"}, "valid choice")]
)
def test_settling_wrongly_is_422_and_keeps_what_was_typed(everyone, fields, words):
    assessment = assessed(everyone, health={"glaucoma": "yes"})
    response = settle(signed_in(everyone.prescriber), assessment, "glaucoma", **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert assessment.findings.get(rule="glaucoma").resolution == ""


def test_settling_nothing_is_422(everyone):
    assessment = assessed(everyone)
    assert signed_in(everyone.prescriber).post(url("assessment-settle", assessment.pk), {}).status_code == 422


def test_a_finding_of_another_assessment_is_404(everyone):
    assessment = assessed(everyone, health={"glaucoma": "yes"})
    other = assessment.findings.get(rule="glaucoma")
    client = signed_in(everyone.prescriber)
    typed = {"key": "x", "finding": [other.pk, "junk"], "resolution": "overridden", "reason": "r"}
    assert client.post(url("assessment-settle", assessment.pk), typed).status_code == 404


def test_an_old_page_is_409_and_shows_what_stands(everyone):
    assessment = assessed(everyone)
    typed = {"decision": "wait", "wait_for": "ECG", "reasons": "Mine", "version": assessment.version}
    common = {"decision": "candidate", "reasons": "Theirs", "version": assessment.version}
    assessments.save_assessment(assessment=assessment, by=everyone.prescriber_too, **common)
    response = signed_in(everyone.prescriber).post(url("assessment-save", assessment.pk), typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page


def test_a_nurse_reads_the_assessment_but_cannot_decide(everyone):
    assessment = assessed(everyone)
    client = signed_in(everyone.nurse)
    page = client.get(url("assessment-show", assessment.pk)).content.decode()
    assert "A prescriber decides" in page
    assert client.post(url("assessment-save", assessment.pk), {"version": 1}).status_code in (403, 404)


def test_what_is_unknown_is_one_question_however_many_rules_rest_on_it(everyone):
    packet = filled(everyone)
    packet.pages.filter(slug="medicines").update(answers={})
    packets.submit(packet=Packet.objects.get(pk=packet.pk), by=everyone.patient)
    client = signed_in(everyone.prescriber)
    page = client.post(url("packet-assess", packet.pk), follow=True).content.decode()
    assert "1 question to ask before" in page
    assert "rules rest on it" in page
    assessment = Assessment.objects.get()
    unknown = [str(pk) for pk in assessment.findings.filter(level="unknown").values_list("pk", flat=True)]
    typed = {"key": "ask-medicines", "finding": unknown, "resolution": "not_so", "reason": "Takes none, asked by phone"}
    assert client.post(url("assessment-settle", assessment.pk), typed).status_code == 302
    assert "Nothing stands in the way" in client.get(url("assessment-show", assessment.pk)).content.decode()


def test_the_list_costs_the_same_for_one_row_and_for_many(everyone):
    client = signed_in(everyone.front_desk)
    client.get(url("packet-list"))  # the first visit after a sign-in writes down, once, who signed in here
    counts = []
    for many in (1, 30):
        for number in range(many):
            patient = factories.patient(at_site=everyone.site, family_name=f"Sample{many}-{number}")
            packets.invite(patient=patient, site=everyone.site, by=everyone.front_desk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url("packet-list"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
