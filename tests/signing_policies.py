"""Token policies of a tenant inside the test's own process, for one test each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from signing_in import Application, SignIns

    from localtenant.odata.types import Json


@dataclass
class Policies:
    """Makes policies, and knows which there are."""

    signing: SignIns
    made: list[str] = field(default_factory=list[str])

    def lifetime(self, span: object, *holders: str, default: bool = False) -> None:
        """Let access tokens live so long."""
        definition = {"Version": 1, "AccessTokenLifetime": span}
        self._make("TokenLifetimePolicy", definition, holders, default=default)

    def claims(self, schema: list[Json], *holders: str, **more: object) -> None:
        """Map claims."""
        definition = {"Version": 1, "ClaimsSchema": schema, **more}
        self._make("ClaimsMappingPolicy", definition, holders)

    def _make(
        self, name: str, definition: Json, holders: tuple[str, ...], *, default: bool = False
    ) -> None:
        """Make a policy and assign it to ``holders``, each the path of an object."""
        collection = f"{name[0].lower()}{name[1:-1]}ies"
        path = f"/policies/{collection}"
        body = {
            "displayName": name,
            "definition": [json.dumps({name: definition})],
            "isOrganizationDefault": default,
        }
        own = f"/v1.0{path}/{self.signing.made(path, body)['id']}"
        self.made.append(own)
        for holder in holders:
            reference = {"@odata.id": f"https://localhost{own}"}
            place = f"/v1.0{holder}/{collection}/$ref"
            answer = self.signing.caller.json("POST", place, reference)
            assert answer.status == 204, answer.body

    def drop(self) -> None:
        """Delete what was made."""
        while self.made:
            answer = self.signing.caller.ask("DELETE", self.made.pop())
            assert answer.status == 204, answer.body


def principal(app: Application) -> str:
    """The path of an application's service principal."""
    return f"/servicePrincipals/{app.principal}"


def accept(
    signing: SignIns, app: Application, version: int | None = 2, *, let: bool = True
) -> None:
    """Let mapped claims in by an application's manifest, or do not."""
    api = {"acceptMappedClaims": let, "requestedAccessTokenVersion": version}
    signing.changed(f"/applications/{app.id}", {"api": api})


def hold(signing: SignIns, app: Application, *credentials: Json) -> None:
    """Have a service principal hold these key credentials, no others."""
    body = {"keyCredentials": list(credentials)}
    signing.changed(f"/servicePrincipals/{app.principal}", body)
