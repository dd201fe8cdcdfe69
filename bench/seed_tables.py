"""The tables about the seed's tenant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bench import script, texts
from bench.calls import bound, chain
from bench.samples import Samples, Spread
from bench.seed import COMMANDS, FLOOR, NETWORKS, PREVIEW, PROGRAM, SCRIPT, UP, Network

_HEAD: Final = (
    "| command | seconds | empty program | script | processor s | MB | "
    "requests of azuread | of the providers | of the script |"
)
_WITHIN: Final = 1.3
_OF_THE_FLOOR: Final = 1.25


def section(samples: Samples) -> Iterator[str]:
    """The section's lines."""
    yield from ("## The seed's tenant", "", texts.SEED, "")
    yield from ("![Seconds of each command in each network](pictures/bench-seed.svg)", "")
    names = " → ".join(chain(script.make()))
    yield f"The fewest calls that must follow each other: {len(chain(script.make()))} ({names})."
    yield ""
    for network in NETWORKS:
        if samples.some(case=network.name):
            yield from _table(samples, network)
    yield from _targets(samples)


def _table(samples: Samples, network: Network) -> Iterator[str]:
    yield from (
        f"### {network.name}",
        "",
        f"azuread plugin: {samples.about['azuread']}. {texts.REAL_WAITS}",
        "",
        _HEAD,
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    )
    for what in COMMANDS:
        ours = {"what": what, "who": PROGRAM, "case": network.name}
        cells = [
            _spread(samples.spread("seconds", **ours)),
            _spread(samples.spread("seconds", **{**ours, "who": FLOOR})),
            _spread(samples.spread("seconds", **{**ours, "who": SCRIPT})),
            _middle(samples.spread("processor", **ours), ".1f"),
            _middle(samples.spread("megabytes", **ours)),
            _middle(samples.spread("azuread", **ours)),
            _middle(samples.spread("providers", **ours)),
            _middle(samples.spread("providers", **{**ours, "who": SCRIPT})),
        ]
        yield f"| {what} | {' | '.join(cells)} |"
    yield ""


def _targets(samples: Samples) -> Iterator[str]:
    yield from ("### Against the bound", "", texts.AGAINST, "")
    yield "| network | critical path | empty program | up from nothing | of bound + empty program |"
    yield "|---|---:|---:|---:|---:|"
    for network in NETWORKS:
        up = samples.spread("seconds", what=UP, who=PROGRAM, case=network.name)
        floor = samples.spread("seconds", what=UP, who=FLOOR, case=network.name)
        if up and floor:
            least = bound(script.make(), network.milliseconds / 1000, network.lag)
            share = up.middle / (least + floor.middle)
            verdict = "" if network.lag or not network.milliseconds else _verdict(share, _WITHIN)
            yield (
                f"| {network.name} | {least:.1f} s | {floor.middle:.1f} s | {up.middle:.1f} s | "
                f"{share:.2f}{verdict} |"
            )
    yield ""
    quiet = NETWORKS[0].name
    seen = samples.spread("seconds", what=PREVIEW, who=PROGRAM, case=quiet)
    floor = samples.spread("seconds", what=PREVIEW, who=FLOOR, case=quiet)
    if seen and floor:
        share = seen.middle / floor.middle
        yield (
            f"A preview without a change takes {share:.2f} x an empty program's"
            f"{_verdict(share, _OF_THE_FLOOR)}."
        )
        yield ""


def _verdict(share: float, target: float) -> str:
    return f" (target {target}: {'met' if share <= target else '**missed**'})"


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return ""
    return f"{spread.middle:.2f} ({spread.least:.2f}-{spread.most:.2f})"


def _middle(spread: Spread | None, form: str = ".0f") -> str:
    return "" if spread is None else format(spread.middle, form)
