"""Truth tables of what is judged before an infusion: concerns, equipment, barcodes, use-by, tenfold, last time."""

import datetime as dt
from decimal import Decimal as D
from types import SimpleNamespace as Row
from zoneinfo import ZoneInfo

import pytest

from intake.rules.drugs import check_drug
from sessions.rules import barcode, checklist, concerns, equipment, last_time
from sessions.rules.dose import Bounds, compute, dose_items
from sessions.rules.preparing import use_by, use_by_items
from sessions.rules.second_check import orderer_of

HEAVY = check_drug("ondansetron", ["Zofran"], ["methadone", "citalopram"])
PAIR = check_drug("ondansetron", [], ["methadone"])
WORDS = {c.words: "Petra decided." for c in concerns.gating(HEAVY)}


def codes(items):
    return [item.code for item in items]


@pytest.mark.parametrize(
    ("substance", "hit"), [("Ondansetron", True), ("latex", False), ("", False), ("ondansetron tablets", True)]
)
def test_allergies_are_matched_by_name(substance, hit):
    assert bool(concerns.gating(check_drug("ondansetron", [substance], []))) == hit


# decided before, who acts, what is confirmed, reason -> what is asked
@pytest.mark.parametrize(
    ("decided", "prescriber", "confirmed", "reason", "expected"),
    [
        (False, True, (), "", ["confirm.allergy", "confirm.interaction"]),
        (False, True, ("allergy",), "Why", ["confirm.interaction"]),
        (False, True, ("allergy", "interaction"), "", ["concern.reason"]),
        (False, True, ("allergy", "interaction"), "  ", ["concern.reason"]),
        (False, True, ("allergy", "interaction"), "Why", []),
        (False, False, (), "", ["concern.allergy", "concern.interaction"]),
        (False, False, ("allergy", "interaction"), "Why", ["concern.allergy", "concern.interaction"]),
        (True, False, (), "", ["confirm.allergy", "confirm.interaction"]),
        (True, False, ("allergy", "interaction"), "", []),
        (True, True, (), "", ["confirm.allergy", "confirm.interaction"]),
        (True, True, ("allergy", "interaction"), "", []),
    ],
)
def test_who_goes_on_with_a_drug(decided, prescriber, confirmed, reason, expected):
    found = concerns.items(
        HEAVY, decided=WORDS if decided else {}, is_prescriber=prescriber, confirmed=frozenset(confirmed), reason=reason
    )
    assert codes(found) == expected


def test_the_heaviest_of_a_kind_is_told_and_an_earlier_decision_with_it():
    (item,) = concerns.items(PAIR, decided={PAIR[0].words: "Petra decided on 03-Mar-2026 to go on: QTc 410 ms."},
                             is_prescriber=False)  # fmt: skip
    assert "methadone" in item.text
    assert "QTc 410 ms" in item.text


@pytest.mark.parametrize(
    ("found", "confirmed", "expected"),
    [
        (check_drug("promethazine", [], ["tramadol"]), (), []),
        (check_drug("ondansetron", [], None), (), []),
        (check_drug("ondansetron", None, []), (), ["confirm.unknown"]),
        (check_drug("ondansetron", None, []), ("unknown",), []),
        (check_drug("novelamine", [], []), (), ["confirm.unknown"]),
    ],
)
def test_a_light_pair_is_shown_and_what_is_not_known_asks_anybody(found, confirmed, expected):
    assert codes(concerns.items(found, decided={}, is_prescriber=False, confirmed=frozenset(confirmed))) == expected


def test_a_light_pair_in_words():
    assert "tramadol" in concerns.shown(check_drug("promethazine", [], ["tramadol"]))[0]
    assert concerns.shown(PAIR) == []


@pytest.mark.parametrize(
    ("policy", "checked", "answered", "expected"),
    [
        ("day", True, None, True),
        ("day", None, None, None),
        ("day", None, True, None),
        ("day", False, True, False),
        ("day", True, False, False),
        ("session", None, True, True),
        ("session", None, None, None),
        ("session", True, None, None),
        ("session", False, True, False),
        ("session", True, False, False),
    ],
)
def test_emergency_equipment_before_a_start(policy, checked, answered, expected):
    assert equipment.verdict(policy, checked, answered) is expected


def test_a_check_of_the_equipment_is_whole_and_says_what_is_wrong():
    whole = dict.fromkeys(equipment.ITEMS, (True, ""))
    assert equipment.check_items(whole) == []
    assert equipment.in_order(whole)
    assert codes(equipment.check_items({k: v for k, v in whole.items() if k != "call"})) == ["equipment.open"]
    assert codes(equipment.check_items(whole | {"suction": (False, " ")})) == ["equipment.words"]
    faulty = whole | {"suction": (False, "No vacuum, spare fetched")}
    assert equipment.check_items(faulty) == []
    assert not equipment.in_order(faulty)


def gtin(first13):
    total = sum(int(d) * (3 if n % 2 == 0 else 1) for n, d in enumerate(first13))
    return f"{first13}{(10 - total % 10) % 10}"


VALID = gtin("0030009000101")


@pytest.mark.parametrize(
    ("text", "lot", "serial", "expires"),
    [
        (f"01{VALID}17270131\x1d10LOT-A", None, None, None),
        (f"01{VALID}1727013110LOT-A", "LOT-A", "", dt.date(2027, 1, 31)),
        (f"]d201{VALID}1727020010LOT-A\x1d21S77", "LOT-A", "S77", dt.date(2027, 2, 28)),
        (f"\x1d01{VALID}21S77\x1d1728020010LOT-A", "LOT-A", "S77", dt.date(2028, 2, 29)),
        (f"(01){VALID}(17)270131(10)LOT-A", "LOT-A", "", dt.date(2027, 1, 31)),
        (f"(01){VALID}(17)270131(10)LOT-A(21)S77", "LOT-A", "S77", dt.date(2027, 1, 31)),
        (f"01{VALID}", "", "", None),
    ],
)
def test_a_gs1_barcode_is_read(text, lot, serial, expires):
    scan = barcode.read(text)
    assert scan.is_gs1
    assert (scan.gtin, scan.ndc) == (VALID, "0009000101")
    if lot is not None:
        assert (scan.lot, scan.serial, scan.expires_on) == (lot, serial, expires)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "KET-1", "012345", f"01{VALID[:-1]}{(int(VALID[-1]) + 1) % 10}", f"01{VALID}17271331", f"01{VALID}99X",
     f"(01){VALID}(17)270131 rest(", "01\u0660030009000101", f"01{VALID}17270230"],
)  # fmt: skip
def test_anything_else_is_a_code_and_never_an_error(text):
    scan = barcode.read(text)
    assert not scan.is_gs1
    assert scan.code == text.strip()
    assert scan.expires_on is None


@pytest.mark.parametrize(
    ("text", "ndc"),
    [("0409-2051-05", "0409-2051-05"), ("42023-113-10", "42023-113-10"), ("42023-0113-10", "42023-0113-10"),
     ("42023-113", ""), ("555-0123", "")],
)  # fmt: skip
def test_a_typed_ndc_is_recognised(text, ndc):
    assert barcode.read(text).ndc == ndc


def vial(key, code, lot="LOT-A", expires=dt.date(2027, 1, 31), opened=False, gtin=""):
    return barcode.Vial(key, code, lot, expires, opened, gtin)


@pytest.mark.parametrize(
    ("text", "vials", "key"),
    [
        ("ket-1", [vial(1, "KET-1")], 1),
        ("KET-9", [vial(1, "KET-1")], None),
        (f"01{VALID}1727013110LOT-A\x1d21KET-2", [vial(1, "KET-1"), vial(2, "KET-2")], 2),
        (f"01{VALID}1727013110LOT-A", [vial(1, "KET-1"), vial(2, "KET-2", opened=True)], 2),
        (f"01{VALID}1727013110lot-a", [vial(1, "KET-1"), vial(2, "KET-2")], 1),
        (f"01{VALID}1727013110LOT-B", [vial(1, "KET-1")], None),
        (f"01{VALID}1728013110LOT-A", [vial(1, "KET-1")], None),
        (f"01{VALID}1727013110LOT-A", [vial(1, "KET-1", gtin="10342023113109"), vial(2, "KET-2", gtin=VALID)], 2),
        (f"01{VALID}1727013110LOT-A", [vial(1, "KET-1", gtin="10342023113109")], None),
        (f"01{VALID}", [vial(1, "KET-1")], None),
        ("", [vial(1, "KET-1")], None),
    ],
)
def test_which_vial_was_scanned(text, vials, key):
    assert barcode.found_in(barcode.read(text), vials) == key


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ([], []),
        (["KET-1", "KET-2"], []),
        ([f"01{VALID}1727013110LOT-A\x1d211", f"01{VALID}1727013110LOT-A\x1d212"], []),
        ([f"01{VALID}1727013110LOT-A", f"01{VALID}1727013110LOT-B"], ["lot"]),
        ([f"01{VALID}1727013110LOT-A", f"01{VALID}1728013110LOT-A"], ["expiry"]),
        ([f"01{VALID}1727013110LOT-A", "KET-2"], []),
    ],
)
def test_a_delivery_is_of_one_product_lot_and_expiry(codes, found):
    assert [what for _, what in barcode.strangers([barcode.read(code) for code in codes])] == found


ZONE = ZoneInfo("America/New_York")
MADE = dt.datetime(2026, 3, 3, 21, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("hours", "days", "expected"),
    [
        (4, [], "2026-03-04 01:30"),
        (4, [None], "2026-03-04 01:30"),
        (4, [dt.date(2026, 3, 3)], "2026-03-04 00:00"),
        (1, [dt.date(2026, 3, 3)], "2026-03-03 22:30"),
        (4, [dt.date(2027, 1, 31), dt.date(2026, 3, 3)], "2026-03-04 00:00"),
        (4, [dt.date(2026, 3, 4)], "2026-03-04 01:30"),
    ],
)
def test_a_syringe_is_used_by_the_first_of_its_times(hours, days, expected):
    assert f"{use_by(MADE, hours=hours, days=days, zone=ZONE).astimezone(ZONE):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize(("minutes", "expected"), [(-1, []), (0, ["prepare.use_by"]), (1, ["prepare.use_by"])])
def test_a_syringe_past_its_time_does_not_go_into_the_pump(minutes, expected):
    assert codes(use_by_items(MADE, MADE + dt.timedelta(minutes=minutes))) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (None, []),
        ("35", []),
        ("24", []),
        ("23", ["confirm.jump"]),
        ("7.1", ["confirm.jump"]),
        ("7", ["confirm.tenfold"]),
        ("3.5", ["confirm.tenfold"]),
        ("174", []),
        ("175", ["confirm.tenfold"]),
        ("350", ["confirm.tenfold"]),
    ],
)
def test_a_slipped_decimal_point_is_asked_about(before, expected):
    dose = compute(basis="mg/kg", per_unit=D("0.5"), minutes=D(40), weight_kg=D(70), strength_mg_ml=D(1))
    found = dose_items(dose, per_unit=D("0.5"), bounds=Bounds(), purpose="mood", previous_mg=before and D(before))
    assert codes(found) == expected


def test_wishes_and_names_are_taken_over_and_nothing_else():
    before = {c: Row(detail=f"{c} words") for c in ("escort", "comfort", "fasting", "medicines")}
    assert last_time.taken_over({}, before) == {"escort": "escort words", "comfort": "comfort words"}
    assert last_time.taken_over({"escort": Row(detail="")}, before) == {"comfort": "comfort words"}
    assert last_time.taken_over({}, {"escort": Row(detail="")}) == {}
    assert last_time.taken_over({}, {}) == {}


@pytest.mark.parametrize(
    ("answer", "detail", "expected"),
    [
        ("reached", "Sister, 555 0123", []),
        ("named", "Robin +1 617 555 2001", []),
        ("reached", "", ["check.detail"]),
        ("reached", "Sister", ["check.detail"]),
        ("reached", "555 0123", ["check.detail"]),
        ("named", "Sister 911", ["check.detail"]),
        ("none", "", []),
        ("maybe", "", ["check.escort"]),
    ],
)
def test_the_escort_has_a_name_and_a_phone(answer, detail, expected):
    assert codes(checklist.answer_items("escort", answer, detail)) == expected


@pytest.mark.parametrize(("kind", "whose"), [("plan", "nurse"), ("written", "doctor"), ("verbal", "doctor")])
def test_whose_order_it_is_at_a_second_check(kind, whose):
    assert orderer_of(Row(kind=kind, taken_by="nurse", ordered_by="doctor")) == whose
