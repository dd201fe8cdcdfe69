"""``python -m bench``: measure the local tenant and moto's server, and print a table."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys

from bench import moto, tenant
from bench.measure import Figure
from bench.table import head, missed, row


def main() -> int:
    """Measure; the exit code, 1 if a target was missed."""
    words = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    cores, load = os.cpu_count(), os.getloadavg()[0]
    _say(f"{platform.system()} {platform.machine()}, {cores} cores, load {load:.1f}, {words}\n")
    _say(head())
    measured: list[Figure] = []
    for figure in tenant.figures():
        measured.append(figure)
        _say(row("local tenant", figure))
    for figure in moto.figures():
        _say(row("moto", figure))
    if words := missed(measured):
        sys.stderr.write(f"\nMissed: {'; '.join(words)}.\n")
        return 1
    return 0


def _say(line: str) -> None:
    """A line of output at once: measuring takes minutes, and somebody waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
