"""What all objects share that are found again by a name of their own.

An object is made by one POST, after a look whether an interrupted run has made it already; where
Graph refuses a second one of a name, the refusal is what it is looked for. With
``adopt`` one that exists under the name is taken over, and deleting then only lets go of it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar, cast

from tenacity import AsyncRetrying, retry_if_result, stop_after_delay, wait_exponential

from providers.graph.answers import RefusedRequestError
from providers.graph.errors import ObjectError
from providers.graph.lag import Lag
from providers.lifecycle import Lifecycle, Made, Plan, Properties

if TYPE_CHECKING:
    from providers.graph.session import Graph

Live = TypeVar("Live")
"""An object as a look at Graph gives it."""

_UNUSED_SECONDS = 30.0
"""How long a list may still show a use whose end was acknowledged."""

SWITCHES: Final[Mapping[str, object]] = {"adopt": False, "forceDestroy": False}
"""The inputs that are no properties of the object, and what leaving them out means."""


class NamedLifecycle(Lifecycle, Generic[Live]):
    """A kind of object of which there is one under a name; see ``Lifecycle``.

    Inputs beside its own: ``adopt``, whether to take over one that exists under the name, and
    ``forceDestroy``, whether deleting may remove one that was adopted or is still used. Outputs:
    the inputs that were given, ``tenantId`` and ``adopted``.
    """

    kind: ClassVar[str]
    """What a person calls it: "user flow"."""
    key: ClassVar[str]
    """The input that names it."""
    unique: ClassVar[bool] = False
    """Whether Graph refuses a second one of a name, so that it need not be looked for first."""
    lag: ClassVar[Sequence[Lag]] = ()
    """The refusals of its creation that mean "not replicated yet"."""

    @abstractmethod
    async def look(self, graph: Graph, wanted: Properties) -> Live | None:
        """The object of the wanted name; ``ObjectError`` where there are several. Not retried."""

    @abstractmethod
    async def make(self, graph: Graph, wanted: Properties) -> str:
        """Make the object by one request; returns its ID. Not retried."""

    @abstractmethod
    async def get(self, graph: Graph, object_id: str, what: str) -> Live | None:
        """The object of that ID; ``None`` when it is gone. Waits out what was just made."""

    @abstractmethod
    def id_of(self, live: Live) -> str:
        """The object's ID."""

    @abstractmethod
    def told(self, live: Live, recorded: Properties) -> dict[str, object]:
        """The object's values under the names that are recorded; what is left out stays out."""

    @abstractmethod
    async def remove(self, graph: Graph, object_id: str, what: str) -> None:
        """Delete the object; one that is gone is fine."""

    async def users(self, graph: Graph, object_id: str, what: str) -> str:
        """Name what still uses the object, in words; empty where nothing does, the default."""
        del graph, object_id, what
        return ""

    async def when_unused(self, graph: Graph, object_id: str, what: str) -> None:
        """Return once the object may be deleted; ``ObjectError`` where something uses it.

        Waits a little: a list may lag behind the removals that this run has just made.
        """
        asking = AsyncRetrying(
            retry=retry_if_result(bool),
            stop=stop_after_delay(_UNUSED_SECONDS),
            wait=wait_exponential(multiplier=0.2, max=3.0),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else "",
        )
        used: str = await asking(self.users, graph, object_id, what)
        if used:
            raise ObjectError(
                f"Could not {what}: {used}. Change that first, or set 'forceDestroy: true' on it "
                "and run 'pulumi up' before deleting."
            )

    def comparable(self, name: str, value: object) -> object:
        """The value of an input in a form in which two that mean the same are equal."""
        return value is True if name in SWITCHES else value

    def name(self, properties: Properties) -> str:
        """Name it by its kind and its name."""
        return f"{self.kind} '{properties.get(self.key, '')}'"

    def normalise(self, inputs: Properties) -> dict[str, object]:
        """There are no defaults, unless a kind has some."""
        return dict(inputs)

    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """What differs changes in place, unless a kind says otherwise."""
        wanted = {**SWITCHES, **self.normalise(inputs)}
        changed = [
            name
            for name in sorted(self.inputs & wanted.keys())
            if self.comparable(name, outputs.get(name)) != self.comparable(name, wanted[name])
        ]
        return Plan(changes=changed)

    async def find(self, graph: Graph, inputs: Properties) -> Made | None:
        """By name, where it is just as wanted and nothing uses it; or where it is adopted."""
        wanted = self.normalise(inputs)
        what = f"look for the {self.name(wanted)}"
        found = await graph.send(what, lambda: self.look(graph, wanted))
        live = self._live(graph, found, wanted) if found else None
        if live is None or live.outputs["adopted"] is True:
            return live
        is_ours = not self.plan(live.outputs, wanted).changes
        return live if is_ours and not await self.users(graph, live.id, what) else None

    async def create(self, graph: Graph, inputs: Properties) -> Made:
        """Make the object, unless one of that name is there.

        With ``adopt`` that one is taken, and left as it is until a preview has shown a difference.
        Without, it is taken only as the work of an interrupted run: it is just as wanted, and
        nothing uses it yet.
        """
        wanted = self.normalise(inputs)
        what = f"create the {self.name(wanted)}"
        look_first = not self.unique or wanted.get("adopt") is True

        async def find_or_make() -> Made | Live:
            nonlocal look_first
            found = await self.look(graph, wanted) if look_first else None
            # Found again before each further try: an answer that got lost must not make two.
            look_first = True
            if found is not None:
                return found
            try:
                return Made(await self.make(graph, wanted), self._new(graph, wanted))
            except RefusedRequestError as error:
                # There is one of the name; a run beside this one may have made it since a look.
                refused = error.answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT)
                found = await self.look(graph, wanted) if refused else None
                if found is None:
                    raise
                return found

        made = await graph.send(what, find_or_make, lag=self.lag)
        return made if isinstance(made, Made) else await self._taken(graph, made, wanted)

    async def read(self, graph: Graph, object_id: str, outputs: Properties) -> Made | None:
        """Tell the object as Graph has it, as far as the outputs track it."""
        live = await self.get(graph, object_id, f"read the {self.name(outputs)}")
        return Made(object_id, self.told(live, outputs)) if live else None

    async def delete(self, graph: Graph, object_id: str, outputs: Properties) -> None:
        """Remove the object; let go of an adopted one; refuse one that is still used."""
        force = outputs.get("forceDestroy") is True
        if outputs.get("adopted") is True and not force:
            return
        what = f"delete the {self.name(outputs)}"
        if not force:
            await self.when_unused(graph, object_id, what)
        await self.remove(graph, object_id, what)

    def updated(self, outputs: Properties, wanted: Properties) -> dict[str, object]:
        """All outputs after an update to what is wanted."""
        return {
            **wanted,
            "tenantId": outputs["tenantId"],
            "adopted": bool(outputs.get("adopted", False)),
        }

    async def _taken(self, graph: Graph, found: Live, wanted: Properties) -> Made:
        live = self._live(graph, found, wanted)
        if live.outputs["adopted"] is True:
            return live
        what = f"create the {self.name(wanted)}"
        differences = ", ".join(self.plan(live.outputs, wanted).changes)
        reason = f"that differs in {differences}" if differences else ""
        if not reason and (used := await self.users(graph, live.id, what)):
            reason = f"in use: {used}"
        if reason:
            raise ObjectError(
                f"Could not {what}: the tenant has one of that name (ID {live.id}) {reason}. If "
                f"this stack is to take it over, set 'adopt: true' on the {self.kind}; else choose "
                f"another {self.key}."
            )
        return live

    def _new(self, graph: Graph, wanted: Properties) -> dict[str, object]:
        """What is recorded of an object that was made, not adopted."""
        return {**wanted, "tenantId": graph.tenant_id, "adopted": False}

    def _live(self, graph: Graph, found: Live, wanted: Properties) -> Made:
        """The object as it would be recorded if it were taken; with ``adopt`` it is let go of."""
        outputs = self.told(found, self._new(graph, wanted))
        return Made(self.id_of(found), {**outputs, "adopted": wanted.get("adopt") is True})


def strings(value: object) -> list[str]:
    """The entries of a list of texts."""
    return [str(one) for one in cast("Sequence[object]", value)]
