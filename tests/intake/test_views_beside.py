"""The pages beside a packet: who may, what a refusal keeps, what another site sees, what the desk never gets."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models.base import MENTAL
from intake import questions
from intake.actions import assessments, letters
from intake.models import Assessment, Letter, PageCorrection, PageRequest
from tests.intake.packets import TYPED, assessed, submitted
from tests.intake.second import answered, asked, corrected, settled, signed, submitted_again
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
MOST = 12
SECRETS = ("Walk to the park", "Depression", "Oxycodone", "Little interest", "Complex regional", "PHQ", "PCL", "GAD")


everyone = standing(people)


def url(name, *args):
    return reverse(f"intake:{name}", args=args)


def text(response):
    return response.content.decode()


def queries(client, address):
    """How many queries the second visit of a page takes (the first fills what a sign-in keeps)."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


# ---- the review
def test_the_review_takes_twelve_queries_at_most_whatever_the_number_of_packets(everyone):
    client = signed_in(everyone.prescriber)
    first = assessed(everyone)
    alone = queries(client, url("assessment-show", first.pk))
    newest = first
    for _ in range(3):
        newest = assessments.start_assessment(packet=submitted_again(everyone), by=everyone.prescriber)
    corrected(newest.packet, "body", everyone.nurse, weight="150")
    answered(asked(newest.packet, everyone.nurse, "goals", "worry"), everyone.patient)
    for finding in newest.findings.filter(ended_at=None):
        assessments.settle_finding(finding=finding, resolution="stands", reason="So it is.", by=everyone.prescriber)
    assert queries(client, url("assessment-show", newest.pk)) <= MOST
    assert alone <= MOST


def test_what_changed_since_last_time_is_marked_and_can_be_shown_alone(everyone):
    submitted(everyone)
    later = submitted_again(everyone, pain={"pain_average": "4"}, medicines={"medicines_1_name": "Xanax 0.5 mg"})
    assessment = assessments.start_assessment(packet=later, by=everyone.prescriber)
    page = text(signed_in(everyone.nurse).get(url("assessment-show", assessment.pk)))
    assert "was: 6 of 10" in page
    assert "Last time also: Sertraline 50 mg" in page
    assert "new since last time" in page
    only = text(signed_in(everyone.nurse).get(url("assessment-show", assessment.pk) + "?answers=changed"))
    assert "was: 6 of 10" in only
    assert "Someone to call" not in only


def test_the_patients_own_words_are_escaped_and_never_altered(everyone):
    said = "<script>alert(1)</script>\nsecond line"
    packet = submitted(everyone, goals={"goal_first": said})
    page = text(signed_in(everyone.nurse).get(url("packet-show", packet.pk)))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>second line" in page


def test_a_prescriber_sees_what_somebody_else_saved_meanwhile(everyone):
    assessment = assessed(everyone)
    client = signed_in(everyone.prescriber)
    assessments.save_assessment(
        assessment=assessment, version=1, by=everyone.prescriber_too, reasons="Theirs", decision="wait", heart="Murmur"
    )
    typed = {"version": 1, "reasons": "Mine", "decision": "candidate", "heart": ""}
    response = client.post(url("assessment-save", assessment.pk), typed)
    page = text(response)
    assert response.status_code == 409
    assert "Piet Prescriber saved it" in page
    for words in ("Saved: Theirs", "Yours: Mine", "Saved: Wait for something first", "Saved: Murmur", "Yours: nothing"):
        assert words in page
    again = client.post(url("assessment-save", assessment.pk), typed | {"version": 2})
    assert again.status_code == 302


def test_a_finding_settled_meanwhile_is_409_with_what_stands(everyone):
    assessment = assessed(everyone, health={"glaucoma": "yes"})
    finding = assessment.findings.get(rule="glaucoma", ended_at=None)
    assessments.settle_finding(finding=finding, resolution="stands", reason="Theirs", by=everyone.prescriber_too)
    typed = {"key": "finding-glaucoma", "finding": finding.pk, "resolution": "not_so", "reason": "Mine", "stamp": ""}
    client = signed_in(everyone.prescriber)
    response = client.post(url("assessment-settle", assessment.pk), typed)
    assert response.status_code == 409
    assert "Theirs" in text(response)
    assert "Mine" in text(response)
    finding.refresh_from_db()
    assert finding.resolution == "stands"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"systolic": "120"}, "Type both figures, or neither"),
        ({"systolic": "80", "diastolic": "120"}, "below the upper one"),
        ({"systolic": "12", "diastolic": "8"}, "50 or more"),
    ],
)
def test_a_pressure_is_two_figures(everyone, typed, words):
    assessment = assessed(everyone)
    response = signed_in(everyone.prescriber).post(
        url("assessment-save", assessment.pk), {"version": 1, "reasons": "Kept words"} | typed
    )
    assert response.status_code == 422
    assert words in text(response)
    assert "Kept words" in text(response)


def test_the_examination_is_kept_in_parts_and_shown_after_signing(everyone):
    signed(everyone, systolic=128, diastolic=79, mallampati=2, heart="Regular.", mental_state="Calm, oriented.")
    page = text(signed_in(everyone.nurse).get(url("assessment-show", Assessment.objects.get().pk)))
    for words in ("128/79 mmHg", "class 2", "Calm, oriented."):
        assert words in page


# ---- corrections
def test_correcting_keeps_what_was_typed_when_it_is_refused(everyone):
    packet = submitted(everyone)
    client = signed_in(everyone.nurse)
    address = url("page-correct", packet.pk, "body")
    page = client.get(address)
    assert page.status_code == 200
    assert "180 lb (81.6 kg)" in text(page)
    wrong = client.post(address, TYPED["body"] | {"weight": "83.5", "seen": "0", "reason": ""})
    assert wrong.status_code == 422
    assert "83.5" in text(wrong)
    done = client.post(address, TYPED["body"] | {"weight": "150", "seen": "0", "reason": "Weighed here."})
    assert done.status_code == 302
    stale = client.post(address, TYPED["body"] | {"weight": "160", "seen": "0", "reason": "Weighed there."})
    assert stale.status_code == 409
    assert "Weighed there." in text(stale)
    show = text(client.get(url("packet-show", packet.pk)))
    assert "180 lb (81.6 kg)" in show
    assert "Staff: 150 lb (68 kg)" in show
    assert "Weighed here." in show


def test_a_correction_is_taken_back_with_a_reason(everyone):
    packet = corrected(submitted(everyone), "body", everyone.nurse, weight="150")
    address = url("correction-take-back", PageCorrection.objects.get(code="weight_kg").pk)
    client = signed_in(everyone.prescriber)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Scale was wrong."}).status_code == 302
    assert "Staff: 150 lb" not in text(client.get(url("packet-show", packet.pk)))


def test_a_note_and_a_verification_carry_the_name(everyone):
    packet = submitted(everyone)
    client = signed_in(everyone.nurse)
    assert client.post(url("page-note", packet.pk, "heart"), {"words": ""}).status_code == 422
    client.post(url("page-note", packet.pk, "heart"), {"words": "Letter of the cardiologist is on its way."})
    statement = everyone.patient.medicationstatements.get(name="Oxycodone")
    client.post(url("statements-verify", packet.pk), {"statement": statement.pk})
    assessment = assessments.start_assessment(packet=packet, by=everyone.prescriber)
    page = text(client.get(url("assessment-show", assessment.pk)))
    assert "Letter of the cardiologist is on its way." in page
    assert "verified by Nora Nurse" in page


# ---- questions sent back
def test_asking_from_an_unknown_finding_has_its_page_ticked(everyone):
    assessment = assessed(everyone, health={"seizures": "not_sure"})
    client = signed_in(everyone.nurse)
    page = text(client.get(url("assessment-show", assessment.pk)))
    address = f"{url('questions-ask', assessment.packet_id)}?page=health&code=seizures"
    assert address.replace("&", "&amp;") in page
    asked_page = text(client.get(address))
    assert 'value="health"' in asked_page
    assert "You ask about" in asked_page
    assert client.post(address, {"pages": ["health"], "words": ""}).status_code == 422
    assert client.post(address, {"pages": ["health"], "codes": ["seizures"], "words": "Please ask."}).status_code == 302
    assert PageRequest.objects.get().pages.get().codes == ["seizures"]


# ---- letters
def test_a_letter_from_draft_to_sent(everyone):
    assessment = signed(everyone, referrer="Dr. Rae Ferrer")
    client = signed_in(everyone.prescriber)
    client.post(url("letter-draft", assessment.pk, "referrer"))
    letter = Letter.objects.get()
    address = url("letter-show", letter.pk)
    assert client.get(address).status_code == 200
    assert client.post(address, {"title": "", "body": "Kept words", "version": 1}).status_code == 422
    assert client.post(address, {"title": "T", "body": "New words", "version": 1}).status_code == 302
    stale = client.post(address, {"title": "T", "body": "Other words", "version": 1})
    assert stale.status_code == 409
    assert "New words" in text(stale)
    assert "Other words" in text(stale)
    preview = client.get(url("letter-preview", letter.pk))
    assert preview.content.startswith(b"%PDF-")
    assert preview.headers["Cache-Control"] == "no-store"
    assert client.post(url("letter-send", letter.pk), {"version": 2}).status_code == 422
    assert client.post(url("letter-send", letter.pk), {"version": 2, "way": "post"}).status_code == 302
    assert "Sent by post" in text(client.get(address))


# ---- roles and other sites
def beside(everyone):
    """The address of every staff page beside one packet, with the roles that may use it."""
    assessment = assessed(everyone)
    packet = corrected(assessment.packet, "body", everyone.nurse, weight="150")
    request = asked(packet, everyone.nurse, "goals")
    clinicians = {"nurse", "prescriber"}
    return {
        url("page-correct", packet.pk, "body"): clinicians,
        url("page-note", packet.pk, "body"): clinicians,
        url("correction-take-back", PageCorrection.objects.first().pk): clinicians,
        url("statements-verify", packet.pk): clinicians,
        url("questions-ask", packet.pk): clinicians,
        url("questions-withdraw", request.pk): clinicians,
        url("questions-remind", request.pk): clinicians | {"front_desk"},
        url("packet-hold", packet.pk): clinicians | {"front_desk"},
        url("letter-draft", assessment.pk, "patient"): {"prescriber"},
    }


def test_each_page_is_for_its_roles_and_another_site_finds_nothing(everyone):
    for address, roles in beside(everyone).items():
        for role in ("front_desk", "nurse", "prescriber", "clinic_admin", "auditor"):
            here = signed_in(everyone.by_role(role)).post(address, {}).status_code
            away = signed_in(everyone.away[role]).post(address, {}).status_code
            assert (here not in (403, 404)) is (role in roles), (address, role, here)
            assert away in (403, 404), (address, role, away)


def test_a_letter_of_another_site_is_not_there(everyone):
    letter = letters.draft_letter(assessment=signed(everyone), audience="patient", by=everyone.prescriber)
    for name in ("letter-show", "letter-preview"):
        assert signed_in(everyone.away["prescriber"]).get(url(name, letter.pk)).status_code == 404
        assert signed_in(everyone.nurse).get(url(name, letter.pk)).status_code in (403, 404)


def test_the_front_desk_never_receives_mental_answers_or_the_titles_that_tell(everyone):
    packet = submitted(everyone, conditions={"conditions": ["crps", "depression", "ptsd"]})
    assessment = assessments.start_assessment(packet=packet, by=everyone.prescriber)
    corrected(packet, "conditions", everyone.nurse, conditions=["bipolar"])
    answered(asked(packet, everyone.nurse, "goals"), everyone.patient)
    letter = letters.draft_letter(
        assessment=settled(assessment, everyone.prescriber), audience="patient", by=everyone.prescriber
    )
    letters.send_letter(letter=letter, way="hand", version=letter.version, by=everyone.prescriber)
    letter.refresh_from_db()
    client = signed_in(everyone.front_desk)
    page = text(client.get(url("packet-show", packet.pk)))
    titles = {str(page.about_the_patient) for page in questions.PAGES if page.field_class == MENTAL}
    assert [secret for secret in (*SECRETS, *titles, "Bipolar") if secret in page] == []
    everywhere = "".join(text(client.get(url("packet-list") + f"?show={name}")) for name in ("closed", "all"))
    assert [secret for secret in (*SECRETS, *titles) if secret in everywhere] == []
    assert client.get(url("letter-preview", letter.pk)).status_code in (403, 404)
    assert client.get(reverse("clinic:document-show", args=[letter.document_id])).status_code == 404
    draft = client.post(url("questions-draft", "goals"), {"version": "0"})
    assert draft.status_code in (302, 403, 404)
