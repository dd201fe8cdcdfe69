"""How many users have a value for a custom attribute.

Custom attributes are directory extensions of users, which Graph can filter and count.
Source: https://learn.microsoft.com/graph/api/user-list (directory extensions, `$count`)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from providers.graph import rest
from providers.graph.configuration import Lookup
from providers.graph.errors import ProviderError
from providers.graph.session import Graph, Session

_PERMISSION: Final = "User.Read.All"
_SECONDS: Final = 30.0
"""How long a preview may wait for something that it only tells."""


def users_with_values(lookup: Lookup, attributes: Sequence[str]) -> dict[str, int | str]:
    """Count the users that have a value, by the id of the attribute; or say why that fails.

    ``lookup`` finds keys of ``azuread:`` in the stack's configuration. Needs the permission
    ``User.Read.All``. Graph does not compare a collection of texts with null.
    """
    session = Session(lookup)
    return {one: _told(session, one) for one in attributes}


def _told(session: Session, attribute: str) -> int | str:
    what = f"count the users that have a value for {attribute}"

    async def count(graph: Graph) -> int:
        return await graph.send(what, lambda: _count(graph, attribute))

    try:
        return session.operate(what, count, needs=_PERMISSION, seconds=_SECONDS)
    except ProviderError as error:
        return str(error)


async def _count(graph: Graph, attribute: str) -> int:
    """One advanced query, for which Graph wants the header."""
    query = {"$count": "true", "$top": "1", "$select": "id", "$filter": f"{attribute} ne null"}
    headers = {"ConsistencyLevel": "eventual"}
    answer = await rest.call(graph.http, "GET", f"/users?{urlencode(query)}", headers=headers)
    return int(str(answer.get("@odata.count", 0)))
