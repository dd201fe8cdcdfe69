"""Operations: each request that Graph documents, with the permissions that it accepts.

One table, kept area by area beside the entities. It decides which methods a path has and who may
use them, it is what the tests of permissions try row by row, and the page about the local tenant is
written from it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Accepted:
    """The permissions that an operation accepts, of applications and of signed-in users.

    Each alternative is a permission, or several joined by ``+`` that must be held together. An
    empty tuple means that the operation does not support that kind of caller.
    """

    application: tuple[str, ...] = ()
    delegated: tuple[str, ...] = ()

    def of(self, *, delegated: bool) -> tuple[str, ...]:
        """The alternatives for one kind of caller."""
        return self.delegated if delegated else self.application


def same(*alternatives: str) -> Accepted:
    """Permissions that are accepted alike from applications and from users."""
    return Accepted(alternatives, alternatives)


@dataclass(frozen=True)
class Operation:
    """One method at one path.

    ``path`` has ``{id}`` for keys and no casts. ``source`` is where the knowledge is from: the name
    of a page of the Graph reference (``application-post-owners``), or a sentence if there is no
    page. ``differences`` says what this tenant is known to do otherwise. ``beta`` operations exist
    under ``/beta`` alone.
    """

    method: str
    path: str
    accepted: Accepted
    source: str
    differences: str = ""
    beta: bool = False


def operation(
    request: str, accepted: Accepted, source: str, *, differences: str = "", beta: bool = False
) -> Operation:
    """The operation of a request line, such as ``GET /applications/{id}``."""
    method, _, path = request.partition(" ")
    return Operation(method, path, accepted, source, differences, beta)
