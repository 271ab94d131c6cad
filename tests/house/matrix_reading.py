"""Reads the golden table of answers: how much it holds, what it says in words, and whether a foreign row was given."""

from tests.house.matrix import ROLES, STOPPED, WHO

PEOPLE = {
    "anyone": "anyone",
    "patient": "patient by link",
    "wall": "screen on the wall",
    "front_desk": "front desk",
    "nurse": "nurse",
    "prescriber": "prescriber",
    "clinic_admin": "clinic admin",
    "auditor": "auditor",
}
NOT_GIVEN = (*STOPPED, "405", "409", "429")
TITLES = {
    "clinic": "The shared record",
    "intake": "Intake",
    "sessions": "The infusion",
    "followup": "What follows",
    "sign-in": "Sign-in",
    "admin": "Setting up the clinic",
}


def lines(body):
    """(method, {who: cell}, name) of each line of one section."""
    for line in filter(str.strip, body.split("\n")[1:]):
        method, *cells = line.split(None, len(WHO) + 1)
        if len(cells) == len(WHO) + 1:
            yield method, dict(zip(WHO, cells, strict=False)), cells[-1]


def answers(cells):
    """How many answers one line holds: a cell "own/foreign" holds two, the last column one for each role."""
    return sum(1 + ("/" in cell) for who, cell in cells.items() if who != "away") + len(ROLES)


def count(parts):
    """How many answers the table holds."""
    return sum(answers(cells) for body in parts.values() for _, cells, _ in lines(body))


def preamble(parts):
    """The first lines of the golden file: how to read it, and how much it holds."""
    rows = sum(1 for body in parts.values() for _ in lines(body))
    return PREAMBLE.format(rows=rows, count=count(parts))


PREAMBLE = """{rows} lines, {count} answers. A line is a path and a method, a column who asks.
A cell reads own row/foreign row; the foreign one belongs to the other site. "patient 2" is a patient of the other site
who asks for this one's row. "away" are the same five roles of the other site asking for this one's row: "same" means
each of them gets what its double here gets for a foreign row, otherwise it says who gets what.

"""


def foreign_rows_given(parts, shared=()):
    """Lines in which somebody was given a row of the other site."""
    for body in parts.values():
        for method, cells, name in lines(body):
            given = [who for who, cell in cells.items() if "/" in cell and cell.partition("/")[2] not in NOT_GIVEN]
            if cells["away"] != "same":
                given.append(f"away: {cells['away']}")
            if given and name not in shared:
                yield f"{method} {name}: {', '.join(given)}"


def page(parts):
    """docs/access.md: who may read and who may send what, without the statuses."""
    text = [PAGE_HEAD.format(count=count(parts))]
    for section, body in parts.items():
        text.append(f"\n## {TITLES[section]}\n\n| who may read | who may send | pages |\n|---|---|---|\n")
        text += [
            f"| {readers} | {senders} | {', '.join(names)} |\n" for (readers, senders), names in _grouped(body).items()
        ]
    return "".join(text)


def _grouped(body):
    """(who reads, who sends) -> the pages for which that holds, in their order."""
    may = {}
    for method, cells, name in lines(body):
        if method in ("GET", "POST"):
            may.setdefault(name, {})[method] = [
                words for who, words in PEOPLE.items() if cells[who].partition("/")[0] not in NOT_GIVEN
            ]
    grouped = {}
    for name, found in may.items():
        key = (_words(found.get("GET", [])), _words(found.get("POST", [])))
        grouped.setdefault(key, []).append(name.partition(":")[2].strip() or name)
    return dict(sorted(grouped.items()))


def _words(people):
    return "everyone" if len(people) == len(PEOPLE) else ", ".join(people) or "nobody"


PAGE_HEAD = """# Who may open what

Written from `tests/house/matrix.txt`, the golden table of {count} answers: every path of the product, asked by
everyone, for a row of their own site and for one of the other. The table and this page are written anew with
`TIDELINE_UPDATE_MATRIX=1 python -m pytest tests/house/test_matrix.py`; a path without a line, or an answer that has
changed, fails the build.

"May read" is a page that opens, "may send" a form that is taken or refused in words. Whoever is missing here gets 403
or 404, or is led to the sign-in. Rows of another site answer 404 like rows that do not exist, for everyone and on every
page. What the front desk, the clinic admin and the auditor read on these pages holds no clinical field
(`tests/attacks/test_v_8_front_desk.py`). An emergency look opens one patient's pages to a nurse or a prescriber for an
hour, to read (`docs/adr/0017-an-emergency-look.md`).
"""
