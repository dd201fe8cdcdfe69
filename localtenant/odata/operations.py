"""Operations: each request that Graph documents, with the permissions that it accepts.

One table, kept area by area beside the entities. It decides which methods a path has and who may
use them, it is what the tests of permissions try row by row, and the page about the local tenant is
written from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Accepted:
    """The permissions that an operation accepts, of applications and of signed-in users.

    Each alternative is a permission, or several joined by ``+`` that must be held together, or
    empty if a token is enough. An empty tuple means that the operation does not support that kind
    of caller.
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
    page. Where an operation's objects are of several types and each has permissions of its own,
    ``by_type`` has them, and ``accepted`` is what any of the types accepts. ``differences`` says
    what this tenant is known to do otherwise. ``beta`` operations exist under ``/beta`` alone.
    """

    method: str
    path: str
    accepted: Accepted
    source: str
    differences: str = ""
    beta: bool = False
    by_type: Mapping[str, Accepted] = field(default_factory=dict[str, Accepted])


def operation(
    request: str,
    accepted: Accepted | Mapping[str, Accepted],
    source: str,
    *,
    differences: str = "",
    beta: bool = False,
) -> Operation:
    """The operation of a request line, such as ``GET /applications/{id}``.

    ``accepted`` may have the permissions by the name of the entity type.
    """
    method, _, path = request.partition(" ")
    if isinstance(accepted, Accepted):
        return Operation(method, path, accepted, source, differences, beta)
    return Operation(method, path, _any_of(accepted), source, differences, beta, accepted)


def _any_of(by_type: Mapping[str, Accepted]) -> Accepted:
    application = dict.fromkeys(a for t in by_type.values() for a in t.application)
    delegated = dict.fromkeys(a for t in by_type.values() for a in t.delegated)
    return Accepted(tuple(application), tuple(delegated))
