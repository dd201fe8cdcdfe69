"""How it is set which links the sign-in page shows, in the tenant's default branding.

A tenant has no branding before something is first written to it. Where the links are all that was,
an empty one is left, which shows what none shows: it may have become somebody else's.
Source: https://learn.microsoft.com/graph/api/organizationalbranding-update
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final, cast

from providers.graph.lag import Lag
from providers.graph.rest import Json
from providers.lifecycle import Problem, Properties
from providers.tenant_setting import TenantSettingLifecycle

if TYPE_CHECKING:
    from providers.graph.session import Graph

_PART: Final = "loginPageTextVisibilitySettings"
"""The property of the branding that has them."""


class LoginPageTextVisibilityLifecycle(TenantSettingLifecycle):
    """Which links of the sign-in page are hidden; see ``LoginPageTextVisibilityArgs``."""

    inputs: ClassVar[frozenset[str]] = frozenset(
        {
            "hideAccountResetCredentials",
            "hideCannotAccessYourAccount",
            "hideForgotMyPassword",
            "hidePrivacyAndCookies",
            "hideResetItNow",
            "hideTermsOfUse",
        }
    )
    permission: ClassVar[str] = "OrganizationalBranding.ReadWrite.All"
    headers: ClassVar[Mapping[str, str]] = {"Accept-Language": "0"}
    """The default branding, and that of no language."""

    def path(self, properties: Properties) -> str:
        """That of the tenant's branding."""
        return f"/organization/{properties['tenantId']}/branding"

    def name(self, properties: Properties) -> str:
        """There is one."""
        del properties
        return "links of the sign-in page in the tenant's branding"

    def validate(self, inputs: Properties) -> list[Problem]:
        """There is nothing but true and false."""
        del inputs
        return []

    async def _live(self, graph: Graph, properties: Properties, what: str) -> Json | None:
        """All of them, ``None`` where there is no branding; what is null there is not hidden."""
        found = await super()._live(graph, properties, what)
        part = cast("Json", (found or {}).get(_PART) or {})
        return None if found is None else _flags(part, self.inputs)

    async def _get(
        self, graph: Graph, properties: Properties, what: str, *, lag: tuple[Lag, ...] = ()
    ) -> Json:
        """Without any branding, nothing is hidden."""
        del lag
        return await self._live(graph, properties, what) or _flags({}, self.inputs)

    async def _patch(
        self, graph: Graph, properties: Properties, changes: Mapping[str, object], what: str
    ) -> None:
        """Write the part whole: whether Graph keeps what is left out of it is not documented."""
        if changes:
            live = await self._get(graph, properties, what)
            hidden = {name: True for name in sorted(live) if live[name]}
            await super()._patch(graph, properties, {_PART: {**hidden, **changes}}, what)


def _flags(part: Json, names: Iterable[str]) -> Json:
    return {name: bool(part.get(name)) for name in names}
