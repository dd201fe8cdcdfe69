"""What the server lets a fault do to a client's connection."""

from __future__ import annotations

from typing import Protocol

CONNECTION = "localtenant.connection"
"""The extension of a request's scope under which the server puts its connection."""


class Connection(Protocol):
    """The connection that a request came by."""

    def reset(self) -> None:
        """Break the connection, so that the client sees it reset; nothing is sent any more."""

    def hold(self) -> None:
        """Say that the request under way is never going to be answered."""
