"""The rules of the drug safe, the close of a day and the downtime pack as truth tables."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal as D

import pytest

from clinic.refusal import Refused
from sessions.rules import days, ledger, packs, register
from sessions.rules.schedule import Interval

DAY = dt.date(2026, 3, 3)
OPENS = dt.datetime(2026, 3, 3, 13, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rest", "dead", "left", "confirmed", "code"),
    [
        ("15", "0", "15", (), None),
        ("13", "2", "15", (), None),
        ("0", "2", "15", (), None),
        ("0", "0", "15", (), "hard.mg"),
        ("-1", "2", "15", (), "hard.mg"),
        ("15", "-1", "15", (), "hard.mg"),
        ("14", "2", "15", (), "confirm.more_than_left"),
        ("15.001", "0", "15", (), "confirm.more_than_left"),
        ("14", "2", "15", ("more_than_left",), None),
    ],
)
def test_what_may_be_wasted(rest, dead, left, confirmed, code):
    items = ledger.waste_items(rest_mg=D(rest), dead_space_mg=D(dead), left_mg=D(left), confirmed=confirmed)
    assert [i.code for i in items] == ([code] if code else [])


@pytest.mark.parametrize(
    ("left", "strength", "dead_ml", "proposed"),
    [
        ("15", "1", "0", ("15", "0")),
        ("15", "1", "2", ("13", "2")),
        ("1", "1", "2", ("0", "1")),
        ("0", "1", "2", ("0", "0")),
        ("-5", "1", "2", ("-5", "0")),
        ("15", "0.3333", "1.5", ("14.500", "0.500")),
    ],
)
def test_the_proposal_is_never_more_than_what_is_left(left, strength, dead_ml, proposed):
    assert ledger.propose_waste(D(left), D(strength), D(dead_ml)) == tuple(map(D, proposed))


@pytest.mark.parametrize(
    ("kind", "expected", "found", "choice", "figures"),
    [
        ("count", "500", "480", "found", {"wasted": D(20)}),
        ("count", "500", "505", "found", {"received": D(5)}),
        ("count", "500", "480", "ledger", {}),
        ("chart", "35", "36", "found", {"given": D(1)}),
        ("chart", "35", "30", "found", {"given": D(-5)}),
        ("chart", "35", "35", "found", {}),
        ("chart", "35", "36", "other", {"given": D(2), "wasted": D(-1)}),
    ],
)
def test_what_closing_a_difference_posts(kind, expected, found, choice, figures):
    typed = {"given_mg": D(2), "wasted_mg": D(-1)}
    assert ledger.adjustments(kind, expected=D(expected), found=D(found), choice=choice, **typed) == figures


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "given"}, "correct.kind"),
        ({"taken_back": True}, "correct.again"),
        ({"container_open": False}, "correct.closed"),
        ({"mg": D(-1)}, "hard.mg"),
        ({"reason": " "}, "correct.reason"),
    ],
)
def test_what_cannot_be_taken_back(changed, code):
    facts = {"kind": "wasted", "taken_back": False, "mg": D(5), "reason": "Typed wrong", "container_open": True}
    ledger.check_take_back(**facts)
    with pytest.raises(Refused) as refused:
        ledger.check_take_back(**facts | changed)
    assert [i.code for i in refused.value.items] == [code]


@dataclass
class Vial:
    expires_on: dt.date
    discard_on: dt.date | None = None
    state: str = "open"


@pytest.mark.parametrize(
    ("vial", "words"),
    [
        (Vial(DAY), ""),
        (Vial(DAY - dt.timedelta(1)), "expired"),
        (Vial(DAY, DAY), ""),
        (Vial(DAY, DAY - dt.timedelta(1)), "open too long"),
        (Vial(DAY, DAY - dt.timedelta(1), "sealed"), ""),
    ],
)
def test_who_is_not_drawn_from(vial, words):
    assert ledger.why_not_drawn(vial, DAY) == words


def test_records_are_kept_two_years_also_over_a_leap_day():
    assert ledger.kept_until(dt.date(2024, 2, 29), 2) == dt.date(2026, 2, 28)
    assert ledger.inventory_due(dt.date(2026, 3, 3)) == dt.date(2028, 3, 3)
    assert ledger.inventory_due(None) is None


@dataclass
class Entry:
    pk: int
    kind: str
    mg: D
    corrects_id: int | None = None
    discrepancy_id: int | None = None
    manner: str = ""

    def get_manner_display(self):
        return ledger.MANNERS[self.manner]


def test_the_register_runs_on_from_what_was_on_hand_and_strikes_what_was_taken_back():
    entries = [
        Entry(1, "received", D(500)),
        Entry(2, "drawn", D(50)),
        Entry(3, "given", D(35)),
        Entry(4, "wasted", D(5), manner="rest"),
        Entry(5, "wasted", D(-5), corrects_id=4),
        Entry(6, "wasted", D(15)),
        Entry(7, "counted", D(450)),
        Entry(8, "returned", D(450)),
    ]
    lines = register.running(entries, D(10), {4})
    assert [line.on_hand for line in lines] == list(map(D, (510, 510, 475, 470, 475, 460, 460, 10)))
    assert [line.struck for line in lines].index(True) == 3
    assert [line.back for line in lines].index(True) == 4
    assert register.totals(entries) == {"received": 500, "given": 35, "wasted": 15, "returned": 450}


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(1, "wasted", D(2), manner="dead_space"), "Wasted: dead space of line and connectors"),
        (Entry(1, "wasted", D(-2), corrects_id=9), "Taken back: wasted"),
        (Entry(1, "given", D(-2), discrepancy_id=9), "Correction: given"),
        (Entry(1, "drawn", D(2)), "Drawn"),
    ],
)
def test_what_a_line_is_called(entry, words):
    assert register.words_of(entry) == words


SIGNED = days.SessionFact("s1", "Adler", ended=True, signed=True)
UNSIGNED = days.SessionFact("s2", "Baum", ended=True, signed=False)
RUNNING = days.SessionFact("s3", "Celik", ended=False, signed=False)
COUNTED = days.VialFact("KET-1", D(500), D(500))
UNCOUNTED = days.VialFact("KET-2", D(500), None)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, []),
        ({"sessions": (SIGNED,), "vials": (COUNTED,)}, []),
        ({"sessions": (UNSIGNED,)}, ["day.unsigned"]),
        ({"sessions": (UNSIGNED,), "explained": {"s2": "Away"}}, ["day.unsigned"]),
        ({"sessions": (UNSIGNED,), "explained": {"s2": "Dr Away signs tomorrow"}}, []),
        ({"sessions": (RUNNING,), "explained": {"s3": "Never mind it"}}, ["day.session_open"]),
        ({"vials": (UNCOUNTED,)}, ["day.not_counted"]),
        ({"visits": (days.VisitFact("Dietz", "14:00", has_begun=True),)}, ["day.visit"]),
        ({"visits": (days.VisitFact("Dietz", "19:00", has_begun=False),)}, ["day.to_come"]),
        ({"state": "closed"}, ["day.closed"]),
        ({"state": "reopened"}, []),
        ({"day": DAY + dt.timedelta(1)}, ["day.future"]),
        (
            {"sessions": (UNSIGNED, RUNNING), "vials": (UNCOUNTED,)},
            ["day.unsigned", "day.session_open", "day.not_counted"],
        ),
    ],
)
def test_when_a_day_can_be_closed(facts, codes):
    facts = days.DayFacts(**{"day": DAY, "today": DAY} | facts)
    assert [i.code for i in days.missing_to_close(facts)] == codes


@pytest.mark.parametrize(
    ("state", "reason", "code"), [("", "Late waste", "day.open"), ("closed", " no ", "day.reason")]
)
def test_opening_again_needs_a_closed_day_and_a_reason(state, reason, code):
    with pytest.raises(Refused) as refused:
        days.check_reopen(state, reason)
    assert refused.value.items[0].code == code
    days.check_reopen("closed", "Late waste")


@pytest.mark.parametrize(
    ("minutes", "made", "failed", "opens", "due"),
    [
        (-61, None, None, OPENS, False),
        (-60, None, None, OPENS, True),
        (300, None, None, OPENS, True),
        (-30, OPENS, None, OPENS, False),
        (-30, None, -40, OPENS, False),
        (-30, None, -45, OPENS, True),
        (0, None, None, None, False),
    ],
)
def test_when_the_pack_is_made(minutes, made, failed, opens, due):
    failed_at = None if failed is None else OPENS + dt.timedelta(minutes=failed)
    now = OPENS + dt.timedelta(minutes=minutes)
    assert packs.is_due(opens, 60, now, made_at=made, failed_at=failed_at) is due


def test_what_has_changed_since_it_was_printed():
    assert not packs.compare({"a": "1"}, {"a": "1"}).any
    changes = packs.compare({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"})
    assert changes.words == "1 new, 1 gone, 1 changed"


def test_a_blank_sheet_has_a_line_for_each_planned_reading():
    every = (Interval("systolic", 15, 5), Interval("pain", 30), Interval("sedation", 0))
    assert packs.lines(every, 90) == [*range(0, 61, 5), 75, 90]
    assert packs.lines((), 90) == []
    assert packs.lines(every, 0) == []
