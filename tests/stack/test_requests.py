"""How many requests the seed's tenant takes, and which of them must follow each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stack_fixture import Stack

from providers.organization import MICROSOFT_GRAPH

FLOWS = "/identity/authenticationEventsFlows"
GUID = re.compile(r"/[^/]*[0-9a-zA-Z_-]{32,}")

CALLS = {
    "azuread:index/application:Application": 2,  # a look for the name, and the creation
    "azuread:index/applicationIdentifierUri:ApplicationIdentifierUri": 2,
    "azuread:index/applicationPassword:ApplicationPassword": 1,
    "azuread:index/servicePrincipal:ServicePrincipal": 1,
    "azuread:index/servicePrincipalDelegatedPermissionGrant:"
    "ServicePrincipalDelegatedPermissionGrant": 1,
    "pulumi-python:dynamic/ciam:UserFlow": 1,
    "pulumi-python:dynamic/ciam:UserFlowApplication": 1,
}
"""The requests of each creation."""

LOOKED_UP = ["GET /organization", f"GET /servicePrincipals(appId='{MICROSOFT_GRAPH}')"]
"""What every run of the program asks: which tenant it is, and Microsoft Graph in it."""


def test_no_more_requests_than_needed(stack: Stack) -> None:
    """Each object is made by its fewest requests, six in a row; without a change it is read once.

    A service principal and an application are read with their owners, by azuread.
    """
    with stack.tenant.wire() as up:
        stack.pulumi("up", "--yes", "--skip-preview")
    with stack.tenant.wire() as preview:
        stack.pulumi("preview", "--expect-no-changes")
    with stack.tenant.wire() as refresh:
        stack.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")

    made = [one for one in stack.resources() if one["type"] in CALLS]
    assert len(up.graph()) == len(LOOKED_UP) + sum(CALLS[one["type"]] for one in made) == 15
    assert max(_in_a_row(made).values()) == 6
    assert sorted(preview.graph()) == LOOKED_UP
    ours = [one for one in refresh.graph() if FLOWS in one]
    assert sorted(GUID.sub("/{id}", one) for one in ours) == [f"GET {FLOWS}", f"GET {FLOWS}/{{id}}"]
    with_owners = [
        one for one in made if one["type"].endswith((":Application", ":ServicePrincipal"))
    ]
    assert len(refresh.graph()) == len(made) + len(with_owners)


def _in_a_row(made: list[dict[str, Any]]) -> Mapping[str, int]:
    """For each resource, how many requests must follow each other until it is there."""
    by_urn = {one["urn"]: one for one in made}
    rows: dict[str, int] = {}

    def row(urn: str) -> int:
        if urn not in by_urn:
            return 0
        if urn not in rows:
            one = by_urn[urn]
            others: list[str] = one.get("dependencies") or []
            before = max(map(row, others), default=0)
            rows[urn] = before + CALLS[one["type"]]
        return rows[urn]

    for urn in by_urn:
        row(urn)
    return rows
