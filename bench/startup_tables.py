"""The tables about what starting costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Final

from bench import texts
from bench.samples import Samples
from bench.startup import ALL, IMPORTS, PROVIDERS, STARTING

_SHOWN: Final = 14
_NONE: Final[Mapping[str, float]] = {}


def share(samples: Samples) -> float | None:
    """How long the provider process takes of what importing all of both libraries takes."""
    ready = samples.spread("processor", what=STARTING, who=PROVIDERS)
    everything = samples.spread("processor", what=STARTING, who=ALL)
    return ready.middle / everything.middle if ready and everything else None


def section(samples: Samples) -> Iterator[str]:
    """The section's lines."""
    yield from ("## Start-up", "", texts.STARTUP, "")
    yield "| after `import pulumi` | processor time | memory of the process |"
    yield "|---|---:|---:|"
    for what in IMPORTS:
        used = samples.spread("processor", what=STARTING, who=what)
        memory = samples.spread("megabytes", what=STARTING, who=what)
        if used and memory:
            yield f"| {what} | {used.middle * 1000:.0f} ms | {memory.middle:.0f} MB |"
    yield from ("", texts.PACKAGES, "")
    yield "| the program | ms | MB | the provider process | ms | MB |"
    yield "|---|---:|---:|---|---:|---:|"
    program, providers = (samples.about.get(key, [])[:_SHOWN] for key in ("imports", "ready"))
    for left, right in zip_longest(program, providers, fillvalue=_NONE):
        yield f"| {_cells(left)} | {_cells(right)} |"
    yield ""


def _cells(package: Mapping[str, float]) -> str:
    if not package:
        return "| |"
    return f"{package['name']} | {package['milliseconds']:.0f} | {package['megabytes']:.1f}"
