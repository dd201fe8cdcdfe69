"""docs/benchmarks.md, written from the samples of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench import figure_tables, growth_tables, seed_tables, texts
from bench.samples import Samples
from bench.startup import ALL, IMPORTS, PROVIDERS, STARTING

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
    yield from seed_tables.section(samples)
    yield from growth_tables.section(samples)
    yield from _startup(samples)
    yield from figure_tables.sections(samples)
    yield texts.BOUNDS


def _startup(samples: Samples) -> Iterator[str]:
    yield from ("## Start-up", "", texts.STARTUP, "")
    yield "| after `import pulumi` | processor time | memory |"
    yield "|---|---:|---:|"
    for what in IMPORTS:
        used = samples.spread("processor", what=STARTING, who=what)
        memory = samples.spread("megabytes", what=STARTING, who=what)
        if used and memory:
            yield f"| {what} | {used.middle * 1000:.0f} ms | {memory.middle:.0f} MB |"
    ready = samples.spread("processor", what=STARTING, who=PROVIDERS)
    everything = samples.spread("processor", what=STARTING, who=ALL)
    if ready and everything:
        share = ready.middle / everything.middle
        yield from ("", f"The provider process is ready in {share:.2f} x the time of the others.")
    for words, key in (("the program", "imports"), ("the provider process", "ready")):
        packages: dict[str, float] = samples.about.get(key, {})
        if not packages:
            continue
        slowest: Sequence[str] = [f"{k} {v * 1000:.0f}" for k, v in packages.items()][:12]
        yield from (
            "",
            f"By package, `import pulumi` included, in ms, of {words}: {', '.join(slowest)}.",
        )
    yield ""
