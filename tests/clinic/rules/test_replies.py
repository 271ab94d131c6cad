"""What somebody means who answers a text message, and how numbers are written."""

import pytest

from clinic.rules import phones
from clinic.rules.replies import is_a_word, meaning_of

MEANT = {
    "stop": ["STOP", "stop.", " Stop ", "STOPALL", "stop all", "Unsubscribe", "cancel", "END", "Quit", "revoke",
             "opt out",
             "OPTOUT", "Stop please", "please stop texting me", "Stop sending me these", "Don't text me",
             "Do not contact me again", "no more messages", "no more", "remove me", "wrong number", "ALTO", "Parar",
             "basta",
             "No me mande más mensajes", "no quiero mensajes", "número equivocado", "STOP!!!"],
    "start": ["START", "unstop", "Resume", "iniciar"],
    "help": ["HELP", "info", "Ayuda", "who is this?", "¿Quién es?"],
    "yes": ["YES", "y", "Yes please", "C", "ok", "Sí", "si gracias", "confirmo", "I will be there"],
    "words": ["", "no", "can I eat before?", "all", "mas",
              "I am better today, thank you so much for the help with everything",
              "When does it stop hurting?", "My visit on the end of the week", "👍"],
}  # fmt: skip


@pytest.mark.parametrize(("meaning", "text"), [(meaning, text) for meaning, texts in MEANT.items() for text in texts])
def test_what_is_meant(meaning, text):
    assert meaning_of(text) == meaning


def test_whatever_is_more_than_a_word_reaches_a_person_too():
    assert is_a_word("Stop please")
    assert not is_a_word("Stop, I have moved to another town")


NUMBERS = [("212 555 0177", "1", "+12125550177"), ("+1 212 555 0177", "1", "+12125550177"),
           ("1-212-555-0177", "1", "+12125550177"),
           ("555 0100", "1", ""), ("+44 20 7946 0018", "1", "+442079460018"), ("020 7946 0018", "44", "+442079460018"),
           ("0044 20 7946 0018", "1", "+442079460018"), ("", "1", ""), ("+1", "1", "")]  # fmt: skip


@pytest.mark.parametrize(("kept", "country", "number"), NUMBERS)
def test_numbers_as_the_network_wants_them(kept, country, number):
    assert phones.e164(kept, country) == number


def test_a_number_that_reached_us_is_found_however_it_is_kept():
    assert phones.kept_forms("+12125550177") == ["12125550177", "2125550177"]
    assert phones.kept_forms("+442079460018", "44") == ["442079460018", "2079460018", "02079460018"]
