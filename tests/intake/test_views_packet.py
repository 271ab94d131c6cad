"""The patient's pages through the door: saving, errors, stale pages, double submit, and nobody else's packet."""

import pytest
from django.urls import reverse

from clinic import clock
from clinic.models import Alert, AuditEvent
from intake.models import Packet, PageAnswers
from tests import factories
from tests.intake.packets import TYPED, consent_texts, filled, invited, submitted
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def url(name, *args):
    return reverse(f"intake:{name}", args=args)


def door(everyone, packet):
    return by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)[0]


def post(client, slug, version=0, do="continue", **changes):
    return client.post(url("packet-page", slug), TYPED[slug] | {"version": version, "do": do} | changes)


def test_looking_changes_nothing(everyone):
    packet = invited(everyone)
    client = door(everyone, packet)
    before = AuditEvent.objects.filter(is_look=False).count()
    for path in (url("packet-home"), url("packet-page", "pain"), url("packet-check")):
        assert client.get(path).status_code == 200
    assert Packet.objects.get().state == "invited"
    assert AuditEvent.objects.filter(is_look=False).count() == before


def test_continue_saves_and_goes_on(everyone):
    client = door(everyone, invited(everyone))
    response = post(client, "pain")
    assert response.url == url("packet-page", "pain-story")
    assert PageAnswers.objects.get().answers["pain_worst"] == 8


def test_what_is_wrong_is_422_and_kept_as_typed(everyone):
    client = door(everyone, invited(everyone))
    response = post(client, "pain", pain_least="9")
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert PageAnswers.objects.get().draft["pain_least"] == "9"
    assert post(client, "pain", version=1).status_code == 302


def test_pressing_twice_saves_once(everyone):
    client = door(everyone, invited(everyone))
    assert [post(client, "pain").status_code for _ in range(2)] == [302, 302]
    assert PageAnswers.objects.get().version == 1


def test_an_old_page_is_409_in_kind_words_with_both_versions(everyone):
    client = door(everyone, invited(everyone))
    post(client, "goals")
    response = post(client, "goals", goal_first="Something else")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Walk to the park" in page
    assert "Something else" in page
    assert post(client, "goals", version=1, goal_first="Something else").status_code == 302


def test_an_old_page_against_a_half_filled_one_says_so(everyone):
    client = door(everyone, invited(everyone))
    post(client, "goals", do="later")
    response = post(client, "goals", goal_first="Something else")
    assert response.status_code == 409
    assert "only half filled in" in response.content.decode()


def test_someone_under_18_is_declined_kindly(everyone):
    packet = invited(everyone)
    everyone.patient.born_on = clock.now().date().replace(year=clock.now().year - 16, day=1)
    everyone.patient.save()
    client = door(everyone, packet)
    page = client.get(url("packet-home")).content.decode()
    assert "18 or older" in page
    post(client, "pain")
    assert PageAnswers.objects.count() == 0


def test_a_blank_in_the_mood_page_is_asked_about_once_and_never_zero(everyone):
    client = door(everyone, invited(everyone))
    typed = TYPED["mood"] | {"version": 0}
    typed.pop("phq9_3")
    response = client.post(url("packet-page", "mood"), typed)
    assert response.status_code == 422
    assert "leave some of them out" in response.content.decode()
    assert client.post(url("packet-page", "mood"), typed | {"version": 1, "sure": "on"}).status_code == 302
    assert PageAnswers.objects.get().answers["phq9_3"] is None


def test_item_nine_shows_help_on_the_same_page_and_alerts(everyone):
    everyone.patient.reason = "mood"
    client = door(everyone, invited(everyone))
    response = post(client, "mood", phq9_9="1")
    assert response.url == url("packet-page", "mood") + "?help=1"
    page = client.get(response.url).content.decode()
    assert "tel:988" in page
    assert "They will call you" in page or "reads this before" in page
    assert Alert.objects.get().patient == everyone.patient
    on = client.post(response.url, TYPED["mood"] | {"phq9_9": "1", "version": 1})
    assert on.status_code == 302
    assert "help=1" not in on.url


def test_a_draft_by_itself_answers_with_the_new_version(everyone):
    client = door(everyone, invited(everyone))
    path = url("packet-draft", "mood")
    answer = client.post(path, {"phq9_9": "2", "version": 0})
    assert answer.json()["version"] == 1
    assert Alert.objects.count() == 1
    assert client.post(path, {"phq9_9": "0", "version": 0}).status_code == 409


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"weight": "180", "weight_unit": "kg"}, 422), ({"weight": "180", "weight_unit": "kg", "sure": "on"}, 302),
     ({"weight": "0"}, 422), ({"weight": "many"}, 422), ({"weight": "500", "weight_unit": "kg", "sure": "on"}, 422),
     ({"height_ft": ""}, 422), ({"height_unit": "cm", "height_cm_typed": "170"}, 302)],
)  # fmt: skip
def test_unlikely_weights_and_heights_are_asked_about(everyone, typed, status):
    client = door(everyone, invited(everyone))
    assert post(client, "body", **typed).status_code == status


def test_pounds_are_kept_as_kilograms(everyone):
    client = door(everyone, invited(everyone))
    post(client, "body")
    said = PageAnswers.objects.get().answers
    assert (said["weight_kg"], said["height_cm"]) == ("81.6", "170.2")


def test_scripts_in_names_stay_words(everyone):
    client = door(everyone, invited(everyone))
    post(client, "about-you", preferred_name="<script>alert(1)</script>")
    page = client.get(url("packet-check")).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_rows_can_be_added_without_a_script(everyone):
    client = door(everyone, invited(everyone))
    assert "#row-3" in post(client, "medicines", do="more").url
    page = client.get(url("packet-page", "medicines")).content.decode()
    assert "medicines_2_name" in page
    assert "Oxycodone" in page


def test_sending_shows_what_is_missing_then_what_happens_next(everyone):
    packet = filled(everyone)
    client = door(everyone, packet)
    PageAnswers.objects.filter(slug="goals").update(state="draft")
    response = client.post(url("packet-check"))
    assert response.status_code == 422
    assert "Your goals" in response.content.decode()
    PageAnswers.objects.filter(slug="goals").update(state="done")
    assert "What happens next" in client.post(url("packet-check"), follow=True).content.decode()
    assert client.get(url("packet-home")).status_code == 302


def test_a_consent_is_signed_and_an_old_text_is_409(everyone):
    consent_texts(everyone)
    packet = invited(everyone)
    client = door(everyone, packet)
    path = url("packet-consent", "treatment")
    old = client.get(path).context["consent"].text
    typed = {
        "agreed": "on",
        "electronic_agreed": "on",
        "printed_name": "Ngozi Okafor-Test",
        "drawing": "[[[1,2],[3,4]]]",
    }
    assert client.post(path, {"text": old.pk}).status_code == 422
    assert client.post(path, typed | {"text": old.pk, "drawing": "[[9999]]"}).status_code == 422
    new = factories.consent_text(kind="treatment", published_by=everyone.prescriber)
    assert client.post(path, typed | {"text": old.pk}).status_code == 409
    assert client.post(path, typed | {"text": new.pk}).status_code == 302
    assert "Signed by Ngozi Okafor-Test" in client.get(path).content.decode()


def test_a_link_opens_its_own_packet_only(everyone):
    packet = invited(everyone)
    other = by_link(
        everyone.away_patient, everyone.prairie, "packet", subject_kind="intake.packet", subject_id=packet.pk
    )
    assert other[0].get(url("packet-home")).status_code == 404


@pytest.mark.parametrize("name", ["packet-home", "packet-check"])
def test_without_a_link_nothing_opens(everyone, name):
    for client in (signed_in(), signed_in(everyone.nurse)):
        assert client.get(url(name)).status_code == 302


def test_a_page_that_does_not_exist_is_404(everyone):
    client = door(everyone, invited(everyone))
    assert client.get(url("packet-page", "no-such-page")).status_code == 404
    assert client.get(url("packet-consent", "no-such-kind")).status_code == 404


def test_what_was_sent_cannot_be_opened_again(everyone):
    packet = submitted(everyone)
    client = door(everyone, packet)
    page = client.get(url("packet-page", "pain")).content.decode()
    assert "already sent" in page
    assert post(client, "pain").status_code == 200
    assert Packet.objects.get(pk=packet.pk).state == "submitted"
