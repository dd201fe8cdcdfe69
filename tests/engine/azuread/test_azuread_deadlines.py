"""What never ends on the wire: a creation ends all the same, and the next one makes it good."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import grpc
import pytest
from tenant_fixture import Tenant, tenant_in

from engine.azuread.retries import UNREACHABLE_SECONDS
from localtenant.testing_client import FaultKnobs
from tests.engine.azuread.plugin_client import Plugin, error_text, plugin_process

SHORT = 1.5
"""Seconds for an operation that cannot succeed, as `customTimeouts` says them."""
ENDLESS = {
    "throttled": "throttle,retry-after=1",
    "throttled for an hour": "throttle,retry-after=3600",
    "unavailable": "fail,status=503",
    "reset before": "reset-before",
    "never answered": "timeout,seconds=60",
    "token expired": "fail,status=401",
    "slow": "delay,ms=60000",
}


@pytest.fixture
def quiet(fault_knobs: FaultKnobs) -> Iterator[FaultKnobs]:
    """The faults of the tenant, ended afterwards."""
    yield fault_knobs
    fault_knobs.clear()


@pytest.mark.parametrize("fault", ENDLESS)
def test_a_creation_ends_by_its_deadline(
    plugin: Plugin, tenant: Tenant, deployer: str, quiet: FaultKnobs, fault: str
) -> None:
    """It ends in one short line, has made nothing, and ends well once the wire is quiet."""
    name = f"endless {fault} {time.time_ns()}"
    inputs = {"displayName": name, "owners": [deployer]}
    quiet.set(ENDLESS[fault])
    start = time.monotonic()
    with pytest.raises(grpc.RpcError) as failure:
        plugin.create("Application", inputs, timeout=SHORT)
    took = time.monotonic() - start
    quiet.clear()
    assert took < SHORT + 1.0
    text = error_text(failure.value)
    assert text.startswith("could not create application")
    assert "\n" not in text
    assert len(text) < 500
    identifier, _ = plugin.create("Application", inputs)
    (live,) = tenant.admin.named(name)
    assert identifier == f"/applications/{live['id']}"


def test_a_tenant_that_has_gone_is_not_waited_for(tmp_path: Path) -> None:
    """A creation that was under way ends soon, not at its deadline of minutes."""
    with ThreadPoolExecutor(1) as pool, ExitStack() as running:
        tenant = running.enter_context(tenant_in(tmp_path / "tenant"))
        knobs = FaultKnobs(tenant.ready)
        with plugin_process(tenant.ready.env) as (_, port):
            plugin = Plugin(port)
            plugin.configure()
            knobs.set("timeout,seconds=60,method=POST")
            creating = pool.submit(plugin.create, "Application", {"displayName": "web"})
            while not knobs.report()[0]["hits"]:
                pass
            running.close()
            start = time.monotonic()
            with pytest.raises(grpc.RpcError, match="no answer from"):
                creating.result()
            assert time.monotonic() - start < 3 * UNREACHABLE_SECONDS


def test_creations_that_look_the_same_stay_apart(
    strong_plugin: Plugin, tenant: Tenant, quiet: FaultKnobs
) -> None:
    """An application of the same name that was made a moment ago is not taken for a lost one."""
    name = f"twins {time.time_ns()}"
    inputs = {"displayName": name, "owners": [strong_plugin.invoke("getClientConfig")["objectId"]]}
    first, _ = strong_plugin.create("Application", inputs)
    quiet.set("reset-before,method=POST,times=1")
    second, _ = strong_plugin.create("Application", inputs)
    assert first != second
    found = {f"/applications/{one['id']}" for one in tenant.admin.named(name)}
    assert found == {first, second}


def test_a_token_that_ends_early_is_renewed(tenant: Tenant, quiet: FaultKnobs) -> None:
    """Graph refuses a token that its client takes for good: one new token, and the work goes on."""
    quiet.set("token-lifetime,seconds=1,expires-in=3600")
    with plugin_process(tenant.ready.env) as (_, port):
        plugin = Plugin(port)
        plugin.configure()
        deployer = plugin.invoke("getClientConfig")["objectId"]
        quiet.clear()
        made, outputs = plugin.create("Application", {"displayName": "old", "owners": [deployer]})
        end = time.monotonic() + 10
        while not (statuses := _refusals(tenant, made)) and time.monotonic() < end:
            assert plugin.read("Application", made, outputs, outputs)[0] == made
        assert plugin.read("Application", made, outputs, outputs)[0] == made
    assert statuses == _refusals(tenant, made) == [401]


def _refusals(tenant: Tenant, path: str) -> list[int]:
    lines = map(json.loads, tenant.log.read_text().splitlines())
    return [one["status"] for one in lines if path in one["path"] and one["status"] in (401, 403)]
