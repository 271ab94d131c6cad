"""After the infusion: decisions, events, sheets and scores, as truth tables."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from clinic.refusal import Refused
from sessions.presenters.beside import line_of
from sessions.rules import adverse, aftercare, gates, going_home, scores
from sessions.rules.going_home import Decision, standing

T = dt.datetime(2026, 3, 3, 15, 0, tzinfo=dt.UTC)


def minutes(n):
    return T + dt.timedelta(minutes=n)


def codes(items):
    return [item.code for item in items]


# ---- decisions about going home
YES = Decision(True, frozenset({"score"}), "", "Known to me", T)


@pytest.mark.parametrize(
    ("decision", "troubles", "counts"),
    [
        (None, [], False),
        (YES, [], True),
        (YES, [minutes(-5)], True),
        (YES, [T], True),
        (YES, [minutes(1)], False),
        (YES, [minutes(-5), minutes(30)], False),
        (replace(YES, allows=False), [], False),
    ],
)
def test_a_decision_counts_until_the_next_alarm(decision, troubles, counts):
    assert (standing(decision, troubles) is not None) is counts


def test_a_line_and_the_sheet_are_nobodys_to_waive():
    assert {code for code in gates.CRITERIA if not going_home.can_be_decided(code)} == {"line_out", "instructions"}
    assert not going_home.can_be_decided("anything")


WHOLE = {
    "allows": True,
    "codes": ["score"],
    "other_way": "",
    "reason": "Known to me",
    "open_codes": {"score", "escort"},
}


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, []),
        ({"codes": [], "other_way": "Taxi with her brother"}, []),
        ({"allows": False, "codes": []}, []),
        ({"reason": "  "}, ["decide.reason"]),
        ({"allows": None}, ["decide.allows"]),
        ({"codes": []}, ["decide.what"]),
        ({"allows": False}, ["decide.no"]),
        ({"codes": ["line_out"]}, ["decide.never"]),
        ({"codes": ["alarms"]}, ["decide.met"]),
        ({"reason": "", "codes": ["line_out", "alarms"]}, ["decide.reason", "decide.never", "decide.met"]),
    ],
)
def test_what_a_decision_lacks(changed, missing):
    facts = WHOLE | changed
    assert codes(going_home.missing_to_decide(**facts)) == missing
    assert going_home.can_decide(**facts) is (not missing)
    if missing:
        with pytest.raises(Refused):
            going_home.check_decide(**facts)


def test_only_a_patient_under_observation_with_something_open_is_asked_about():
    assert codes(going_home.missing_to_ask([["score", "-"]], phase="infusing")) == ["ask.phase"]
    assert codes(going_home.missing_to_ask([["line_out", "-"]], phase="observing")) == ["ask.nothing"]
    assert going_home.missing_to_ask([["score", "-"]], phase="observing") == []


def test_waived_criteria_are_only_those_that_were_named():
    nothing = gates.DischargeFacts(waived=frozenset({"score", "line_out"}), line="placed")
    left = codes(gates.missing_to_discharge(nothing, tuple(gates.CRITERIA)))
    assert "discharge.score" not in left
    assert {"discharge.line_out", "discharge.escort", "discharge.observed"} <= set(left)


def test_a_blank_score_says_that_it_is_not_scorable():
    rows = {code: words for code, _, _, words in gates.criteria(gates.DischargeFacts(score_blank=True), ("score",))}
    assert "not scorable" in rows["score"]


# ---- scores
@pytest.mark.parametrize("scale", scores.SCALES.values(), ids=lambda s: s.code)
def test_every_sum_of_a_scale_is_between_0_and_10_and_passes_at_9(scale):
    assert len(scale.items) == 5
    assert scale.source
    assert "unverified" in scale.note
    for points in itertools.product((0, 1, 2), repeat=5):
        said = dict(zip(scale.items, points, strict=True))
        assert scores.total(scale, said) == sum(points)
        assert scores.passes(scale, said) is (sum(points) >= 9)


@pytest.mark.parametrize("scale", scores.SCALES.values(), ids=lambda s: s.code)
def test_one_blank_item_is_not_scorable_never_low(scale):
    for blank in scale.items:
        said = dict.fromkeys(scale.items, 2) | {blank: None}
        assert scores.total(scale, said) is None
        assert scores.passes(scale, said) is None


# ---- adverse events
@pytest.mark.parametrize(
    ("resolved", "looks", "over", "status"),
    [
        (None, [], False, ""),
        (T, [], True, "resolved"),
        (None, [(T, "better")], False, "better"),
        (None, [(T, "better"), (minutes(9), "resolved")], True, "resolved"),
        (None, [(minutes(9), "worse"), (T, "resolved")], False, "worse"),
        (T, [(minutes(9), "worse")], False, "worse"),
        (None, [(T, "after_effects")], True, "after_effects"),
        (None, [(T, "died")], True, "died"),
        (None, [(T, "same")], False, "same"),
    ],
)
def test_the_latest_look_says_whether_it_is_over(resolved, looks, over, status):
    course = adverse.course(resolved, looks)
    assert (course.over, course.status) == (over, status)
    assert (course.resolved_at is not None) is over


@pytest.mark.parametrize("severity", ["mild", "moderate", "severe"])
@pytest.mark.parametrize("serious", [True, False])
@pytest.mark.parametrize("over", [True, False])
def test_who_is_asked_again(severity, serious, over):
    wanted = not over and (serious or severity != "mild")
    assert adverse.needs_asking(severity=severity, serious=serious, over=over) is wanted


def test_a_report_names_each_thing_it_lacks():
    whole = dict.fromkeys(adverse.REPORT_WORDS, "said")
    assert adverse.can_sign_report(whole)
    for name in adverse.REPORT_WORDS:
        assert codes(adverse.missing_in_report(whole | {name: ""})) == [f"report.{name}"]
    with pytest.raises(Refused) as refused:
        adverse.check_report({})
    assert len(refused.value.items) == len(adverse.REPORT_WORDS)


@pytest.mark.parametrize(
    ("signed", "now", "state"), [(T, minutes(99), "signed"), (None, T, "due"), (None, minutes(1), "overdue")]
)
def test_a_report_is_due_overdue_or_signed(signed, now, state):
    assert adverse.report_state(signed_at=signed, due_at=T, now=now) == state


@pytest.mark.parametrize(
    ("onset", "resolved", "wrong"),
    [
        (None, None, []),
        (T, minutes(5), []),
        (T, T, []),
        (minutes(5), T, ["time.order"]),
        (minutes(90), None, ["time.onset"]),
        (None, minutes(90), ["time.resolved"]),
    ],
)
def test_an_event_neither_ends_before_it_began_nor_lies_ahead(onset, resolved, wrong):
    if not wrong:
        return adverse.check_times(onset, resolved, now=minutes(60))
    with pytest.raises(Refused) as refused:
        adverse.check_times(onset, resolved, now=minutes(60))
    assert codes(refused.value.items) == wrong


# ---- the sheet
GOOD = "## One\nUntil {tomorrow}.\n## Two\n- Call {phone}\n- Call {emergency_phone}\nThen rest."


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (GOOD, 0),
        (GOOD + " {site} {crisis_phone}", 0),
        (GOOD.replace("{phone}", "us"), 1),
        (GOOD + " {secret}", 1),
        (GOOD + " {", 1),
        ("Until {tomorrow}, {phone}, {emergency_phone}", 1),
        ("Go home.", 4),
    ],
)
def test_a_text_must_name_the_day_and_the_numbers(body, wrong):
    assert len(aftercare.problems(body)) == wrong
    assert aftercare.can_publish(body) is (wrong == 0)


def test_points_stand_in_one_list_and_words_keep_their_place():
    first, second = aftercare.sections(GOOD)
    assert (first.title, first.blocks) == ("One", [("p", "Until {tomorrow}.")])
    assert second.blocks == [("ul", ["Call {phone}", "Call {emergency_phone}"]), ("p", "Then rest.")]
    assert aftercare.sections("") == []


@pytest.mark.parametrize("printed", [True, False])
@pytest.mark.parametrize("mailed", [True, False])
@pytest.mark.parametrize("has_email", [True, False])
@pytest.mark.parametrize("talked", [True, False])
def test_handing_over_needs_a_way_an_address_and_the_talk(printed, mailed, has_email, talked):
    found = codes(
        aftercare.missing_to_hand_over(printed=printed, mailed=mailed, has_email=has_email, talked_through=talked)
    )
    wanted = [
        ("sheet.way", not printed and not mailed),
        ("sheet.email", mailed and not has_email),
        ("sheet.talk", not talked),
    ]
    assert found == [code for code, holds in wanted if holds]


# ---- side by side
@pytest.mark.parametrize(
    ("minute", "line"), [(-25, -30), (-5, -10), (-0.5, -10), (0, 0), (4.9, 0), (5, 10), (15, 20), (102.4, 100)]
)
def test_a_reading_stands_on_its_nearest_line_and_never_on_the_other_side_of_the_start(minute, line):
    assert line_of(minute) == line
