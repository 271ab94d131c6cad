"""Side effects of infusions: how often, how grave, at the chair and at home."""

from followup.presenters.reports.tables import Report, Table, said, shares
from followup.queries.reports.effects import Infused, infusions_in
from followup.queries.reports.scope import Scope
from followup.rules.diary import SERIOUS_EFFECTS, USUAL_EFFECTS
from followup.rules.reports import counted, share

MOST_TERMS = 20
AT_HOME = SERIOUS_EFFECTS | USUAL_EFFECTS
CHARTED = (
    "Of infusions that began. An effect counts once an infusion, at its worst grade; what was struck out is not in it."
)


def effects_report(scope: Scope) -> Report:
    """How many infusions had side effects, which, and how it differs between protocols."""
    infusions = infusions_in(scope)
    if not infusions:
        return Report("No infusion began in this period.", ())
    grave = share((one.person, one.has("moderate", "severe")) for one in infusions)
    tables = [_grades(infusions), _terms(infusions), _protocols(infusions), _series(infusions), _at_home(infusions)]
    sentence = f"Moderate or severe side effects: {said(grave, 'infusions')}."
    return Report(sentence, [table for table in tables if table.rows], _notes(infusions))


def _notes(infusions: list[Infused]) -> list[str]:
    none = sum(not one.effects for one in infusions)
    return [f"{none} of {len(infusions)} infusions have no side effect charted. That one was not charted is not proof "
            "that there was none."]  # fmt: skip


def _share(infusions, test):
    return share((one.person, test(one)) for one in infusions)


def _grades(infusions: list[Infused]) -> Table:
    rows = [
        ("Any side effect", _share(infusions, lambda one: one.has())),
        ("Moderate or severe", _share(infusions, lambda one: one.has("moderate", "severe"))),
        ("Severe", _share(infusions, lambda one: one.has("severe"))),
        ("Serious", _share(infusions, lambda one: one.serious)),
    ]
    return shares("grades", "Infusions with side effects, by grade", "Worst grade", rows, note=CHARTED)


def _terms(infusions: list[Infused]) -> Table:
    terms = [term for term, _ in counted(term for one in infusions for term in one.effects)[:MOST_TERMS]]
    rows = [(term.capitalize(), _share(infusions, lambda one, term=term: term in one.effects)) for term in terms]
    return shares("terms", "Infusions with each side effect", "Side effect", rows, note=CHARTED)


def _protocols(infusions: list[Infused]) -> Table:
    return _groups(
        "protocols", "Moderate or severe side effects, by protocol", "Protocol", infusions, lambda one: one.protocol
    )  # fmt: skip


def _series(infusions: list[Infused]) -> Table:
    title = "Moderate or severe side effects, by infusion of the course"
    return _groups("numbers", title, "Infusion", infusions, lambda one: _place(one.number))


def _place(number: int) -> str:
    return {1: "First", 2: "Second", 3: "Third"}.get(number, "Fourth and later")


def _groups(key, title, what, infusions, group_of) -> Table:
    groups: dict[str, list] = {}
    for one in sorted(infusions, key=lambda one: (one.number, one.protocol)):
        groups.setdefault(group_of(one), []).append(one)
    rows = [(name, _share(found, lambda one: one.has("moderate", "severe"))) for name, found in groups.items()]
    return shares(key, title, what, rows)


def _at_home(infusions: list[Infused]) -> Table:
    told = [one for one in infusions if one.told]
    codes = [code for code, _ in counted(code for one in told for code in one.at_home)]
    rows = [
        (AT_HOME.get(code, code).capitalize(), _share(told, lambda one, code=code: code in one.at_home))
        for code in codes
    ]
    note = (
        f"Of {len(told)} infusions with a diary report within 72 hours after the end; {len(infusions) - len(told)} had "
        "none. Told by the patient, not graded."
    )
    return shares("at-home", "Told from home within three days", "Side effect", rows, note=note)
