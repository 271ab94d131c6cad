"""The rules in force as a page to read: what docs/eligibility.md holds. Pure: the same rules give the same text."""

from intake.rules.conditions import words_of
from intake.rules.drugs import PAIRS
from intake.rules.engine import CHECK_IN, EVERY_STAGE, LEVEL_WORDS, SETTABLE
from intake.rules.findings import RULES
from intake.rules.medicines import class_title, formulary, match, table

HEAD = """# Eligibility: the rules in force

Written by `manage.py draw_rules` from the rules themselves (`intake/rules`); a test compares the two. The levels are
those the rules ship with. A prescriber can set another for the clinic under *Rules of eligibility*, with a reason; a
hard stop can't be switched off.

**Three answers.** A rule fires, it doesn't, or a fact is *not known: ask*. An unknown is never taken for "fine": one
that a hard stop or a needed action rests on keeps the patient from being treated until a prescriber settled it.

**When they run.** When a packet is sent, at the assessment, again at the decision, at booking, and at every visit with
the answers of the day. What appeared since the approval and is a hard stop or needs action (or an unknown of those)
stops the infusion until a prescriber decides; the rest is shown.

**Sources.** "Unverified" marks a default of ours that the clinic approves by using it. Which medicine belongs to which
class is such a default throughout; so is what each rule says would resolve it.
"""
HINT = {
    "hard_stop": "Treatment only over a prescriber's override, with a reason that shows for ever after.",
    "needs_action": "Something has to be dealt with first; a prescriber settles it with a reason.",
    "warn": "Shown to the prescriber and at the visit; nothing has to be settled.",
    "info": "Good to know.",
}


def document():
    """The whole page as Markdown."""
    parts = [HEAD, *(_level(level) for level in SETTABLE), _pairs(), _without_rule()]
    return "\n".join(parts)


def _level(level):
    rules = sorted((rule for rule in RULES if rule.level == level), key=lambda rule: rule.code)
    head = ["rule", "it says", "holds when", "counts for", "what resolves it", "source"]
    rows = [
        [
            f"`{rule.code}` {rule.version}{_when(rule)}",
            rule.reason.format(value="…"),
            rule.when.words,
            words_of(rule.conditions),
            rule.resolves,
            rule.source,
        ]
        for rule in rules
    ]
    return f"## {LEVEL_WORDS[level]} ({len(rules)})\n\n{HINT[level]}\n\n{_table(head, rows)}"


def _when(rule):
    """Where a rule is not run at every stage."""
    if rule.stages == (CHECK_IN,):
        return ", at the visit"
    return "" if rule.stages == EVERY_STAGE else ", once approved or assessed"


def _pairs():
    head = ["pair", "level", "why", "source"]
    rows = [[f"{_named(p.first)} + {_named(p.second)}", LEVEL_WORDS[p.level], p.why, p.source] for p in PAIRS]
    words = "Asked of every drug that is ordered or given, beside the patient's allergies (`check_drug`)."
    return f"## Pairs of drugs ({len(rows)})\n\n{words}\n\n{_table(head, rows)}"


def _named(code):
    return class_title(code) if code in table() else code


def _without_rule():
    known = [name for kind in formulary().values() for name in kind["names"]]
    silent = sum(not match(name).classes for name in known)
    words = (
        f"Of {len(known)} ingredients that are recognised, {silent} have no rule of ours. Among them lithium and most"
        " antidepressants: no significant interaction reported (Veraart 2021, Andrade 2017). What is not recognised"
        " is never fine: it needs to be looked up."
    )
    return f"## Medicines without a rule\n\n{words}\n"


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"
