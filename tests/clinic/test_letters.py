"""Letters: what ships, what may stand in them, how they are filled, which version is in force."""

import pytest

from clinic import letters
from clinic.actions import setup
from clinic.models import LetterText
from clinic.notify.texts import TextError
from clinic.refusal import Conflict, Refused
from tests.people import people, signed_in

KINDS = [kind for kind, _ in LetterText.KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_ships_in_english_and_stands_its_own_check(kind):
    told = letters.shipped()["en"][kind]
    letters.check_text(kind, told["title"], told["body"])
    title, body = letters.fill(letters.Words(told["title"], told["body"], None, "en"), letters.SAMPLE)
    assert title
    assert "{" not in body


def test_a_paragraph_whose_placeholders_are_all_empty_is_left_out():
    words = letters.Words("For {patient}", "Hello {name}\n\nWe wait for {wait_for}\n\nBye", None, "en")
    title, body = letters.fill(words, letters.SAMPLE | {"wait_for": ""})
    assert (title, body) == ("For Sam Sample", "Hello Sam\n\nBye")


def test_a_line_that_stays_empty_goes():
    words = letters.Words("T", "To {referrer}\n{organisation}\nin person", None, "en")
    assert letters.fill(words, letters.SAMPLE | {"organisation": ""})[1] == "To Dr. Rae Ferrer\nin person"


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("patient_wait", "Dear {reasons}", "placeholder"),
        ("patient_wait", "For {referrer}", "placeholder"),
        ("referrer", "Dear {name", "braces"),
        ("patient_not", "Please stop your medicine today.", "medicine"),
    ],
)
def test_what_may_not_stand_in_a_letter(kind, body, code):
    assert [item.code for item in letters.problems(kind, "Title", body)] == [code]


@pytest.mark.django_db
def test_the_clinics_own_published_text_counts_and_drafts_do_not():
    admin = people().clinic_admin
    draft = LetterText.objects.create(kind="referrer", number=1, title="Ours", body="Dear {referrer}")
    assert letters.words_of("referrer", "en").text is None
    setup.publish_text(text=draft, by=admin)
    newer = setup.new_text_from(text=draft, by=admin)
    assert (newer.number, letters.words_of("referrer", "en").text) == (2, draft)


@pytest.mark.django_db
def test_another_language_is_used_where_there_is_one_and_english_where_not():
    LetterText.objects.create(kind="referrer", language="xx", number=1, title="T", body="B")
    assert letters.words_of("referrer", "xx").language == "en"


@pytest.mark.django_db
def test_publishing_refuses_an_unknown_placeholder_and_happens_once():
    admin = people().clinic_admin
    wrong = LetterText.objects.create(kind="patient_not", number=1, title="T", body="{phq}")
    with pytest.raises(Refused, match="not known here"):
        setup.publish_text(text=wrong, by=admin)
    right = LetterText.objects.create(kind="patient_not", number=2, title="T", body="Dear {name}")
    setup.publish_text(text=right, by=admin)
    with pytest.raises(Conflict):
        setup.publish_text(text=right, by=admin)


def test_a_preview_is_filled_with_nobodys_data_or_says_why_not():
    assert letters.preview(LetterText(kind="referrer", title="T", body="Dear {referrer}")) == (
        "T",
        "Dear Dr. Rae Ferrer",
    )
    with pytest.raises(TextError):
        letters.preview(LetterText(kind="referrer", title="T", body="{nobody}"))


@pytest.mark.django_db
def test_an_admin_reads_the_preview_and_the_placeholders(everyone_admin):
    client, text = everyone_admin
    page = client.get(f"/admin/clinic/lettertext/{text.pk}/change/").content.decode()
    assert "Dear Dr. Rae Ferrer" in page
    assert "{assessed_on}" in page
    text.body = "Dear {nobody}"
    text.save()
    page = client.get(f"/admin/clinic/lettertext/{text.pk}/change/").content.decode()
    assert "No preview" in page


@pytest.fixture
def everyone_admin():
    """A signed-in clinic admin, and a draft."""
    text = LetterText.objects.create(kind="referrer", number=1, title="T", body="Dear {referrer}")
    return signed_in(people().clinic_admin), text
