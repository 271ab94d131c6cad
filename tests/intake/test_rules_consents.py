"""What stands of a patient's consents: a truth table of signatures, versions and what was taken back."""

import datetime as dt
from types import SimpleNamespace as Row

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.refusal import Conflict, Refused
from intake.rules import consents as rules
from intake.rules.consents import ADDED, IN_FORCE, MISSING, OUTDATED, REMOVED, SAME, TAKEN_BACK

MAY = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def text(number, language="en", renewal="sign_again"):
    return Row(pk=f"{language}{number}", language=language, number=number, renewal=renewal, title=f"Title {number}")


def signed(of, day=1, *, taken_back=False):
    return Row(text=of, signed_at=MAY + dt.timedelta(days=day), is_taken_back=taken_back)


def asked(day, why="again"):
    return Row(why=why, asked_at=MAY + dt.timedelta(days=day))


def stand(*signatures, texts=None, requests=(), kind="treatment", language="en"):
    texts = [text(1)] if texts is None else texts
    return rules.standing(kind, signatures=list(signatures), texts=texts, requests=requests, language=language)


ONE, TWO, TOLD = text(1), text(2), text(2, renewal="tell")
TABLE = [
    ("never signed", [], [ONE], MISSING, True),
    ("signed", [signed(ONE)], [ONE], IN_FORCE, False),
    ("a newer one to sign", [signed(ONE)], [ONE, TWO], OUTDATED, True),
    ("a newer one to be told of", [signed(ONE)], [ONE, TOLD], IN_FORCE, False),
    ("told of the last, but one between must be signed", [signed(ONE)], [ONE, TWO, text(3, renewal="tell")], OUTDATED,
     True),
    ("signed the newer one", [signed(ONE), signed(TWO, 2)], [ONE, TWO], IN_FORCE, False),
    ("taken back", [signed(ONE, taken_back=True)], [ONE], TAKEN_BACK, True),
    ("taken back and signed again", [signed(ONE, taken_back=True), signed(ONE, 3)], [ONE], IN_FORCE, False),
    ("signed in English, newer in Spanish", [signed(ONE)], [ONE, text(2, "es")], IN_FORCE, False),
    ("an older valid one beside an outdated one", [signed(TWO, 1), signed(text(1, "es"), 2)],
     [ONE, TWO, text(1, "es"), text(2, "es")], IN_FORCE, False),
    ("nothing is published", [], [], MISSING, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("signatures", "texts", "state", "to_sign"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_how_a_required_consent_stands(signatures, texts, state, to_sign):
    found = stand(*signatures, texts=texts)
    assert (found.state, found.is_to_sign) == (state, to_sign)


def test_a_choice_is_never_asked_for_by_itself():
    assert not stand(kind="messages").is_to_sign
    assert not stand(signed(ONE, taken_back=True), kind="messages").is_to_sign
    assert stand(signed(ONE), kind="messages", texts=[ONE, TWO]).is_to_sign


def test_the_clinic_asks_again_until_somebody_signs():
    assert stand(signed(ONE, 1), requests=[asked(2)]).is_to_sign
    assert not stand(signed(ONE, 3), requests=[asked(2)]).is_to_sign
    assert not stand(signed(ONE, 1), requests=[asked(2, "changed"), asked(2, "told")]).is_to_sign
    assert stand(signed(ONE, 3), requests=[asked(2), asked(4)]).is_asked


def test_told_of_a_change_it_stays_in_force_and_names_the_newer_text():
    found = stand(signed(ONE), texts=[ONE, TOLD])
    assert found.is_only_told
    assert found.newer is TOLD
    assert not stand(signed(ONE)).is_only_told


@pytest.mark.parametrize(
    ("languages", "wanted", "found", "is_fallback"),
    [
        (["en", "es"], "es", "es", False),
        (["en"], "es", "en", True),
        (["en"], "en", "en", False),
        (["es"], "en", None, False),
        ([], "en", None, False),
    ],
)
def test_the_text_is_in_the_patient_s_language_else_in_english_and_says_so(languages, wanted, found, is_fallback):
    chosen, fallback = rules.text_for([text(1, language) for language in languages], wanted)
    assert (getattr(chosen, "language", None), fallback) == (found, is_fallback)


def test_the_newest_version_is_the_one_to_sign():
    assert rules.text_for([text(2), text(10), text(9)], "en")[0].number == 10


BOOKING = [
    (MISSING, True, True), (TAKEN_BACK, True, True), (OUTDATED, False, True), (IN_FORCE, False, False),
]  # fmt: skip
MADE = {
    MISSING: [], IN_FORCE: [signed(TWO)], OUTDATED: [signed(ONE)], TAKEN_BACK: [signed(TWO, taken_back=True)],
}  # fmt: skip


@pytest.mark.parametrize("kind", rules.NEEDED_TO_TREAT)
@pytest.mark.parametrize(("state", "booking", "treating"), BOOKING)
def test_what_stops_booking_and_what_stops_an_infusion(kind, state, booking, treating):
    found = stand(*MADE[state], texts=[ONE, TWO], kind=kind)
    assert found.state == state
    assert bool(rules.booking_items([found])) == booking
    assert bool(rules.treating_items([found])) == treating


@pytest.mark.parametrize("kind", ["privacy", "messages"])
@pytest.mark.parametrize("state", list(MADE))
def test_a_notice_and_a_choice_stop_nothing(kind, state):
    found = stand(*MADE[state], texts=[ONE, TWO], kind=kind)
    assert rules.treating_items([found]) == []


def test_a_text_that_was_never_published_stops_nothing_here():
    assert rules.treating_items([stand(texts=[])]) == []


def test_the_words_for_other_roles_name_no_treatment():
    (item,) = rules.booking_items([stand()])
    assert item.code == "consent-treatment"
    assert "Title 1" in item.text
    assert "Title 1" not in item.for_role(clinical=False)


def test_a_standing_tells_its_title_and_its_words():
    assert stand().title == "Title 1"
    assert stand(signed(ONE), texts=[]).title == "Title 1"
    assert stand(texts=[]).title == "treatment"
    assert stand().state_words == "Not signed"
    assert stand(signed(ONE)).is_signed
    assert not stand(signed(ONE, taken_back=True)).is_signed


GOOD = {"is_current": True, "agreed": True, "printed_name": "Ngozi", "electronic_agreed": True}


@pytest.mark.parametrize(
    ("change", "field"),
    [({"agreed": False}, "agreed"), ({"printed_name": "  "}, "printed_name"), ({"electronic_agreed": False},
                                                                              "electronic_agreed")],
)  # fmt: skip
def test_a_signature_lacks_one_thing(change, field):
    with pytest.raises(Refused) as refused:
        rules.check_signature(**GOOD | change)
    assert [item.field for item in refused.value.items] == [field]


def test_everything_that_is_missing_is_said_at_once_and_an_old_text_alone():
    with pytest.raises(Refused) as refused:
        rules.check_signature(is_current=True, agreed=False, printed_name="", electronic_agreed=False)
    assert len(refused.value.items) == 3
    with pytest.raises(Conflict):
        rules.check_signature(**GOOD | {"is_current": False})
    rules.check_signature(**GOOD)


@pytest.mark.parametrize(
    ("kind", "state", "allowed"),
    [
        *[(kind, state, True) for kind in rules.CAN_BE_TAKEN_BACK for state in (IN_FORCE, OUTDATED)],
        *[(kind, state, False) for kind in rules.CAN_BE_TAKEN_BACK for state in (MISSING, TAKEN_BACK)],
        ("privacy", IN_FORCE, False),
    ],
)
def test_who_can_take_what_back(kind, state, allowed):
    assert rules.can_take_back(kind=kind, state=state) == allowed
    assert stand(*MADE[state], texts=[ONE, TWO], kind=kind).can_be_taken_back == allowed


def test_what_is_new_is_marked_word_by_word_inside_a_paragraph():
    old, new = "We keep it.\n\nA nurse watches you.\n\nLast.", "We keep it.\n\nA nurse always watches you.\n\nLast."
    assert rules.changes(old, new) == [
        [(SAME, "We keep it.")],
        [(SAME, "A nurse"), (ADDED, "always"), (SAME, "watches you.")],
        [(SAME, "Last.")],
    ]


def test_whole_paragraphs_come_and_go():
    assert rules.changes("One.\n\nTwo.", "One.\n\nTwo.\n\nThree.")[-1] == [(ADDED, "Three.")]
    assert rules.changes("One.\n\nTwo.\n\nThree.", "One.\n\nThree.")[1] == [(REMOVED, "Two.")]
    assert rules.changes("a b", "a c") == [[(SAME, "a"), (REMOVED, "b"), (ADDED, "c")]]
    assert rules.changes("a b c", "a c") == [[(SAME, "a"), (REMOVED, "b"), (SAME, "c")]]
    assert rules.changes("One.\n\nTwo.", "Other.") == [[(REMOVED, "One.")], [(REMOVED, "Two.")], [(ADDED, "Other.")]]


WORDS = st.lists(st.sampled_from(["one", "two", "three", "four"]), min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_without_what_was_taken_out_the_new_text_stands_there_whole(old, new):
    left = [" ".join(words for mark, words in part if mark != REMOVED) for part in rules.changes(old, new)]
    assert [part for part in left if part] == rules.paragraphs(new)


@given(TEXTS)
def test_nothing_is_new_in_the_same_text(same):
    assert all(mark == SAME for part in rules.changes(same, same) for mark, _ in part)


def test_paragraphs_are_parted_by_blank_lines_whatever_the_line_ends():
    assert rules.paragraphs("a\r\nb\r\n\r\n\r\n\r\nc\n\n") == ["a\nb", "c"]
