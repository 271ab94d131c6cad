"""A cell never becomes a formula, and a number stays a number."""

from decimal import Decimal

import pytest

from clinic.rules.cells import as_csv, safe_cell

FORMULAS = ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", "  =1"]
PLAIN = [(-3, "-3"), (Decimal("-0.50"), "-0.50"), (0, "0"), (None, ""), ("", ""), ("plain", "plain"), (True, "True")]


@pytest.mark.parametrize(("value", "cell"), [*((text, f"'{text}") for text in FORMULAS), *PLAIN])
def test_safe_cell(value, cell):
    assert safe_cell(value) == cell


def test_a_table():
    assert as_csv(["a", "b"], [[1, 'x,"y"'], [None, "=z"]]) == 'a,b\r\n1,"x,""y"""\r\n,\'=z\r\n'
