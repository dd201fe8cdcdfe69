"""Raw calls of Graph as data: what each sends, and which others it has to follow."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

import httpx

_NAMED: Final = re.compile(r"\{([a-z-]+)\.([A-Za-z]+)\}")
_PAUSE: Final = 0.1


@dataclass(frozen=True)
class Call:
    """A request. ``{name.property}`` in its path or body is of the answer to an earlier call.

    ``waits_for`` are the calls whose objects it cannot do without until they are replicated.
    """

    name: str
    method: str
    path: str
    body: Any = None
    waits_for: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def after(self) -> frozenset[str]:
        """The calls that it has to follow, for it needs something of their answers."""
        found = _NAMED.findall(f"{self.path} {self.body!r}")
        return frozenset(name for name, _ in found)


def chain(calls: Iterable[Call]) -> list[str]:
    """The longest chain of calls that have to follow each other: the critical path."""
    longest: dict[str, list[str]] = {}
    for call in calls:
        before = max((longest[name] for name in call.after), key=len, default=list[str]())
        longest[call.name] = [*before, call.name]
    return max(longest.values(), key=len, default=list[str]())


def bound(calls: Iterable[Call], latency: float, lag: float = 0.0) -> float:
    """The seconds that the calls take at least, however many go on at once.

    ``latency`` is what each call takes; ``lag`` the time until an object is replicated.
    """
    done: dict[str, float] = {}
    for call in calls:
        start = max((done[name] for name in call.after), default=0.0)
        settled = max((done[name] + lag for name in call.waits_for), default=0.0)
        done[call.name] = max(start, settled) + latency
    return max(done.values(), default=0.0)


def send(http: httpx.Client, calls: Sequence[Call]) -> int:
    """Send the calls one after the other, as a script does; how many requests it took.

    What is refused because something is not replicated yet is sent again after a short pause.
    """
    answers: dict[str, Mapping[str, Any]] = {}
    sent = 0
    for call in calls:
        while True:
            body = _filled(call.body, answers)
            answer = http.request(call.method, _text(call.path, answers), json=body)
            sent += 1
            if answer.is_success or not call.waits_for:
                break
            time.sleep(_PAUSE)  # It takes a while to be replicated, and nothing tells when.
        answer.raise_for_status()
        answers[call.name] = answer.json() if answer.content else {}
    return sent


def _filled(value: Any, answers: Mapping[str, Mapping[str, Any]]) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, str):
        return _text(value, answers)
    if isinstance(value, list):
        return [_filled(one, answers) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return {name: _filled(one, answers) for name, one in entries.items()}
    return value


def _text(text: str, answers: Mapping[str, Mapping[str, Any]]) -> str:
    return _NAMED.sub(lambda found: str(answers[found[1]][found[2]]), text)
