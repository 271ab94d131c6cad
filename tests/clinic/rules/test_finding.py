"""What the one search box understands."""

import datetime

import pytest

from clinic.rules import finding
from clinic.rules.finding import Wanted

MAY_6, JUNE_5 = datetime.date(1978, 5, 6), datetime.date(1978, 6, 5)

READ = [
    ("", Wanted()),
    ("   ", Wanted()),
    ("okafor", Wanted(words=("okafor",))),
    ("Okafor, Ngozi", Wanted(words=("Okafor", "Ngozi"))),
    ("O'Brien-Test", Wanted(words=("O'Brien-Test",))),
    ("1978-05-06", Wanted(born_on=(MAY_6,))),
    ("5/6/1978", Wanted(born_on=(MAY_6, JUNE_5))),
    ("5/5/1978", Wanted(born_on=(datetime.date(1978, 5, 5),))),
    ("23.5.1978", Wanted(born_on=(datetime.date(1978, 5, 23),))),
    ("06-May-1978", Wanted(born_on=(MAY_6,))),
    ("6 May 1978", Wanted(born_on=(MAY_6,))),
    ("May 6, 1978", Wanted(born_on=(MAY_6,))),
    ("okafor 6 May 1978", Wanted(words=("okafor",), born_on=(MAY_6,))),
    ("555 0134", Wanted(digits="5550134", records=("TL-5550134",))),
    ("(212) 555-0134", Wanted(digits="2125550134", records=("TL-212555013",))),
    ("TL-000042", Wanted(records=("TL-000042", "TL000042"))),
    ("tl 000 042", Wanted(records=("TL-000042", "TL000042"))),
    ("42", Wanted(records=("TL-000042",))),
    ("1978-13-45", Wanted(digits="19781345", records=("TL-19781345",))),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_reading_the_box(text, expected):
    assert finding.read(text) == expected


def test_a_very_long_text_is_cut_short():
    assert len(finding.read("x" * 10_000).words[0]) == 80
