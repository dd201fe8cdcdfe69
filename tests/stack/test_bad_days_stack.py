"""Bad days on the real engine: what a person sees of up, preview, refresh and destroy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bad_days import DAYS
from stack_fixture import Stack
from tenant_fixture import tenant_in

from localtenant.ready import Client
from localtenant.seed import DEPLOYER_ROLES

UGLY = re.compile(r"Traceback|panic:|unhandled (error|exception)|_MultiThreadedRendezvous|\.py\b")
POINTER = re.compile(r"for the reason that (is told at|the error) ")


def errors(shown: str) -> list[str]:
    """The errors in the summary at the end of a run, without Pulumi's own "update failed"."""
    assert not UGLY.search(shown), shown
    summary = shown.partition("\nDiagnostics:\n")[2]
    found = re.findall(r"^    error: (.*)$", summary, re.MULTILINE)
    return [one for one in found if one != "update failed"]


def signed_in_as(client: Client) -> dict[str, str]:
    """The variables of another deployer."""
    return {"ARM_CLIENT_ID": client.clientId, "ARM_CLIENT_SECRET": client.clientSecret}


def test_a_day_without_a_sign_in_is_told_once_by_each_side(stack: Stack) -> None:
    """The program says it alone; of refresh and destroy each plugin says it once, then points."""
    stack.pulumi("up", "--yes", "--skip-preview")
    before = _recorded(stack)
    expired = dict(DAYS["expired secret"].changes(stack.tenant))
    for command in ("up", "preview", "refresh", "destroy"):
        yes = [] if command == "preview" else ["--yes", "--skip-preview"]
        told = errors(stack.pulumi(command, *yes, succeeds=False, **expired))
        in_full = [one for one in told if not POINTER.search(one)]
        assert len(in_full) == (2 if command in ("refresh", "destroy") else 1), told
        for one in in_full:
            assert re.search(r"AADSTS7000222.*Trace ID.*Correlation ID", one)
            assert "azuread:clientSecret" in one
    assert _recorded(stack) == before


@pytest.mark.parametrize("missing", DEPLOYER_ROLES)
def test_a_missing_permission_is_named_by_up(stack: Stack, tmp_path: Path, missing: str) -> None:
    """Whichever of the deployer's permissions it is, the error says which to grant."""
    held = ",".join(one for one in DEPLOYER_ROLES if one != missing)
    with tenant_in(tmp_path / "poor", "--client", f"poor={held}") as poor:
        stack.tenant = poor
        stack.configure()
        variables = signed_in_as(poor.ready.clients["poor"])
        told = errors(stack.pulumi("up", "--yes", "--skip-preview", succeeds=False, **variables))
        assert told
        for one in told:
            assert re.findall(r"Graph permission (\S+), with admin consent", one) == [missing], told
            assert re.search(r"request[- ](id|ID) [0-9a-f-]{36}", one)
        stack.pulumi("destroy", "--yes", "--skip-preview", succeeds=True, **variables)
        assert stack.resources() == []


def test_a_refused_look_up_is_told_as_its_message(stack: Stack, tmp_path: Path) -> None:
    """Before anything is made the program looks Microsoft Graph up; its refusal is one line."""
    with tenant_in(tmp_path / "poor", "--client", "poor=Organization.Read.All") as poor:
        stack.tenant = poor
        web = {"kind": "webApp", "displayName": "web", "redirectUris": ["https://web.example/"]}
        stack.configure(clients={"web": web})
        variables = signed_in_as(poor.ready.clients["poor"])
        with poor.wire() as wire:
            shown = stack.pulumi("up", "--yes", "--skip-preview", succeeds=False, **variables)
    (told,) = errors(shown)
    assert told.startswith("could not find the service principal with clientId '00000003-")
    assert "Graph permission Application.ReadWrite.OwnedBy, with admin consent" in told
    assert wire.writes() == []


def test_without_permission_for_flows_refresh_and_destroy_name_it(
    stack: Stack, tmp_path: Path
) -> None:
    """The objects are named; nothing is forgotten because it could not be read."""
    held = ",".join(one for one in DEPLOYER_ROLES if not one.startswith("EventListener"))
    with tenant_in(tmp_path / "poor", "--client", f"poor={held}") as poor:
        stack.tenant = poor
        stack.configure()
        stack.pulumi("up", "--yes", "--skip-preview")
        variables = signed_in_as(poor.ready.clients["poor"])
        for command in ("refresh", "destroy"):
            shown = stack.pulumi(command, "--yes", "--skip-preview", succeeds=False, **variables)
            for one in errors(shown):
                assert "user flow" in one
                assert "Graph permission EventListener.ReadWrite.All, with admin" in one
        kinds = [one["type"].rpartition(":")[2] for one in stack.resources()]
        assert {"UserFlow", "UserFlowApplication"} <= set(kinds)


def test_a_workforce_tenant_is_refused_before_the_first_write(stack: Stack, tmp_path: Path) -> None:
    """One error that says which type the tenant is of."""
    with tenant_in(tmp_path / "workforce", "--tenant-type", "AAD") as workforce:
        stack.tenant = workforce
        stack.configure()
        with workforce.wire() as wire:
            (told,) = errors(stack.pulumi("up", "--yes", "--skip-preview", succeeds=False))
    assert "is of the type 'AAD'" in told
    assert wire.writes() == []


def _recorded(stack: Stack) -> dict[str, str | None]:
    """The IDs in the state."""
    return {one["urn"]: one.get("id") for one in stack.resources()}
