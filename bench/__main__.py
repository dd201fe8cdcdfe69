"""``python -m bench``: measure everything, and write docs/benchmarks.md and its pictures.

With ``--again`` nothing is measured: they are written from what the last run has measured.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psutil
from rich.console import Console

from bench import (
    document,
    figure_tables,
    growth,
    moto,
    seed,
    seed_tables,
    sign_in,
    startup,
    tenant,
)
from bench.samples import Sample, Samples
from bench.stack import tenant_in
from bench.table import missed, row
from engine.find import install
from engine.model import Engine
from engine.places import LOCAL, PROJECT

RESULTS: Final = LOCAL / "bench" / "results.json"
_PLOTTING: Final = LOCAL / "bench" / "bin" / "python"
_ROUNDS, _MANY_ROUNDS = 3, 5
_STARTS: Final = 7
_FIGURES: Final = {
    figure_tables.TENANT: tenant.figures,
    figure_tables.MOTO: moto.figures,
    figure_tables.SIGN_IN: sign_in.figures,
}


def main() -> int:
    """Measure and write; the exit code, 1 if a target of the local tenant was missed."""
    if "--again" not in sys.argv:
        with TemporaryDirectory(prefix="bench-") as folder:
            _measure(Path(folder))
    samples = Samples.load(RESULTS)
    document.write(samples, PROJECT / "docs" / "benchmarks.md")
    plots = [_PLOTTING, "-m", "bench.plots", RESULTS, PROJECT / "docs" / "pictures"]
    subprocess.run(plots, cwd=PROJECT, check=True)  # noqa: S603 - what make bench has installed
    if words := missed(one for some in samples.figures.values() for one in some):
        sys.stderr.write(f"\nMissed: {'; '.join(words)}.\n")
        return 1
    return 0


def _measure(folder: Path) -> None:
    full = os.environ.get("BENCH") == "full"
    engine = install(Console(file=sys.stderr))
    rounds = _MANY_ROUNDS if full else _ROUNDS
    samples = Samples({**_machine(engine), "rounds": rounds, "bounds": seed_tables.bounds()})
    for one in _samples(engine, folder, rounds, full=full):
        samples.samples.append(one)
        _say(f"{one.case:12} {one.what:20} {one.who:18} {one.seconds:7.2f} s")
        samples.save(RESULTS)
    samples.about["imports"] = _packages(startup.IMPORTS[startup.PROGRAM])
    samples.about["ready"] = _packages(startup.READY)
    for who, figures in _FIGURES.items():
        samples.figures[who] = []
        for figure in figures():
            samples.figures[who].append(figure)
            _say(row(who, figure))
        samples.save(RESULTS)


def _samples(engine: Engine, folder: Path, rounds: int, *, full: bool) -> Iterator[Sample]:
    with tenant_in(folder / "tenant") as running:
        for number in range(rounds):
            yield from seed.samples(engine, running, folder, number)
        clients = growth.MANY_CLIENTS if full else growth.CLIENTS
        flows = growth.MANY_FLOWS if full else growth.FLOWS
        yield from growth.samples(engine, running, folder, clients, flows)
    for _ in range(_STARTS):
        yield from startup.samples()


def _packages(imports: str) -> list[dict[str, object]]:
    return [asdict(one) for one in startup.by_package(imports)]


def _machine(engine: Engine) -> dict[str, object]:
    return {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": psutil.cpu_count() or 1,
        "memory": round(psutil.virtual_memory().total / 1e9),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "engine": engine.cli.version,
        "azuread": str(engine.azuread),
    }


def _say(line: str) -> None:
    """A line of output at once: measuring takes minutes, and somebody waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
