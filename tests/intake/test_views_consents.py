"""Consents and the sheet in the browser's words: doors, what is kept, what is stale, what is another patient's."""

import re

import pytest
from django.urls import reverse

from clinic import clock, links
from clinic.models import AuditEvent, ConsentRevocation, ConsentSignature, PatientLink
from clinic.words import today_in
from intake.actions.consents import sign_again
from intake.actions.copies import make_copy
from intake.actions.renewals import ask_for_renewals
from intake.actions.taking_back import take_back
from intake.models import ConsentRequest, EducationReading, EducationText, NurseQuestion
from tests import factories
from tests.followup.approvals import approved
from tests.intake.packets import filled
from tests.intake.signing import SAID
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
TYPED = {"agreed": "on", "electronic_agreed": "on", "printed_name": "Ngozi Okafor-Test", "drawing": "[[[1,2],[30,4]]]"}


everyone = standing(people)


@pytest.fixture
def text(everyone):
    return publish(everyone)


def publish(everyone, kind="treatment", **fields):
    return factories.consent_text(kind=kind, published_by=everyone.prescriber, **fields)


def sign(everyone, text, patient=None):
    patient = patient or everyone.patient
    return sign_again(patient=patient, site=everyone.harbor, text=text, by=patient, **SAID)


def own(everyone, purpose="consent", **fields):
    return by_link(everyone.patient, everyone.harbor, purpose, **fields)[0]


def url(name, *args):
    return reverse(f"intake:{name}", args=args)


class TestThePatient:
    def test_signs_exactly_this_version_through_a_link(self, everyone, text):
        client = own(everyone)
        page = client.get(url("consent-own", "treatment")).content.decode()
        assert "Version 1 of" in page
        assert "paper" in page
        response = client.post(url("consent-own", "treatment"), TYPED | {"text": text.pk})
        assert response.headers["Location"] == f"{url('consent-list')}?signed=1"
        row = ConsentSignature.objects.get()
        assert (row.text, row.drawing, row.taken_by, row.site) == (text, [[[1, 2], [30, 4]]], None, everyone.harbor)

    def test_what_is_wrong_is_422_and_kept_as_typed(self, everyone, text):
        response = own(everyone).post(url("consent-own", "treatment"), {"printed_name": "Ngo", "text": text.pk})
        assert response.status_code == 422
        assert 'value="Ngo"' in response.content.decode()
        assert not ConsentSignature.objects.exists()

    @pytest.mark.parametrize("drawing", ["[[[1,2],[9999,4]]]", "nonsense", '[["a"]]', "{}", "[[[1,2,3]]]"])
    def test_a_drawing_that_is_none_is_refused(self, everyone, text, drawing):
        typed = TYPED | {"text": text.pk, "drawing": drawing}
        response = own(everyone).post(url("consent-own", "treatment"), typed)
        assert response.status_code == (302 if drawing == "{}" else 422)

    def test_an_old_page_is_409_with_the_new_words_and_the_name_kept(self, everyone, text):
        client = own(everyone)
        publish(everyone, body="Other words.")
        response = client.post(url("consent-own", "treatment"), TYPED | {"text": text.pk})
        assert response.status_code == 409
        page = response.content.decode()
        assert "Other words." in page
        assert 'value="Ngozi Okafor-Test"' in page
        assert not ConsentSignature.objects.exists()

    def test_replayed_it_is_signed_once(self, everyone, text):
        client = own(everyone)
        for _ in range(3):
            client.post(url("consent-own", "treatment"), TYPED | {"text": text.pk})
        assert ConsentSignature.objects.count() == 1

    def test_is_asked_only_for_what_is_new_and_sees_what_it_is(self, everyone, text):
        sign(everyone, text)
        sign(everyone, publish(everyone, "escort"))
        newer = publish(everyone, body="These are new test words.\n\nI have had time to ask.", change_words="In short.")
        client = own(everyone)
        found = client.get(url("consent-list"))
        assert [one.kind for one in found.context["to_sign"]] == ["treatment"]
        page = client.get(url("consent-own", "treatment")).content.decode()
        assert "In short." in page
        assert re.search(r"<ins>.*?new.*?</ins>", page, re.DOTALL)
        client.post(url("consent-own", "treatment"), TYPED | {"text": newer.pk})
        assert client.get(url("consent-list")).context["to_sign"] == []

    def test_told_of_a_small_change_there_is_no_form(self, everyone, text):
        sign(everyone, text)
        publish(everyone, body="Other words.", renewal="tell")
        page = own(everyone).get(url("consent-own", "treatment")).content.decode()
        assert "need to sign it again" in page
        assert "printed_name" not in page

    def test_reads_english_marked_as_such_where_there_is_no_other(self, everyone, text):
        everyone.patient.language = "es"
        everyone.patient.save(update_fields=["language"])
        response = own(everyone).get(url("consent-own", "treatment"))
        assert response.context["reading"].is_fallback
        assert 'lang="en"' in response.content.decode()

    def test_switching_the_language_keeps_the_name_and_judges_nothing(self, everyone, text):
        publish(everyone, language="es", number=1, title="Su tratamiento")
        typed = {"printed_name": "Ngo", "text": text.pk, "switch_language": "es"}
        response = own(everyone).post(url("consent-own", "treatment"), typed)
        page = response.content.decode()
        assert response.status_code == 200
        assert "Su tratamiento" in page
        assert 'value="Ngo"' in page
        assert 'role="alert"' not in page

    def test_takes_it_back_and_sees_so_for_ever(self, everyone, text):
        sign(everyone, text)
        client = own(everyone)
        where = url("consent-take-back", "treatment")
        assert client.get(where).status_code == 200
        assert ConsentRevocation.objects.count() == 0
        assert client.post(where, {"words": "No"}).status_code == 302
        assert ConsentRevocation.objects.get().words == "No"
        assert client.post(where, {}).status_code == 422
        assert [one.kind for one in client.get(url("consent-list")).context["to_sign"]] == ["treatment"]

    def test_a_notice_is_not_taken_back(self, everyone):
        sign(everyone, publish(everyone, "privacy"))
        assert own(everyone).post(url("consent-take-back", "privacy"), {}).status_code == 422

    @pytest.mark.parametrize("kind", ["poem", "escort"])
    def test_a_kind_that_is_not_there_is_404(self, everyone, text, kind):
        assert own(everyone).get(url("consent-own", kind)).status_code == 404

    def test_atk_another_patient_s_consent_is_out_of_reach(self, everyone, text):
        other = factories.patient(at_site=everyone.harbor, given_name="Other")
        document = make_copy(signature=sign(everyone, text, other))
        client = own(everyone)
        assert client.get(reverse("clinic:document-mine", args=[document.pk])).status_code == 404
        assert "Signed" not in client.get(url("consent-list")).content.decode()
        assert client.post(url("consent-take-back", "treatment"), {}).status_code == 422
        assert not ConsentRevocation.objects.exists()

    def test_atk_a_link_for_something_else_opens_no_consent(self, everyone, text):
        for purpose in ("packet", "diary", "visits", "education"):
            assert own(everyone, purpose).get(url("consent-list")).headers["Location"] == "/p/"

    def test_atk_an_ended_link_signs_nothing(self, everyone, text):
        client, link = by_link(everyone.patient, everyone.harbor, "consent")
        PatientLink.objects.filter(pk=link.pk).update(expires_at=clock.now())
        client.post(url("consent-own", "treatment"), TYPED | {"text": text.pk})
        assert not ConsentSignature.objects.exists()

    def test_looking_changes_nothing(self, everyone, text):
        client = own(everyone)
        for name in (url("consent-list"), url("consent-own", "treatment"), url("consent-take-back", "treatment")):
            assert client.get(name).status_code == 200
        assert not AuditEvent.objects.filter(is_look=False, actor_kind="patient").exists()


class TestTheEndOfThePacket:
    def test_the_copies_are_there_for_this_browser(self, everyone):
        packet = filled(everyone)
        client = own(everyone, "packet", subject_kind="intake.packet", subject_id=packet.pk)
        assert client.post(reverse("intake:packet-check")).status_code == 302
        assert "being made" in client.get(reverse("intake:packet-sent")).content.decode()
        for signature in ConsentSignature.objects.all():
            make_copy(signature=signature)
        page = client.get(reverse("intake:packet-sent")).content.decode()
        path = re.search(r'href="(/my-documents/[^"]+)"', page).group(1)
        assert client.get(path).content.startswith(b"%PDF")
        assert signed_in().get(path).headers["Location"] == "/p/"


class TestTheStaff:
    def test_see_how_every_consent_stands(self, everyone, text):
        sign(everyone, text)
        take_back(patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.nurse, words="Afraid")
        page = signed_in(everyone.front_desk).get(url("patient-consents", everyone.patient.pk)).content.decode()
        assert "1 consent missing: no infusion can start" in page
        assert "Afraid" in page
        assert "written down by Nora Nurse" in page

    @pytest.mark.parametrize("name", ["patient-consents", "consent-revoke", "consent-paper"])
    def test_other_clinics_and_other_roles_do_not(self, everyone, text, name):
        path = url(name, everyone.patient.pk, *(["treatment"] if name != "patient-consents" else []))
        assert signed_in(everyone.stranger).get(path).status_code == 404
        assert signed_in(everyone.clinic_admin).get(path).status_code == 403
        assert signed_in(everyone.auditor).get(path).status_code == 403
        assert signed_in(everyone.nurse).get(path).status_code == 200

    def test_ask_to_sign_again(self, everyone, text):
        client = signed_in(everyone.front_desk)
        for _ in range(2):
            assert client.post(url("consent-ask", everyone.patient.pk, "treatment")).status_code == 302
        assert ConsentRequest.objects.get().asked_by == everyone.front_desk
        assert client.get(url("consent-ask", everyone.patient.pk, "treatment")).status_code == 405
        assert client.post(url("consent-ask", everyone.patient.pk, "poem")).status_code == 404

    def test_write_down_that_it_was_taken_back_only_on_the_patient_s_word(self, everyone, text):
        sign(everyone, text)
        client, path = signed_in(everyone.nurse), url("consent-revoke", everyone.patient.pk, "treatment")
        refused = client.post(path, {"words": "By phone"})
        assert refused.status_code == 422
        assert "By phone" in refused.content.decode()
        assert client.post(path, {"words": "By phone", "said_so": "on"}).status_code == 302
        assert ConsentRevocation.objects.get().taken_by == everyone.nurse
        assert client.post(path, {"said_so": "on"}).status_code == 422

    def test_write_down_a_signature_on_paper(self, everyone, text):
        client, path = signed_in(everyone.front_desk), url("consent-paper", everyone.patient.pk, "treatment")
        typed = {
            "printed_name": "Ngozi",
            "relation": "",
            "signed_on": today_in(everyone.site.zone, clock.now()).isoformat(),
        }
        assert client.post(path, typed | {"signed_on": "2999-01-01"}).status_code == 422
        assert client.post(path, typed | {"printed_name": ""}).status_code == 422
        assert client.post(path, typed).status_code == 302
        assert ConsentSignature.objects.get().method == "paper"

    def test_open_the_copy_and_make_a_missing_one(self, everyone, text):
        row = sign(everyone, text)
        client = signed_in(everyone.nurse)
        response = client.post(url("consent-copy", row.pk), follow=True)
        assert response.content.startswith(b"%PDF")
        assert signed_in(everyone.stranger).post(url("consent-copy", row.pk)).status_code == 404

    def test_hand_over_the_tablet_and_are_out_of_reach_then(self, everyone, text):
        client = signed_in(everyone.nurse)
        assert client.post(url("consent-tablet", everyone.patient.pk)).headers["Location"] == "/p/"
        born = {"born_on_month": "5", "born_on_day": "14", "born_on_year": "1980"}
        assert client.post("/p/", born).headers["Location"] == url("consent-list"), "no code on the clinic's device"
        client.post(url("consent-own", "treatment"), TYPED | {"text": text.pk})
        assert ConsentSignature.objects.get().taken_by == everyone.nurse
        assert "/accounts/login/" in client.get(url("patient-consents", everyone.patient.pk)).headers["Location"]
        assert links.opened(client.session, "consent")

    def test_work_off_the_list_of_a_changed_text(self, everyone, text, django_assert_max_num_queries):
        patients = [factories.patient(at_site=everyone.harbor, family_name=f"List-{n}") for n in range(4)]
        for patient in patients:
            approved(patient, site=everyone.harbor, by=everyone.prescriber)
            sign(everyone, text, patient)
        newer = publish(everyone)
        ask_for_renewals()
        sign(everyone, newer, patients[0])
        client = signed_in(everyone.front_desk)
        with django_assert_max_num_queries(14):
            page = client.get(url("consent-renewals", newer.pk)).content.decode()
        assert "3 signatures are waited for" in page
        assert "List-1".upper() in page.upper()
        assert "List-0".upper() not in page.upper()
        assert "Nobody" in signed_in(everyone.stranger).get(url("consent-renewal-list")).content.decode()


class TestTheSheet:
    @pytest.fixture
    def sheet(self, everyone):
        by = {"published_at": clock.now(), "published_by": everyone.prescriber}
        return EducationText.objects.create(title="Before", body="## One\nFirst.\n\n## Two\n- a\n- b", **by)

    def test_it_is_read_part_by_part_and_confirmed(self, everyone, sheet):
        client = own(everyone, "education")
        assert "First." in client.get(url("education-section", 1)).content.decode()
        assert client.post(url("education-confirm")).headers["Location"] == url("education-section", 1)
        assert client.post(url("education-section", 1)).headers["Location"] == url("education-section", 2)
        assert client.post(url("education-section", 2)).headers["Location"] == url("education-home")
        assert "I have read it all" in client.get(url("education-home")).content.decode()
        client.post(url("education-confirm"))
        client.post(url("education-confirm"))
        assert EducationReading.objects.count() == 1
        assert "You read this on" in client.get(url("education-home")).content.decode()

    @pytest.mark.parametrize("number", [0, 3])
    def test_a_part_that_is_not_there_is_404(self, everyone, sheet, number):
        assert own(everyone, "education").get(url("education-section", number)).status_code == 404

    def test_without_a_published_sheet_it_is_404(self, everyone):
        assert own(everyone, "education").get(url("education-home")).status_code == 404

    def test_a_question_is_kept_and_its_answer_shows(self, everyone, sheet):
        client, nurse = own(everyone, "education"), signed_in(everyone.nurse)
        assert client.post(url("education-section", 1), {"ask": "1", "words": " "}).status_code == 422
        assert client.post(url("education-section", 1), {"ask": "1", "words": "Why <b>?"}).status_code == 302
        question = NurseQuestion.objects.get()
        page = nurse.get(url("patient-education", everyone.patient.pk)).content.decode()
        assert "Why &lt;b&gt;?" in page
        path = url("question-answer", question.pk)
        assert nurse.post(path, {"answer": "", "how": "told"}).status_code == 422
        assert nurse.post(path, {"answer": "Because.", "how": "told"}).status_code == 302
        assert nurse.post(path, {"answer": "Other.", "how": "told"}).status_code == 409
        assert "Because." in client.get(url("education-home")).content.decode()

    def test_questions_are_for_clinicians_of_this_clinic(self, everyone, sheet):
        question = NurseQuestion.objects.create(
            patient=everyone.patient, site=everyone.harbor, text=sheet, words="Why?", asked_at=clock.now()
        )
        for name, args in (("patient-education", everyone.patient.pk), ("education-sheet", everyone.patient.pk)):
            assert signed_in(everyone.front_desk).get(url(name, args)).status_code == 403
            assert signed_in(everyone.stranger).get(url(name, args)).status_code == 404
        typed = {"answer": "No.", "how": "told"}
        assert signed_in(everyone.stranger).post(url("question-answer", question.pk), typed).status_code == 404

    def test_who_explained_it_is_written_down_by_name(self, everyone, sheet):
        client, path = signed_in(everyone.nurse), url("education-explain", everyone.patient.pk)
        assert client.post(path, {"explained_by": ""}).status_code == 422
        assert client.post(path, {"explained_by": "Dr. Sample"}).status_code == 302
        page = client.get(url("patient-education", everyone.patient.pk)).content.decode()
        assert "explained by Dr. Sample" in page

    def test_the_link_is_sent_again(self, everyone, sheet):
        client, path = signed_in(everyone.nurse), url("education-send", everyone.patient.pk)
        assert "on its way" in client.post(path, follow=True).content.decode()
        type(everyone.patient).objects.filter(pk=everyone.patient.pk).update(email="")
        assert "no e-mail address" in client.post(path, follow=True).content.decode()

    def test_switching_the_language_keeps_a_half_written_question(self, everyone, sheet):
        typed = {"words": "Half a", "switch_language": "es"}
        response = own(everyone, "education").post(url("education-section", 1), typed)
        assert response.status_code == 200
        assert "Half a" in response.content.decode()
        assert not NurseQuestion.objects.exists()
