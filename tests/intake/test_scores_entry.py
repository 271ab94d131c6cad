"""Scores that staff enter: kept once, within range, audited; a positive screener alerts; for clinicians only."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from clinic import clock
from clinic.instruments import cssrs, library
from clinic.models import Alert, AuditEvent, InstrumentResponse
from clinic.refusal import Refused
from clinic.words import today_in
from intake.actions.scores import enter_score, enter_screener
from intake.rules.scores import can_enter
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
ALL_NO = dict.fromkeys((cssrs.WISH, cssrs.THOUGHTS, cssrs.BEHAVIOUR), "no")


everyone = standing(people)


@pytest.fixture
def today(everyone):
    return today_in(everyone.site.zone, clock.now())


def enter(everyone, today, **changes):
    facts = {"patient": everyone.patient, "site": everyone.site, "by": everyone.nurse, "day": today}
    return enter_score(**facts | {"instrument": "dn4", "total": Decimal(6)} | changes)


def screened(everyone, today, answers):
    return enter_screener(
        patient=everyone.patient, site=everyone.site, by=everyone.prescriber, day=today, answers=answers
    )


def url(everyone, name="score-add"):
    return reverse(f"intake:{name}", args=[everyone.patient.pk])


def test_a_score_is_kept_with_its_band_its_version_and_who_entered_it(everyone, today):
    row = enter(everyone, today)
    assert (row.score, row.band, row.scorable, row.answers) == (6, "neuropathic", True, {})
    assert (row.version, row.answered_by) == (library.load("dn4").version, everyone.nurse)
    assert AuditEvent.objects.get(verb="score.entered").detail == {"instrument": "dn4"}


def test_the_same_twice_is_kept_once_and_another_is_another(everyone, today):
    assert enter(everyone, today) == enter(everyone, today)
    enter(everyone, today, total=Decimal(7))
    enter(everyone, today - timedelta(days=3))
    assert InstrumentResponse.objects.count() == 3


def test_an_earlier_day_is_kept_as_that_day(everyone, today):
    row = enter(everyone, today - timedelta(days=3))
    assert row.answered_at.astimezone(everyone.site.zone).date() == today - timedelta(days=3)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"total": Decimal(11)}, "total"), ({"total": Decimal("-1")}, "total"), ({"total": Decimal("2.5")}, "total")],
)
def test_what_the_questionnaire_cannot_give_is_refused(everyone, today, changes, field):
    with pytest.raises(Refused) as refused:
        enter(everyone, today, **changes)
    assert [item.field for item in refused.value.items] == [field]
    assert not InstrumentResponse.objects.exists()


def test_every_reason_is_given_at_once(everyone, today):
    with pytest.raises(Refused) as refused:
        enter(everyone, today, total=Decimal(99), day=today + timedelta(days=1))
    assert [item.code for item in refused.value.items] == ["score-range", "score-day"]
    assert can_enter(instrument="dn4", total=Decimal(4), day=today, today=today)
    assert not can_enter(instrument="dn4", total=Decimal(99), day=today, today=today)


def test_a_screener_without_a_yes_calls_nobody(everyone, today):
    row = screened(everyone, today, ALL_NO)
    assert (row.score, row.band) == (0, "none")
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({cssrs.WISH: "yes"}, "low"),
        ({cssrs.BEHAVIOUR: "yes", cssrs.RECENT: "no"}, "moderate"),
        ({cssrs.BEHAVIOUR: "yes", cssrs.RECENT: "yes"}, "high"),
    ],
)
def test_a_positive_screener_keeps_its_level_and_raises_an_alert(everyone, today, changes, band):
    row = screened(everyone, today, ALL_NO | changes)
    assert (row.band, row.answers[cssrs.WISH]) == (band, changes.get(cssrs.WISH, "no"))
    assert f"{band} risk" in Alert.objects.get(kind="suicide").words


def test_an_incomplete_screener_is_not_scorable_but_still_alerts(everyone, today):
    row = screened(everyone, today, {cssrs.WISH: "yes"})
    assert (row.scorable, row.score, row.band) == (False, None, "")
    assert Alert.objects.filter(kind="suicide").count() == 1


def test_the_page_enters_a_score_and_shows_it(everyone, today):
    client = signed_in(everyone.nurse)
    typed = {"instrument": "isi", "total": "15", "answered_on": today.isoformat(), "version": "4 items"}
    page = client.post(url(everyone), typed, follow=True).content.decode()
    assert "ISI 15 of 28, moderate: entered for Ngozi." in page
    assert "(4 items)" in page


def test_what_is_wrong_is_422_and_kept(everyone, today):
    client = signed_in(everyone.nurse)
    typed = {"instrument": "isi", "total": "29", "answered_on": today.isoformat()}
    response = client.post(url(everyone), typed)
    assert response.status_code == 422
    assert "ISI goes from 0 to 28" in response.content.decode()
    assert 'value="29"' in response.content.decode()
    assert client.post(url(everyone), typed | {"total": "many"}).status_code == 422


def test_the_screener_page_asks_for_what_is_missing_unless_it_is_said(everyone, today):
    client = signed_in(everyone.prescriber)
    typed = {cssrs.WISH: "no", cssrs.THOUGHTS: "yes", "answered_on": today.isoformat()}
    response = client.post(url(everyone, "score-screen"), typed)
    assert response.status_code == 422
    assert response.content.decode().count("tick that the patient did not answer everything") >= 4
    page = client.post(url(everyone, "score-screen"), typed | {"incomplete": "on"}, follow=True).content.decode()
    assert "C-SSRS screener not scorable: entered for Ngozi." in page


def test_the_screener_page_says_the_level(everyone, today):
    typed = ALL_NO | {cssrs.BEHAVIOUR: "yes", cssrs.RECENT: "yes", "answered_on": today.isoformat()}
    page = signed_in(everyone.nurse).post(url(everyone, "score-screen"), typed, follow=True).content.decode()
    assert "C-SSRS screener 3 of 3, high risk" in page


@pytest.mark.parametrize("name", ["score-add", "score-screen"])
def test_strangers_and_the_front_desk_are_turned_away(everyone, name):
    assert signed_in(everyone.colleague).get(url(everyone, name)).status_code == 200
    assert signed_in(everyone.stranger).get(url(everyone, name)).status_code == 404
    assert signed_in(everyone.front_desk).get(url(everyone, name)).status_code == 403
