"""Signing, taking back, signing again: what is written, what stops, what is refused, what happens only once."""

import datetime as dt
import hashlib

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from clinic import clock
from clinic.actions import setup
from clinic.models import (
    AuditEvent,
    ConsentRevocation,
    ConsentSignature,
    ContactChoice,
    Message,
    Representative,
    Task,
)
from clinic.refusal import Conflict, Refused
from intake import receivers
from intake.actions import renewals
from intake.actions.consents import record_paper, sign_consent
from intake.actions.handing_over import hand_over
from intake.actions.taking_back import take_back
from intake.consents import consents_of, standing_of, standings, unpublished_kinds
from intake.models import ConsentRequest
from intake.presenters.consent_panel import consent_panel
from intake.queries import check_eligible, unfinished_pages
from sessions.actions import check_in
from sessions.models import InfusionSession
from tests import factories
from tests.followup.approvals import approved
from tests.intake.packets import invited
from tests.intake.signing import DRAWN, SAID
from tests.people import people
from tests.sessions.scene import NINE, Scene
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def today(everyone):
    return clock.now().astimezone(everyone.harbor.zone).date()


def state(everyone, kind="treatment"):
    return standing_of(everyone.patient, kind).state


class TestSigning:
    def test_it_is_kept_with_who_where_how_and_the_hash_of_the_words(self, everyone, publish, sign):
        text = publish()
        row = sign(text, drawing=DRAWN, taken_by=everyone.nurse)
        assert row.text_hash == hashlib.sha256(f"{text.title}\n{text.body}".encode()).hexdigest()
        assert (row.site, row.taken_by, row.drawing, row.method) == (
            everyone.harbor, everyone.nurse, DRAWN, "electronic",
        )  # fmt: skip
        assert row.electronic_agreed
        assert AuditEvent.objects.get(verb="consent.signed").patient == everyone.patient

    def test_a_representative_signs_as_such(self, everyone, publish, sign):
        someone = Representative.objects.create(
            patient=everyone.patient, name="Rep Sample", relation="guardian", since=clock.now()
        )
        row = sign(publish(), representative=someone, relation=someone.relation, printed_name="Rep Sample")
        assert (row.representative, row.relation) == (someone, "guardian")

    def test_twice_is_once_until_the_clinic_asks_again(self, everyone, publish, sign):
        text = publish()
        first = sign(text)
        assert sign(text).pk == first.pk
        renewals.ask_again(patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.nurse)
        assert sign(text).pk != first.pk

    def test_an_older_version_is_a_conflict(self, publish, sign):
        old = publish()
        publish()
        with pytest.raises(Conflict):
            sign(old)
        assert not ConsentSignature.objects.exists()

    def test_a_draft_cannot_be_signed(self, sign):
        with pytest.raises(Conflict):
            sign(factories.consent_text(kind="treatment"))

    def test_messages_agreed_hold_for_mail_and_text(self, everyone, publish, sign):
        sign(publish("messages"))
        assert {choice.channel for choice in ContactChoice.objects.filter(opted_out_at=None)} == {"email", "sms"}

    def test_in_the_packet_it_is_read_in_the_patient_s_language_else_in_english(self, everyone, publish):
        packet = invited(everyone)
        english, packet.patient.language = publish("escort"), "es"
        (asked,) = consents_of(packet)
        assert (asked.text, asked.is_fallback) == (english, True)
        spanish = publish("escort", language="es", number=1)
        (asked,) = consents_of(packet)
        assert (asked.text, asked.is_fallback) == (spanish, False)

    def test_signed_in_english_it_stays_signed_when_the_language_is_switched(self, everyone, publish):
        packet, english = invited(everyone), publish("escort")
        publish("escort", language="es", number=1)
        sign_consent(packet=packet, text=english, by=everyone.patient, **SAID)
        packet.patient.language = "es"
        (asked,) = consents_of(packet)
        assert asked.signature.text == english
        assert ("consents/escort", english.title) not in unfinished_pages(packet)

    def test_a_packet_consent_that_was_taken_back_is_asked_for_again(self, everyone, publish):
        packet, text = invited(everyone), publish("escort")
        first = sign_consent(packet=packet, text=text, by=everyone.patient, **SAID)
        take_back(patient=everyone.patient, site=everyone.harbor, kind="escort", by=everyone.patient)
        assert consents_of(packet)[0].signature is None
        assert sign_consent(packet=packet, text=text, by=everyone.patient, **SAID).pk != first.pk

    def test_the_kinds_that_nobody_can_be_asked_are_known(self, publish):
        publish("treatment")
        publish("privacy", language="es")
        assert [kind for kind, _ in unpublished_kinds()] == ["off_label", "messages", "privacy", "escort"]


class TestPaper:
    def test_a_signature_on_paper_counts_and_names_who_took_it(self, everyone, publish):
        text, yesterday = publish(), today(everyone) - dt.timedelta(days=1)
        row = record_paper(
            patient=everyone.patient, site=everyone.harbor, text=text, printed_name="Ngozi", signed_on=yesterday,
            by=everyone.front_desk,
        )  # fmt: skip
        assert (row.method, row.taken_by, row.electronic_agreed) == ("paper", everyone.front_desk, False)
        assert row.signed_at.astimezone(everyone.harbor.zone).date() == yesterday
        assert state(everyone) == "in_force"

    @pytest.mark.parametrize(("name", "days"), [(" ", 0), ("Ngozi", 1)])
    def test_without_a_name_or_of_a_day_to_come_it_is_refused(self, everyone, publish, name, days):
        day = today(everyone) + dt.timedelta(days=days)
        common = {"patient": everyone.patient, "site": everyone.harbor, "text": publish(), "by": everyone.nurse}
        with pytest.raises(Refused):
            record_paper(printed_name=name, signed_on=day, **common)


class TestTakingBack:
    def test_it_is_a_row_of_its_own_and_the_signature_stays(self, everyone, publish, sign):
        row = sign(publish())
        (back,) = take_back(
            patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.patient, words=" Not for me "
        )
        assert (back.signature, back.taken_by, back.words) == (row, None, "Not for me")
        assert state(everyone) == "taken_back"
        assert ConsentSignature.objects.get() == row
        assert AuditEvent.objects.get(verb="consent.taken-back").actor_kind == "patient"

    def test_staff_writes_it_down_by_name(self, everyone, publish, sign):
        sign(publish())
        (back,) = take_back(patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.nurse)
        assert back.taken_by == everyone.nurse

    def test_every_version_that_was_in_force_goes_with_it(self, everyone, publish, sign):
        sign(publish())
        sign(publish())
        assert len(take_back(patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.nurse)) == 2
        assert state(everyone) == "taken_back"

    @pytest.mark.parametrize("kind", ["treatment", "privacy", "poem"])
    def test_there_is_nothing_to_take_back(self, everyone, kind):
        with pytest.raises(Refused):
            take_back(patient=everyone.patient, site=everyone.harbor, kind=kind, by=everyone.patient)

    def test_twice_is_refused(self, everyone, publish, sign):
        sign(publish())
        common = {"patient": everyone.patient, "site": everyone.harbor, "kind": "treatment", "by": everyone.patient}
        take_back(**common)
        with pytest.raises(Refused):
            take_back(**common)
        assert ConsentRevocation.objects.count() == 1

    def test_messages_stop_at_once(self, everyone, publish, sign):
        sign(publish("messages"))
        take_back(patient=everyone.patient, site=everyone.harbor, kind="messages", by=everyone.patient)
        choices = ContactChoice.objects.filter(patient=everyone.patient, kind="all", opted_out_at__isnull=False)
        assert {choice.channel for choice in choices} == {"email", "sms"}
        sign(publish("messages"))
        assert not ContactChoice.objects.filter(opted_out_at__isnull=False).exists()

    @pytest.mark.parametrize("kind", ["treatment", "off_label", "escort"])
    def test_booking_stops_and_signing_again_lets_it_go_on(self, everyone, publish, sign, kind):
        approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber)
        text = publish(kind)
        with pytest.raises(Refused, match="not signed"):
            check_eligible(everyone.patient, day=today(everyone))
        sign(text)
        check_eligible(everyone.patient, day=today(everyone))
        take_back(patient=everyone.patient, site=everyone.harbor, kind=kind, by=everyone.patient)
        with pytest.raises(Refused, match="taken back") as refused:
            check_eligible(everyone.patient, day=today(everyone))
        assert "taken back" not in refused.value.neutral
        sign(text)
        check_eligible(everyone.patient, day=today(everyone))

    def test_a_running_course_opens_a_task_and_a_patient_without_one_does_not(self, everyone, publish, sign):
        sign(publish())
        take_back(patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.patient)
        assert not Task.objects.exists()
        Scene(everyone)
        sign(publish())
        take_back(patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.patient, words="Afraid")
        task = Task.objects.get()
        assert (task.for_role, task.details) == ("prescriber", "Afraid")
        assert "course 1 is under way" in task.title
        assert "treatment" not in task.neutral_title


class TestTheGate:
    def test_check_in_stops_when_it_is_taken_back(self, everyone):
        scene = Scene(everyone)
        take_back(patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.patient)
        with pytest.raises(Refused, match="taken back"):
            check_in(appointment=scene.appointment, by=everyone.nurse, at=NINE)

    def test_a_changed_text_lets_check_in_and_stops_the_start(self, everyone, publish, sign):
        scene = Scene(everyone)
        newer = publish()
        scene.ready()
        with pytest.raises(Refused, match="To sign: treatment"):
            scene.start()
        sign(newer)
        scene.start()

    def test_a_change_that_is_only_told_stops_nothing(self, everyone, publish):
        scene = Scene(everyone).ready()
        publish(renewal="tell")
        scene.start()

    def test_the_query_and_the_rule_agree(self, everyone, publish, sign):
        Scene(everyone).check_in()
        steps = [
            lambda: publish("escort"),
            lambda: sign(publish("escort")),
            lambda: publish("escort", renewal="tell"),
            lambda: publish("escort"),
            lambda: sign(publish("escort", renewal="tell")),
            lambda: take_back(patient=everyone.patient, site=everyone.harbor, kind="escort", by=everyone.nurse),
            lambda: publish("off_label", language="es"),
        ]
        for step in steps:
            step()
            row = InfusionSession.objects.with_gate_facts(NINE.date()).get()
            by_rule = {one.kind: one.state for one in standings(everyone.patient)}
            for kind in ("treatment", "escort"):
                assert getattr(row, f"lacks_{kind}") == (by_rule[kind] != "in_force"), (kind, by_rule)


class TestAskingAgain:
    @pytest.fixture
    def in_care(self, everyone, publish, sign):
        approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber)
        sign(publish())
        return everyone

    def test_whoever_is_in_care_is_asked_once_by_message_and_list(self, in_care, publish):
        newer = publish()
        assert renewals.ask_for_renewals() == 1
        assert renewals.ask_for_renewals() == 0
        request = ConsentRequest.objects.get()
        assert (request.patient, request.text, request.why) == (in_care.patient, newer, "changed")
        assert Message.objects.get(kind="consent_changed").patient == in_care.patient
        assert Task.objects.get().subject_id == newer.pk

    def test_a_small_change_is_only_told(self, in_care, publish):
        publish(renewal="tell")
        assert renewals.ask_for_renewals() == 1
        assert Message.objects.get().kind == "consent_told"
        assert not Task.objects.exists()
        assert state(in_care) == "in_force"

    @pytest.mark.parametrize("why", ["no approval", "signed the new one", "another language", "taken back"])
    def test_others_are_left_alone(self, everyone, publish, sign, why):
        sign(publish())
        if why != "no approval":
            approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber)
        if why == "taken back":
            take_back(patient=everyone.patient, site=everyone.harbor, kind="treatment", by=everyone.patient)
        newer = publish(language="es", number=2) if why == "another language" else publish()
        if why == "signed the new one":
            sign(newer)
        assert renewals.ask_for_renewals() == 0

    def test_publishing_wakes_the_worker(self, everyone, monkeypatch):
        asked = []
        monkeypatch.setattr(receivers.current_app, "send_task", lambda name, **more: asked.append(name))
        draft = factories.consent_text(kind="treatment")
        with TestCase.captureOnCommitCallbacks(execute=True):
            setup.publish_text(text=draft, by=everyone.clinic_admin)
        assert asked == [receivers.SWEEP]

    def test_the_clinic_asks_for_one_again(self, in_care):
        common = {"patient": in_care.patient, "site": in_care.harbor, "kind": "treatment", "by": in_care.nurse}
        renewals.ask_again(**common)
        assert standing_of(in_care.patient, "treatment").is_to_sign
        assert Message.objects.get().kind == "consent_asked"
        with pytest.raises(Refused, match="already"):
            renewals.ask_again(**common)

    def test_there_is_no_text_to_ask_for(self, everyone):
        with pytest.raises(Refused, match="No text"):
            renewals.ask_again(patient=everyone.patient, site=everyone.harbor, kind="escort", by=everyone.nurse)


def test_a_device_is_handed_over_for_two_hours_by_a_named_person(everyone):
    link = hand_over(patient=everyone.patient, site=everyone.harbor, device="d", by=everyone.nurse)
    assert (link.purpose, link.made_by) == ("consent", everyone.nurse)
    assert link.expires_at - link.made_at == dt.timedelta(hours=2)
    assert AuditEvent.objects.get(verb="consent.handed-over").user == everyone.nurse


def test_the_panel_asks_as_much_for_many_signatures_as_for_one(everyone, publish, sign):
    counts = []
    for kind in ("treatment", "escort", "privacy", "off_label"):
        sign(publish(kind))
        with CaptureQueriesContext(connection) as caught:
            consent_panel(everyone.patient)
        counts.append(len(caught))
    assert set(counts) == {5}
