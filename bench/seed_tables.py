"""The tables about the seed's tenant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bench import script, texts
from bench.calls import bound, chain
from bench.samples import Samples, Spread
from bench.seed import COMMANDS, DESTROY, FLOOR, NETWORKS, PREVIEW, PROGRAM, SCRIPT, UP, Network

_HEAD: Final = (
    "| command | seconds | empty program | script | processor s | empty program | MB | "
    "requests of azuread | of the providers | of the script | the real plugin's waits |"
)
_REAL_WAITS: Final = {UP: 4, DESTROY: 60}
"""Seconds that the real plugin waits in a row: after the secret; and after the deletion of the
client's service principal, then of its application, then of the API's."""


def bounds() -> dict[str, float]:
    """The seconds of the critical path in each network."""
    calls = script.make()
    return {one.name: bound(calls, one.milliseconds / 1000, one.lag) for one in NETWORKS}


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
        f"azuread plugin: {samples.about['azuread']}. {texts.REAL_WAITS} {texts.REAL_COLUMN}",
        "",
        _HEAD,
        f"|---|{'---:|' * 10}",
    )
    for what in COMMANDS:
        ours = {"what": what, "who": PROGRAM, "case": network.name}
        cells = [
            _spread(samples.spread("seconds", **ours)),
            _spread(samples.spread("seconds", **{**ours, "who": FLOOR})),
            _spread(samples.spread("seconds", **{**ours, "who": SCRIPT})),
            _middle(samples.spread("processor", **ours), ".1f"),
            _middle(samples.spread("processor", **{**ours, "who": FLOOR}), ".1f"),
            _middle(samples.spread("megabytes", **ours)),
            _middle(samples.spread("azuread", **ours)),
            _middle(samples.spread("providers", **ours)),
            _middle(samples.spread("providers", **{**ours, "who": SCRIPT})),
            f"+ {_REAL_WAITS[what]} s" if what in _REAL_WAITS else "",
        ]
        yield f"| {what} | {' | '.join(cells)} |"
    yield ""


def _targets(samples: Samples) -> Iterator[str]:
    yield from ("### Against the bound", "", texts.AGAINST, "")
    yield "| network | critical path | empty program | up from nothing | of both together |"
    yield "|---|---:|---:|---:|---:|"
    for network in NETWORKS:
        up = samples.spread("seconds", what=UP, who=PROGRAM, case=network.name)
        floor = samples.spread("seconds", what=UP, who=FLOOR, case=network.name)
        share = up_share(samples, network)
        if up and floor and share:
            yield (
                f"| {network.name} | {bounds()[network.name]:.1f} s | {floor.middle:.1f} s | "
                f"{up.middle:.1f} s | {share:.2f} x |"
            )
    yield ""


def up_share(samples: Samples, network: Network) -> float | None:
    """How long `up` from nothing takes, of the critical path and an empty program together."""
    up = samples.spread("seconds", what=UP, who=PROGRAM, case=network.name)
    floor = samples.spread("seconds", what=UP, who=FLOOR, case=network.name)
    return up.middle / (bounds()[network.name] + floor.middle) if up and floor else None


def preview_share(samples: Samples) -> float | None:
    """How long a preview without a change takes, of an empty program's."""
    seen, floor = (
        samples.spread("seconds", what=PREVIEW, who=who, case=NETWORKS[0].name)
        for who in (PROGRAM, FLOOR)
    )
    return seen.middle / floor.middle if seen and floor else None


def past_the_lag(samples: Samples) -> float | None:
    """By how many percent `up` is slowed down more than by the lag on its critical path."""
    near = samples.spread("seconds", what=UP, who=PROGRAM, case=NETWORKS[0].name)
    for network in NETWORKS:
        far = samples.spread("seconds", what=UP, who=PROGRAM, case=network.name)
        if network.lag and near and far:
            least = bound(script.make(), 0, network.lag)
            return ((far.middle - near.middle) / least - 1) * 100
    return None


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return ""
    return f"{spread.middle:.2f} ({spread.least:.2f}-{spread.most:.2f})"


def _middle(spread: Spread | None, form: str = ".0f") -> str:
    return "" if spread is None else format(spread.middle, form)
