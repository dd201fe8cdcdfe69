"""Killed at any point: the next run takes up what is there, and the tenant comes out the same.

`KILL_POINTS=2` lets another victim die at each of them, `KILL_POINTS=8` every one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
import pytest
from killer import VICTIMS, Killer, Point, is_of, spread
from rich.console import Console
from stack_fixture import Stack, stack_in
from tenant_fixture import EVERYTHING, Tenant, tenant_in
from tenant_picture import picture

import commands.stack
from commands.recovery import recover
from engine.model import Engine
from engine.places import PROJECT
from localtenant.testing import running_tenant
from localtenant.testing_client import Graph

WRITES = 10
"""How many writes an undisturbed `up` of the seed sends."""

POINTS = spread(VICTIMS, WRITES, int(os.environ.get("KILL_POINTS", "1")))

QUIET = ("--yes", "--skip-preview", "--non-interactive", "--suppress-outputs")

PREVIEWED = 5
"""At each so-many-th write a preview shows that nothing is left to do."""

SCOPE = {"adminConsentDisplayName": "x", "adminConsentDescription": "x"}
APPS: dict[str, Any] = {
    "apis": {"api": {"displayName": "api", "scopes": [{**SCOPE, "value": "Read"}]}},
    "clients": {
        "web": {
            "kind": "webApp",
            "displayName": "web",
            "redirectUris": ["https://contoso.com/back"],
            "apiPermissions": {"api": ["Read"]},
        }
    },
    "userFlows": {"customers": {"attributes": ["city"], "clients": ["web"]}},
}
CHANGED: dict[str, Any] = {
    "apis": {"api": {"displayName": "api", "scopes": [{**SCOPE, "value": "Write"}]}},
    "clients": {
        "web": {
            **APPS["clients"]["web"],
            "apiPermissions": {"api": ["Write"]},
            "secret": {"rotation": 2},
        }
    },
    "userFlows": {"members": {"attributes": ["city", "state"], "clients": ["web"]}},
}
"""Nearly everything differs: values of scopes, secrets, and flows with the client in them."""

CONSOLE = Console(markup=False, soft_wrap=True)


@dataclass(frozen=True)
class Outcome:
    """What a run leaves: in the tenant, and in the state."""

    tenant: list[Any]
    state: list[str]


@pytest.fixture(scope="session")
def undisturbed(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What an `up` leaves when nothing disturbs it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with tenant_in(folder / "tenant") as tenant:
        made = stack_in(folder / "project", engine, tenant)
        with tenant.wire() as wire:
            made.pulumi("up", *QUIET)
        assert len(wire.writes()) == WRITES, wire.writes()
        return outcome(made)


def outcome(stack: Stack) -> Outcome:
    """What is there now; an interrupted operation, or a deletion that is still to come, is none."""
    state = json.loads(stack.pulumi("stack", "export"))["deployment"]
    assert not state.get("pending_operations")
    resources = state.get("resources", [])
    assert not [one["urn"] for one in resources if one.get("delete")]
    return Outcome(picture(stack.tenant), sorted(one["urn"] for one in resources))


def local(stack: Stack) -> commands.stack.Stack:
    """The stack of the test, as the commands see the stack `local`."""
    return commands.stack.Stack(stack.engine.pulumi, stack.environment(), stack.folder)


def killed(stack: Stack, point: Point, command: str) -> None:
    """Run a command that is killed at the point."""
    killer = Killer(stack, point)
    if command == "up":
        local(stack).up(*QUIET)
    else:
        local(stack).run(command, *QUIET)
    killer.over()
    assert killer.struck, "the run was over before it could be killed"


@contextmanager
def running_again(stack: Stack) -> Generator[Stack]:
    """The stack with its tenant running: the same one, started anew if it was killed."""
    tenant = stack.tenant
    if any(is_of(one, tenant) for one in psutil.Process().children()):
        yield stack
        return
    with running_tenant(
        tenant.log.parent / "state",
        port=int(tenant.ready.url.rpartition(":")[2]),
        log=tenant.log,
        clients={"admin": EVERYTHING},
    ) as ready:
        admin = Graph(ready, ready.clients["admin"])
        with closing(admin.http):
            yield Stack(stack.engine, Tenant(ready, tenant.log, admin), stack.folder)


@pytest.mark.cases("kill points")
@pytest.mark.parametrize("point", POINTS, ids=str)
def test_the_next_run_finishes_what_was_killed(
    stack: Stack, undisturbed: Outcome, point: Point
) -> None:
    """Whoever dies, whenever: recovery and another `up` leave what an undisturbed run leaves."""
    killed(stack, point, "up")
    with running_again(stack) as again:
        recover(local(again), CONSOLE)
        assert local(again).up(*QUIET) == 0

        assert outcome(again) == undisturbed
        # Each of these takes seconds.
        if point.write % PREVIEWED == 0:
            again.pulumi("preview", "--expect-no-changes")


@pytest.mark.parametrize(
    "point", [Point("run", 2, "after"), Point("cli", 4, "before"), Point("azuread", 6, "after")]
)
def test_the_next_run_finishes_a_change_that_was_killed(stack: Stack, point: Point) -> None:
    """A scope that goes, a flow that changes, a secret that rotates: each half-way."""
    stack.configure(**APPS)
    assert local(stack).up(*QUIET) == 0
    stack.configure(**CHANGED)

    killed(stack, point, "up")
    recover(local(stack), CONSOLE)
    assert local(stack).up(*QUIET) == 0

    outcome(stack)
    stack.pulumi("preview", "--expect-no-changes")
    (api,) = [one for one in stack.tenant.all("/applications") if one["displayName"] == "api"]
    assert [one["value"] for one in api["api"]["oauth2PermissionScopes"]] == ["Write"]
    (client,) = [one for one in stack.tenant.all("/applications") if one["displayName"] == "web"]
    # A secret whose answer was lost must not stay.
    assert len(client["passwordCredentials"]) == 2


@pytest.mark.parametrize(
    "point", [Point("run", 3, "after"), Point("dynamic", 1, "after"), Point("cli", 6, "before")]
)
def test_the_next_destroy_finishes_what_was_killed(stack: Stack, point: Point) -> None:
    """Nothing is left, in the tenant or in the state."""
    before = picture(stack.tenant)
    assert local(stack).up(*QUIET) == 0

    killed(stack, point, "destroy")
    recover(local(stack), CONSOLE)
    stack.pulumi("destroy", "--yes", "--skip-preview")

    assert outcome(stack) == Outcome(before, [])


def test_down_after_a_kill_leaves_nothing(stack: Stack) -> None:
    """What a killed run has made and not recorded is deleted with the rest."""
    before = picture(stack.tenant)
    killed(stack, Point("run", 1, "after"), "up")

    assert recover(local(stack), CONSOLE)
    stack.pulumi("destroy", "--yes", "--skip-preview")

    assert outcome(stack) == Outcome(before, [])
    assert not recover(local(stack), CONSOLE)


def test_a_stack_in_any_backend_recovers_by_two_commands(
    stack: Stack, undisturbed: Outcome
) -> None:
    """What the README says for the plain CLI: `pulumi cancel`, `make recover`, `pulumi up`."""
    killed(stack, Point("run", 3, "after"), "up")
    stack.pulumi("cancel", "--yes")

    recovered = subprocess.run(
        [sys.executable, "-m", "commands", "recover", "--stack", "test"],
        cwd=PROJECT,
        env={**stack.environment(), "PULUMI_OPTION_CONFIG_FILE": str(stack.configuration)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )

    assert recovered.returncode == 0, recovered.stdout
    assert "Interrupted creation of " in recovered.stdout
    assert "recorded." in recovered.stdout
    stack.pulumi("up", *QUIET)
    assert outcome(stack) == undisturbed
