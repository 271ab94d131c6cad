"""Truth tables of the booster proposal: when, why, why not, and when it says stop."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from followup.rules import booster
from followup.rules.booster import NOTHING, REASSESS, WINDOW, Facts, Note, Prior, Record, Spacing
from followup.rules.relief import CUT_OFF, LOST, NO_RESPONSE, STILL, TOO_FEW, Baseline, Episode, Infusion, Report, Span

START = date(2026, 1, 5)
BASE = Baseline(Decimal("8.0"), "diary", 10)


def at(day):
    return datetime.combine(day, time(20), UTC)


def episode(number, on, ending, low=None, high=None, *, reports=10, doubt=False, fifty=None):
    day = START + timedelta(days=on)
    spans = {30: Span(30, ending, low, high, in_doubt=doubt), 50: fifty or Span(50, TOO_FEW)}
    return Episode(Infusion(str(number), day, at(day) - timedelta(hours=6)), BASE, spans, reports, 1, Decimal(4), 3)


def course(*episodes, today, values=(3, 3, 3, 3), **more):
    last = episodes[-1].infusion.day if episodes else START
    made = [
        Report(at(last + timedelta(days=i + 1)), last + timedelta(days=i + 1), Decimal(v)) for i, v in enumerate(values)
    ]
    spacing = more.pop("spacing", Spacing(min_days=14, series=3, check_after=3, max_in_year=12))
    facts = Facts(START + timedelta(days=today), episodes, made, spacing, done=len(episodes), function_gained=True)
    return replace(facts, **more)


SERIES = (episode(1, 0, LOST, 19, 21), episode(2, 30, LOST, 23, 24), episode(3, 60, LOST, 20, 22))
HOLDS = (*SERIES, episode(4, 90, STILL, 6))
PRIOR = Prior(21, 14, 28, patients=31)


def test_no_infusion_nothing_to_propose():
    assert booster.propose(course(today=3)).kind == NOTHING


def test_a_running_series_is_not_interrupted():
    found = booster.propose(course(episode(1, 0, STILL, 4), today=5))
    assert found.kind == NOTHING
    assert "1 of 3 infusions" in found.headline


def test_relief_that_holds_says_before_when_nothing_is_proposed():
    found = booster.propose(course(*HOLDS, today=91))
    assert (found.kind, found.not_before) == (NOTHING, START + timedelta(days=90 + 16 - 14))
    assert found.headline == "Relief holds: nothing to propose before 7-Apr."


def test_the_window_comes_from_the_patients_own_intervals():
    found = booster.propose(course(*HOLDS, today=98))
    assert found.kind == WINDOW
    middle = (found.end - START - timedelta(days=90)).days - (found.end - found.start).days / 2
    assert middle == pytest.approx(22, abs=1)
    assert found.start <= START + timedelta(days=90 + 19) < START + timedelta(days=90 + 24) <= found.end
    assert "19–21, 23–24 and 20–22 days" in " ".join(n.text for n in found.reasons)
    assert (found.confidence, found.rests_on) == ("fair", "Rests on 3 completed intervals and 4 reports.")


def test_fading_is_said_in_words():
    fifty = Span(50, LOST, 11, 12)
    last = episode(4, 90, STILL, 15, doubt=True, fifty=fifty)
    found = booster.propose(
        course(*SERIES, last, today=106, values=(2, 3, 3, 4, 5, 6), asked_on=START + timedelta(days=104))
    )
    words = {n.code: n.text for n in found.reasons}
    assert words["lost_50"] == "50 % relief ended between day 11 and day 12."
    assert "one more would confirm" in words["doubt_30"]
    assert words["rising"] == "Two of the last three changes were upwards (3, 4, 5, 6); day 16 today."
    assert "asked" in words


def test_a_window_in_the_past_moves_to_tomorrow_on():
    found = booster.propose(course(*SERIES, episode(4, 90, LOST, 19, 21), today=140))
    assert found.start == START + timedelta(days=141)
    assert (found.end - found.start).days == booster.MIN_WIDTH


def test_the_protocols_spacing_comes_first():
    short = (episode(1, 0, LOST, 3, 4), episode(2, 30, LOST, 4, 5), episode(3, 60, LOST, 4, 6))
    found = booster.propose(course(*short, today=63))
    assert found.start == START + timedelta(days=60 + 14)


def test_the_window_is_never_wider_than_two_weeks():
    wide = (
        episode(1, 0, LOST, 5, 9),
        episode(2, 60, LOST, 50, 58),
        episode(3, 130, LOST, 20, 26),
        episode(4, 170, STILL, 5),
    )
    found = booster.propose(course(*wide, today=185))
    assert (found.end - found.start).days <= booster.MAX_WIDTH


def test_with_few_intervals_the_clinics_curve_weighs_in_and_it_says_so():
    few = (episode(1, 0, CUT_OFF, 6), episode(2, 7, CUT_OFF, 6), episode(3, 14, LOST, 20, 22), episode(4, 40, STILL, 5))
    found = booster.propose(course(*few, today=50, prior=PRIOR))
    assert (found.kind, found.confidence) == (WINDOW, "low")
    assert "Half of similar courses here had lost it by day 21." in [n.text for n in found.reasons]


def test_shrinkage_moves_towards_the_patient_with_every_interval():
    facts = course(episode(1, 0, LOST, 40, 42), today=50, prior=PRIOR)
    none = booster.expected_days(course(episode(1, 0, STILL, 5), today=6, prior=PRIOR))
    one = booster.expected_days(facts)
    three = (episode(1, 0, LOST, 40, 42), episode(2, 50, LOST, 40, 42), episode(3, 100, LOST, 40, 42))
    third = booster.expected_days(course(*three, today=120, prior=PRIOR))
    assert none.typical == pytest.approx(21)
    assert none.typical < one.typical < third.typical < 41
    assert none.own_weight < one.own_weight < third.own_weight < 1
    alone = booster.expected_days(course(*three, today=120))
    assert alone.typical == pytest.approx(41, abs=0.2)


UNEVEN = Prior(21, 10, 44, patients=31)
WINDOW_DOUBTS = [
    ("three even intervals, nothing known of past windows", {}, []),
    ("past windows met 8 of 10", {"record": Record(20, 16, 9)}, []),
    ("past windows met fewer", {"record": Record(20, 15, 9)}, ["record"]),
    ("of four patients nothing is told", {"record": Record(20, 3, 4)}, []),
    ("relief too uneven for two weeks", {"prior": UNEVEN, "record": Record(20, 16, 9)}, ["uneven"]),
]


@pytest.mark.parametrize(("more", "codes"), [row[1:] for row in WINDOW_DOUBTS], ids=[row[0] for row in WINDOW_DOUBTS])
def test_a_window_that_may_miss_says_so(more, codes):
    found = booster.propose(course(*HOLDS, today=105, **more))
    said = {note.code: note.text for note in found.against}
    assert [code for code in ("uneven", "record", "untested") if code in said] == codes
    if "record" in codes:
        assert said["record"] == "Windows like this met the end of relief in 15 of 20 past cases here."


def test_few_intervals_and_no_back_test_is_said():
    found = booster.propose(course(episode(1, 0, LOST, 20, 22), episode(2, 40, STILL, 12), today=55, prior=PRIOR,
                                   spacing=Spacing(14, 2, 3, 12)))  # fmt: skip
    assert "untested" in [note.code for note in found.against]


TOO_FEW_CASES = [
    (
        "no interval, no clinic curve",
        (episode(1, 0, CUT_OFF, 6), episode(2, 7, CUT_OFF, 6), episode(3, 14, STILL, 6)),
        None,
    ),
    (
        "a clinic curve of four patients is none",
        (episode(1, 0, CUT_OFF, 6), episode(2, 7, CUT_OFF, 6), episode(3, 14, STILL, 6)),
        Prior(21, 14, 28, patients=4),
    ),
    ("two reports since the last infusion", (*SERIES, episode(4, 90, STILL, 2, reports=2)), PRIOR),
]


@pytest.mark.parametrize(
    ("episodes", "prior"), [row[1:] for row in TOO_FEW_CASES], ids=[row[0] for row in TOO_FEW_CASES]
)
def test_too_few_reports_says_until_when(episodes, prior):
    found = booster.propose(course(*episodes, today=100, prior=prior))
    assert found.kind == NOTHING
    assert found.headline.startswith("Too few reports: nothing proposed before ")
    assert found.not_before > START + timedelta(days=100)


NONE = tuple(episode(n, n * 7, NO_RESPONSE, 0, 0) for n in range(3))
REASSESS_CASES = [
    ("no relief and no gain in function", course(*NONE, today=30, function_gained=False), "no_gain"),
    ("no relief, function unknown", course(*NONE, today=30, function_gained=None), "no_gain"),
    (
        "shorter relief on rising doses",
        course(
            episode(1, 0, LOST, 30, 32),
            episode(2, 40, LOST, 20, 22),
            episode(3, 70, LOST, 10, 12),
            today=90,
            doses=(40, 60, 80),
        ),
        "shortening",
    ),
    ("asked for ever earlier", course(*HOLDS, today=98, asked_days=(30, 21, 14)), "ever_earlier"),
    ("the year's ceiling", course(*HOLDS, today=98, in_last_year=12), "ceiling"),
    ("a bladder flag", course(*HOLDS, today=98, flags=(Note("bladder", "Pain on passing urine."),)), "bladder"),
]


@pytest.mark.parametrize(("facts", "code"), [row[1:] for row in REASSESS_CASES], ids=[row[0] for row in REASSESS_CASES])
def test_stop_and_reassess(facts, code):
    found = booster.propose(facts)
    assert (found.kind, found.start) == (REASSESS, None)
    assert code in [n.code for n in found.reasons]


NOT_REASSESS = [
    ("no relief but function gained", course(*NONE, today=30, function_gained=True)),
    ("two infusions without relief are not the protocol's three", course(*NONE[:2], today=20, function_gained=False)),
    ("one response is a response", course(*NONE, episode(9, 40, LOST, 5, 6), today=60, function_gained=False)),
    (
        "unknown episodes are not failures",
        course(*(episode(n, n * 7, TOO_FEW) for n in range(3)), today=30, function_gained=False),
    ),
    (
        "shorter relief on the same dose",
        course(
            episode(1, 0, LOST, 30, 32),
            episode(2, 40, LOST, 20, 22),
            episode(3, 70, LOST, 10, 12),
            today=90,
            doses=(60, 60, 60),
        ),
    ),
    (
        "shorter relief, a dose unknown",
        course(
            episode(1, 0, LOST, 30, 32),
            episode(2, 40, LOST, 20, 22),
            episode(3, 70, LOST, 10, 12),
            today=90,
            doses=(40, None, 80),
        ),
    ),
    (
        "overlapping intervals are not shorter",
        course(
            episode(1, 0, LOST, 20, 32),
            episode(2, 40, LOST, 19, 30),
            episode(3, 70, LOST, 18, 29),
            today=100,
            doses=(40, 60, 80),
        ),
    ),
    ("asked for earlier once", course(*HOLDS, today=98, asked_days=(30, 14, 21))),
    ("below the ceiling", course(*HOLDS, today=98, in_last_year=11)),
    ("no ceiling set", course(*HOLDS, today=98, in_last_year=40, spacing=Spacing(14, 3, 3, None))),
]


@pytest.mark.parametrize("facts", [row[1] for row in NOT_REASSESS], ids=[row[0] for row in NOT_REASSESS])
def test_no_reason_to_stop(facts):
    assert booster.reassess_reasons(facts) == []


def test_what_speaks_against_it_stands_beside_it():
    against = (Note("liver", "Liver panel overdue since 20-May."),)
    found = booster.propose(course(*HOLDS, today=98, against=against, function_gained=None))
    assert [n.code for n in found.against] == ["liver", "function_unknown"]


def test_no_proposal_ever_names_a_dose():
    for facts in (course(*HOLDS, today=98, doses=(40, 48, 64, 72)), course(*HOLDS, today=130, doses=(40, 48, 64, 72))):
        found = booster.propose(facts)
        words = " ".join([found.headline, found.rests_on, *(n.text for n in (*found.reasons, *found.against))])
        assert "mg" not in words


@pytest.mark.parametrize(("count", "expected"), [(0, "low"), (2, "low"), (3, "fair"), (4, "fair"), (5, "good")])
def test_confidence_counts_completed_intervals(count, expected):
    episodes = [episode(n, n * 30, LOST, 19, 21) for n in range(count)] or [episode(0, 0, STILL, 2)]
    assert booster.confidence(course(*episodes, today=200)) == expected
