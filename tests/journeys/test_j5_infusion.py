"""J5 and J6: one infusion from the day board to the signed chart, nurse and prescriber each at their own screen.

The nurse has a tablet of 820 by 1180 and only fingers: everything is tapped, figures on the keypad of the page. The
clock is moved forward between the steps, as little as the steps allow.
"""

import pytest
import redis

from tests.journeys import chairside as at
from tests.journeys.clinic import open_clinic
from tests.journeys.hands import Keys, Touch
from tests.sessions import scene as scenes
from tests.sessions.screens import begin


@pytest.fixture
def clinic(live_db, morning_zone):
    return open_clinic(morning_zone)


@pytest.fixture
def booked(clinic, monkeypatch):
    """Today's visit in chair 1: approved, consented, on a signed plan; a vial is in stock."""
    begin(monkeypatch, 0)
    visit = scenes.Scene(clinic)
    visit.stock(0)
    return visit


def test_an_infusion_from_the_board_to_the_signed_chart(booked, clinic, live_stream, somebody, minutes_later):
    nurse, doctor = somebody("tablet", user=clinic.nurse, hands=Touch), somebody("desktop", user=clinic.prescriber)
    doctor.opens("/board/")
    at.the_nurse_checks_in_from_the_board(nurse)
    doctor.sees("Arrived")
    at.what_is_missing_is_listed(nurse)
    at.the_nurse_does_what_is_missing(nurse, clinic)
    at.a_colleague_reads_label_and_pump(nurse, clinic, booked)
    at.nothing_is_missing_and_it_starts(nurse)
    doctor.sees("Infusing")
    doctor.keeps_picture("board-desktop")

    minutes_later(10)
    at.a_set_of_vitals_in_a_few_keys(nurse)
    doctor.sees("131/84")
    minutes_later(8)
    at.a_figure_out_of_range_asks_and_alarms_everywhere(nurse, doctor)
    at.the_nurse_goes(nurse)
    doctor.sees("Nora Nurse")
    at.calm_again(nurse)

    at.the_patient_needs_a_break(nurse, minutes_later)
    at.nausea_under_the_standing_order(nurse)
    at.a_slip_is_put_right(nurse)
    minutes_later(22)
    at.the_ordered_end(nurse)
    at.going_home_is_refused_with_all_that_is_missing(nurse)
    minutes_later(28)
    nurse.reloads()
    at.an_observation_set(nurse)
    minutes_later(29)
    nurse.reloads()
    minutes_later(4)
    at.the_patient_goes_home(nurse)
    at.the_rest_is_wasted_before_a_witness(nurse, clinic)
    at.the_prescriber_signs(somebody("tablet", user=clinic.prescriber))


def test_rel_07_a_whole_infusion_by_keyboard_alone_and_without_redis(booked, clinic, somebody, minutes_later, settings):
    """In the dim room: Tab, Enter, Space, arrows, figures and letters, from check-in to going home; Redis is away."""
    with pytest.raises(redis.ConnectionError):
        redis.from_url(settings.REDIS_URL).ping()
    nurse = somebody("tablet", user=clinic.nurse, hands=Keys, theme="dim")
    at.the_nurse_checks_in_from_the_board(nurse)
    at.the_nurse_does_what_is_missing(nurse, clinic)
    at.a_colleague_reads_label_and_pump(nurse, clinic, booked)
    at.nothing_is_missing_and_it_starts(nurse)
    minutes_later(10)
    at.a_set_of_vitals_in_a_few_keys(nurse)
    minutes_later(29)
    nurse.reloads()
    minutes_later(1)
    at.the_ordered_end(nurse)
    minutes_later(29)
    nurse.reloads()
    at.an_observation_set(nurse)
    minutes_later(29)
    nurse.reloads()
    minutes_later(4)
    at.the_patient_goes_home(nurse)
    at.the_rest_is_wasted_before_a_witness(nurse, clinic)
