"""The life of a stack while everything goes wrong at once, on the real engine.

`STORMS=10` goes through ten of them.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from stack_fixture import Stack
from tenant_picture import picture

from localtenant.testing_client import FaultKnobs
from tests.stack.test_changing_stack import sections

STORM = (
    "throttle,probability=0.1,retry-after=0.3",
    "fail,status=503,probability=0.05",
    "fail,status=500,when=after,probability=0.05",
    "fail,status=504,when=after,probability=0.03",
    "reset-before,probability=0.05",
    "reset-after,probability=0.05",
    "timeout,seconds=0.3,when=after,probability=0.03",
    "delay,ms=60,probability=0.2",
    "lag,seconds=1.5",
    "token-lifetime,seconds=2",
    "throttle,at=sign-in,probability=0.1,retry-after=0.3",
    "fail,at=sign-in,status=503,probability=0.05",
    "reset-after,at=sign-in,probability=0.05",
)
FLOWS = "/identity/authenticationEventsFlows"
BEGIN, END = sections(), sections()
END["apis"]["notes"]["scopes"].pop()
END["apis"]["notes"]["roles"][0]["description"] = "Read all notes"
END["clients"]["web"] |= {
    "redirectUris": ["https://notes.example/auth", "https://notes.example/two"],
    "apiPermissions": {"notes": ["Notes.Read"]},
}
END["userFlows"]["customers"] |= {
    "identityProviders": ["EmailOtpSignup-OAUTH"],
    "attributes": ["city", "displayName"],
}
_quiet: list[Any] = []


def _everything(stack: Stack) -> dict[str, list[str]]:
    paths = ("/applications", "/servicePrincipals", "/oauth2PermissionGrants", FLOWS)
    return {path: sorted(one["id"] for one in stack.tenant.all(path)) for path in paths}


def _life(stack: Stack, knobs: FaultKnobs, *faults: str, seed: int = 0) -> list[Any]:
    """Make, read, change and destroy; what is in the tenant after each of the first two."""
    before, seen = _everything(stack), list[Any]()
    for wanted in (BEGIN, END):
        stack.configure(**wanted)
        with knobs.during(*faults, seed=seed):
            stack.pulumi("up", "--yes", "--skip-preview", "--refresh")
            hits = [one["hits"] for one in knobs.report()]
        assert bool(faults) == any(hits)
        seen.append(picture(stack.tenant))
    stack.pulumi("preview", "--refresh", "--expect-no-changes")
    with knobs.during(*faults, seed=seed + 1000):
        stack.pulumi("destroy", "--yes", "--skip-preview")
    assert stack.resources() == []
    assert _everything(stack) == before
    return seen


@pytest.mark.cases("storms")
@pytest.mark.parametrize("seed", range(1, 1 + int(os.environ.get("STORMS", "1"))))
def test_a_stack_lives_through_a_storm(stack: Stack, seed: int) -> None:
    """Each step ends as in a quiet run: the same tenant, and nothing left for the next run."""
    knobs = FaultKnobs(stack.tenant.ready)
    stormy = _life(stack, knobs, *STORM, seed=seed)
    if not _quiet:
        _quiet.extend(_life(stack, knobs))
    for seen, wanted in zip(stormy, _quiet, strict=True):
        assert [one for one in seen if one not in wanted] == []
        assert seen == wanted
