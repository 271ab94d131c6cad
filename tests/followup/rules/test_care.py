"""Reassessing, requests, help beside infusions, progress letters, notes of safety: truth tables."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from followup.rules import adjuncts, progress, reassessing, relief
from followup.rules.safety_notes import misuse, safety_notes
from sessions.rules.safety import DUE, OVERDUE, Due

TODAY = dt.date(2026, 5, 14)
PRESCRIBER, NURSE = {"prescriber"}, {"nurse"}


def codes(items):
    return [item.code for item in items]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"outcome": "stop"}, []),
        ({"outcome": "pause"}, []),
        ({"outcome": "pause", "state": "completed"}, ["state"]),
        ({"outcome": "stop", "state": "stopped"}, []),
        ({"outcome": ""}, ["outcome"]),
        ({"is_open": False}, ["not-open"]),
        ({"reason": " "}, ["reason"]),
        ({"roles": NURSE}, ["not-prescriber"]),
    ],
)
def test_the_outcome_of_a_reassessment(change, expected):
    facts = {"is_open": True, "outcome": "go_on", "reason": "Sleeps better", "state": "active", "roles": PRESCRIBER}
    assert codes(reassessing.outcome_items(**facts | change)) == expected


def test_nothing_is_booked_before_the_outcome_and_the_desk_reads_no_reason():
    (item,) = reassessing.booking_items(True)
    assert "reassess" in item.text
    assert item.for_role(clinical=False) == "The prescriber looks at this course first: ask them."
    assert reassessing.booking_items(False) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"asked_on": TODAY - dt.timedelta(days=60)}, []),
        ({"asked_on": TODAY - dt.timedelta(days=61)}, ["old"]),
        ({"asked_on": TODAY + dt.timedelta(days=1)}, ["future"]),
        ({"asked_on": None}, ["day"]),
        ({"has_infusion": False}, ["none-yet"]),
        ({"is_there": True}, ["there"]),
    ],
)
def test_a_request_for_the_next_one(change, expected):
    facts = {"asked_on": TODAY, "today": TODAY, "has_infusion": True, "is_there": False}
    assert codes(reassessing.request_items(**facts | change)) == expected


def test_how_many_appointments_were_kept():
    ago = [TODAY - dt.timedelta(days=n) for n in range(5)]
    rows = [(ago[4], "attended"), (ago[3], "missed"), (ago[2], "cancelled"), (ago[1], "planned"), (ago[0], "planned")]
    kept = adjuncts.kept_of([*rows, (TODAY + dt.timedelta(days=3), "planned")], TODAY)
    assert kept.words == "1 attended, 1 missed, 1 cancelled, 2 not told yet, 1 to come"
    assert adjuncts.kept_of([], TODAY).words == "none noted yet"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"planned": None}, []),
        ({"kind": "magic"}, ["kind"]),
        ({"to_whom": ""}, ["to-whom"]),
        ({"planned": 0}, ["planned"]),
        ({"asked_on": TODAY + dt.timedelta(days=1)}, ["future"]),
    ],
)
def test_a_referral(change, expected):
    facts = {"kind": "physical", "kinds": ["physical"], "to_whom": "Sample practice", "planned": 6, "asked_on": TODAY}
    assert codes(adjuncts.refer_items(**facts | {"today": TODAY} | change)) == expected


def test_an_appointment_to_come_was_not_attended():
    tomorrow = TODAY + dt.timedelta(days=1)
    assert codes(adjuncts.told_items("attended", tomorrow, TODAY)) == ["ahead"]
    assert codes(adjuncts.told_items("cancelled", tomorrow, TODAY)) == []
    assert codes(adjuncts.told_items("attended", TODAY, TODAY)) == []
    assert codes(adjuncts.told_items("danced", TODAY, TODAY)) == ["state"]
    assert codes(adjuncts.day_items(None, TODAY)) == ["day"]
    assert codes(adjuncts.day_items(dt.date(2036, 1, 1), TODAY)) == ["far"]
    assert codes(adjuncts.over_items("ended", "")) == ["reason"]
    assert codes(adjuncts.over_items("active", "")) == []
    assert codes(adjuncts.clinician_items({"front_desk"})) == ["not-clinician"]


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ({}, True),
        ({"given": 5}, False),
        ({"given": 5, "state": "stopped"}, True),
        ({"given": 0, "state": "stopped"}, False),
        ({"last": TODAY - dt.timedelta(days=6)}, False),
        ({"written_at": [6]}, False),
        ({"written_at": [3]}, True),
        ({"given": 8, "written_at": [6]}, False),
        ({"last": None}, False),
    ],
)
def test_when_a_letter_is_due(change, due):
    facts = {"given": 6, "planned": 6, "state": "active", "last": TODAY - dt.timedelta(days=7), "today": TODAY}
    assert progress.is_due(**facts | {"written_at": []} | change) is due


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"roles": NURSE}, ["not-prescriber"]),
        ({"is_open": False}, ["closed"]),
        ({"body": "Short."}, ["body"]),
        ({"body": "Dear colleague, this is how it went: {relief} and so on."}, ["braces"]),
        ({"title": ""}, ["title"]),
        ({"to_name": " "}, ["to"]),
    ],
)
def test_what_keeps_a_letter_from_being_signed(change, expected):
    words = "Dear colleague, this is how treatment has gone so far."
    facts = {"roles": PRESCRIBER, "is_open": True, "title": "Progress", "body": words, "to_name": "Dr. Sample"}
    assert codes(progress.sign_items(**facts | change)) == expected


def test_what_keeps_a_letter_from_being_begun_or_noted_as_sent():
    assert codes(progress.write_items(roles=NURSE, has_referrer=False, given=0)) == [
        "not-prescriber", "no-referrer", "nothing",
    ]  # fmt: skip
    assert progress.write_items(roles=PRESCRIBER, has_referrer=True, given=1) == []
    sent = {"roles": NURSE, "is_signed": True, "way": "fax", "ways": ["fax"], "to_whom": "Dr. Sample"}
    assert progress.send_items(**sent) == []
    wrong = {"roles": {"front_desk"}, "is_signed": False, "way": "dove", "to_whom": ""}
    assert codes(progress.send_items(**sent | wrong)) == ["role", "not-signed", "way", "to-whom"]


def episode(ending, low=None, high=None, best=None):
    spans = {30: relief.Span(30, ending, low, high, False)}
    return SimpleNamespace(spans=spans, best_percent=best)


def test_relief_in_the_words_of_a_letter():
    few = episode(relief.TOO_FEW)
    assert "too few reports" in progress.relief_words([few], "pain")
    said = progress.relief_words([episode(relief.LOST, 19, 20, 60), few, episode(relief.STILL, 6, None, 70)], "pain")
    assert said.startswith("Relief of at least 30 % of pain lasted 19–20 and 6 or more days")
    assert said.endswith("the best change from the baseline was 70 %.")
    none = episode(relief.NO_RESPONSE, 0, 0)
    assert progress.relief_words([none], "pain").startswith("No relief of at least 30 %")
    assert progress.relief_words([episode(relief.LOST, 3, 4), none], "pain").endswith("after 1 there was none.")


def test_what_was_given_in_words():
    days = [dt.date(2026, 1, 2), dt.date(2026, 2, 3)]
    assert progress.given_words(days[:1], 6) == "1 infusion on 02-Jan-2026, 6 planned"
    assert progress.given_words(days, 6) == "2 infusions between 02-Jan-2026 and 03-Feb-2026, 6 planned"
    assert progress.given_words(days, 1).endswith("of them 1 beyond the series")
    assert progress.function_words(None).endswith("not known.")
    assert "without 2 infusions" in progress.exposure_words(Decimal("40.50"), 3, 2)


def standing(dues=(), readings=(), year=0):
    by_code = {}
    for code, measure, number, high in readings:
        by_code.setdefault(code, []).append(
            SimpleNamespace(measure=measure, number=Decimal(number), high=high and Decimal(high), unit="U/L", day=TODAY)
        )

    def newest(code, measure):
        return next((r for r in reversed(by_code.get(code, [])) if r.measure == measure), None)

    exposure = SimpleNamespace(in_last_year=[1] * year)
    wanted = [due for due in dues if due.is_wanted]
    return SimpleNamespace(wanted=wanted, readings=by_code, newest=newest, exposure=exposure)


def due(code, status, last=None):
    return Due(code, status, last, TODAY, TODAY, 0, "")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (standing(), []),
        (standing([due("liver", OVERDUE), due("misuse", DUE, TODAY)]), ["safety_overdue", "safety_due"]),
        (standing(readings=[("liver", "ALT", 121, 40)]), ["liver"]),
        (standing(readings=[("liver", "ALT", 119, 40)]), []),
        (standing(readings=[("liver", "ALT", 900, None)]), []),
        (standing(readings=[("bladder", "icsi", 2, None), ("bladder", "icsi", 6, None)]), ["bladder_score"]),
        (standing(readings=[("bladder", "icsi", 6, None), ("bladder", "icsi", 6, None)]), []),
        (standing(readings=[("cognition", "moca", 25, None)]), ["cognition"]),
        (standing(readings=[("cognition", "moca", 26, None)]), []),
        (standing(year=9), ["exposure"]),
        (standing(year=8), []),
    ],
)
def test_what_long_term_safety_says_against_another_one(given, expected):
    assert codes(safety_notes(given, 12)) == expected


def test_notes_say_what_was_never_done():
    (note,) = safety_notes(standing([due("liver", OVERDUE), due("kidney", OVERDUE, TODAY)]), None)
    assert note.text == "Safety checks overdue: liver panel (never done), kidney function."


@pytest.mark.parametrize(
    ("dast", "elsewhere", "expected"),
    [
        (None, None, []),
        (2, None, []),
        (3, None, ["misuse"]),
        (None, "twice", ["elsewhere"]),
        (8, "", ["misuse", "elsewhere"]),
    ],
)
def test_flags_of_misuse(dast, elsewhere, expected):
    readings = [("misuse", "dast-10", dast, None)] if dast is not None else []
    assert codes(misuse(standing(readings=readings), elsewhere)) == expected
