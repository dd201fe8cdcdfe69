"""Where each box of the picture lies: four columns, and lines between them.

User flows, clients, what the clients may use, and APIs. Clients stand in the order of their flows,
flows and APIs at the height of what they are joined to, so that few lines cross.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from commands.tenant_map import content, lines
from commands.tenant_map.boxes import APIS, CLIENTS, CONSENT, FLOWS, GAP, TOP, Box, placed
from commands.tenant_map.content import Lines
from commands.tenant_map.lines import Edge
from commands.tenant_map.model import Access, Api, Client, Map

_PILL_GAP: Final = 8


@dataclass(frozen=True)
class Picture:
    """All boxes and lines, and the height of the whole."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]

    @property
    def bottom(self) -> float:
        """Where the last box ends."""
        return max((box.bottom for box in self.boxes), default=TOP)


@dataclass(frozen=True)
class _Pill:
    """What stands in the column of consent: one state of what a client may use of an API."""

    api: str
    box: Box


def laid_out(shown: Map, now: datetime, *, ids: bool) -> Picture:
    """The picture of a map; `ids` puts client IDs into it."""
    clients, pills = _clients(shown, now, ids=ids)
    used = [
        (_api(one, ids=ids), [pill.box for pill in pills if pill.api == one.key])
        for one in shown.apis
    ]
    flows = placed(
        [
            (Box(FLOWS, _look("flow", exists=one.exists), content.flow(one, FLOWS.room)), at)
            for one in shown.flows
            for at in [sorted(clients[key].y for key in one.clients)[:1]]
        ]
    )
    apis = placed(
        [(box, [pill.middle - box.height / 2 for pill in joined]) for box, joined in used]
    )
    served = [[clients[key] for key in one.clients] for one in shown.flows]
    edges = [
        *lines.from_hubs(list(zip(flows, served, strict=True))),
        *(lines.short(pill.box, CLIENTS) for pill in pills),
        *lines.to_hubs([(box, joined) for box, (_, joined) in zip(apis, used, strict=True)]),
    ]
    boxes = (*flows, *clients.values(), *(pill.box for pill in pills), *apis)
    return Picture(boxes, tuple(edges))


def _clients(shown: Map, now: datetime, *, ids: bool) -> tuple[dict[str, Box], list[_Pill]]:
    """The clients one below the other, each with its pills beside it."""
    boxes: dict[str, Box] = {}
    pills: list[_Pill] = []
    y: float = TOP
    for client in _in_order(shown):
        own = _pills(client, shown, y)
        needed = own[-1].box.bottom - y if own else 0
        look = _look("client", exists=client.exists)
        told = content.client(client, shown.flows, now, CLIENTS.room, ids=ids)
        box = Box(CLIENTS, look, told, y, stretched=needed)
        boxes[client.key] = box
        # A few pills beside a tall box stand in its middle.
        down = (box.height - needed) / 2
        pills += [replace(one, box=replace(one.box, y=one.box.y + down)) for one in own]
        y = box.bottom + GAP
    return boxes, pills


def _in_order(shown: Map) -> list[Client]:
    """The clients by flow, those in none at the end."""
    flows = {key: number for number, one in enumerate(shown.flows) for key in one.clients}
    return sorted(
        shown.clients, key=lambda one: (flows.get(one.key, len(shown.flows)), one.name, one.key)
    )


def _pills(client: Client, shown: Map, y: float) -> list[_Pill]:
    apis = {one.key: (number, one) for number, one in enumerate(shown.apis)}
    own = [one for one in shown.accesses if one.client == client.key]
    pills: list[_Pill] = []
    for access in sorted(own, key=lambda one: apis[one.api][0]):
        for look, told in _states(access, apis[access.api][1]):
            box = Box(CONSENT, look, told, y)
            pills.append(_Pill(access.api, box))
            y = box.bottom + _PILL_GAP
    return pills


def _states(access: Access, api: Api) -> list[tuple[str, Lines]]:
    states: list[tuple[str, Lines]] = []
    if access.granted:
        states.append(("granted", content.granted(access, api, CONSENT.room)))
    if access.missing:
        states.append(("missing", content.missing(access, api, CONSENT.room)))
    return states


def _api(one: Api, *, ids: bool) -> Box:
    look = _look("api" if one.own else "foreign", exists=one.exists)
    return Box(APIS, look, content.api(one, APIS.room, ids=ids))


def _look(name: str, *, exists: bool) -> str:
    return name if exists else f"{name} gone"
