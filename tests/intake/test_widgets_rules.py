"""Pure pieces: what goes to the banner, who may fill which page, which tab may go on, names of medicines, the body."""

import pytest

from clinic.charts import draw
from clinic.charts.body_shape import shapes
from clinic.charts.data import Body
from clinic.refusal import Refused
from intake.forms import bodymap
from intake.forms.treatments import TreatmentsForm
from intake.rules import helping
from intake.rules import packet as rules
from intake.rules.banner import alerts_said
from intake.rules.medicines import formulary, known_names, match, suggest, table


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, []),
        ({"implants": ["none"], "limbs_avoid": ["none"], "interpreter": "no", "falls": "no"}, []),
        ({"implants": None, "limbs_avoid": None, "falls": "not_sure", "veins_difficult": "not_sure"}, []),
        ({"implants": ["pacemaker", "pump"]}, [("device", "Pacemaker"), ("device", "Medicine pump under the skin")]),
        ({"implants_other": "hearing"}, [("device", "Implanted: hearing")]),
        (
            {"limbs_avoid": ["arm_left"], "limbs_why": "fistula"},
            [("no_iv", "No blood pressure and no IV on the left arm (fistula)")],
        ),
        ({"limbs_avoid": ["leg_right"]}, [("no_iv", "No blood pressure and no IV on the right leg")]),
        (
            {"interpreter": "yes", "interpreter_language": "Haitian Creole"},
            [("interpreter", "Needs an interpreter: Haitian Creole")],
        ),
        ({"interpreter": "yes"}, [("interpreter", "Needs an interpreter")]),
        ({"falls": "yes"}, [("falls", "Has fallen in the last 3 months")]),
        ({"veins_difficult": "yes"}, [("vein", "Veins hard to find")]),
    ],
)
def test_what_goes_to_the_banner(answers, said):
    assert alerts_said(answers) == said


@pytest.mark.parametrize(
    ("receives", "is_mental", "is_begun", "is_own", "what"),
    [
        (True, True, True, False, helping.FILL),
        (True, False, False, False, helping.FILL),
        (False, True, False, False, helping.BY_PATIENT),
        (False, True, True, True, helping.BY_PATIENT),
        (False, False, False, False, helping.FILL),
        (False, False, True, True, helping.FILL),
        (False, False, True, False, helping.ANSWERED),
    ],
)
def test_which_page_a_helper_may_fill(receives, is_mental, is_begun, is_own, what):
    facts = {"receives": receives, "is_mental": is_mental, "is_begun": is_begun, "is_own": is_own}
    assert helping.page_for_helper(**facts) == what


@pytest.mark.parametrize(("name", "relation"), [("", "sister"), ("Ana", ""), (" ", " ")])
def test_a_helper_has_a_name_and_is_somebody(name, relation):
    assert not helping.can_help(name=name, relation=relation)
    with pytest.raises(Refused):
        helping.check_can_help(name=name, relation=relation)
    assert helping.can_help(name="Ana", relation="sister")


@pytest.mark.parametrize(
    ("saved", "sent", "is_own", "is_late"),
    [
        ("", "", False, False),
        ("", "a.1", False, False),
        ("a.1", "", False, False),
        ("a.1", "a.2", True, False),
        ("a.2", "a.2", False, True),
        ("a.3", "a.2", False, True),
        ("a.9", "a.10", True, False),
        ("b.1", "a.2", False, False),
        ("a.x", "a.1", True, False),
    ],
)
def test_only_the_same_tab_goes_on_after_a_lost_answer(saved, sent, is_own, is_late):
    draft = {"tab": saved} if saved else {}
    assert (rules.is_own_tab(draft, sent), rules.is_late(draft, sent)) == (is_own, is_late)


def test_out_of_which_tab_counts_for_nothing():
    row = {"draft": {"x": "1", "tab": "a.1"}, "state": "draft"}
    assert rules.is_same_page(row, {"draft": {"x": "1", "tab": "b.2"}, "state": "draft"})
    assert not rules.is_same_page(row, {"draft": {"x": "2"}, "state": "draft"})


def test_the_formulary_is_whole():
    ingredients = [name for kind in formulary().values() for name in kind["names"]]
    assert len(ingredients) == len(set(ingredients)) > 600
    assert all(match(name).is_known for name in known_names()), "a name that is offered is not recognised"
    assert {name for entry in table().values() for name in entry["names"]} <= set(ingredients)


@pytest.mark.parametrize(
    ("written", "ingredients"),
    [
        ("Percocet 5/325 mg", ("acetaminophen", "oxycodone")),
        ("oxicodona", ("oxycodone",)),
        ("Codeína 30", ("codeine",)),
        ("St. John\u2019s Wort", ("st john's wort",)),
        ("oxycodone, one a day", ("oxycodone",)),
        ("the same as before", ()),
        ("oxycodon", ()),
    ],
)
def test_names_as_patients_write_them(written, ingredients):
    assert match(written).ingredients == ingredients


@pytest.mark.parametrize(
    ("written", "first"),
    [("hydroxizine", "Hydroxyzine"), ("Lisinoprol 10", "Lisinopril"), ("cimbalta", "Cymbalta")],
)
def test_a_misspelling_is_offered_and_never_changed(written, first):
    assert suggest(written)[0] == first


@pytest.mark.parametrize("written", ["Zoloft", "zzyzxine", "ab", "", "12345 678"])
def test_nothing_is_offered_for_what_is_known_or_far_off(written):
    assert suggest(written) == ()


def test_every_region_has_words_and_a_shape():
    codes = {code for code, _words in [*bodymap.FRONT, *bodymap.BACK]}
    assert codes == set(shapes())
    assert all(region in codes for regions in bodymap.FIRST_REGIONS.values() for region in regions)


def test_marked_regions_are_drawn_and_said():
    picture = bodymap.body_map({"regions": ["front_knee_left", "back_lower_right"], "worst_region": "back_lower_right"})
    drawn = draw(picture, uid="x")
    assert drawn.count('class="bm bm-on"') == 1
    assert drawn.count('class="bm bm-worst"') == 1
    assert "Marked: Left knee, Low back, right. The worst place: Low back, right." in drawn
    assert "data-region" not in drawn


def test_answers_of_the_first_version_keep_their_words_and_are_drawn():
    answers = {"regions": ["arm_left", "back_upper"]}
    assert bodymap.region_words(answers["regions"]) == "Left arm or hand, Upper back"
    assert "front_hand_left" in bodymap.body_map(answers).marked
    assert "back_spine" in bodymap.body_map(answers).marked
    assert bodymap.body_map({}) is None


def test_all_over_is_every_region():
    assert bodymap.drawn(["all_over"]) == set(shapes())


def test_a_name_in_a_picture_is_escaped():
    drawn = draw(Body(marked=frozenset(), names={"front_face": "<b>"}), uid="x")
    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn


def test_treatments_keep_details_only_of_what_was_tried():
    form = TreatmentsForm(
        {
            "tried_physio": "helped_little",
            "tried_physio_how_long": "under_year",
            "tried_physio_stopped": "cost",
            "tried_blocks": "not_tried",
            "tried_blocks_stopped": "cost",
            "rows": "1",
            "other_treatments_0_what": "Acupuncture",
            "other_treatments_0_outcome": "no_help",
            "antidepressant_count": "0",
            "ketamine_before": "no",
        }
    )
    assert form.is_valid(), form.errors
    answers = form.to_answers()
    assert answers["tried_blocks_stopped"] is None
    assert answers["antidepressant_count"] == "0"
    lines = dict(TreatmentsForm.lines(answers))
    assert lines["Physical therapy or exercise"] == "Helped a little, 3 months to a year, stopped: cost or insurance"
    assert lines["Injections or nerve blocks"] == "Not tried"
    assert lines["Acupuncture"] == "Did not help"


def test_old_answers_about_treatments_still_read():
    lines = dict(TreatmentsForm.lines({"tried_physio": "helped_lot", "tried_talking": "not_tried"}))
    assert lines["Physical therapy or exercise"] == "Helped a lot"
    assert lines["Talking therapy"] == "Not tried"
