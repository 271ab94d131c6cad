"""Drills say their figures at the end of the run."""

from tests.drills.figures import SAID


def pytest_terminal_summary(terminalreporter):
    """One line a drill: acknowledged, lost, doubled, how long."""
    if SAID:
        terminalreporter.section("figures of the drills")
        for line in SAID:
            terminalreporter.write_line(line)
