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
    print(f"{platform.system()} {platform.machine()}, {cores} cores, load {load:.1f}, {words}\n")  # noqa: T201 - the command's own output
    print(head(), flush=True)  # noqa: T201
    measured: list[Figure] = []
    for figure in tenant.figures():
        measured.append(figure)
        print(row("local tenant", figure), flush=True)  # noqa: T201
    for figure in moto.figures():
        print(row("moto", figure), flush=True)  # noqa: T201
    if words := missed(measured):
        print(f"\nMissed: {'; '.join(words)}.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
