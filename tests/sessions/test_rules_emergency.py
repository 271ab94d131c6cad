"""Emergencies out of the entries, what has to be put in order after one, and what an infiltration makes uncertain."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal as D
from types import SimpleNamespace as Row

import pytest

from clinic.refusal import Refused
from sessions.rules import emergency as rules
from sessions.rules.drugs import derive_drug, mark_uncertain
from sessions.rules.phases import signature_items
from sessions.rules.state import uncertain_windows

T0 = dt.datetime(2026, 3, 3, 14, 0, tzinfo=dt.UTC)


def at(minute):
    return T0 + dt.timedelta(minutes=minute)


@dataclass
class E:
    kind: str
    minute: float
    detail: object
    pk: int = 1
    seq: int = 1

    @property
    def observed_at(self):
        return at(self.minute)


def step(minute, what, pk=1):
    return E("emergency", minute, Row(step=what, text=""), pk)


class TestEmergencies:
    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            ([], []),
            ([(1, "called")], [(1, 0, None)]),
            ([(1, "called"), (2, "airway"), (5, "over")], [(1, 2, 5)]),
            ([(1, "called"), (2, "called"), (5, "handed_over")], [(1, 2, 5)]),
            ([(1, "called"), (5, "handed_over"), (6, "over")], [(1, 2, 5)]),
            ([(1, "called"), (5, "over"), (9, "called")], [(1, 1, 5), (9, 0, None)]),
            ([(1, "airway")], []),
        ],
    )
    def test_they_are_read_out_of_the_entries(self, steps, expected):
        found = rules.emergencies([step(minute, what) for minute, what in steps])
        said = [
            (int((e.since - T0).total_seconds() // 60), len(e.steps), e.ended_at and (e.ended_at - T0).seconds // 60)
            for e in found
        ]
        assert said == expected


CALM = rules.AfterFacts(ended=True)
ALL = frozenset({"times", "drugs", "told"})


class TestPutInOrder:
    @pytest.mark.parametrize(
        ("facts", "said", "note", "expected"),
        [
            (CALM, ALL, "", set()),
            (CALM, ALL - {"times"}, "", {"reconcile.times"}),
            (CALM, frozenset(), "", {"reconcile.times", "reconcile.drugs", "reconcile.told"}),
            (CALM, frozenset(), "Monitor clock was wrong", set()),
            (rules.AfterFacts(ended=False), ALL, "", {"reconcile.over"}),
            (rules.AfterFacts(ended=False), ALL, "Still on", {"reconcile.over"}),
            (rules.AfterFacts(ended=True, unread=(("Ketamine", 7),)), ALL, "", {"reconcile.volumes"}),
            (rules.AfterFacts(ended=True, unread=(("Ketamine", 7),)), ALL, "Pump went with them", set()),
            (rules.AfterFacts(ended=True, in_use=(("A-1-1", "15 mg", 7),)), ALL, "", {"reconcile.waste"}),
            (rules.AfterFacts(ended=True, drug_steps=2, drugs_charted=1), ALL, "", {"reconcile.drugs"}),
            (rules.AfterFacts(ended=True, drug_steps=1, drugs_charted=1), ALL, "", set()),
            (rules.AfterFacts(ended=True, without_container=("Midazolam",)), ALL, "", {"reconcile.container"}),
            (rules.AfterFacts(ended=True, to_cosign=("adrenaline",)), ALL, "", {"reconcile.orders"}),
        ],
    )
    def test_what_still_stops_it(self, facts, said, note, expected):
        found = rules.points(facts)
        assert {i.code for i in rules.missing_to_reconcile(found, said=said, note=note)} == expected
        assert rules.can_reconcile(found, said=said, note=note) is (expected == set())
        if expected:
            with pytest.raises(Refused):
                rules.check_reconcile(found, said=said, note=note)

    def test_each_point_names_its_page(self):
        found = rules.points(rules.AfterFacts(ended=True, unread=(("Ketamine", 7),), in_use=(("A", "15 mg", 9),)))
        assert {p.link for p in found if p.done is False} == {("pump-read", 7), ("preparation-waste", 9)}


def line(minute, action, uncertain=False, since=None):
    detail = Row(action=action, dose_uncertain=uncertain, uncertain_since=None if since is None else at(since))
    return E("line", minute, detail)


class TestUncertain:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            ([line(6, "placed")], []),
            ([line(6, "placed"), line(20, "infiltrated", True)], [(6, 60)]),
            ([line(6, "placed"), line(15, "checked"), line(20, "infiltrated", True)], [(15, 60)]),
            ([line(6, "placed"), line(20, "infiltrated", True, 12)], [(12, 60)]),
            ([line(6, "placed"), line(20, "infiltrated", True), line(24, "resited")], [(6, 24)]),
            ([line(6, "placed"), line(20, "infiltrated"), line(24, "resited")], []),
            (
                [line(20, "infiltrated", True, 18), line(24, "resited"), line(40, "infiltrated", True, 35)],
                [(18, 24), (35, 60)],
            ),
            ([line(20, "infiltrated", True, 10), line(22, "infiltrated", True, 12)], [(10, 60)]),
            ([line(20, "infiltrated", True)], [(20, 60)]),
        ],
    )
    def test_the_window_runs_from_the_last_good_look_to_the_new_line(self, lines, expected):
        found = [((a - T0).seconds // 60, (b - T0).seconds // 60) for a, b in uncertain_windows(lines, at(60))]
        assert found == expected

    def test_what_went_in_then_is_told_apart_and_both_make_the_whole(self):
        order = Row(id="k", drug="ketamine", dosing_weight_kg=D(70), planned_mg=D(35), minutes=D(40), ends_by="first",
                    rate_steps=[])  # fmt: skip
        base = {"rate_ml_h": None, "strength_mg_ml": None, "volume_ml": None, "preparation_id": None, "cause": ""}
        events = [
            E("drug", 10, Row(**base | {"action": "start", "rate_ml_h": D(60), "strength_mg_ml": D(1)})),
            E("drug", 14, Row(**base | {"action": "bolus", "volume_ml": D(3)})),
            E("drug", 20, Row(**base | {"action": "pause"})),
        ]
        drug = derive_drug(order, events, at(30))
        mark_uncertain(drug, [(at(12), at(16)), (at(19), at(60))])
        assert (drug.mg, drug.uncertain_mg, drug.certain_mg) == (D(13), D(8), D(5))
        assert drug.uncertain_ml == D(8)


@pytest.mark.parametrize(
    ("form", "name", "witness", "expected"),
    [
        ("signed", "Ada Sample", None, []),
        ("signed", " ", None, ["ending.printed_name"]),
        ("refused", "", None, []),
        ("refused", "", "other", []),
        ("refused", "", "me", ["witness.maker"]),
    ],
)
def test_a_form_of_leaving_is_signed_or_refused(form, name, witness, expected):
    assert [i.code for i in signature_items(form, name, witness=witness, by="me")] == expected
