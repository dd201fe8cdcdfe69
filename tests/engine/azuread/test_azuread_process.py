"""The plugin as a process: how it starts, what it refuses, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping

import grpc
import pytest
from tenant_fixture import Tenant

from engine.azuread import VERSION
from tests.engine.azuread.plugin_client import (
    ROOT,
    Plugin,
    error_text,
    plugin_process,
)
from tests.engine.azuread.scripted_server import Answer, ScriptedServer, refusal

_PARENT = """
import subprocess, sys, threading
process = subprocess.Popen(
    [sys.executable, "-m", "engine.azuread", "127.0.0.1:1"], stdout=subprocess.PIPE, text=True
)
print(process.pid, process.stdout.readline(), end="", flush=True)
threading.Event().wait()
"""


def test_it_says_which_version_it_stands_in_for(plugin: Plugin) -> None:
    """The engine is told the version of the plugin whose names are followed."""
    assert plugin.info() == VERSION


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(tenant: Tenant, number: signal.Signals) -> None:
    """A signal ends the process at once, successfully and without a word."""
    with plugin_process(tenant.ready.env) as (process, port):
        Plugin(port).configure()
        process.send_signal(number)
        _, said = process.communicate(timeout=10)
    assert process.returncode == 0
    assert said == ""


def test_it_ends_when_its_engine_was_killed() -> None:
    """The process ends although the engine that started it could not stop it."""
    pid, _ = _orphan({})
    _wait_until_gone(pid)


def test_it_finishes_what_it_has_begun(server: ScriptedServer) -> None:
    """An operation in flight when the engine is killed is completed, then the process ends."""
    application = {"id": "app", "appId": "client", "displayName": "web"}
    held = threading.Event()
    server.answers += [Answer(201, application, hold=held), Answer(204)]
    parent, pid, port = _start_orphanage(server.env)
    plugin = Plugin(port)
    plugin.configure()

    def create() -> None:
        with pytest.raises(grpc.RpcError):
            plugin.create("Application", {"displayName": "web"})

    caller = threading.Thread(target=create)
    caller.start()
    assert server.arrived.wait(10)
    parent.kill()
    parent.wait()
    caller.join(10)
    held.set()
    _wait_until_gone(pid)
    assert [line.split(" ")[0] for line in server.lines()] == ["POST", "DELETE"]


def test_it_waits_for_nothing_once_its_engine_is_gone(server: ScriptedServer) -> None:
    """A request that waits to be repeated is given up, and nothing more is sent."""
    server.answers += [refusal(429, "TooManyRequests", "Later.", Retry_After="60")]
    parent, pid, port = _start_orphanage(server.env)
    plugin = Plugin(port)
    plugin.configure()

    def create() -> None:
        with pytest.raises(grpc.RpcError):
            plugin.create("Application", {"displayName": "web"})

    caller = threading.Thread(target=create)
    caller.start()
    assert server.arrived.wait(10)
    parent.kill()
    parent.wait()
    _wait_until_gone(pid)
    caller.join(10)
    assert len(server.requests) == 1


def test_unknown_types_are_refused_in_one_sentence(plugin: Plugin) -> None:
    """A resource type of the real plugin alone is an error that says what this is."""
    with pytest.raises(grpc.RpcError) as failure:
        plugin.check("Group", {})
    text = error_text(failure.value)
    assert "stand-in" in text
    assert "azuread:index/group:Group" in text
    assert "azuread:index/application:Application" in text
    assert "official" in text
    assert "\n" not in text


def test_unknown_functions_are_refused(plugin: Plugin) -> None:
    """So is a function."""
    with pytest.raises(grpc.RpcError) as failure:
        plugin.invoke("getGroup")
    assert "azuread:index/getGroup:getGroup" in error_text(failure.value)


def test_a_mistake_of_its_own_shows_no_traceback(plugin: Plugin) -> None:
    """What nobody foresaw is one sentence as well, which says how to see more."""
    state = {"displayName": "a", "signInAudience": "AzureADMyOrg", "owners": [1, "x"]}
    with pytest.raises(grpc.RpcError) as failure:
        plugin.update("Application", "/applications/x", state, {"displayName": "a"})
    text = error_text(failure.value)
    assert "made a mistake" in text
    assert "Traceback" not in text
    assert ".py" not in text


def test_it_refuses_a_metadata_host_elsewhere(tenant: Tenant) -> None:
    """Nothing is sent to a host that is not on this machine, and the error says why."""
    with plugin_process(tenant.ready.env) as (_, port):
        plugin = Plugin(port)
        plugin.configure(metadataHost="management.azure.com")
        with pytest.raises(grpc.RpcError) as failure:
            plugin.invoke("getClientConfig")
        text = error_text(failure.value)
    assert "management.azure.com" in text
    assert "not on this machine" in text
    assert "official" in text


def test_it_refuses_a_graph_elsewhere(server: ScriptedServer) -> None:
    """A metadata host on this machine that leads to Microsoft's Graph is refused as well."""
    server.graph_url = "https://graph.microsoft.com"
    with plugin_process(server.env) as (_, port):
        plugin = Plugin(port)
        plugin.configure()
        with pytest.raises(grpc.RpcError) as failure:
            plugin.invoke("getClientConfig")
    assert "graph.microsoft.com" in error_text(failure.value)


def test_a_wrong_secret_is_a_readable_error(tenant: Tenant) -> None:
    """Signing in with a wrong secret tells the endpoint's reason and which settings to check."""
    with plugin_process(tenant.ready.env) as (_, port):
        plugin = Plugin(port)
        plugin.configure(clientSecret="wrong")
        with pytest.raises(grpc.RpcError) as failure:
            plugin.invoke("getClientConfig")
        text = error_text(failure.value)
    assert "AADSTS" in text
    assert "azuread:clientSecret" in text
    assert "Traceback" not in text


def _orphan(environment: Mapping[str, str]) -> tuple[int, int]:
    parent, pid, port = _start_orphanage(environment)
    parent.kill()
    parent.wait()
    return pid, port


def _start_orphanage(environment: Mapping[str, str]) -> tuple[subprocess.Popen[str], int, int]:
    """Start a process that starts the plugin as an engine does: both, and the plugin's port."""
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    pid, port = parent.stdout.readline().split()
    return parent, int(pid), int(port)


def _wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if _is_zombie(pid):
            return
        time.sleep(0.05)
    pytest.fail(f"process {pid} is still there")


def _is_zombie(pid: int) -> bool:
    """Tell whether a process has ended and only waits for whoever inherited it to notice."""
    answer = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.startswith("Z")
