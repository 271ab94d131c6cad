"""The opioid dose before and after the first infusions of a course."""

from followup.presenters.reports.tables import Report, Table, amount, middles, shares
from followup.queries.reports.opioids import Pair, pairs_in
from followup.queries.reports.scope import Scope
from followup.rules.reports import AFTER_DAYS, CHANGES, LEAST_PEOPLE, LOWER, STOPPED, change, counted, middle, share
from intake.rules.mme import FACTOR_YEAR

HOW = (
    f"Morphine equivalents by the factors of {FACTOR_YEAR}. Before: as last told up to the first infusion. After: as "
    f"last told {AFTER_DAYS} days or more after it. Who was not asked again is unknown, never unchanged."
)


def opioids_report(scope: Scope) -> Report:
    """Who took less afterwards, who the same, who more, and how many nobody asked."""
    pairs = pairs_in(scope)
    if not pairs:
        return Report("No course had its first infusion in this period.", ())
    known = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    took = [pair for pair in known if pair.before > 0]
    tables = [_doses(took), _changes(known), _groups("condition", "By condition", took, lambda p: p.reason),
              _groups("protocol", "By protocol", took, lambda p: p.protocol)]  # fmt: skip
    return Report(_sentence(took), [table for table in tables if table.rows], _notes(pairs, known))


def _sentence(took: list[Pair]) -> str:
    people = len({pair.person for pair in took})
    if people < LEAST_PEOPLE:
        return f"Fewer than {LEAST_PEOPLE} people took opioids before and were asked again after: nothing is told."
    before, after = (middle((pair.person, getattr(pair, name)) for pair in took) for name in ("before", "after"))
    return (
        f"Of {people} people who took opioids before, half took {amount(before.median)} mg a day or less then and "
        f"{amount(after.median)} mg or less after."
    )


def _notes(pairs: list[Pair], known: list[Pair]) -> list[str]:
    early = sum(pair.follow_up_days < AFTER_DAYS for pair in pairs)
    unknown = len(pairs) - len(known) - early
    said = [HOW]
    if early:
        said.append(f"{early} of {len(pairs)} courses began less than {AFTER_DAYS} days ago: it is too early to ask.")
    if unknown > 0:
        said.append(f"In {unknown} of {len(pairs)} courses the dose before or after is not known: ask.")
    return said


def _doses(took: list[Pair]) -> Table:
    rows = [
        ("Before the first infusion", middle((p.person, p.before) for p in took)),
        (f"{AFTER_DAYS} days after or later", middle((p.person, p.after) for p in took)),
        ("Change in one person", middle((p.person, p.after - p.before) for p in took)),
    ]
    return middles("doses", "Opioids a day in those who took them before", "When", "mg morphine equivalents", rows)


def _changes(known: list[Pair]) -> Table:
    counts = dict(counted(change(pair.before, pair.after) for pair in known))
    rows = [
        (words.capitalize(), share((p.person, change(p.before, p.after) == code) for p in known))
        for code, words in CHANGES.items()
        if code in counts
    ]
    return shares("changes", "How the dose changed", "The dose", rows)


def _groups(key: str, title: str, took: list[Pair], group_of) -> Table:
    groups: dict[str, list[Pair]] = {}
    for pair in sorted(took, key=group_of):
        groups.setdefault(group_of(pair), []).append(pair)
    rows = [
        (_name(name), share((p.person, change(p.before, p.after) in (STOPPED, LOWER)) for p in found))
        for name, found in groups.items()
    ]
    return shares(
        key, f"Lower by 30 % or more, or stopped: {title.lower()}", title.removeprefix("By ").capitalize(), rows
    )


def _name(code: str) -> str:
    """A condition's code as a word: "CRPS", "Low back pain"; a protocol's name stays."""
    return code.upper() if len(code) <= 4 else code.replace("_", " ")[:1].upper() + code.replace("_", " ")[1:]
