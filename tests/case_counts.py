"""Says at the end of a run how many cases of each table really ran: `bad input: 100 cases`.

A test that is one case of a table carries the mark `cases("bad input")`. Those that pytest-xdist
ran in other processes count, those that were skipped or left out do not.
"""

from __future__ import annotations

from collections import Counter

import pytest

_COUNTS: Counter[str] = Counter()
_PROPERTY = "cases"


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark."""
    config.addinivalue_line("markers", "cases(name): one case of the table `name`, to be counted")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Have the test's report name its tables; a mark's arguments do not get to other processes."""
    item.user_properties += [(_PROPERTY, mark.args[0]) for mark in item.iter_markers("cases")]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the test once, when it has run."""
    if report.when == "call" and not report.skipped:
        _COUNTS.update(str(value) for name, value in report.user_properties if name == _PROPERTY)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for each table."""
    if not _COUNTS:
        return
    terminalreporter.write_sep("-", "cases by table")
    for name, count in sorted(_COUNTS.items()):
        terminalreporter.write_line(f"{name}: {count} case{'' if count == 1 else 's'}")
