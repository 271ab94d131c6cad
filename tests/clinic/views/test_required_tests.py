"""Required tests in the browser's words: doors, what the front desk reads, sheets that keep what was typed, queries."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import clock
from clinic.actions import required_tests as actions
from clinic.models import TestOrder
from clinic.rules.required_tests import Typed
from tests import factories
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


def today(p):
    return clock.now().astimezone(p.site.zone).date()


def ask(p, code="liver", days=3, patient=None, **fields):
    given = {"site": p.site, "due_on": today(p) + dt.timedelta(days=days), "by": p.prescriber} | fields
    return actions.ask_for_tests(patient=patient or p.patient, codes=[code], **given)[0]


def enter(p, order, number="80"):
    value = Typed("alt", Decimal(number), unit="U/L", range_low=Decimal(7), range_high=Decimal(56))
    return actions.enter_results(order=order, values=[value], taken_on=today(p), by=p.nurse)


def url(name, *args):
    return reverse(f"clinic:{name}", args=args)


def sheet(p, **changes):
    typed = {"taken_on": today(p).isoformat(), "lab": "Sample Lab", "alt": "80", "alt_low": "7", "alt_high": "56"}
    return typed | {"bilirubin": "< 0.2", "bilirubin_unit": "mg/dL"} | changes


def test_from_asking_to_a_result_that_is_read(p):
    doctor, nurse = signed_in(p.prescriber), signed_in(p.nurse)
    asked = {"codes": ["liver", "pregnancy"], "due_on": today(p).isoformat(), "reason": "Before the series"}
    assert doctor.post(url("test-ask", p.patient.pk), asked).status_code == 302
    order = TestOrder.objects.get(code="liver")
    page = nurse.get(url("patient-tests", p.patient.pk)).content.decode()
    assert "2 tests are waited for" in page
    assert "Before the series" in page
    assert nurse.get(url("test-enter", order.pk)).status_code == 200
    response = nurse.post(url("test-enter", order.pk), sheet(p))
    assert response.headers["Location"] == url("test-show", order.pk)
    said = nurse.get(url("test-show", order.pk)).content.decode()
    for words in ("1 value out of range", "80 U/L", "7 to 56", "high", "&lt; 0.2 mg/dL", "range not known"):
        assert words in said
    assert "I have read this result" not in said
    assert "I have read this result" in doctor.get(url("test-show", order.pk)).content.decode()
    assert doctor.post(url("test-read", order.pk), {"words": "Repeat it"}).status_code == 302
    assert "Repeat it" in nurse.get(url("test-show", order.pk)).content.decode()


WRONG = [
    ({"alt": "eighty"}, "alt", "ALT: type the figure"),
    ({"alt": "1e3"}, "alt", "ALT: type the figure"),
    ({"alt": "-4"}, "alt", "ALT: type the figure"),
    ({"alt": "999999"}, "alt", "can&#x27;t be right"),
    ({"alt_low": "<7"}, "alt_low", "bare figure"),
    ({"alt_low": "60", "alt_high": "50"}, "alt", "Swap them"),
    ({"taken_on": ""}, "taken_on", "Choose the day"),
    ({"taken_on": "2126-01-01"}, "taken_on", "in the future"),
    ({"bilirubin_unit": "furlongs"}, "bilirubin_unit", "furlongs"),
]


@pytest.mark.parametrize(("changes", "field", "words"), WRONG)
def test_a_wrong_sheet_answers_422_and_keeps_what_was_typed(p, changes, field, words):
    order = ask(p)
    response = signed_in(p.nurse).post(url("test-enter", order.pk), sheet(p, **changes))
    said = response.content.decode()
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert words in said
    assert 'value="Sample Lab"' in said
    assert 'value="&lt; 0.2"' in said
    assert not order.results.exists()


def test_a_value_that_is_in_already_answers_409(p):
    order = ask(p)
    client = signed_in(p.nurse)
    page = client.get(url("test-enter", order.pk))
    assert "alt" in page.context["form"].fields
    enter(p, order)
    again = client.post(url("test-enter", order.pk), {"taken_on": today(p).isoformat(), "ast": "20"})
    assert again.status_code == 302
    assert "alt" not in client.get(url("test-enter", order.pk)).context["form"].fields
    from_another_page = client.post(url("test-bring", p.patient.pk, "liver"), sheet(p))
    assert from_another_page.status_code == 302
    (order,) = TestOrder.objects.filter(origin="asked")
    assert order.results.count() == 2


def test_correcting_starts_from_what_stands_and_taking_back_needs_a_reason(p):
    order = enter(p, ask(p), "8")
    result, client = order.results.get(), signed_in(p.nurse)
    page = client.get(url("result-correct", result.pk)).content.decode()
    assert 'value="8"' in page
    assert 'value="56"' in page
    typed = {"taken_on": today(p).isoformat(), "alt": "80", "alt_low": "7", "alt_high": "56"}
    blank = client.post(url("result-correct", result.pk), typed)
    assert blank.status_code == 422
    assert 'value="80"' in blank.content.decode()
    assert client.post(url("result-correct", result.pk), typed | {"reason": "A digit was left out"}).status_code == 302
    stale = client.post(url("result-correct", result.pk), typed | {"reason": "Late"})
    assert stale.status_code == 422
    assert "Somebody else has corrected" in stale.content.decode()
    said = client.get(url("test-show", order.pk)).content.decode()
    assert "A digit was left out" in said
    newest = order.results.get(superseded_by__isnull=True)
    assert client.get(url("result-strike", newest.pk)).status_code == 200
    assert client.post(url("result-strike", newest.pk), {}).status_code == 422
    assert client.post(url("result-strike", newest.pk), {"reason": "Wrong patient"}).status_code == 302
    assert "taken back" in client.get(url("test-show", order.pk)).content.decode()


def test_a_report_nobody_asked_for(p):
    client = signed_in(p.nurse)
    assert client.get(url("test-bring", p.patient.pk, "other")).status_code == 200
    assert client.get(url("test-bring", p.patient.pk, "x-ray")).status_code == 404
    typed = {"taken_on": today(p).isoformat(), "reading": "normal", "result": "TSH 2.1 mU/L"}
    nameless = client.post(url("test-bring", p.patient.pk, "other"), typed)
    assert nameless.status_code == 422
    assert "TSH 2.1 mU/L" in nameless.content.decode()
    assert client.post(url("test-bring", p.patient.pk, "other"), typed | {"title": "Thyroid"}).status_code == 302
    assert TestOrder.objects.get().title == "Thyroid"


def test_what_was_measured_twice_gets_a_curve(p):
    for number, days in (("40", 200), ("80", 3)):
        order = ask(p, days=0)
        value = Typed("alt", Decimal(number), unit="U/L")
        actions.enter_results(
            order=order, values=[value], taken_on=today(p) - dt.timedelta(days=days), by=p.nurse
        )  # fmt: skip
    said = signed_in(p.nurse).get(url("patient-tests", p.patient.pk)).content.decode()
    assert "Over time" in said
    assert said.index("<b>40</b>") < said.index("<b>80</b>")


def test_the_front_desk_reads_that_a_test_is_waited_for_and_no_more(p):
    order = ask(p, "drug_screen", days=0, reason="On opioids")
    client = signed_in(p.front_desk)
    said = client.get(url("test-list")).content.decode()
    assert "OKAFOR-TEST" in said
    assert "A test" in said
    for secret in ("drug", "opioid", "Drug"):
        assert secret not in said
    assert "To be read" not in said
    for page in (url("test-show", order.pk), url("patient-tests", p.patient.pk), url("test-enter", order.pk)):
        assert client.get(page).status_code == 403
    assert client.get(url("test-list"), {"show": "read"}).context["work"].shown == "due"


def test_strangers_get_404_and_only_a_prescriber_asks_cancels_and_reads(p):
    order = enter(p, ask(p))
    result, stranger = order.results.get(), signed_in(p.away["nurse"])
    pages = (url("test-show", order.pk), url("test-enter", order.pk), url("result-correct", result.pk))
    for page in (*pages, url("result-strike", result.pk), url("patient-tests", p.patient.pk)):
        assert stranger.get(page).status_code == 404
    assert stranger.post(url("test-attach", order.pk)).status_code == 404
    assert "OKAFOR" not in stranger.get(url("test-list")).content.decode()
    for name, who in (("test-cancel", order), ("test-read", order), ("test-ask", p.patient)):
        assert signed_in(p.nurse).post(url(name, who.pk)).status_code == 403
        assert signed_in(p.away["prescriber"]).post(url(name, who.pk)).status_code == 404
    assert signed_in(p.colleague).get(url("test-show", order.pk)).status_code == 200


def test_asking_wrongly_keeps_what_was_typed(p):
    client = signed_in(p.prescriber)
    typed = {"codes": ["other"], "due_on": today(p).isoformat(), "reason": "Tired since May"}
    response = client.post(url("test-ask", p.patient.pk), typed)
    assert response.status_code == 422
    assert "Write which other test" in response.content.decode()
    assert "Tired since May" in response.content.decode()
    assert client.post(url("test-ask", p.patient.pk), {}).status_code == 422
    order = ask(p)
    assert client.post(url("test-cancel", order.pk), {}).status_code == 422
    assert client.post(url("test-cancel", order.pk), {"reason": "Done elsewhere"}).status_code == 302
    assert "Done elsewhere" in client.get(url("patient-tests", p.patient.pk)).content.decode()


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_lists_take_as_many_queries_for_many_as_for_one(p):
    client = signed_in(p.nurse)
    enter(p, ask(p))
    ask(p, days=0)
    pages = [url("test-list"), f"{url('test-list')}?show=read", url("patient-tests", p.patient.pk)]
    few = [asked(client, page) for page in pages]
    for n in range(30):
        someone = factories.patient(at_site=p.site, family_name=f"Row{n}-Test")
        ask(p, patient=someone)
        enter(p, ask(p, patient=p.patient, code="liver"))
    assert [asked(client, page) for page in pages] == few
    assert max(few) <= 12
