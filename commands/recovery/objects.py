"""Finds in the tenant what interrupted creations have made.

`python -m commands.recovery.objects` runs in the environment of the stack, as its plugins do, so
that it signs in where they do. It reads from standard input, as JSON: `configuration` (the stack's
keys of `azuread:`), `creations` (resources as a state holds them), `recorded` (the ids that the
state knows), and `since` (when the stack was last at rest, RFC 3339, or null). It prints, by URN,
the `id` of what was found and the `outputs` to record with it that are not inputs.

An object counts as a creation's own only when it looks as the creation would have made it: what
somebody else has made under the same name is left alone, and the next `up` says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from commands.recovery import parts, registrations
from commands.recovery.search import Finder, Search
from providers.graph.errors import ProviderError
from providers.graph.session import Graph, Session
from providers.kinds import lifecycles

Object = Mapping[str, Any]

LIFECYCLES: Final = lifecycles()
"""The project's own resources, by type."""


FINDERS: Final[Mapping[str, Finder]] = {**registrations.FINDERS, **parts.FINDERS}
"""How azuread's resources are found, by type."""


@dataclass(frozen=True)
class Found:
    """An object that a creation has made."""

    id: str
    outputs: Mapping[str, object]
    """What is recorded of it beside the inputs, as far as no refresh would tell."""


async def find(
    search: Search, creations: Sequence[Object], recorded: Sequence[str]
) -> dict[str, Found]:
    """By URN, what the creations have made and nothing has `recorded`.

    Raises ProviderError when the tenant does not answer or refuses to.
    """
    taken = set(recorded)
    result: dict[str, Found] = {}
    for creation in creations:
        found = await _candidates(search, str(creation["type"]), creation.get("inputs") or {})
        new = [one for one in found if one.id not in taken]
        # Of several, nobody can say which one it is.
        if len(new) == 1:
            taken.add(new[0].id)
            result[creation["urn"]] = new[0]
    return result


async def _candidates(search: Search, kind: str, inputs: Object) -> list[Found]:
    if kind in LIFECYCLES:
        made = await LIFECYCLES[kind].find(search.graph, _plain(inputs))
        return [Found(made.id, made.outputs)] if made else []
    if kind in FINDERS:
        return [Found(one, {}) for one in await FINDERS[kind](search, inputs)]
    return []


def _plain(inputs: Object) -> dict[str, object]:
    """The inputs without Pulumi's own, such as `__provider`."""
    return {name: value for name, value in inputs.items() if not name.startswith("__")}


def main() -> int:
    """Print what was found, or on standard error the one line that says why it cannot be told."""
    asked = cast("dict[str, Any]", json.load(sys.stdin))
    since = datetime.fromisoformat(asked["since"]) if asked["since"] else None

    async def look(graph: Graph) -> dict[str, Found]:
        return await find(Search(graph, since), asked["creations"], asked["recorded"])

    try:
        session = Session(cast("dict[str, str]", asked["configuration"]).get)
        found = session.operate("look for what the interrupted run has made", look)
    except ProviderError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command's own output
        return 1
    json.dump(
        {urn: {"id": one.id, "outputs": one.outputs} for urn, one in found.items()}, sys.stdout
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
