"""The estimators against an independent library, a published data set and each other."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from followup.rules import groups, survival

# Early breast cancer, time to cosmetic deterioration in months, radiotherapy alone: Finkelstein and Wolfe,
# Biometrics 1985; 41: 933-945. The estimate below is the one tabled in Klein and Moeschberger, Survival Analysis.
RADIOTHERAPY = [
    (0, 7),
    (0, 8),
    (0, 5),
    (4, 11),
    (5, 12),
    (5, 11),
    (6, 10),
    (7, 16),
    (7, 14),
    (11, 15),
    (11, 18),
    (15, None),
    (17, None),
    (17, 25),
    (17, 25),
    (18, None),
    (19, 35),
    (18, 26),
    (22, None),
    (24, None),
    (24, None),
    (25, 37),
    (26, 40),
    (27, 34),
    (32, None),
    (33, None),
    (34, None),
    (36, 44),
    (36, 48),
    (36, None),
    (36, None),
    (37, 44),
    (37, None),
    (37, None),
    (37, None),
    (38, None),
    (40, None),
    (45, None),
    *[(46, None)] * 8,
]
PUBLISHED = {4: 1.0, 5: 0.954, 7: 0.920, 8: 0.832, 12: 0.761, 25: 0.668, 34: 0.586, 40: 0.467}


def test_turnbull_against_the_published_estimate():
    fit = survival.turnbull(RADIOTHERAPY)
    assert fit.n == 46
    assert {month: round(fit.share_after(month), 3) for month in PUBLISHED} == pytest.approx(PUBLISHED, abs=0.0011)


# The same trial, radiotherapy with chemotherapy; the maximum is found here by an independent optimiser.
CHEMOTHERAPY = [
    (8, 12), (0, 5), (30, 34), (0, 22), (5, 8), (13, None), (24, 31), (12, 20), (10, 17), (17, 27), (11, None), (8, 21),
    (17, 23), (33, 40), (4, 9), (24, 30), (31, None), (11, None), (16, 24), (13, 39), (14, 19), (13, None), (19, 32),
    (4, 8), (11, 13), (34, None), (34, None), (16, 20), (13, None), (30, 36), (18, 25), (16, 24), (18, 24), (17, 26),
    (35, None), (16, 60), (32, None), (15, 22), (35, None), (23, None), (11, 17), (21, None), (44, 48), (22, 32),
    (11, 20), (14, 17), (10, 35), (48, None),
]  # fmt: skip


@pytest.mark.parametrize("data", [RADIOTHERAPY, CHEMOTHERAPY], ids=["radiotherapy", "chemotherapy"])
def test_turnbull_reaches_the_likelihood_scipy_finds(data):
    """SciPy maximises the likelihood over the same cells by another road (sequential quadratic programming)."""
    fit = survival.turnbull(data, tolerance=1e-10)
    kinds = [(float(a), math.inf if b is None else float(b)) for a, b in data]
    cells = survival.innermost(kinds)
    covers = np.array([[left <= a and b <= right for a, b in cells] for left, right in kinds], dtype=float)
    found = optimize.minimize(
        lambda shares: -np.log(np.maximum(covers @ shares, 1e-300)).sum(),
        np.full(len(cells), 1 / len(cells)),
        jac=lambda shares: -(covers / np.maximum(covers @ shares, 1e-300)[:, None]).sum(axis=0),
        bounds=[(0, 1)] * len(cells),
        constraints={"type": "eq", "fun": lambda shares: shares.sum() - 1, "jac": lambda shares: np.ones_like(shares)},
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-12},
    )
    ours = {(m.left, math.inf if m.right is None else m.right): m.share for m in fit.masses}
    likelihood = np.log(covers @ np.array([ours.get(cell, 0.0) for cell in cells])).sum()
    assert likelihood >= -found.fun - 1e-4
    for month in (6, 12, 18, 24, 36):
        gone = sum(share for (_, b), share in zip(cells, found.x, strict=True) if b <= month)
        assert fit.share_after(month) == pytest.approx(1 - gone, abs=0.02)


DATA = [
    (6, True),
    (6, True),
    (6, True),
    (7, True),
    (10, True),
    (13, True),
    (16, True),
    (22, True),
    (23, True),
    (6, False),
    (9, False),
    (10, False),
    (11, False),
    (17, False),
    (19, False),
    (20, False),
    (25, False),
    (32, False),
    (32, False),
    (34, False),
    (35, False),
]  # 6-mercaptopurine, Freireich 1963


def test_kaplan_meier_against_the_published_remission_data():
    curve = survival.kaplan_meier(DATA)
    shares = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {day: round(curve.share_at(day), 3) for day in shares} == pytest.approx(shares, abs=0.0006)
    assert (curve.n, curve.events, curve.median) == (21, 9, 23)


observed = st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=2, max_size=40).filter(
    lambda data: any(ended for _, ended in data)
)


def oracle(data):
    ended = [day for day, e in data if e]
    right = [day for day, e in data if not e]
    return stats.ecdf(stats.CensoredData(uncensored=ended, right=right)).sf


@given(observed)
@settings(max_examples=100, deadline=None)
def test_kaplan_meier_equals_scipy(data):
    curve, theirs = survival.kaplan_meier(data), oracle(data)
    days = [s.day for s in curve.steps[1:]]
    assert [s.share for s in curve.steps[1:]] == pytest.approx(theirs.evaluate(days).tolist())


def test_log_log_bands_equal_scipy():
    low, high = oracle(DATA).confidence_interval(method="log-log")
    curve = survival.kaplan_meier(DATA)
    for step in curve.steps[1:]:
        assert step.low == pytest.approx(float(low.evaluate(step.day)))
        assert step.high == pytest.approx(float(high.evaluate(step.day)))


@given(observed)
@settings(max_examples=50, deadline=None)
def test_turnbull_of_exact_and_right_censored_data_is_kaplan_meier(data):
    curve = survival.kaplan_meier(data)
    fit = survival.turnbull([(day, day if ended else None) for day, ended in data])
    for step in curve.steps:
        assert fit.share_after(step.day) == pytest.approx(step.share, abs=2e-3)


spans = st.tuples(st.integers(0, 30), st.one_of(st.none(), st.integers(0, 14))).map(
    lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
)


@given(st.lists(spans, min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_turnbull_meets_the_conditions_of_a_maximum(data):
    """Shares are a distribution, and no cell could take more mass and raise the likelihood (Kuhn-Tucker)."""
    fit = survival.turnbull(data)
    assert sum(m.share for m in fit.masses) == pytest.approx(1, abs=1e-6)
    chances = [sum(m.share for m in fit.masses if _inside(m, left, right)) for left, right in data]
    for mass in fit.masses:
        slope = sum(1 / c for c, (left, right) in zip(chances, data, strict=True) if _inside(mass, left, right))
        assert slope <= len(data) * 1.02
    assert min(chances) > 0


def _inside(mass, left, right):
    end = math.inf if right is None else right
    to = math.inf if mass.right is None else mass.right
    if left == end:
        return mass.left == to == left
    return mass.left >= left and to <= end and not (mass.left == to == left)


def test_quantiles_only_where_they_exist():
    fit = survival.turnbull([(1, 2), (5, None), (6, None), (7, None)])
    assert fit.median is None
    assert fit.quantile(0.75) == (1, 2)
    assert survival.turnbull([(1, 2), (3, 4), (5, 6)]).median == (3, 4)
    assert survival.kaplan_meier([(3, True), (9, False), (9, False)]).median is None


def test_no_response_counts_as_zero_days():
    fit = survival.turnbull([(0, 0), (0, 0), (0, 1), (5, 6)])
    assert fit.share_after(0) == pytest.approx(0.5)
    assert fit.share_after(1) == pytest.approx(0.25)


@pytest.mark.parametrize("bad", [(5, 3), (-1, 2)])
def test_not_an_interval(bad):
    with pytest.raises(ValueError, match="not an interval"):
        survival.turnbull([bad])


def test_nothing_to_estimate_from():
    with pytest.raises(ValueError, match="no observations"):
        survival.turnbull([])
    with pytest.raises(ValueError, match="no observations"):
        survival.kaplan_meier([])


def test_at_risk_counts_those_who_may_still_be_in_relief():
    data = [(0, 0), (3, 5), (4, None), (8, 9)]
    assert [survival.AtRisk(data).after(day) for day in (0, 4, 5, 9)] == [3, 3, 1, 0]


def simulated(patients, seed):
    """Patients with own tendency (clusters), diary about every second day, follow-up of 60 days; true median 20."""
    chance = np.random.default_rng(seed)
    groups = []
    for _ in range(patients):
        own = chance.normal(0, 0.25)
        group = []
        for _ in range(3):
            true = 20 * math.exp(own + chance.normal(0, 0.35))
            visits = np.flatnonzero(chance.random(60) < 0.6) + 1
            before, after = visits[visits <= true], visits[visits > true]
            group.append((int(before[-1]) if len(before) else 0, int(after[0]) if len(after) else None))
        groups.append(group)
    return groups


def test_the_clinics_curve_recovers_a_known_median():
    curve = groups.clinic_curve(simulated(60, seed=11), draws=100, seed=5)
    assert (curve.patients, curve.infusions) == (60, 180)
    assert curve.median == pytest.approx(20, abs=3)
    assert curve.median_low <= 20 <= curve.median_high
    shares = [s.share for s in curve.steps]
    assert shares == sorted(shares, reverse=True)
    assert all(s.low <= s.share + 1e-9 and s.share <= s.high + 1e-9 for s in curve.steps)


def test_the_clinics_curve_is_the_same_every_time():
    clinic = simulated(10, seed=2)
    assert groups.clinic_curve(clinic, draws=20, seed=1) == groups.clinic_curve(clinic, draws=20, seed=1)
