"""Filling in together: a relative, staff, a representative; who may fill which page, and what is recorded of it."""

import pytest
from django.urls import reverse

from clinic.actions.representatives import add_representative, end_representative
from clinic.models import AuditEvent, Message, PatientLink
from clinic.notify.composing import address_of, outgoing
from clinic.refusal import Refused
from intake.actions import helping, packets
from intake.models import Packet, PacketHelp, PageAnswers
from intake.presenters.helping import filled_words, help_of
from tests import factories
from tests.intake.packets import TYPED, answers, filled, invited
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


@pytest.fixture
def packet(everyone):
    return invited(everyone)


def patient_client(everyone, packet, **fields):
    client, _ = by_link(
        everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk, **fields
    )
    return client


def row(packet, slug):
    return PageAnswers.objects.select_related("help").get(packet=packet, slug=slug)


def fill(packet, name="page", slug="emergency-contact"):
    args = [packet.pk, slug] if name in ("page", "draft") else [packet.pk]
    return reverse(f"intake:fill-{name}", args=args)


def began(client, packet):
    assert client.post(fill(packet, "start")).status_code == 302
    return client


# ---- a relative at the patient's side
def test_pages_carry_who_helped_from_when_to_when(everyone, packet):
    client = patient_client(everyone, packet)
    client.post("/packet/goals/", TYPED["goals"] | {"version": "0"})
    assert client.post("/packet/helper/", {"name": "Ana Test", "relation": "sister"}).status_code == 302
    client.post("/packet/questions/", TYPED["questions"] | {"version": "0"})
    assert b"Ana Test, sister, helps you" in client.get("/packet/goals/").content
    client.post("/packet/helper/end/")
    client.post("/packet/pain/", TYPED["pain"] | {"version": "0"})
    assert row(packet, "goals").help is None
    assert row(packet, "pain").help is None
    assert row(packet, "questions").help.name == "Ana Test"
    (line,) = help_of(Packet.objects.prefetch_related("pages").get(pk=packet.pk))
    assert (line.words, line.pages) == ("Filled with Ana Test (sister)", 1)
    assert line.until >= line.since
    assert AuditEvent.objects.filter(verb="packet.help-began", patient=everyone.patient).count() == 1
    assert AuditEvent.objects.get(verb="packet.page-saved", detail__page="questions").detail["with"] == "relative"


def test_somebody_else_helps_now(everyone, packet):
    first = helping.begin_help(packet=packet, name="Ana Test", relation="sister", by=everyone.patient)
    second = helping.begin_help(packet=packet, name="Bo Test", relation="friend", by=everyone.patient)
    assert first.end.ends == first
    assert PacketHelp.objects.filter(ends=None).count() == 2
    assert helping.end_help(packet=packet, by=everyone.patient) == second
    assert helping.end_help(packet=packet, by=everyone.patient) is None


def test_help_without_a_name_keeps_what_was_typed(everyone, packet):
    answer = patient_client(everyone, packet).post("/packet/helper/", {"name": "", "relation": "my sister"})
    assert answer.status_code == 422
    assert b"my sister" in answer.content
    with pytest.raises(Refused):
        helping.begin_help(packet=packet, name=" ", relation="", by=everyone.patient)


def test_nobody_helps_with_a_packet_that_was_sent(everyone):
    packet = packets.submit(packet=filled(everyone), by=everyone.patient)
    with pytest.raises(Refused):
        helping.begin_help(packet=packet, name="Ana", relation="sister", by=everyone.patient)
    with pytest.raises(Refused):
        helping.begin_together(packet=packet, role="nurse", by=everyone.nurse)
    with pytest.raises(Refused):
        helping.hand_over(packet=packet, device="x", by=everyone.nurse)


# ---- staff in the clinic
def test_a_nurse_fills_in_with_the_patient(everyone, packet):
    client = began(signed_in(everyone.nurse), packet)
    page = client.get(fill(packet, slug="mood-first"))
    assert page.status_code == 200
    assert b"Filled in together: Ngozi and Nora Nurse." in page.content
    sent = client.post(fill(packet, slug="goals"), TYPED["goals"] | {"version": "0"})
    assert sent.url == fill(packet, slug="questions")
    saved = row(packet, "goals")
    assert (saved.help.user, saved.help.relation) == (everyone.nurse, "nurse")
    assert AuditEvent.objects.get(verb="packet.page-saved").user == everyone.nurse
    assert filled_words(saved.help) == "filled with Nora Nurse (nurse)"


def test_a_page_that_is_not_complete_keeps_what_was_typed(everyone, packet):
    client = began(signed_in(everyone.nurse), packet)
    answer = client.post(fill(packet, slug="pain"), {"version": "0", "pain_worst": "8"})
    assert answer.status_code == 422
    assert row(packet, "pain").draft == {"pain_worst": "8"}


def test_two_devices_and_a_nurse(everyone, packet):
    client = began(signed_in(everyone.nurse), packet)
    packets.save_page(packet=packet, slug="goals", answers=answers("goals"), version=0, by=everyone.patient)
    answer = client.post(fill(packet, slug="goals"), {"version": "0", "goal_first": "Other"})
    assert answer.status_code == 409
    assert b"Walk to the park" in answer.content
    assert b"Other" in answer.content
    draft = client.post(fill(packet, "draft", "goals"), {"version": "0", "goal_first": "Other"})
    assert draft.status_code == 409


def test_nothing_is_filled_before_it_began(everyone, packet):
    client = signed_in(everyone.nurse)
    assert b"Begin first" in client.get(fill(packet, slug="goals")).content
    client.post(fill(packet, slug="goals"), TYPED["goals"] | {"version": "0"})
    assert not PageAnswers.objects.exists()
    assert client.post(fill(packet, "draft", "goals"), {"version": "0", "goal_first": "x"}).status_code == 409
    assert client.get(fill(packet, slug="no-such-page")).status_code == 404


def test_beginning_twice_is_once_and_stopping_ends_it(everyone, packet):
    client = began(began(signed_in(everyone.nurse), packet), packet)
    assert PacketHelp.objects.count() == 1
    client.post(fill(packet, "end"))
    client.post(fill(packet, "end"))
    assert PacketHelp.objects.count() == 2
    assert b"Begin with" in client.get(fill(packet, "home")).content


def test_the_front_desk_never_gets_pages_about_the_mind(everyone, packet):
    packets.save_page(packet=packet, slug="goals", answers=answers("goals"), version=0, by=everyone.patient)
    client = began(signed_in(everyone.front_desk), packet)
    listed = client.get(fill(packet, "home")).content.decode()
    for words in ("Mood", "goals", "Medicines", "Trauma", "Walk to the park"):
        assert words not in listed.partition("<main")[2].partition("What the patient does alone")[0]
    for slug in ("goals", "mood", "medicines", "opioids", "trauma"):
        page = client.get(fill(packet, slug=slug))
        assert b"The patient does this page alone" in page.content
        assert b"Walk to the park" not in page.content
        assert client.post(fill(packet, "draft", slug), {"version": "0"}).status_code == 409
    client.post(fill(packet, slug="goals"), {"goal_first": "Changed", "version": "1"})
    assert row(packet, "goals").answers["goal_first"] == "Walk to the park"


def test_the_front_desk_types_health_but_never_reads_what_others_typed(everyone, packet):
    packets.save_page(packet=packet, slug="pain", answers=answers("pain"), version=0, by=everyone.patient)
    client = began(signed_in(everyone.front_desk), packet)
    closed = client.get(fill(packet, slug="pain"))
    assert b"The patient has answered this page" in closed.content
    client.post(fill(packet, slug="heart"), TYPED["heart"] | {"version": "0"})
    assert client.get(fill(packet, slug="heart")).status_code == 200
    assert row(packet, "heart").help.user == everyone.front_desk


def test_the_front_desk_sees_nothing_of_a_conflict(everyone, packet):
    client = began(signed_in(everyone.front_desk), packet)
    client.post(fill(packet, slug="daily-life"), {"version": "0", "sleep_hours": "6_8"})
    sleepless = answers("daily-life", sleep_hours="under_4")
    mine = row(packet, "daily-life").help
    packets.save_page(packet=packet, slug="daily-life", answers=sleepless, version=1, by=everyone.patient, help=mine)
    answer = client.post(fill(packet, slug="daily-life"), {"version": "1", "sleep_hours": "6_8"})
    assert answer.status_code == 409
    assert b"What is typed here is not saved" in answer.content
    assert b"Less than 4 hours</dd>" not in answer.content


def test_other_clinics_and_other_roles_stay_out(everyone, packet):
    for user, status in ((everyone.stranger, 404), (everyone.auditor, 403), (everyone.clinic_admin, 403)):
        client = signed_in(user)
        assert client.get(fill(packet, "home")).status_code == status
        assert client.post(fill(packet, "start")).status_code == status
        assert client.post(reverse("intake:hand-over", args=[packet.pk])).status_code == status
    assert not PacketHelp.objects.exists()


def test_handing_over_the_tablet_signs_staff_out_and_asks_for_the_date_of_birth(everyone, packet):
    by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    client = began(signed_in(everyone.front_desk), packet)
    answer = client.post(reverse("intake:hand-over", args=[packet.pk]))
    assert answer.url == reverse("clinic:link-prove")
    assert "_auth_user_id" not in client.session
    assert client.get(fill(packet, "home")).url.startswith(reverse("account_login"))
    born = everyone.patient.born_on
    typed = {"born_on_month": born.month, "born_on_day": born.day, "born_on_year": born.year}
    assert client.post(answer.url, typed).url == reverse("intake:packet-home")
    assert client.get("/packet/goals/").status_code == 200
    assert AuditEvent.objects.filter(verb="packet.handed-over", user=everyone.front_desk).count() == 1


# ---- a representative with a link of their own
@pytest.fixture
def guardian(everyone):
    return add_representative(
        patient=everyone.patient, name="Gil Guardian", relation="guardian", email="gil@example.org", by=everyone.nurse
    )


def test_a_representative_is_written_to_and_fills_in_as_such(everyone, packet, guardian):
    client = signed_in(everyone.front_desk)
    factories.message_text(kind="invitation_for")
    client.post(reverse("intake:representative-invite", args=[packet.pk, guardian.pk]))
    message = Message.objects.get(kind="invitation_for")
    assert (address_of(message), message.patient) == ("gil@example.org", everyone.patient)
    outgoing(message, message.due_at)
    link = PatientLink.objects.get(representative=guardian)
    assert link.subject_id == packet.pk
    speaking = patient_client(everyone, packet, representative=guardian)
    assert b"as Gil Guardian, guardian" in speaking.get("/packet/goals/").content
    speaking.post("/packet/goals/", TYPED["goals"] | {"version": "0"})
    speaking.post("/packet/questions/", TYPED["questions"] | {"version": "0"})
    assert filled_words(row(packet, "goals").help) == "filled by Gil Guardian (guardian)"
    assert PacketHelp.objects.count() == 1


def test_only_who_speaks_for_this_patient_now_is_written_to(everyone, packet, guardian):
    other = add_representative(
        patient=everyone.away_patient, name="Other", relation="guardian", email="o@example.org", by=everyone.nurse
    )
    with pytest.raises(Refused):
        helping.invite_representative(packet=packet, representative=other, by=everyone.nurse)
    url = reverse("intake:representative-invite", args=[packet.pk, other.pk])
    assert signed_in(everyone.nurse).post(url).status_code == 404
    ended = end_representative(representative=guardian, by=everyone.nurse)
    with pytest.raises(Refused):
        helping.invite_representative(packet=packet, representative=ended, by=everyone.nurse)
    with pytest.raises(Refused):
        end_representative(representative=guardian, by=everyone.nurse)


def test_ending_a_representative_closes_their_link(everyone, packet, guardian):
    speaking = patient_client(everyone, packet, representative=guardian)
    assert speaking.get("/packet/").status_code == 200
    end_representative(representative=guardian, by=everyone.nurse)
    assert speaking.get("/packet/").status_code == 302


def test_staff_record_and_end_representatives(everyone):
    client = signed_in(everyone.front_desk)
    url = reverse("clinic:patient-representatives", args=[everyone.patient.pk])
    assert client.post(url, {"name": "Gil Guardian", "relation": ""}).status_code == 422
    bare = client.post(url, {"name": "Gil Guardian", "relation": "guardian"})
    assert bare.status_code == 422
    assert b"Type an e-mail address or a phone number" in bare.content
    client.post(url, {"name": "Gil Guardian", "relation": "guardian", "phone": "555 0123 456"})
    speaker = everyone.patient.representatives.get()
    assert b"Gil Guardian, guardian" in client.get(url).content
    client.post(reverse("clinic:representative-end", args=[speaker.pk]))
    assert b"Ended" in client.get(url).content
    assert signed_in(everyone.stranger).get(url).status_code == 404
