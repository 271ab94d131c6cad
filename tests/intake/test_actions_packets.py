"""Invite, save page by page, submit: each audited, locked, and safe to do twice."""

from datetime import timedelta

import pytest

from clinic import clock
from clinic.models import (
    Alert,
    AllergyStatement,
    AuditEvent,
    ConditionStatement,
    ConsentSignature,
    InstrumentResponse,
    MedicationStatement,
    Message,
    Patient,
    PatientLink,
    Task,
)
from clinic.refusal import Conflict, Refused
from intake.actions import packets
from intake.actions.consents import sign_consent, text_hash
from intake.models import Packet, PageAnswers
from intake.queries import answers_of, consents_of, unfinished_pages
from tests import factories
from tests.intake.packets import TYPED, answers, consent_texts, filled, invited, submitted
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def verbs():
    return set(AuditEvent.objects.filter(is_look=False).values_list("verb", flat=True))


def test_inviting_makes_a_packet_and_queues_one_message(everyone):
    packet = invited(everyone)
    message = Message.objects.get(kind="invitation")
    assert (packet.state, message.patient, message.subject_id) == ("invited", everyone.patient, packet.pk)
    assert packet.invitations.get().message == message
    assert "packet.invited" in verbs()


def test_an_open_packet_is_not_doubled(everyone):
    invited(everyone)
    with pytest.raises(Refused, match="already open"):
        invited(everyone)
    assert Packet.objects.count() == 1


def test_under_18_is_declined_in_words(everyone):
    born = clock.now().date() - timedelta(days=17 * 365)
    young = factories.patient(at_site=everyone.site, born_on=born)
    with pytest.raises(Refused, match="under 18"):
        packets.invite(patient=young, site=everyone.site, by=everyone.front_desk)


def test_sending_the_link_again_ends_the_old_one(everyone):
    packet = invited(everyone)
    link, _ = factories.link(of=everyone.patient, at_site=everyone.site, purpose="packet", subject_id=packet.pk)
    packets.resend(packet=packet, by=everyone.front_desk)
    link.refresh_from_db()
    assert link.ended_why == "revoked"
    assert Message.objects.filter(kind="invitation").count() == 2
    assert "packet.link-resent" in verbs()


def test_a_saved_page_starts_the_packet_and_keeps_the_version_of_each_question(everyone):
    packet = invited(everyone)
    row = packets.save_page(packet=packet, slug="pain", answers=answers("pain"), version=0, by=everyone.patient)
    packet.refresh_from_db()
    assert (packet.state, row.version, row.state, row.field_class) == ("started", 1, "done", "clinical")
    assert row.answers["pain_now"] == 0
    assert row.question_versions["pain_now"] == 1
    assert "packet.page-saved" in verbs()


def test_the_same_answers_twice_are_saved_once(everyone):
    packet = invited(everyone)
    for _ in range(2):
        row = packets.save_page(packet=packet, slug="pain", answers=answers("pain"), version=0, by=everyone.patient)
    assert row.version == 1


def test_other_answers_on_an_old_version_are_a_conflict_and_change_nothing(everyone):
    packet = invited(everyone)
    packets.save_page(packet=packet, slug="pain", answers=answers("pain"), version=0, by=everyone.patient)
    newer = answers("pain", pain_now="7")
    with pytest.raises(Conflict) as conflict:
        packets.save_page(packet=packet, slug="pain", answers=newer, version=0, by=everyone.patient)
    assert conflict.value.current.answers["pain_now"] == 0
    assert PageAnswers.objects.get().answers["pain_now"] == 0


def test_a_draft_keeps_what_was_typed_even_when_it_is_wrong(everyone):
    packet = invited(everyone)
    row = packets.save_draft(packet=packet, slug="body", draft={"weight": "many"}, version=0, by=everyone.patient)
    assert (row.state, row.draft) == ("draft", {"weight": "many"})
    assert [code for code in answers_of(packet) if not code.startswith("_")] == []


@pytest.mark.parametrize(("value", "alerts"), [("0", 0), ("", 0), ("1", 1), ("3", 1)])
def test_item_nine_raises_an_alert_when_the_page_is_saved(everyone, value, alerts):
    packet = invited(everyone)
    said = answers("mood", phq9_9=value, sure="on")
    packets.save_page(packet=packet, slug="mood", answers=said, version=0, by=everyone.patient)
    assert Alert.objects.filter(kind="suicide", patient=everyone.patient).count() == alerts


def test_a_half_filled_page_alerts_too_and_saving_again_does_not_double_it(everyone):
    packet = invited(everyone)
    packets.save_draft(packet=packet, slug="mood", draft={"phq9_9": "2"}, version=0, by=everyone.patient)
    packets.save_page(packet=packet, slug="mood", answers=answers("mood", phq9_9="2"), version=1, by=everyone.patient)
    alert = Alert.objects.get()
    assert "2 of 3" in alert.words
    assert "PHQ" not in alert.neutral_words


def test_submitting_needs_every_page_and_consent(everyone):
    consent_texts(everyone)
    packet = invited(everyone)
    packets.save_page(packet=packet, slug="goals", answers=answers("goals"), version=0, by=everyone.patient)
    with pytest.raises(Refused) as refused:
        packets.submit(packet=packet, by=everyone.patient)
    links = [item.link for item in refused.value.items]
    only_after_an_answer = {"ketamine", "opioids", "trauma-screen", "trauma-month", "alcohol", "mood"}
    assert links == [slug for slug in TYPED if slug not in only_after_an_answer | {"goals"}] + [
        f"consents/{kind}" for kind in ("treatment", "off_label", "privacy", "escort")
    ]


def test_pages_about_pain_are_not_asked_of_someone_without_pain(everyone):
    packet = invited(everyone)
    said = answers("conditions", pain_most_days="no")
    packets.save_page(packet=packet, slug="pain", answers=answers("pain"), version=0, by=everyone.patient)
    packets.save_page(packet=packet, slug="conditions", answers=said, version=0, by=everyone.patient)
    left = {slug for slug, _ in unfinished_pages(Packet.objects.get(pk=packet.pk))}
    assert not left & {"pain", "pain-story", "peg"}
    assert "pain_now" not in answers_of(Packet.objects.get(pk=packet.pk))


def test_submitting_derives_statements_and_scores_and_asks_for_an_assessment(everyone):
    packet = submitted(everyone)
    assert packet.state == "submitted"
    assert set(ConditionStatement.objects.values_list("code", flat=True)) == {"crps", "depression"}
    oxycodone = MedicationStatement.objects.get(ingredient="oxycodone")
    assert (oxycodone.daily_mg, oxycodone.drug_class, oxycodone.source) == (20, "opioid", "patient")
    assert AllergyStatement.objects.get().substance == "Penicillin"
    scores = {row.instrument: (row.score, row.band) for row in InstrumentResponse.objects.all()}
    assert scores == {"phq-9": (8, "mild"), "gad-7": (7, "mild"), "peg": (7, "")}
    assert Task.objects.get(kind="assessment").for_role == "prescriber"
    assert Patient.objects.get(pk=everyone.patient.pk).emergency_name == "Ada Sample"
    assert {"packet.submitted", "packet.statements-derived"} <= verbs()


def test_submitting_twice_is_once(everyone):
    packet = submitted(everyone)
    packets.submit(packet=packet, by=everyone.patient)
    assert ConditionStatement.objects.count() == 2
    assert Task.objects.filter(kind="assessment").count() == 1


def test_submitting_ends_the_link(everyone):
    packet = filled(everyone)
    link, _ = factories.link(of=everyone.patient, at_site=everyone.site, purpose="packet", subject_id=packet.pk)
    packets.submit(packet=packet, by=everyone.patient)
    assert PatientLink.objects.get(pk=link.pk).ended_why == "submitted"


def test_after_sending_nothing_can_be_changed(everyone):
    packet = submitted(everyone)
    with pytest.raises(Refused, match="already sent"):
        packets.save_page(packet=packet, slug="pain", answers={}, version=1, by=everyone.patient)


def test_none_of_it_is_a_statement_of_its_own(everyone):
    changes = {name: "" for name in TYPED["medicines"] if name != "rows"} | {"no_medicines": "on"}
    allergies = {"allergies_0_name": "", "allergies_0_reaction": "", "no_allergies": "on"}
    submitted(everyone, medicines=changes, allergies=allergies)
    assert AllergyStatement.objects.get().none_known
    assert MedicationStatement.objects.count() == 0


def test_withdrawing_needs_no_answers_and_keeps_the_reason(everyone):
    packet = packets.withdraw(packet=invited(everyone), by=everyone.front_desk, reason="Wrong person")
    assert packet.state == "withdrawn"
    assert AuditEvent.objects.get(verb="packet.withdrawn").reason == "Wrong person"


def test_a_consent_is_signed_under_its_exact_words_and_once(everyone):
    consent_texts(everyone)
    packet = invited(everyone)
    text = consents_of(packet)[0].text
    common = {"packet": packet, "text": text, "agreed": True, "electronic_agreed": True, "by": everyone.patient}
    drawing = [[[1, 2], [3, 4]]]
    sign_consent(printed_name=" Ngozi Okafor-Test ", drawing=drawing, **common)
    sign_consent(printed_name="Ngozi Okafor-Test", **common)
    signature = ConsentSignature.objects.get()
    assert (signature.printed_name, signature.text_hash) == ("Ngozi Okafor-Test", text_hash(text))
    assert signature.drawing == drawing
    assert "consent.signed" in verbs()


@pytest.mark.parametrize(("name", "agreed", "code"), [("", True, "name"), ("Ngo", False, "agree")])
def test_a_consent_needs_a_name_and_the_tick(everyone, name, agreed, code):
    consent_texts(everyone)
    packet = invited(everyone)
    text = consents_of(packet)[0].text
    with pytest.raises(Refused) as refused:
        sign_consent(
            packet=packet, text=text, printed_name=name, agreed=agreed, electronic_agreed=True, by=everyone.patient
        )
    assert [item.code for item in refused.value.items] == [code]


def test_an_older_text_cannot_be_signed(everyone):
    consent_texts(everyone)
    packet = invited(everyone)
    old = consents_of(packet)[0].text
    factories.consent_text(kind=old.kind, published_by=everyone.prescriber)
    with pytest.raises(Conflict, match="changed"):
        sign_consent(
            packet=packet, text=old, printed_name="Ngo", agreed=True, electronic_agreed=True, by=everyone.patient
        )


TRAUMA = {"trauma": {"trauma_gate": "yes"}}


def test_only_questionnaires_that_were_asked_whole_have_a_score(everyone):
    submitted(everyone, conditions={"conditions": ["crps"]}, substances={"alcohol": "weekly"}, **TRAUMA)
    scores = {row.instrument: (row.score, row.band) for row in InstrumentResponse.objects.all()}
    assert scores == {
        "peg": (7, ""),
        "pc-ptsd-5": (5, "positive"),
        "pcl-5": (40, "both"),
        "audit-c": (3, "positive"),
        "phq-2": (1, "negative"),
        "gad-7": (7, "mild"),
    }


@pytest.mark.parametrize(("cut", "band"), [(31, "total"), (32, "neither")])
def test_the_cut_of_the_pcl5_is_the_sites(everyone, cut, band):
    factories.policy(at_site=everyone.site, pcl5_cut=cut)
    thirty_one = {f"pcl5_{n}": "4" if n <= 5 else "1" if n <= 16 else "0" for n in range(1, 21)}
    submitted(everyone, **TRAUMA, trauma_month=thirty_one)
    row = InstrumentResponse.objects.get(instrument="pcl-5")
    assert (row.score, row.band) == (31, band)


def test_a_phq2_that_is_positive_opens_the_phq9(everyone):
    submitted(everyone, conditions={"conditions": ["crps"]}, mood_first={"phq2_1": "2"}, mood={"phq9_9": "0"})
    assert {"phq-2", "phq-9"} <= set(InstrumentResponse.objects.values_list("instrument", flat=True))


def test_ketamine_from_elsewhere_is_kept_while_it_is_recent(everyone):
    had = {"ketamine_before": "yes"}
    submitted(everyone, treatments=had, ketamine={"ketamine_elsewhere": "yes"})
    kept = MedicationStatement.objects.get(ingredient="ketamine")
    assert "8 times" in kept.dose_words


def test_ketamine_of_long_ago_is_in_the_answers_only(everyone):
    packet = submitted(everyone, treatments={"ketamine_before": "yes"})
    [course] = answers_of(packet)["ketamine_courses"]
    assert (course["treatments"], course["last"]) == ("8", "2025-09")
    assert not MedicationStatement.objects.filter(ingredient="ketamine").exists()


def test_a_man_is_not_asked_about_pregnancy_and_the_reason_is_known(everyone):
    everyone.patient.sex = "male"
    everyone.patient.save()
    packet = submitted(everyone)
    assert not packet.pages.filter(slug="pregnancy").exists()
    found = answers_of(packet)
    assert (found["pregnant"], found["pregnancy_not_asked"]) == ("na", "not asked: recorded as male")


def test_a_page_no_longer_asked_keeps_its_answers_but_they_do_not_count(everyone):
    packet = filled(everyone)
    assert "opioid_last" in answers_of(packet)
    said = answers("medicines", medicines_0_name="Ibuprofen")
    packets.save_page(packet=packet, slug="medicines", answers=said, version=1, by=everyone.patient)
    packet = Packet.objects.get(pk=packet.pk)
    assert "opioid_last" not in answers_of(packet)
    assert packet.pages.get(slug="opioids").answers["opioid_last"] == "today"


@pytest.mark.parametrize(
    ("typed", "tasks"),
    [
        ({}, 0),
        ({"address": "1  Sample\nStreet"}, 0),
        ({"address": "2 Other Road"}, 1),
        ({"name_right": "no", "legal_name": "Ngozi Okafor"}, 1),
    ],
)
def test_another_name_or_address_is_a_task_and_changes_nothing(everyone, typed, tasks):
    everyone.patient.address = "1 Sample Street"
    everyone.patient.save()
    submitted(everyone, about_you=typed)
    found = Task.objects.filter(for_role="front_desk", kind="other")
    assert found.count() == tasks
    assert all("Okafor" not in task.neutral_title for task in found)
    assert Patient.objects.get(pk=everyone.patient.pk).address == "1 Sample Street"


def test_an_address_the_record_lacks_is_filled_in(everyone):
    submitted(everyone)
    assert Patient.objects.get(pk=everyone.patient.pk).address == "1 Sample Street"
