"""The tables of the local tenant's figures: beside moto's server, and of customers who sign in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bench import texts
from bench.chromium import IN_CHROMIUM
from bench.samples import Samples
from bench.sign_in import HASHING, WHOLE
from bench.table import head, row

TENANT: Final = "local tenant"
MOTO: Final = "moto"
SIGN_IN: Final = "sign-in"
"""The names under which a run keeps its figures."""


def sections(samples: Samples) -> Iterator[str]:
    """The lines of both sections; none of one that was not measured."""
    beside = [row(who, one) for who in (TENANT, MOTO) for one in samples.figures.get(who, ())]
    if beside:
        yield from ("## The local tenant", "", texts.TENANT, "", head(), *beside, "")
    figures = samples.figures.get(SIGN_IN, ())
    if not figures:
        return
    yield from ("## A whole sign-in", "", texts.SIGN_IN, "", head())
    yield from (row("", one) for one in figures)
    yield ""
    hashing = next(one.value for one in figures if one.what == HASHING)
    whole = next(one.value for one in figures if one.what.startswith(WHOLE))
    yield texts.HASHING.format(share=100 * hashing / whole)
    if not any(one.what.startswith(IN_CHROMIUM) for one in figures):
        yield texts.NO_CHROMIUM
    yield ""
