"""docs/benchmarks.md, written from the samples of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench import figure_tables, growth_tables, seed_tables, startup_tables, summary, texts
from bench.samples import Samples

WRITTEN: Final = "<!-- Written by `make bench`: the words are in bench/texts.py. -->"


def write(samples: Samples, file: Path) -> None:
    """Write the page."""
    file.write_text("\n".join(page(samples)) + "\n", "utf-8")


def page(samples: Samples) -> Iterator[str]:
    """The page's lines."""
    about = samples.about
    yield from ("# Benchmarks", "", WRITTEN, "", texts.INTRODUCTION, "")
    yield (
        f"Measured on {about['day']}: {about['system']}, {about['cores']} cores, "
        f"{about['memory']} GB, load {about['load']} when it began; Python {about['python']}, "
        f"pulumi {about['engine']}. {about['rounds']} rounds, everything in turn in each."
    )
    yield ""
    if about["load"] > about["cores"] / 2:
        yield from (texts.BUSY, "")
    yield from summary.section(samples)
    yield from seed_tables.section(samples)
    yield from growth_tables.section(samples)
    yield from startup_tables.section(samples)
    yield from figure_tables.sections(samples)
    yield texts.BOUNDS
