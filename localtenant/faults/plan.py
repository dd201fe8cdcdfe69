"""Which faults strike a request. No input, no output and no clock: a request in, a plan out.

Requests are counted as they come in, so the same requests in the same order meet the same faults;
what is left to chance follows from the seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fnmatch import fnmatchcase
from threading import Lock
from typing import TYPE_CHECKING

from localtenant.faults.spec import GRAPH, SIGN_IN, Fault, read_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_ENDINGS = frozenset({"throttle", "fail", "reset-before", "reset-after", "timeout"})
_VERSIONS = ("/v1.0", "/beta")


@dataclass(frozen=True)
class Asked:
    """What the choice of faults depends on: where a request goes, how, and its path there.

    ``path`` is below the version for Graph, and below the tenant's name for sign-in.
    """

    at: str
    method: str
    path: str


@dataclass(frozen=True)
class Plan:
    """What happens to a request: a delay in seconds, and the fault that takes its answer away."""

    delay: float = 0.0
    ending: Fault | None = None
    struck: tuple[Fault, ...] = ()


def asked_of_graph(method: str, path: str) -> Asked | None:
    """What is asked by a request for a path of the whole server, if it goes to Graph."""
    for version in _VERSIONS:
        if path.startswith(f"{version}/"):
            return Asked(GRAPH, method, path.removeprefix(version))
    return None


class _Armed:
    """A fault with what it has seen, and the chance that is its own."""

    def __init__(self, fault: Fault, seed: str) -> None:
        self.fault = fault
        self.seen = 0
        self.hits = 0
        self._chance = random.Random(seed)  # noqa: S311 - a repeatable choice, not a secret

    def due(self, asked: Asked) -> bool:
        """Count a request, and say whether it is to be struck."""
        fault = self.fault
        if not _meant(fault, asked):
            return False
        self.seen += 1
        if self.seen <= fault.after:
            return False
        # Drawn for each request, struck or not, so that `times` does not shift what follows.
        chosen = self._chance.random() < fault.probability
        turn = (self.seen - fault.after) % fault.every == 0
        return turn and chosen and (fault.times is None or self.hits < fault.times)

    def choose(self, among: Sequence[str]) -> str:
        """One of several, as the seed has it."""
        return self._chance.choice(among)


class Faults:
    """The faults of a tenant. They may be asked from several threads."""

    def __init__(self, faults: Iterable[Fault] = (), seed: int = 0) -> None:
        """Begin with ``faults``, whose chances follow from ``seed``."""
        self._lock = Lock()
        self.set(faults, seed)

    def set(self, faults: Iterable[Fault], seed: int) -> None:
        """Have these faults instead of the present ones; counting begins anew."""
        armed = [_Armed(f, f"{seed} {n} {f.text}") for n, f in enumerate(faults)]
        with self._lock:
            self._seed = seed
            self._armed = armed

    def report(self) -> dict[str, object]:
        """The seed, and for each fault its text, how many requests it saw and how many it hit."""
        with self._lock:
            faults = [{"fault": a.fault.text, "seen": a.seen, "hits": a.hits} for a in self._armed]
            return {"seed": self._seed, "faults": faults}

    @property
    def seed(self) -> int:
        """What chance follows from."""
        return self._seed

    def plan(self, asked: Asked) -> Plan:
        """What is to happen to a request on the wire.

        Delays add up. Of several faults that would take the answer away the first one does, and
        only that one has used up one of its ``times``.
        """
        delay = 0.0
        ending: Fault | None = None
        struck: list[Fault] = []
        with self._lock:
            for armed in self._of("delay", *_ENDINGS):
                if not armed.due(asked) or (ending and armed.fault.kind != "delay"):
                    continue
                armed.hits += 1
                struck.append(armed.fault)
                if armed.fault.kind == "delay":
                    delay += armed.fault.seconds
                else:
                    ending = armed.fault
        return Plan(delay, ending, tuple(struck))

    def lag(self, asked: Asked, fresh: Mapping[str, float]) -> tuple[Fault, str] | None:
        """The lag that strikes a request, and its form.

        ``fresh`` maps each form that the operation knows to the age, in seconds, of the youngest
        object whose replication it waits for.
        """
        with self._lock:
            for armed in self._of("lag"):
                late = sorted(
                    f for f in armed.fault.forms & fresh.keys() if fresh[f] < armed.fault.seconds
                )
                if late and armed.due(asked):
                    armed.hits += 1
                    return armed.fault, armed.choose(late)
        return None

    @property
    def lagging(self) -> bool:
        """Whether there is any lag at all."""
        with self._lock:
            return bool(self._of("lag"))

    def token_lifetime(self) -> tuple[int, int] | None:
        """How long the next token is good, and what its client is told, in seconds."""
        asked = Asked(SIGN_IN, "POST", "")
        with self._lock:
            for armed in self._of("token-lifetime"):
                if armed.due(asked):
                    armed.hits += 1
                    seconds = int(armed.fault.seconds)
                    return seconds, armed.fault.expires_in or seconds
        return None

    def _of(self, *kinds: str) -> list[_Armed]:
        return [a for a in self._armed if a.fault.kind in kinds]


def read_faults(texts: Collection[str]) -> list[Fault]:
    """The faults that lines mean. Raises :class:`~localtenant.faults.spec.FaultSpecError`."""
    return [read_fault(text) for text in texts]


def _meant(fault: Fault, asked: Asked) -> bool:
    if fault.at != asked.at or (fault.methods and asked.method not in fault.methods):
        return False
    return not fault.path or _on_path(fault.path.lower(), asked.path.lower())


def _on_path(wanted: str, path: str) -> bool:
    if any(c in wanted for c in "*?"):
        parts, patterns = path.split("/"), wanted.removesuffix("$").split("/")
        return len(parts) == len(patterns) and all(map(fnmatchcase, parts, patterns))
    if wanted.endswith("$"):
        return path == wanted[:-1]
    beginning = wanted.rstrip("/")
    return path == beginning or path.startswith((f"{beginning}/", f"{beginning}("))
