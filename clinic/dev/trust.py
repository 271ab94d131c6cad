"""What is tried, by id: attacks, failures, links, gates; each with the tests that carry the id in their names.

A test says its id first: ``test_atk_18_v6_3_8_known_and_unknown_take_as_long`` belongs to ATK-18 and V6.3.8. The ids
and what they stand for come from the checklists the product was built by; the words are ours.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = ("atk", "cel", "dj", "g", "hdr", "hip", "log", "ml", "nprm", "off", "onc", "p", "pdf", "rel", "ux", "v")
ID = re.compile(rf"(?:and_)?((?:{'|'.join(FAMILIES)})_?[a-z]?\d+[a-z]?(?:_\d+)*|to_\d+)_")
TEST = re.compile(r"^ *def test_(\w+)\(", re.MULTILINE)

ATTACKS = {
    "ATK-01": "A reading of another session is changed through one's own session's address",
    "ATK-02": "A note or message is changed or struck by a foreign id",
    "ATK-03": "A form, PDF or chart is opened by a foreign id",
    "ATK-04": "Lists, searches, exports, streams and calendars are asked beyond one's own",
    "ATK-05": "An order of rows is smuggled in through an address",
    "ATK-06": "SQL in every field and every parameter",
    "ATK-07": "A form or a public page is used to jump into the clinic",
    "ATK-08": "Everything is asked by nobody, with every method",
    "ATK-09": "Everything is asked by every role",
    "ATK-10": "Scripts kept in names, readings, files, templates, devices",
    "ATK-11": "Scripts in an address that come back on the page",
    "ATK-12": "Files that are not what they say, or more",
    "ATK-13": "Paths that climb out of their folder",
    "ATK-14": "Forms sent by foreign pages; looks that change something",
    "ATK-15": "Fields nobody offered: roles, owners, times, signatures",
    "ATK-16": "Old cookies after sign-out, new password, switch-off, change of role",
    "ATK-17": "A thousand passwords; a nurse locked out; a clinic behind one address",
    "ATK-18": "Who works or is treated here, told by words, status or time",
    "ATK-19": "Around the second factor: admin, reset, between the steps",
    "ATK-20": "One code used twice, or twenty times at once",
    "ATK-21": "Links: fetched ahead, used again, elsewhere, too late, altered",
    "ATK-22": "A foreign host's name in mailed links",
    "ATK-23": "Redirects that leave the site",
    "ATK-24": "Two at once: sign and edit, discharge, book, give",
    "ATK-25": "Formulas in the cells of tables that are exported",
    "ATK-26": "Papers that fetch what they are told to",
    "ATK-27": "Streams from elsewhere, without sign-in, after it, guessed",
    "ATK-28": "What is pushed into the queue by somebody else",
    "ATK-29": "Line breaks and terminal signs in logs",
    "ATK-30": "Requests that are too many, too deep, too large",
    "ATK-31": "Mail and text messages asked for until it hurts",
    "ATK-32": "What is left on a shared tablet after sign-out",
    "ATK-33": "Our pages framed, or held by the window that opened them",
    "ATK-34": "Lines put into the head of a mail or a calendar entry",
    "ATK-35": "A forged address to evade limits or stand in the audit",
    "ATK-36": "What is not for the world: sources, metrics, details of health",
    "ATK-37": "Signed words forged, old, or meant for something else",
    "ATK-38": "A tablet's clock a day off; readings dated back",
    "ATK-39": "The audit changed in the database itself",
    "ATK-40": "Emergency looks misused; files taken by night",
}
FAILURES = {
    "REL-01": "The worker is killed before it sends",
    "REL-02": "The worker is killed between sending and saving",
    "REL-03": "A child of the worker is killed for memory",
    "REL-04": "A task takes longer than the broker waits",
    "REL-05": "Two beats, or none",
    "REL-06": "Redis is flushed or restarted",
    "REL-07": "Redis is away while people work",
    "REL-08": "Postgres crashes under load",
    "REL-09": "The first database dies, the standby goes on",
    "REL-10": "Clock changes, in several zones",
    "REL-11": "The network drops at the chair",
    "REL-12": "Tab or browser is killed with half a form",
    "REL-13": "Sent twice, or thirty times at once",
    "REL-14": "Two people on one page",
    "REL-15": "The disk fills up",
    "REL-16": "Everything is restored from a copy, to the second",
    "REL-17": "The shape of the database changes at work",
    "REL-18": "Pages, stream and worker are renewed at work",
    "REL-19": "The mail server misbehaves in each of its ways",
    "REL-20": "One bad message among good ones",
    "REL-21": "A row is held, a query is slow",
    "REL-22": "Random stories with random kills against a plain model",
}
LINKS = {
    "ML-01": "A link is an invitation: a button and the date of birth, or a code, open it",
    "ML-02": "256 bits, kept as a hash, for one form of one patient, a week at most, sent in once",
    "ML-03": "Nothing of earlier on another device without a code; wrong tries end the link only",
    "ML-04": "The link's secret leaves the address at once and is told to nobody",
    "ML-05": "No secret in a log",
    "ML-06": "Looking changes nothing",
}
# Gates that are held by tests with another id: which.
GATES = {
    "G-01": ("Every address, role and object against one table", "ATK-09"),
    "G-02": ("Children only through their parent", "ATK-01"),
    "G-03": ("Two factors on every path of the staff", "ATK-19"),
    "G-04": ("Messages are rows; the queue carries ids", "REL-06"),
    "G-05": ("Nothing waits in the queue for its hour", "REL-04"),
    "G-06": ("A task whose child died runs again", "REL-03"),
    "G-07": ("What a dead worker held comes back within a minute and a half", "REL-01"),
    "G-08": ("Claimed and committed before anything leaves", "REL-02"),
    "G-09": ("What is recorded carries its own id", "REL-13"),
    "G-10": ("An old page overwrites nothing", "REL-14"),
    "G-11": ("The pages' own role changes no audit, entry, ledger or signature", "ATK-39"),
    "G-12": ("No person behind the pages: logs, queue, subjects, reports", "G-12"),
    "G-13": ("What is half typed survives a killed browser", "REL-12"),
    "G-14": ("Papers fetch nothing", "ATK-26"),
    "G-15": ("Cells are never formulas", "ATK-25"),
    "G-16": ("Migrations wait for nobody long, and nobody for them", "REL-17"),
    "G-17": ("Restored rows have the hashes of those that were kept", "REL-16"),
    "G-18": ("Every page is sound for axe in every theme", "G-18"),
    "G-19": ("One driver for the database", "G-19"),
    "G-20": ("An audit of packages that looked at nothing fails", "G-20"),
}


def ids_of(name):
    """The ids a test's name begins with, as they are written: ["ATK-18", "V6.3.8"]; [] for other tests."""
    found, rest = [], name
    while match := ID.match(rest):
        if not match[1].startswith("to_"):
            found.append(_written(match[1]))
        rest = rest[match.end() :]
    return found


def stands(held):
    """Whether a page of docs/ or a test ("tests/x.py::name", without its test_) is there."""
    path, _, name = held.partition("::")
    there = ROOT / path
    return there.exists() and (not name or name in TEST.findall(there.read_text(encoding="utf-8")))


def _written(word):
    family, number = re.match(r"([a-z]+?)_?([a-z]?\d.*)$", word).groups()
    if family == "v":
        return f"V{number.replace('_', '.')}"
    return f"{family.upper()}-{number}"


def files_by_id():
    """id -> the files of its tests, as paths from the root, in order."""
    found = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in TEST.findall(path.read_text(encoding="utf-8")):
            for one in ids_of(name):
                found.setdefault(one, {})[path.relative_to(ROOT).as_posix()] = True
    return {one: list(paths) for one, paths in found.items()}
