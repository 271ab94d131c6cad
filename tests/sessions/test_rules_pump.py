"""What a pump says, held against syringe and rates; a longer infusion; which drugs are controlled."""

from decimal import Decimal as D

import pytest

from clinic.refusal import Refused
from sessions.rules import extension, pump
from sessions.rules.controlled import is_controlled
from sessions.rules.drugs import DrugState


def codes(items):
    return [item.code for item in items]


class TestVolume:
    @pytest.mark.parametrize(
        ("volume", "computed", "held", "before", "expected"),
        [
            (None, "17.5", "50", None, []),
            ("17.5", "17.5", "50", None, []),
            ("18.5", "17.5", "50", None, []),
            ("18.6", "17.5", "50", None, ["confirm.volume_ml"]),
            ("16.4", "17.5", "50", None, ["confirm.volume_ml"]),
            ("35", "17.5", "50", None, ["confirm.volume_ml"]),
            ("1.75", "17.5", "50", None, ["confirm.volume_ml"]),
            ("50", "50", "50", None, []),
            ("50.01", "50", "50", None, ["hard.volume_ml"]),
            ("175", "17.5", "50", None, ["hard.volume_ml"]),
            ("-1", "0", "50", None, ["hard.volume_ml"]),
            ("0", "0", "50", None, []),
            ("0", "17.5", "50", None, ["confirm.volume_ml"]),
            ("17.5", "17.5", None, None, []),
            ("17", "17.5", "50", "20", ["confirm.volume_ml"]),
            ("21", "20.5", "50", "20", []),
        ],
    )
    def test_it_asks_back_or_refuses(self, volume, computed, held, before, expected):
        read = [None if v is None else D(v) for v in (volume, held, before)]
        items = pump.volume_items(
            read[0], computed_ml=D(computed), held_ml=read[1], before_ml=read[2], strength_mg_ml=D(1)
        )
        assert codes(items) == expected

    def test_it_reads_the_value_back_with_both_figures(self):
        said = pump.volume_items(D(35), computed_ml=D("17.5"), held_ml=D(50), strength_mg_ml=D(2))
        assert said[0].text == (
            "Pump 35 mL, the charted rates make 17.5 mL: 17.5 mL or 35 mg more. Read the pump once more."
        )
        assert pump.kept_words(said) == "Pump 35 mL, the charted rates make 17.5 mL: 17.5 mL or 35 mg more."

    def test_an_impossible_one_names_what_the_syringe_held(self):
        said = pump.volume_items(D(61), computed_ml=D(35), held_ml=D(50), strength_mg_ml=D(1))
        assert "held 50 mL: it cannot have given 61 mL" in said[0].text

    @pytest.mark.parametrize(
        ("bolus", "computed", "held", "expected"),
        [
            ("5", "17.5", "50", []),
            ("32.5", "17.5", "50", []),
            ("33.5", "17.5", "50", []),
            ("34.5", "17.5", "50", ["confirm.volume_ml"]),
            ("50", "17.5", "50", ["confirm.volume_ml"]),
            ("50.1", "0", "50", ["hard.volume_ml"]),
            ("2", "55", "50", ["confirm.volume_ml"]),
            ("999", "17.5", None, []),
        ],
    )
    def test_a_bolus_comes_out_of_what_is_left(self, bolus, computed, held, expected):
        known = {"computed_ml": D(computed), "held_ml": held and D(held), "strength_mg_ml": D(1)}
        assert codes(pump.bolus_volume_items(D(bolus), **known)) == expected

    def test_a_large_dose_has_the_ledgers_part_as_its_tolerance(self):
        kwargs = {"computed_ml": D(100), "held_ml": D(200), "strength_mg_ml": D(1)}
        assert codes(pump.volume_items(D(105), **kwargs)) == []
        assert codes(pump.volume_items(D("105.5"), **kwargs)) == ["confirm.volume_ml"]


def running(planned="35", rate="52.5"):
    return DrugState("k", "ketamine", planned_mg=D(planned), rate_ml_h=D(rate), strength_mg_ml=D(1), phase="running")


class TestLonger:
    def test_minutes_make_mg_at_the_present_rate(self):
        assert extension.mg_for(running(), D(20)) == D("17.5")

    @pytest.mark.parametrize(
        ("minutes", "mg", "most", "expected"),
        [
            ("20", "17.5", None, []),
            ("20", "17.5", "52.5", []),
            ("20", "17.6", "52.5", ["hard.max_total"]),
            ("0", "17.5", None, ["hard.minutes"]),
            ("20", "0", None, ["hard.dose_mg"]),
            ("-5", "-1", None, ["hard.minutes", "hard.dose_mg"]),
        ],
    )
    def test_what_it_may_be(self, minutes, mg, most, expected):
        figures = {"minutes": D(minutes), "dose_mg": D(mg), "max_total_mg": D(most) if most else None}
        assert codes(extension.extension_items(running(), **figures)) == expected
        assert extension.can_extend(running(), **figures) is (expected == [])
        if expected:
            with pytest.raises(Refused):
                extension.check_extension(running(), **figures)


@pytest.mark.parametrize(
    ("drug", "kept", "expected"),
    [
        ("ketamine", (), True),
        ("Midazolam", (), True),
        ("midazolam hydrochloride", (), True),
        ("ondansetron", (), False),
        ("nalbuphine", (), False),
        ("clonidine", ("Clonidine",), True),
        ("", (), False),
    ],
)
def test_which_drugs_come_out_of_a_container(drug, kept, expected):
    assert is_controlled(drug, kept) is expected
