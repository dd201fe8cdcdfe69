"""What the tenant was asked and what it answered: the last thousand times, in memory.

It is for looking on while something is being developed. On disk it would cost each request a write
and outlive what it tells of; ``--log`` is for what is to stay.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from localtenant.portal.masking import Body

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

KEPT = 1000
LISTENERS = 32
GRAPH, SIGN_IN = "Graph", "sign-in"
_ERROR = 400


# Not frozen: that would have each field cost a call, for each request.
@dataclass(slots=True)
class Exchange:
    """A request and its answer, without secrets.

    ``number`` counts from 1, ``when`` is the second in which it came, ``ms`` how long it took.
    ``status`` is 0 for what was never answered. ``address`` is the path with its query, ``client``
    a client ID. Neither texts nor headers hold what gives access.
    """

    number: int
    when: float
    kind: str
    method: str
    address: str
    status: int
    ms: float
    client: str
    request_id: str
    request_headers: list[tuple[str, str]]
    request_body: Body
    answer_headers: list[tuple[str, str]]
    answer_body: Body
    faults: list[str] = field(default_factory=list[str])

    @property
    def failed(self) -> bool:
        """Whether the answer is an error, or there is none."""
        return self.status >= _ERROR or not self.status

    def mentions(self, text: str) -> bool:
        """Whether path, method, status, client or request ID holds a text, in any letter case."""
        line = f"{self.method} {self.address} {self.status} {self.client} {self.request_id}"
        return text.casefold() in line.casefold()


class Exchanges:
    """The newest exchanges, and who waits for more."""

    def __init__(self) -> None:
        """Have none yet."""
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._count = 0
        self._waiting: set[asyncio.Event] = set()

    @property
    def next_number(self) -> int:
        """The number of the exchange that is added next."""
        return self._count + 1

    def add(self, exchange: Exchange) -> None:
        """Keep an exchange that has the next number, and wake who waits."""
        self._count = exchange.number
        self._kept.append(exchange)
        for one in self._waiting:
            one.set()

    def newest(self) -> Iterator[Exchange]:
        """Those that are kept, the newest first."""
        return reversed(self._kept)

    def find(self, number: int) -> Exchange | None:
        """The one with a number, if it is still kept."""
        if not self._kept:
            return None
        at = number - self._kept[0].number
        return self._kept[at] if 0 <= at < len(self._kept) else None

    @contextmanager
    def listener(self) -> Generator[asyncio.Event | None]:
        """What is set by each exchange that comes; None if enough are listening already."""
        if len(self._waiting) >= LISTENERS:
            yield None
            return
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            yield event
        finally:
            self._waiting.discard(event)
