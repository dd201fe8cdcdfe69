"""A tenant that an older version of the local tenant made goes on with what is new."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from localtenant.testing import running_tenant
from localtenant.testing_client import Graph

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.local_only

NEW_SINCE = (
    "authenticationMethodsPolicy",
    "authenticationMethodConfiguration",
    "applicationTemplate",
)
CLIENTS = {"admin": ("Policy.ReadWrite.AuthenticationMethod", "IdentityProvider.Read.All")}
EMAIL = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Email"


def test_older_tenant_gets_what_is_new(tmp_path: Path) -> None:
    """What it lacks is added, what Microsoft alone can change is renewed, the rest stays."""
    folder = tmp_path / "tenant"
    with running_tenant(folder, clients=CLIENTS) as ready:
        first = ready
    _make_older(folder / "tenant.sqlite3")

    with running_tenant(folder, clients=CLIENTS) as ready:
        graph = Graph(ready, ready.clients["admin"])
        providers = graph.read("/identity/identityProviders")["value"]
        assert {p["@odata.type"] for p in providers} == {"#microsoft.graph.builtInIdentityProvider"}
        assert graph.get("/policies/authenticationMethodsPolicy").status_code == 200
        change = {
            "@odata.type": "#microsoft.graph.emailAuthenticationMethodConfiguration",
            "state": "enabled",
        }
        assert graph.patch(EMAIL, change).status_code == 204
        assert ready.env == {**first.env, **_addresses(ready.env)}
    _make_older(folder / "tenant.sqlite3", without=())

    with running_tenant(folder, clients=CLIENTS) as ready:
        assert Graph(ready, ready.clients["admin"]).read(EMAIL)["state"] == "enabled"


def _addresses(env: dict[str, str]) -> dict[str, str]:
    """What names the port, which differs from start to start."""
    return {name: env[name] for name in ("ARM_METADATA_HOSTNAME", "AZURE_AUTHORITY_HOST")}


def _make_older(database: Path, without: tuple[str, ...] = NEW_SINCE) -> None:
    """Take away what older versions did not have."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE settings SET value = '2026-01-01' WHERE name = 'seeded'")
        for kind in without:
            connection.execute("DELETE FROM objects WHERE kind = ?", (kind,))
        rows = connection.execute("SELECT id, doc FROM objects WHERE kind = 'identityProvider'")
        for key, doc in rows.fetchall():
            old = {k: v for k, v in json.loads(doc).items() if k != "@odata.type"}
            connection.execute("UPDATE objects SET doc = ? WHERE id = ?", (json.dumps(old), key))
