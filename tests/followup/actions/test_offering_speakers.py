"""A freed time is offered to whoever speaks for the patient too; the first answer of any of them counts."""

import datetime as dt

import pytest
from django.urls import reverse

from clinic.actions.representatives import add_representative, end_representative
from clinic.models import AuditEvent, Message, Patient
from clinic.notify.composing import outgoing
from clinic.notify.registry import judges
from followup.actions import offering
from followup.models import WaitlistOffer
from tests import factories
from tests.followup.waiting import FREED, NOW, cancelled, visits_of, waits
from tests.people import by_link


@pytest.fixture
def speaker(p):
    """Somebody who speaks for a patient who waits."""
    who = factories.patient(at_site=p.site, given_name="Waits")
    entry = waits(p, patient=who)
    found = add_representative(
        patient=who, name="Gil Guardian-Test", relation="guardian", email="gil@example.org", by=p.front_desk,
        site=p.site, at=NOW - dt.timedelta(days=30),
    )  # fmt: skip
    cancelled(p)
    return entry, found


def offered(at=NOW):
    offering.note_all_freed(at=at)
    offering.offer_due(at=at)
    return WaitlistOffer.objects.get()


def told():
    return list(Message.objects.filter(kind__startswith="waitlist_offer").order_by("kind"))


def test_both_are_asked_and_neither_mail_names_the_patient_to_the_other(speaker):
    entry, who = speaker
    offer = offered()
    assert [(one.kind, one.representative) for one in told()] == [
        ("waitlist_offer", None), ("waitlist_offer_for", who),
    ]  # fmt: skip
    mail = outgoing(told()[1], NOW)
    assert mail.address == "gil@example.org"
    assert "Gil Guardian-Test" in mail.body
    assert "You speak for somebody" in mail.body
    assert entry.patient.given_name not in mail.body + mail.subject
    assert entry.patient.family_name not in mail.body + mail.subject
    assert told()[1].expires_at == offer.expires_at


def test_who_can_t_be_written_to_is_left_out_where_somebody_speaks_for_them(speaker):
    entry, who = speaker
    Patient.objects.filter(pk=entry.patient_id).update(email="", phone="", phone_digits="")
    offered()
    assert [one.representative for one in told()] == [who]


def test_who_no_longer_speaks_for_them_is_not_asked(p, speaker):
    end_representative(representative=speaker[1], by=p.front_desk, at=NOW - dt.timedelta(days=1))
    offered()
    assert [one.kind for one in told()] == ["waitlist_offer"]


def test_a_mail_that_waits_does_not_go_to_who_was_ended_meanwhile(p, speaker):
    offered()
    end_representative(representative=speaker[1], by=p.front_desk, at=NOW)
    assert judges["waitlist_offer_for"](told()[1], NOW)


def test_their_yes_books_it_and_says_who_answered(p, speaker):
    entry, who = speaker
    offer = offered()
    client, _ = by_link(
        entry.patient, p.site, "offer", representative=who, subject_kind=offer._meta.label_lower, subject_id=offer.pk
    )
    page = client.get(reverse("followup:offer")).content.decode()
    assert "You answer for the person you speak for." in page
    offering.accept(offer=offer, by=entry.patient, speaker=who, at=NOW)
    assert [one.starts_at for one in visits_of(entry.patient)] == [FREED]
    row = AuditEvent.objects.get(verb="offer.accepted")
    assert row.detail == {"representative": str(who.pk)}
    assert {one.state for one in told()} <= {"withdrawn", "due"}
    again = client.get(reverse("followup:offer")).content.decode()
    assert "We expect them on" in again
    assert "We have sent you a mail" not in again


def test_their_no_ends_it_for_both(p, speaker):
    entry, who = speaker
    offer = offering.decline(offer=offered(), by=entry.patient, speaker=who, at=NOW)
    assert offer.state == "declined"
    assert AuditEvent.objects.get(verb="offer.declined").detail == {"representative": str(who.pk)}
    assert {one.state for one in told()} == {"withdrawn"}
