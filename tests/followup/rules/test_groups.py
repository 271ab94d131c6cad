"""The clinic's curve: patients are drawn, not infusions; quantiles of Student's t; where the median lies."""

import math

import numpy as np
import pytest
from scipy import stats

from clinic.dev.bench import simulated
from followup.rules import groups, survival


@pytest.mark.parametrize("level", [0.9, 0.975])
@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 8, 20, 200])
def test_students_quantile(level, freedom):
    assert groups.student(level, freedom) == pytest.approx(stats.t.ppf(level, freedom), abs=0.005)


def test_one_patients_infusions_stay_together():
    """Two patients, each always alike: a drawn curve falls at one place, at the other, or half and half."""
    table = groups._table([[(1, 2)] * 2, [(8, 9)] * 3])
    shares = groups.draw(table, draws=60, seed=3)
    assert {round(float(row[0]), 3) for row in shares} <= {0.0, 0.4, 1.0}
    assert {0.0, 1.0} <= {round(float(row[0]), 3) for row in shares}


def test_few_clusters_reach_further_out():
    values = list(range(201))
    few, many = groups.bounds(values, 5), groups.bounds(values, 500)
    assert few[0] < many[0]
    assert few[1] > many[1]
    assert many == (pytest.approx(5, abs=1), pytest.approx(195, abs=1))
    assert groups.bounds(values, 1) == (0, 200)


def test_the_median_lies_inside_the_interval_in_which_the_curve_falls():
    curve = groups.clinic_curve([[(10, 20)], [(10, 20)], [(30, 40)], [(30, 40)], [(30, 40)]], draws=20)
    assert curve.median == pytest.approx(30 + 10 * 0.1 / 0.6)
    assert (curve.first_quarter, curve.km_median) == (pytest.approx(10 + 10 * 0.25 / 0.4), 40)
    assert survival.turnbull([(1, 2), (5, None), (6, None)]).day_of(0.5) is None


def test_no_median_where_the_curve_stays_above_one_half():
    curve = groups.clinic_curve([[(1, 2)], [(9, None)], [(9, None)], [(9, None)]], draws=50)
    assert (curve.median, curve.median_high, curve.km_median) == (None, None, None)


def test_a_drawn_sample_is_fitted_as_the_plain_estimator_fits_it():
    chance = np.random.default_rng(4)
    patients = simulated.intervals(simulated.clinic(simulated.Recipe(patients=25), chance))
    table = groups._table(patients)
    whole = np.bincount(table.kind, minlength=len(table.first)).astype(float)[None, :]
    shares = groups._fit(table, whole, tolerance=1e-8, limit=20_000)[0]
    fit = survival.turnbull([one for patient in patients for one in patient])
    for day in (7, 14, 21, 30, 60):
        gone = sum(s for (_, right), s in zip(table.cells, shares, strict=True) if right <= day)
        assert fit.share_after(day) == pytest.approx(1 - gone, abs=2e-3)


def test_the_true_median_of_simulated_clinics_is_found_again():
    """A taste of `bench relief`, which does it for a thousand clinics."""
    recipe, hits, medians = simulated.Recipe(patients=40), 0, []
    for seed in range(12):
        clinic = simulated.clinic(recipe, np.random.default_rng(seed))
        curve = groups.clinic_curve(simulated.intervals(clinic), draws=100, seed=seed)
        hits += curve.median_low <= recipe.true_median <= (curve.median_high or math.inf)
        medians.append(curve.median)
    assert hits >= 9
    assert float(np.mean(medians)) == pytest.approx(recipe.true_median, rel=0.08)
