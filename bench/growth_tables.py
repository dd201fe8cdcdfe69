"""The tables about how everything grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from bench import texts
from bench.samples import Sample, Samples
from bench.seed import PREVIEW, PROGRAM, REFRESH, UP

_COMMANDS: Final = (UP, PREVIEW, REFRESH)
_KILO: Final = 1000
_DIGITS: Final = (1, 2, 2, 1, 2, 2, 2)


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
    for kind in ("clients", "flows"):
        yield from _each(samples, kind, [one for one in cases if one.endswith(kind)])


def _each(samples: Samples, kind: str, cases: Sequence[str]) -> Iterator[str]:
    """What one more of them takes, between each size and the next."""
    if len(cases) <= 1:
        return
    yield f"What each of the {kind} adds to `up`, between one size and the next:"
    yield ""
    yield (
        "| from | to | requests | MB of the program | MB of the plugins | state, kB | "
        "processor s of the CLI | of the others | seconds |"
    )
    yield f"|---:|---:|{'---:|' * 7}"
    ups = [samples.some(what=UP, who=PROGRAM, case=case)[-1] for case in cases]
    for before, after in pairwise(ups):
        first, second = (int(one.case.split()[0]) for one in (before, after))
        each = [
            (value(after) - value(before)) / (second - first)
            for value in (_requests, _program, _plugins, _state, _cli, _others, _seconds)
        ]
        cells = [f"{one:.{digits}f}" for one, digits in zip(each, _DIGITS, strict=True)]
        yield f"| {first} | {second} | {' | '.join(cells)} |"
    yield ""


def _requests(one: Sample) -> float:
    return one.azuread + one.providers


def _program(one: Sample) -> float:
    return one.megabytes_by.get("program", 0.0)


def _plugins(one: Sample) -> float:
    return one.megabytes_by.get("providers", 0.0) + one.megabytes_by.get("azuread plugin", 0.0)


def _state(one: Sample) -> float:
    return one.state / _KILO


def _others(one: Sample) -> float:
    return one.processor - _cli(one)


def _cli(one: Sample) -> float:
    return one.processor_by.get("CLI", 0.0)


def _seconds(one: Sample) -> float:
    return one.seconds
