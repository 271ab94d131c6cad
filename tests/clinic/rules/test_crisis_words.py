"""Free words that must bring help, and those that must not wake anybody."""

import pytest

from clinic.rules.crisis_words import has_crisis_words, speaks_of_own_death

OF_ONESELF = [
    "Some days I want to  DIE.",
    "I think of ending my life",
    "they would be better off without me",
    "I don’t want to live any more",
    "I don't want to live anymore.",
    "A veces quiero morir",
    "Estaría mejor muerta",
    "Pienso en HACERME DAÑO",
    "no quiero seguir viviendo",
]
MENTIONS = ["My brother died by suicide", "suicidal in 2015", "intento de suicidio hace años"]
CALM = [
    "",
    "I want to diet",
    "I want to dye my hair",
    "the pain kills my sleep",
    "me matan los dolores no",
    "living room",
]


@pytest.mark.parametrize("words", OF_ONESELF)
def test_said_of_oneself_brings_help_everywhere(words):
    assert speaks_of_own_death(words)
    assert has_crisis_words(words)


@pytest.mark.parametrize("words", MENTIONS)
def test_a_mention_counts_only_where_today_was_asked(words):
    assert has_crisis_words(words)
    assert not speaks_of_own_death(words)


@pytest.mark.parametrize("words", CALM)
def test_other_words_wake_nobody(words):
    assert not has_crisis_words(words)
