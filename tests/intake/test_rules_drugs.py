"""One drug against allergies and medicines: what is a concern, what isn't, what is not known."""

import itertools

import pytest

from intake.rules.drugs import PAIRS, check_drug
from intake.rules.engine import Level
from intake.rules.medicines import first_name, match, table


def said(drug, allergies=(), medicines=()):
    return [(c.kind, c.code) for c in check_drug(drug, allergies, medicines)]


@pytest.mark.parametrize(
    ("drug", "substance"),
    [
        ("ondansetron", "Ondansetron"),
        ("ondansetron", "Zofran"),
        ("Zofran 4 mg", "ondansetron (rash)"),
        ("hydromorphone", "opioids"),
        ("hydromorphone", "all opiates"),
        ("lorazepam", "Benzodiazepines"),
        ("lorazepam", "benzos"),
        ("promethazine", "phenothiazine"),
        ("acetaminophen", "Tylenol"),
        ("glycopyrrolate", "glycopyrrolate"),
    ],
)
def test_an_allergy_is_found_under_any_of_its_names(drug, substance):
    concern = check_drug(drug, [substance], [])[0]
    assert (concern.kind, concern.level) == ("allergy", Level.HARD_STOP)
    assert substance in concern.words


@pytest.mark.parametrize(
    ("drug", "substance"),
    [("ondansetron", "penicillin"), ("codeine", "morphine"), ("lidocaine", ""), ("ondansetron", "set"), ("", "latex")],
)
def test_another_substance_is_no_allergy(drug, substance):
    assert ("allergy", "allergy") not in said(drug, [substance], [])


@pytest.mark.parametrize(
    ("drug", "medicine", "code", "level"),
    [
        ("ondansetron", "Methadone 10 mg", "ondansetron+methadone", "hard_stop"),
        ("Zofran", "Dolophine", "ondansetron+methadone", "hard_stop"),
        ("methadone", "ondansetron", "ondansetron+methadone", "hard_stop"),
        ("ondansetron", "Celexa 20", "qt+qt", "needs_action"),
        ("midazolam", "oxycodone", "opioid+benzodiazepine", "needs_action"),
        ("hydromorphone", "Xanax", "opioid+benzodiazepine", "needs_action"),
        ("ketamine", "theophylline", "ketamine+theophylline", "needs_action"),
        ("phenylephrine", "Parnate", "maoi+stimulant", "needs_action"),
        ("meperidine", "Nardil", "maoi+opioid", "needs_action"),
        ("fentanyl", "Vivitrol", "opioid+naltrexone", "needs_action"),
        ("promethazine", "tramadol", "phenothiazine+opioid", "warn"),
        ("lorazepam", "Ambien", "benzodiazepine+z_drug", "warn"),
        ("lorazepam", "Fioricet", "benzodiazepine+barbiturate", "warn"),
        ("hydralazine", "lisinopril", "antihypertensive+antihypertensive", "warn"),
    ],
)
def test_a_pair_speaks_whichever_comes_first(drug, medicine, code, level):
    for one, two in ((drug, medicine), (medicine, drug)):
        concern = check_drug(one, [], [two])[0]
        assert (concern.kind, concern.code, concern.level) == ("interaction", code, level)
        assert two in concern.words


@pytest.mark.parametrize(
    ("drug", "medicines"),
    [
        ("ondansetron", []),
        ("ondansetron", ["sertraline", "aspirin"]),
        ("ondansetron", ["Zofran"]),
        ("acetaminophen", ["methadone"]),
        ("lidocaine", ["oxycodone", "Xanax"]),
    ],
)
def test_what_goes_together_raises_nothing(drug, medicines):
    assert said(drug, [], medicines) == []


def test_every_pair_can_speak_and_says_where_it_is_from():
    for pair in PAIRS:
        firsts, seconds = (_names(code) for code in (pair.first, pair.second))
        codes = {
            concern.code for one, two in itertools.product(firsts, seconds) for concern in check_drug(one, [], [two])
        }
        assert f"{pair.first}+{pair.second}" in codes
        assert pair.source
        assert pair.level != Level.UNKNOWN


def _names(code):
    return list(table()[code]["names"]) if code in table() else [code]


def test_every_name_of_a_pair_is_in_our_list():
    for pair in PAIRS:
        for code in (pair.first, pair.second):
            assert match(first_name(code) if code in table() else code).is_known


def test_what_is_not_known_is_asked_never_fine():
    assert said("zzyzxine", [], []) == [("unknown", "drug")]
    assert said("ondansetron", None, []) == [("unknown", "allergies")]
    assert said("ondansetron", [], None) == [("unknown", "medicines")]


def test_all_at_once_heaviest_first_and_each_once():
    found = check_drug("ondansetron", ["Zofran", "ondansetron"], ["celexa", "methadone", "methadone", "pills"])
    assert [(c.kind, c.level) for c in found] == [
        ("allergy", "hard_stop"),
        ("interaction", "hard_stop"),
        ("interaction", "needs_action"),
    ]
