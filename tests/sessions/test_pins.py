"""The quick PIN: what it may be, when it counts, how it locks; and the signature it gives."""

import datetime as dt

import pytest

from clinic import clock
from clinic.models import AuditEvent
from clinic.refusal import Conflict, Refused
from sessions import actions
from sessions.actions.pins import check_pin, unlock
from sessions.models import QuickPin
from sessions.queries.pins import of_badge, pin_of
from sessions.rules import pins

PIN = "482915"
NOW = dt.datetime(2026, 3, 3, 14, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("pin", "again", "badge", "expected"),
    [
        (PIN, PIN, "", []),
        (PIN, PIN, "B-77", []),
        ("48291", "48291", "", ["pin.digits"]),
        ("4829155", "4829155", "", ["pin.digits"]),
        ("48291a", "48291a", "", ["pin.digits"]),
        ("\u0664\u0668\u0662\u0669\u0661\u0665", PIN, "", ["pin.digits"]),
        ("111111", "111111", "", ["pin.easy"]),
        ("121212", "121212", "", ["pin.easy"]),
        ("123456", "123456", "", ["pin.easy"]),
        ("890123", "890123", "", ["pin.easy"]),
        ("654321", "654321", "", ["pin.easy"]),
        ("482482", "482482", "", ["pin.easy"]),
        (PIN, "482916", "", ["pin.again"]),
        ("123456", "", "", ["pin.easy", "pin.again"]),
        (PIN, PIN, f"X{PIN}", ["pin.badge"]),
    ],
)
def test_what_a_pin_may_be(pin, again, badge, expected):
    assert [item.code for item in pins.pin_items(pin, again=again, badge=badge)] == expected


@pytest.mark.parametrize(("hours", "expected"), [(-1, False), (0, True), (11.9, True), (12, True), (12.1, False)])
def test_a_full_sign_in_counts_for_a_shift(hours, expected):
    assert pins.is_fresh(NOW, NOW + dt.timedelta(hours=hours)) == expected


@pytest.mark.parametrize(("tries", "locked", "left"), [(0, False, 5), (4, False, 1), (5, True, 0), (9, True, 0)])
def test_five_wrong_tries_lock(tries, locked, left):
    assert (pins.is_locked(tries), pins.left(tries)) == (locked, left)


@pytest.fixture
def signer(everyone):
    actions.set_pin(pin=PIN, again=PIN, badge="B-77", by=everyone.colleague)
    return everyone.colleague


def try_pin(everyone, signer, pin=PIN):
    check_pin(user=signer, pin=pin, asked_by=everyone.nurse, site=everyone.harbor)


def refused_code(everyone, signer, pin=PIN):
    with pytest.raises(Refused) as refused:
        try_pin(everyone, signer, pin)
    return refused.value.items[0].code


def test_the_pin_is_hashed_and_its_setting_is_audited(signer):
    row = QuickPin.objects.get()
    assert PIN not in row.pin_hash
    assert pin_of(signer) == (True, row)
    assert of_badge(" B-77 ") == signer
    assert of_badge("") is None
    assert AuditEvent.objects.filter(verb="pin.set", user=signer).count() == 1


def test_the_right_pin_signs_and_is_audited_as_the_signer(everyone, signer):
    try_pin(everyone, signer)
    signed = AuditEvent.objects.get(verb="countersignature.signed")
    assert (signed.user, signed.detail["way"]) == (signer, "pin")


def test_wrong_pins_count_lock_and_stay_locked_for_the_right_one(everyone, signer):
    codes = [refused_code(everyone, signer, "482916") for _ in range(5)]
    assert codes == ["pin.wrong"] * 4 + ["pin.locked"]
    assert refused_code(everyone, signer) == "pin.locked"
    assert QuickPin.objects.get().locked_at is not None
    assert AuditEvent.objects.filter(verb="countersignature.refused", user=everyone.nurse).count() == 6


def test_a_right_pin_begins_the_count_anew(everyone, signer):
    for _ in range(4):
        refused_code(everyone, signer, "482916")
    try_pin(everyone, signer)
    assert refused_code(everyone, signer, "482916") == "pin.wrong"


def test_a_signature_by_password_unlocks(everyone, signer):
    for _ in range(5):
        refused_code(everyone, signer, "482916")
    unlock(site=everyone.harbor, by=signer)
    try_pin(everyone, signer)
    assert AuditEvent.objects.filter(verb="pin.unlocked").count() == 1


def test_a_new_password_ends_the_pin(everyone, signer):
    signer.set_password("another long battery staple")
    signer.save()
    assert refused_code(everyone, signer) == "pin.old"
    assert pin_of(signer)[0] is False


def test_a_badge_names_one_person_only(everyone, signer):
    with pytest.raises(Conflict) as conflict:
        actions.set_pin(pin=PIN, again=PIN, badge="B-77", by=everyone.nurse)
    assert conflict.value.items[0].code == "pin.badge_taken"


def test_a_pin_is_taken_away_once(everyone, signer):
    actions.remove_pin(by=signer, at=clock.now())
    assert pin_of(signer) == (False, None)
    assert of_badge("B-77") is None
    with pytest.raises(Refused):
        actions.remove_pin(by=signer)
