"""The figures of a drill: one line each, shown at the end of the run and kept in .data/drills.txt."""

import datetime as dt

from tests.house.code import ROOT

KEPT = ROOT / ".data" / "drills.txt"
SAID = []


def say(ident, words):
    """Note what a drill measured; tests/conftest.py shows it when the run ends."""
    SAID.append(f"{ident}: {words}")
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("a") as file:
        file.write(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M}  {ident}: {words}\n")
