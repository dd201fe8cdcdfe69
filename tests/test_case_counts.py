"""The count of a table's cases at the end of a run, with and without pytest-xdist."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

@pytest.mark.cases("numbers")
@pytest.mark.parametrize("number", range(7))
def test_number(number):
    if number == 0:
        pytest.skip("no number")
    assert number != 3

@pytest.mark.cases("letters")
def test_letter():
    pass

def test_neither():
    pass
"""


@pytest.mark.parametrize("processes", [[], ["-n", "2"]], ids=["one process", "two processes"])
@pytest.mark.parametrize(
    ("chosen", "counted"),
    [
        ([], ["letters: 1 case", "numbers: 6 cases"]),
        (["-k", "number and 3"], ["numbers: 1 case"]),
        (["-k", "neither"], []),
    ],
)
def test_what_ran_is_counted(
    tmp_path: Path, processes: list[str], chosen: list[str], counted: list[str]
) -> None:
    """Passed and failed cases count once each; skipped and deselected ones do not."""
    (tmp_path / "test_some.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-p", "case_counts", "--rootdir", ".", *processes]
    done = subprocess.run(
        [*command, *chosen, "test_some.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    lines = done.stdout.splitlines()
    assert [line for line in lines if line.endswith((" case", " cases"))] == counted, done.stdout
