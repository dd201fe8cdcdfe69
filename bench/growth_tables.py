"""The tables about how everything grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bench import texts
from bench.samples import Samples
from bench.seed import DESTROY, PREVIEW, PROGRAM, REFRESH, UP

_COMMANDS: Final = (UP, PREVIEW, REFRESH, DESTROY)
_KILO: Final = 1000


def section(samples: Samples) -> Iterator[str]:
    """The section's lines."""
    cases = [one for one in samples.cases(UP) if one.endswith(("clients", "flows"))]
    if not cases:
        return
    yield from ("## Growth", "", texts.GROWTH, "")
    yield from ("![Time, requests and memory against size](pictures/bench-growth.svg)", "")
    yield f"azuread plugin: {samples.about['azuread']}. {texts.REAL_WAITS}"
    yield ""
    yield (
        "| size | command | seconds | processor s | of it the CLI | MB | azuread's requests | "
        "the providers' | state, kB |"
    )
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    for case in cases:
        for what in _COMMANDS:
            for one in samples.some(what=what, who=PROGRAM, case=case)[-1:]:
                yield (
                    f"| {case} | {what} | {one.seconds:.1f} | {one.processor:.1f} | "
                    f"{one.processor_by.get('CLI', 0):.1f} | {one.megabytes:.0f} | {one.azuread} | "
                    f"{one.providers} | {one.state / _KILO:.0f} |"
                )
    yield ""
