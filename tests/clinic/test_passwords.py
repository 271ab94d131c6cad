"""What a password may be (ASVS 6.2): long, whole, not stolen before. Nobody is asked: the lists are on this machine."""

import hashlib
import socket

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command

from clinic import passwords
from clinic.models import User


def is_fine(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("fourteen chars", False),
        ("fifteen letters", True),
        ("no figures no capitals needed", True),
        ("gr\u00fc\u00dfe aus der \u65e5\u672c bucht", True),
        ("seven herons " * 9 + "end", True),
        (" blanks  are kept as they are ", True),
    ],
)
def test_v6_2_1_v6_2_5_v6_2_9_length_is_all_that_is_asked(password, fine):
    assert is_fine(password) is fine


@pytest.mark.parametrize("changed", ["{}2", " {}1", "{}1 ", "{}"])
def test_v6_2_8_a_password_is_kept_and_compared_whole(changed):
    """To the last of eighty characters, blanks at both ends and the size of letters too."""
    user, long = User(), "Seven Herons " * 6
    user.set_password(f"{long}1")
    assert user.check_password(f"{long}1")
    assert not user.check_password(changed.format(long))
    assert not user.check_password(f"{long}1".lower())


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "correcthorsebatterystaple",
        "CorrectHorseBatteryStaple",
        "correcthorsebatterystaple2026!",
        "qwerty123456789",
        "password123456789",
        "iloveyoupassword",
        "passwordpassword",
        "1q2w3e4r5t6y7u8i9o0p",
    ],
)
def test_v6_2_4_v6_2_12_common_and_stolen_passwords_are_refused(password):
    assert not is_fine(password)


def test_v6_2_11_ones_own_name_is_no_password():
    user = User(name="Nora Nightingale-Nurse", email="nora.nightingale@tideline.example")
    assert not is_fine("nightingale-nurse", user)


def test_v6_2_4_the_shipped_list_has_more_than_three_thousand_that_our_length_lets_through():
    marks = passwords.shipped()
    assert len(marks) > 3000
    assert len(marks.packed) % passwords.MARK_BYTES == 0
    assert all(marks[n] < marks[n + 1] for n in range(len(marks) - 1)), "sorted, each once"


def test_nobody_is_asked(monkeypatch):
    def refuse(*args, **more):
        raise AssertionError("a password was looked up on the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert is_fine("four calm words of mine")


@pytest.fixture
def sums(tmp_path, settings):
    """A file as the large public one is: sorted SHA-1 sums of 400 passwords with their counts."""
    known = [f"stolen phrase number {n}" for n in range(400)]
    lines = sorted(
        f"{hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper()}:{n + 1}"
        for n, word in enumerate(known)
    )
    path = tmp_path / "sums.txt"
    path.write_text("\n".join(lines) + "\n")
    settings.BREACHED_PASSWORDS = str(path)
    return known


def test_v6_2_12_a_larger_list_of_the_clinic_is_looked_up_too(sums):
    assert [word for word in sums if is_fine(word)] == []
    assert is_fine("stolen phrase number 4000")


def test_the_list_is_made_out_of_word_lists(tmp_path, capsys):
    words, made = tmp_path / "words.txt", tmp_path / "made.bin"
    words.write_text("short\nA Long Enough Secret\na long enough secret\nanother long enough one\n")
    call_command("build_breached", str(words), "--to", str(made))
    assert "2 passwords of 15 characters or more" in capsys.readouterr().out
    assert passwords.mark("a long enough secret") in passwords.Marks(made.read_bytes())
    assert b"secret" not in made.read_bytes()
