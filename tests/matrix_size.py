"""How many cells of operation x fault have run: the size of the fault matrices, for the summary."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

_CELL = "test_every_operation_bears_every_fault["
_cells: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the cells that ended as they should, by the part of the project."""
    if report.when == "call" and report.passed and _CELL in report.nodeid:
        _cells["/".join(Path(report.location[0]).parts[1:-1])] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many there were."""
    if _cells:
        parts = " + ".join(f"{count} ({part})" for part, count in sorted(_cells.items()))
        terminalreporter.write_line(f"fault matrix: {parts} = {_cells.total()} cells")
