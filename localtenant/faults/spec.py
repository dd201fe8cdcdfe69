"""A fault as one line of text: ``throttle,every=5,retry-after=2``.

A line is the kind of the fault and its options, ``KIND[,NAME=VALUE]…``. :data:`GRAMMAR` says it all
to a reader; what does not follow it is refused in one line that names what is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localtenant.errors import LocalTenantError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

GRAPH, SIGN_IN = "graph", "sign-in"
LAG_FORMS = ("404", "403", "400", "409")
STATUSES = ("401", "408", "423", "424", "500", "502", "503", "504")
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
_MOST = 86_400

GRAMMAR = """\
A fault is KIND[,NAME=VALUE]…:

  throttle        answer 429. retry-after=SECONDS|none (default 1)
  fail            answer a failure of the service. status=408|423|424|500|502|503|504
                  (default 503), or 401 as for a token that has expired,
                  retry-after=SECONDS|none (default none),
                  when=before|after the request is carried out (default before)
  reset-before    break the connection before the request is looked at
  reset-after     carry the request out, then break the connection instead of answering
  delay           carry the request out later. ms=N
  timeout         never answer; break the connection after seconds=N (default 300).
                  when=before|after, as for fail
  lag             for seconds=N after an object was made, answer as if it were not replicated,
                  where Graph does. form=404|403|400|409, several with +, or all (default)
  token-lifetime  issue tokens that Graph accepts for seconds=N. expires-in=SECONDS is what
                  the client is told (default the same)

and takes, to choose the requests that it strikes:

  method=POST     or several with +
  path=/PATH      below /v1.0 or /beta: with * or ? it must match segment by segment, with $ at
                  its end it is the whole path, else it is the path's beginning
  at=sign-in      requests for tokens and keys instead of Graph; path is below /{tenant} then
  after=N         not the first N of them
  every=N         only each N-th of them; or probability=P, as the seed has it
  times=N         N of them, then no more

token-lifetime knows only the last three lines, lag has no at.
"""


class FaultSpecError(LocalTenantError, ValueError):
    """A text is not a fault; the message, one line, names what is allowed."""


@dataclass(frozen=True)
class Fault:
    """A fault and the requests that it strikes, as :data:`GRAMMAR` explains them.

    ``text`` is the line it was read from. ``seconds`` is the length of a delay, of the wait of a
    time-out, of lag, or of a token's life; ``retry_after`` and ``path`` are empty for none.
    """

    text: str
    kind: str
    at: str = GRAPH
    methods: frozenset[str] = frozenset()
    path: str = ""
    after: int = 0
    every: int = 1
    probability: float = 1.0
    times: int | None = None
    status: int = 503
    retry_after: str = ""
    late: bool = False
    seconds: float = 0.0
    forms: frozenset[str] = frozenset(LAG_FORMS)
    expires_in: int | None = None


@dataclass(frozen=True)
class _Option:
    """What an option sets, what it wants in words, and how its text becomes a value."""

    field: str
    wants: str
    read: Callable[[str], Any]


def _whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError
        return int(text)

    return read


def _number(text: str) -> float:
    whole, _, decimals = text.partition(".")
    if not whole.isdecimal() or not (decimals or "0").isdecimal() or float(text) > _MOST:
        raise ValueError
    return float(text)


def _chance(text: str) -> float:
    if not 0 < _number(text) <= 1:
        raise ValueError
    return float(text)


def _pause(text: str) -> str:
    if text == "none":
        return ""
    _number(text)
    return text


def _path(text: str) -> str:
    if not text.startswith("/"):
        raise ValueError
    return text


def _one_of(*choices: str) -> Callable[[str], str]:
    return lambda text: choices[choices.index(text)]


def _some_of(*choices: str, everything: str = "") -> Callable[[str], frozenset[str]]:
    def read(text: str) -> frozenset[str]:
        if everything and text == everything:
            return frozenset(choices)
        return frozenset(choices[choices.index(t)] for t in text.split("+"))

    return read


def _whole_option(field: str, least: int) -> _Option:
    return _Option(field, f"a whole number from {least}", _whole(least))


_SECONDS = _Option("seconds", f"a number of seconds up to {_MOST}", _number)
_RETRY_AFTER = _Option("retry_after", f"a number of seconds up to {_MOST}, or none", _pause)
_WHEN = _Option("late", "before or after", lambda t: _one_of("before", "after")(t) == "after")

_COUNTED = {
    "after": _whole_option("after", 0),
    "every": _whole_option("every", 1),
    "probability": _Option("probability", "a number above 0 and up to 1", _chance),
    "times": _whole_option("times", 1),
}
_PLACED = {
    "method": _Option(
        "methods",
        f"{', '.join(METHODS)}, or several with +",
        lambda t: _some_of(*METHODS)(t.upper()),
    ),
    "path": _Option("path", "a path that starts with /", _path),
    **_COUNTED,
}
_ANYWHERE = {"at": _Option("at", f"{GRAPH} or {SIGN_IN}", _one_of(GRAPH, SIGN_IN)), **_PLACED}

KINDS: Mapping[str, Mapping[str, _Option]] = {
    "throttle": {"retry-after": _RETRY_AFTER, **_ANYWHERE},
    "fail": {
        "status": _Option("status", ", ".join(STATUSES), lambda t: int(_one_of(*STATUSES)(t))),
        "retry-after": _RETRY_AFTER,
        "when": _WHEN,
        **_ANYWHERE,
    },
    "reset-before": _ANYWHERE,
    "reset-after": _ANYWHERE,
    "delay": {
        "ms": _Option(
            "seconds", f"a number of milliseconds up to {_MOST}", lambda t: _number(t) / 1000
        ),
        **_ANYWHERE,
    },
    "timeout": {"seconds": _SECONDS, "when": _WHEN, **_ANYWHERE},
    "lag": {
        "seconds": _SECONDS,
        "form": _Option(
            "forms",
            f"{', '.join(LAG_FORMS)}, several with +, or all",
            _some_of(*LAG_FORMS, everything="all"),
        ),
        **_PLACED,
    },
    "token-lifetime": {
        "seconds": _whole_option("seconds", 1),
        "expires-in": _whole_option("expires_in", 1),
        **_COUNTED,
    },
}
"""The options of each kind."""

_DEMANDED = {"delay": "ms", "lag": "seconds", "token-lifetime": "seconds"}
_PRESET: Mapping[str, Mapping[str, Any]] = {
    "throttle": {"status": 429, "retry_after": "1"},
    "reset-after": {"late": True},
    "timeout": {"seconds": 300.0},
    "token-lifetime": {"at": SIGN_IN},
}


def read_fault(text: str) -> Fault:
    """The fault that a line means. Raises :class:`FaultSpecError`."""
    kind, *given = (part.strip() for part in text.split(","))
    options = KINDS.get(kind)
    if options is None:
        raise _wrong(text, f"there is no {kind!r}; there are {', '.join(KINDS)}")
    values: dict[str, Any] = {}
    seen: set[str] = set()
    for part in given:
        name, equals, value = part.partition("=")
        option = options.get(name)
        if option is None or not equals:
            raise _wrong(text, f"{part!r} is none of {kind}'s options {'=, '.join(options)}=")
        if name in seen:
            raise _wrong(text, f"'{name}' is given twice")
        seen.add(name)
        try:
            values[option.field] = option.read(value)
        except ValueError:
            raise _wrong(text, f"'{name}' wants {option.wants}, not {value!r}") from None
    if kind in _DEMANDED and _DEMANDED[kind] not in seen:
        raise _wrong(text, f"'{kind}' wants {_DEMANDED[kind]}=N")
    if {"every", "probability"} <= seen:
        raise _wrong(text, "'every' and 'probability' exclude each other")
    return Fault(text, kind, **{**_PRESET.get(kind, {}), **values})


def _wrong(text: str, why: str) -> FaultSpecError:
    return FaultSpecError(f"The fault {text!r} is not understood: {why}.")
