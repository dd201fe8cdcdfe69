"""What is aimed at, and what came of it: the table at the top of docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bench import seed_tables, startup_tables
from bench.samples import Samples
from bench.seed import NETWORKS

_UP: Final = 1.3
_PREVIEW: Final = 1.25
_LAG: Final = 15
_READY: Final = 0.6


def section(samples: Samples) -> Iterator[str]:
    """The section's lines."""
    yield "| what | aim | measured | |"
    yield "|---|---:|---:|---|"
    for network in NETWORKS:
        share = seed_tables.up_share(samples, network)
        if network.milliseconds and share is not None:
            what = f"`up` from nothing at {network.name}, of the bound + an empty program"
            yield _row(what, share, _UP, " x")
    rows = (
        ("a preview without a change, of an empty program's", seed_tables.preview_share, _PREVIEW),
        (
            "the provider process, ready, of importing msgraph and azure.identity",
            startup_tables.share,
            _READY,
        ),
    )
    for what, measured, aim in rows:
        if (value := measured(samples)) is not None:
            yield _row(what, value, aim, " x")
    if (past := seed_tables.past_the_lag(samples)) is not None:
        yield _row("`up` slowed down by replication lag, past the lag", past, _LAG, " %")
    yield ""


def _row(what: str, value: float, aim: float, unit: str) -> str:
    digits = 2 if unit == " x" else 0
    said = "met" if value <= aim else "**missed**: see [what bounds it](#what-bounds-it-now)"
    return f"| {what} | ≤ {aim:g}{unit} | {value:.{digits}f}{unit} | {said} |"
