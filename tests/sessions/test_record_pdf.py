"""The PDF of a record against the database: every entry, correction, dose, signature and name stands in it."""

import io
import uuid
from decimal import Decimal as D

import pytest
from pypdf import PdfReader

from clinic.pdf import missing_library
from clinic.words import clinic_time, figure, local
from sessions import actions
from sessions.models import DoseOrder, Entry, Order, Preparation
from sessions.presenters.log import words_of
from sessions.queries.gates import page_of
from sessions.rules.dose import shown
from tests.people import signed_in
from tests.sessions.screens import url


def squeezed(text):
    """Without any blanks: a PDF breaks its lines where it likes."""
    return "".join(text.split())


def correct(scene, entry, minutes, **changes):
    return actions.correct_entry(
        entry=entry, entry_id=uuid.uuid4(), changes=changes, reason=f"Misread at {minutes}", by=scene.other,
        at=scene.at(minutes), confirmed=frozenset(changes),
    ).entry  # fmt: skip


@pytest.fixture
def signed(scene, infusing):
    """Everything that a record may hold: corrections of corrections, a strike, an alarm, a rescue drug, an addendum."""
    first = scene.vitals(15, systolic=132, missing={"resp_rate": "busy"}).entry
    twice = correct(scene, correct(scene, first, 17, systolic=123), 19, heart_rate=71)
    assert twice.detail.systolic == 123
    scene.vitals(25, systolic=190, confirmed={"systolic"})
    wrong = scene.do(actions.record_note, 26, text="Written on the wrong patient.").entry
    actions.strike_entry(entry=wrong, entry_id=uuid.uuid4(), reason="Not hers", by=scene.nurse, at=scene.at(27))
    scene.do(actions.record_side_effect, 28, term="nausea", severity="moderate", treatment="water")
    scene.vitals(30, systolic=126, spo2=97, pain=0)
    scene.stop(50)
    scene.observed()
    actions.hand_over_sheet(
        session=scene.session, to_whom="escort", talked_through=True, by=scene.nurse, at=scene.at(112)
    )
    scene.discharge()
    actions.sign_chart(session=scene.fresh(), by=scene.doctor, at=scene.at(130))
    actions.addend(session=scene.session, text="Seen again the next day.", by=scene.doctor, at=scene.at(140))
    scene.do(actions.record_note, 150, text="Came late from paper.")
    return scene.fresh()


@pytest.fixture
def text(everyone, scene, signed):
    if missing_library():
        pytest.fail(missing_library())
    answer = signed_in(everyone.nurse).get(url("record-pdf", signed))
    assert answer.status_code == 200
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages))


def check_every_entry_with_its_values_times_and_author(text, signed, everyone):
    entries = list(Entry.objects.filter(session=signed).with_details().order_by("seq"))
    assert len(entries) > 15
    zone = signed.site.zone
    lacking = [
        (entry.seq, said)
        for entry in entries
        for said in (
            words_of(entry),
            clinic_time(entry.observed_at, zone),
            f"{local(entry.received_at, zone):%H:%M:%S}",
            entry.recorded_by.display_name if entry.recorded_by else "by rule",
            entry.reason,
        )
        if squeezed(said) not in text
    ]
    assert lacking == []


def check_every_correction_and_strike_names_the_other(text, signed, everyone):
    pairs = list(Entry.objects.filter(session=signed, supersedes__isnull=False).select_related("supersedes"))
    assert {p.role for p in pairs} == {"correction", "strike"}
    for later in pairs:
        how = "Struckout" if later.role == "strike" else "Corrected"
        assert f"{how}byentry{later.seq}" in text
        back = f"Correctsentry{later.supersedes.seq}" if later.role == "correction" else (
            f"Strikesoutentry{later.supersedes.seq}"
        )  # fmt: skip
        assert back in text


def check_every_dose_preparation_and_order(text, signed, everyone):
    for dose in DoseOrder.objects.filter(session=signed):
        for value, unit in ((dose.planned_mg, "mg"), (dose.rate_ml_h, "mL/h"), (dose.dosing_weight_kg, "kg")):
            assert squeezed(f"{figure(shown(value))} {unit}") in text
    for one in Preparation.objects.filter(session=signed):
        for source in one.sources.select_related("container"):
            assert squeezed(f"{one.label}: {figure(one.total_mg)} mg") in text
            assert squeezed(f"lot {source.container.lot}") in text
    for order in Order.objects.filter(session=signed):
        assert squeezed(order.ordered_by.name) in text
    given = page_of(signed).state.main.mg
    assert squeezed(f"{figure(shown(given))} mg by the charted rates") in text


def check_signature_hash_addenda_criteria_and_staff(text, signed, everyone):
    for said in (
        signed.signature.printed_name,
        signed.signature.meaning,
        signed.signature.record_hash,
        "Seen again the next day.",
        "Came late from paper.",
        "after the signature",
        "Criteria at discharge",
        "Instructions handed over",
        everyone.colleague.display_name,
        signed.patient.record_number,
    ):
        assert squeezed(said) in text, said


def check_a_value_that_is_not_in_the_record_is_not_in_the_paper(text, signed, everyone):
    assert squeezed("666/66") not in text
    assert D(35) == DoseOrder.objects.get(session=signed).planned_mg


def test_the_paper_holds_all_of_the_record_and_nothing_else(text, signed, everyone):
    for check in (
        check_every_entry_with_its_values_times_and_author,
        check_every_correction_and_strike_names_the_other,
        check_every_dose_preparation_and_order,
        check_signature_hash_addenda_criteria_and_staff,
        check_a_value_that_is_not_in_the_record_is_not_in_the_paper,
    ):
        check(text, signed, everyone)


def test_what_no_longer_counts_is_struck_through_on_the_page(everyone, signed):
    html = signed_in(everyone.nurse).get(url("record-show", signed)).content.decode()
    superseded = Entry.objects.filter(session=signed, superseded_by__isnull=False).count()
    assert html.count('<s class="struck">') == superseded == 3
