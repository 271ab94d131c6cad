"""The ledger against a plain model: every mg received is somewhere, and nowhere twice, after any movements."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.refusal import Refused
from sessions.rules import ledger

TODAY = dt.date(2026, 3, 3)
MG = st.decimals("0.0001", "500", places=4)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["received", "drawn", "given", "wasted", "waste_stock", "returned", "counted"]),
        MG,
        st.integers(0, 2),
    ),
    max_size=60,
)


@dataclass
class Posted:
    kind: str
    mg: D
    preparation_id: int | None = None


def play(moves):
    """A plain model: buckets of mg, where a movement takes no more than there is; and the entries that say so."""
    stock, use, gone, entries = D(0), {}, {"given": D(0), "wasted": D(0), "returned": D(0)}, []
    received = D(0)
    for kind, mg, prep in moves:
        if kind == "received":
            stock, received = stock + mg, received + mg
            entries.append(Posted("received", mg))
        elif kind == "drawn":
            mg = min(mg, stock)
            stock, use[prep] = stock - mg, use.get(prep, D(0)) + mg
            entries.append(Posted("drawn", mg, prep))
        elif kind in ("given", "wasted"):
            mg = min(mg, use.get(prep, D(0)))
            use[prep], gone[kind] = use.get(prep, D(0)) - mg, gone[kind] + mg
            entries.append(Posted(kind, mg, prep))
        elif kind in ("waste_stock", "returned"):
            mg, to = min(mg, stock), "wasted" if kind == "waste_stock" else "returned"
            stock, gone[to] = stock - mg, gone[to] + mg
            entries.append(Posted(to, mg))
        else:
            entries.append(Posted("counted", mg))
    return received, stock, sum(use.values(), D(0)), gone, entries


@given(MOVES)
def test_the_balance_is_what_a_plain_model_says_at_every_moment(moves):
    for length in range(len(moves) + 1):
        received, stock, use, gone, entries = play(moves[:length])
        b = ledger.balance(entries)
        assert (b.received, b.in_stock, b.in_use_mg) == (received, stock, use)
        assert {"given": b.given, "wasted": b.wasted, "returned": b.returned} == gone
        assert b.holds
        assert b.is_possible


@given(st.lists(MG, min_size=1, max_size=4), MG)
def test_a_share_over_containers_adds_up_exactly(drawn, mg):
    shares = ledger.split(mg, list(enumerate(drawn)))
    assert sum((part for _, part in shares), D(0)) == mg
    assert all(part <= drawn[i] for i, part in shares[:-1])


def test_more_given_than_drawn_shows_instead_of_vanishing():
    b = ledger.balance([Posted("received", D(500)), Posted("drawn", D(50), 1), Posted("given", D(51), 1)])
    assert b.holds
    assert not b.is_possible


@pytest.mark.parametrize(
    ("given_mg", "computed", "expected"),
    [
        ("35", "35", False),
        ("35", "36.75", False),
        ("35", "36.76", True),
        ("5", "6", False),
        ("5", "6.01", True),
        ("0", "1.01", True),
    ],
)
def test_when_pump_and_chart_part(given_mg, computed, expected):
    assert ledger.differs(D(given_mg), D(computed)) is expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"state": "empty"}, ["container.state"]),
        ({"expires_on": TODAY - dt.timedelta(days=1)}, ["container.expired"]),
        ({"expires_on": TODAY}, []),
        ({"discard_on": TODAY - dt.timedelta(days=1)}, ["container.discard"]),
        ({"container_patient_id": "other"}, ["container.other_patient"]),
        ({"container_patient_id": "me"}, []),
        ({"use": "multi", "container_patient_id": None}, []),
        ({"mg": D(501)}, ["container.stock"]),
        ({"mg": D(500)}, []),
    ],
)
def test_what_may_be_drawn(changed, expected):
    facts = {
        "in_stock_mg": D(500),
        "mg": D(50),
        "expires_on": TODAY + dt.timedelta(days=30),
        "discard_on": None,
        "today": TODAY,
        "state": "sealed",
        "use": "single",
        "patient_id": "me",
        "container_patient_id": None,
    }
    assert [i.code for i in ledger.draw_items(**facts | changed)] == expected


@pytest.mark.parametrize(("maker", "witness"), [("a", None), ("a", "a"), (("a", "b"), "b")])
def test_no_witness_or_the_maker_is_refused(maker, witness):
    with pytest.raises(Refused):
        ledger.check_witness(maker=maker, witness=witness)


def test_a_day_closes_when_everything_is_explained():
    fine = ledger.balance([Posted("received", D(500))])
    assert ledger.open_reasons([], [("vial", fine)]) == []
    in_use = ledger.balance([Posted("received", D(500)), Posted("drawn", D(50), 1)])
    assert [i.code for i in ledger.open_reasons([], [("vial", in_use)])] == ["day.in_use"]
