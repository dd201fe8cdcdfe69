"""No secret in what is shown, kept, logged or handed to processes, in a stack's whole life."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from secrets_fixture import Watched, secrets_below, secrets_in
from stack_fixture import Stack

from commands.logs import rendered

# With -v=9 the CLI prints what it sends to plugins and receives from them, secrets in clear. That
# is Pulumi's own; every other line has to be free of secrets.
_OF_THE_CLI = re.compile(
    r'^\{"time":"[^"]*","level":"INFO","msg":"(Unm|M)arshaling property for RPC'
)

# The first two hand the deployer's secret down on purpose. The third the CLI sets for the plugins
# that it starts: the stack's configuration, secrets in clear.
_MAY_HOLD = {"ARM_CLIENT_SECRET", "AZURE_CLIENT_SECRET", "PULUMI_CONFIG"}
_LOUD = ("--logtostderr", "-v=9", "--logflow", "--debug")


def clients(rotation: int) -> dict[str, Any]:
    """A web application with a secret."""
    web: dict[str, Any] = {
        "kind": "webApp",
        "displayName": "web",
        "redirectUris": ["https://web.example/"],
        "secret": {"lifetime": "90d", "rotation": rotation},
    }
    return {"web": web}


FLOWS = {"customers": {"displayName": "Customers", "clients": ["web"]}}
Run = Callable[..., str]


@pytest.fixture
def run(stack: Stack, tmp_path: Path) -> Run:
    """Run the CLI; what it shows holds no secret."""
    (tmp_path / "tmp").mkdir()
    variables = {"PULUMI_DEBUG_COMMANDS": "true", "TMPDIR": str(tmp_path / "tmp")}

    def call(*arguments: str, **options: Any) -> str:
        shown = stack.pulumi(*arguments, **variables, **options)
        lines = shown.splitlines()
        found = [one for one in lines if secrets_in(one) and not _OF_THE_CLI.match(one)]
        assert found == [], arguments
        return shown

    return call


def test_no_secret_leaves_the_state_unless_it_is_asked_for(
    stack: Stack, run: Run, watched: Watched, tmp_path: Path
) -> None:
    """Made, previewed, refreshed, rotated, failed, exported, destroyed, at the CLI's loudest."""
    events = ("--event-log", str(tmp_path / "events.jsonl"))
    env = stack.tenant.ready.env
    run("config", "set", "azuread:clientId", env["ARM_CLIENT_ID"])
    run(
        *("config", "set", "--secret", "azuread:clientSecret"),
        typed=env["ARM_CLIENT_SECRET"],
    )
    stack.configure(clients=clients(1), userFlows=FLOWS)
    loud = run("up", "--yes", "--skip-preview", *_LOUD, *events)
    issued = _issued(stack)
    assert secrets_in(loud), "the CLI has become discreet: let go of the exception for it"
    run("preview", "--diff")
    run("refresh", "--yes", "--skip-preview", "--diff", *_LOUD)

    stack.tenant.admin.flow(displayName="Taken")
    taken = {**FLOWS, "more": {"displayName": "Taken", "signUpAllowed": False}}
    stack.configure(clients=clients(2), userFlows=taken)
    failed = run("up", "--yes", "--skip-preview", "--diff", *_LOUD, succeeds=False)
    assert "Could not create the user flow 'Taken'" in failed
    stack.configure(clients=clients(2), userFlows=FLOWS)
    run("up", "--yes", "--skip-preview", "--diff")
    issued |= _issued(stack)
    assert len(issued) == 2

    for shown in (
        run("stack", "output"),
        run("stack", "output", "--json"),
        run("stack", "export"),
        run("stack", "history", "--json"),
        run("config", "--json"),
    ):
        assert not [one for one in issued if one in shown]
    run("destroy", "--yes", "--skip-preview", *_LOUD)

    kept = secrets_below(tmp_path)
    of_the_tenant = {name: kept.pop(name) for name in list(kept) if "tenant.sqlite3" in name}
    assert kept == {}
    # The tenant tells its clients' own secrets at every start, so it keeps them; no other.
    others = stack.tenant.ready.clients.values()
    known = {env["ARM_CLIENT_SECRET"], *(one.clientSecret for one in others)}
    assert {one.value for found in of_the_tenant.values() for one in found} == known
    log = stack.tenant.log.read_text().splitlines()
    assert secrets_in("\n".join(rendered(line).plain for line in log)) == []

    assert watched.variables <= _MAY_HOLD
    assert watched.variables, "nobody watched"
    assert [one for one in watched.arguments if secrets_in(one)] == []
    for process in ("azuread", "language", "dynamic"):
        assert [one for one in watched.arguments if process in one], "nobody watched"


def test_the_forms_by_which_secrets_are_found_are_those_of_the_tenant(stack: Stack) -> None:
    """Else the search of the other test would find nothing, whatever leaked."""
    application = stack.tenant.admin.application()
    path = f"/applications/{application['id']}/addPassword"
    secret = stack.tenant.admin.made(path, {})["secretText"]
    ready = stack.tenant.ready
    for value in (secret, ready.env["ARM_CLIENT_SECRET"], stack.tenant.admin.token):
        assert [one.value for one in secrets_in(f'before {{"it": "{value}"}}')] == [value]


def _issued(stack: Stack) -> set[str]:
    """The client secrets that the stack has, which it tells because it is asked."""
    outputs = stack.outputs()
    secrets: dict[str, str] = outputs["clientSecrets"] | outputs["previousClientSecrets"]
    return set(outputs["clientSecrets"].values()) | set(secrets.values())
