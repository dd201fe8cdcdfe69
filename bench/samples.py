"""Measured samples, kept as JSON between measuring and writing about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import Figure
from bench.stack import Measured
from bench.wire import AZUREAD, OURS


@dataclass(frozen=True)
class Sample:
    """One run of one thing: ``what`` by ``who``, under ``case`` (a network, or a size)."""

    what: str
    who: str
    case: str
    seconds: float
    processor: float = 0.0
    megabytes: float = 0.0
    azuread: int = 0
    providers: int = 0
    state: int = 0
    processor_by: Mapping[str, float] = field(default_factory=dict[str, float])
    megabytes_by: Mapping[str, float] = field(default_factory=dict[str, float])


def of(measured: Measured, what: str, who: str, case: str, state: int = 0) -> Sample:
    """The sample of a command of the CLI; ``state`` is the size of its state, in bytes."""
    usage = measured.usage
    senders = [one.sender for one in measured.requests]
    return Sample(
        what,
        who,
        case,
        usage.seconds,
        usage.processor,
        usage.megabytes,
        senders.count(AZUREAD),
        senders.count(OURS),
        state,
        usage.processor_by,
        usage.by_process,
    )


@dataclass(frozen=True)
class Spread:
    """The middle of some values, the least and the greatest."""

    middle: float
    least: float
    most: float

    @classmethod
    def over(cls, values: Iterable[float]) -> Spread:
        """Of one value at least."""
        known = sorted(values)
        return cls(median(known), known[0], known[-1])


@dataclass
class Samples:
    """All that a run has measured, with the machine and the engine that it was made on.

    ``figures`` are those of one process, by the name of what they were measured of.
    """

    about: dict[str, Any] = field(default_factory=dict[str, Any])
    samples: list[Sample] = field(default_factory=list[Sample])
    figures: dict[str, list[Figure]] = field(default_factory=dict[str, list[Figure]])

    def some(self, **keys: str) -> list[Sample]:
        """Those whose ``what``, ``who`` and ``case`` are as given."""
        return [
            one
            for one in self.samples
            if all(getattr(one, name) == value for name, value in keys.items())
        ]

    def spread(self, value: str, **keys: str) -> Spread | None:
        """The spread of a value; None where nothing was measured."""
        values = [float(getattr(one, value)) for one in self.some(**keys)]
        return Spread.over(values) if values else None

    def cases(self, what: str) -> Sequence[str]:
        """The cases in which something was measured, in order."""
        return list(dict.fromkeys(one.case for one in self.samples if one.what == what))

    def save(self, file: Path) -> None:
        """Write them to a file."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1), "utf-8")

    @classmethod
    def load(cls, file: Path) -> Samples:
        """Read them from a file."""
        read: dict[str, Any] = json.loads(file.read_text("utf-8"))
        figures = {who: [Figure(**one) for one in some] for who, some in read["figures"].items()}
        return cls(read["about"], [Sample(**one) for one in read["samples"]], figures)
