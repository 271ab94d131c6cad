"""An answer about suicide is heard the moment it is kept: in a draft, on a page that fails, before anything is sent."""

import pytest

from clinic.models import Alert, AlertRemark, Message, Task
from clinic.refusal import Conflict
from intake.actions import packets
from intake.rules.alerts import AlertAnswer
from intake.rules.hearing import severity, watched_in
from tests.intake.packets import TYPED, filled, invited
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
MOOD = TYPED["mood"]


everyone = standing(people)


@pytest.fixture
def packet(everyone):
    return invited(everyone)


@pytest.fixture
def patient(everyone, packet):
    """The patient's browser, in the packet."""
    about = {"subject_kind": "intake.packet", "subject_id": packet.pk}
    return by_link(everyone.patient, everyone.site, "packet", **about)[0]


def save(packet, value, *, by, version=0, draft=False):
    said = {"phq9_9": value}
    if draft:
        return packets.save_draft(packet=packet, slug="mood", draft=said, version=version, by=by)
    return packets.save_page(packet=packet, slug="mood", answers=said, version=version, by=by)


SEVERITIES = [
    (AlertAnswer("phq9_9", "1", ""), 1),
    (AlertAnswer("phq9_9", "3", ""), 3),
    (AlertAnswer("suicide_attempt", "recent", ""), 3),
    (AlertAnswer("cssrs", "low", ""), 1),
    (AlertAnswer("cssrs", "moderate", ""), 2),
    (AlertAnswer("cssrs", "high", ""), 3),
]


@pytest.mark.parametrize(("answer", "expected"), SEVERITIES)
def test_how_grave_an_answer_is(answer, expected):
    assert severity(answer) == expected


def test_pages_that_ask_nothing_of_the_kind_are_not_heard():
    assert watched_in({"goal_first": "x"}) == []
    assert watched_in({"phq9_9": None}) == ["phq9_9"]
    assert watched_in({"cssrs_1": "no", "suicide_attempt": "never"}) == ["suicide_attempt", "cssrs"]


def test_a_draft_raises_it_before_anything_is_sent(everyone, packet):
    save(packet, "2", by=everyone.patient, draft=True)
    alert = Alert.objects.get()
    assert (alert.kind, alert.subject_id, alert.code, alert.value) == ("suicide", packet.pk, "phq9_9", 2)
    assert "more than half the days (2 of 3)" in alert.words
    assert packet.submitted_at is None
    assert Message.objects.filter(kind="staff_alert").count() == 4


def test_a_page_that_was_changed_elsewhere_still_raises_it(everyone, packet):
    save(packet, 0, by=everyone.patient)
    with pytest.raises(Conflict):
        save(packet, 3, by=everyone.patient, version=0)
    assert Alert.objects.get().value == 3


def test_a_page_with_errors_still_raises_it(patient):
    answer = patient.post("/packet/mood/", {"phq9_9": "1", "version": "0", "do": "continue"})
    assert answer.status_code == 422
    assert Alert.objects.get().value == 1


def test_a_taken_back_answer_leaves_the_alert_and_is_remarked(everyone, packet):
    row = save(packet, 3, by=everyone.patient)
    row = save(packet, 0, by=everyone.patient, version=row.version)
    assert Alert.objects.get().state == "open"
    assert "not so, or left blank" in AlertRemark.objects.get().words
    save(packet, None, by=everyone.patient, version=row.version)
    assert AlertRemark.objects.count() == 1


def test_a_worse_answer_raises_again(everyone, packet):
    row = save(packet, 1, by=everyone.patient)
    save(packet, 2, by=everyone.patient, version=row.version)
    assert sorted(Alert.objects.values_list("value", flat=True)) == [1, 2]


def test_two_questions_raise_one_each(everyone, packet):
    said = {"phq9_9": 1, "suicide_attempt": "recent"}
    packets.save_draft(packet=packet, slug="mood", draft=said, version=0, by=everyone.patient)
    assert set(Alert.objects.values_list("code", flat=True)) == {"phq9_9", "suicide_attempt"}


def test_the_task_of_the_sent_packet_tells_of_the_alert_and_its_page_shows_it(everyone):
    packet = filled(everyone, mood={"phq9_9": "1"})
    packets.submit(packet=packet, by=everyone.patient)
    assert Alert.objects.filter(code="phq9_9").count() == 1
    task = Task.objects.get(kind="assessment")
    assert "1 alert" in task.details
    nurse = signed_in(everyone.nurse).get(f"/intake/{packet.pk}/").content.decode()
    assert "nobody has answered" in nurse
    assert f"/tasks/alerts/{Alert.objects.first().pk}/" in nurse
    desk = signed_in(everyone.front_desk).get(f"/intake/{packet.pk}/").content.decode()
    assert "better off dead" not in desk
    assert "Needs a clinician" in desk


def test_own_words_on_any_page_raise_it_once_and_bring_help(everyone, packet, patient):
    said = {"goal_first": "Some days I want to die.", "goal_sign": ""}
    kept = packets.save_draft(packet=packet, slug="goals", draft=said, version=0, by=everyone.patient)
    alert = Alert.objects.get()
    assert (alert.kind, alert.code, alert.value) == ("suicide", "words:goal_first", 1)
    assert "die." not in alert.words, "the words themselves stay on the page, for those who may read it"
    answer = patient.post("/packet/goals/", said | {"version": str(kept.version)})
    assert answer.url.endswith("/packet/goals/?help=1")
    assert Alert.objects.count() == 1
