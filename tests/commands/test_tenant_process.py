"""The local tenant in the background: found, started, stopped, and never mistaken for another."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.errors import CommandError
from commands.stack import pinned_tenant
from commands.tenant import Background
from engine.places import PROJECT


@pytest.fixture
def background(tmp_path: Path) -> Iterator[Background]:
    """A tenant of its own, stopped afterwards."""
    tenant = Background(tmp_path / "tenant")
    yield tenant
    tenant.stop()


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is none of ours, though it has `localtenant` in its command."""
    code = "import threading; threading.Event().wait(60)"
    process = subprocess.Popen([sys.executable, "-c", code, "localtenant", "serve"])
    yield process
    process.kill()
    process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_tenant_is_started_found_and_stopped(background: Background) -> None:
    """It is started once, found again by another command, and stopped for good."""
    port = free_port()

    tenant, started = background.ensure(port, os.environ)
    again, started_again = background.ensure(None, os.environ)

    assert (started, started_again) == (True, False)
    assert again == tenant == background.running()
    assert tenant.url == f"https://localhost:{port}"
    assert tenant.variables["ARM_METADATA_HOSTNAME"] == f"localhost:{port}"
    assert background.stop()
    assert background.running() is None
    assert not background.stop()


def test_the_tenant_is_the_one_that_the_stack_names(tmp_path: Path) -> None:
    """The stack `local` is pinned to its tenant as any other stack is, by its configuration."""
    named = pinned_tenant((PROJECT / "Pulumi.local.yaml").read_text("utf-8"))
    background = Background(tmp_path / "tenant", named)
    tenant, _ = background.ensure(free_port(), os.environ)
    background.stop()

    assert named
    assert tenant.variables["ARM_TENANT_ID"] == named


def test_another_port_moves_the_tenant(background: Background) -> None:
    """`PORT=` on a running tenant starts it anew there; its state comes along."""
    tenant, _ = background.ensure(free_port(), os.environ)

    moved, started = background.ensure(free_port(), os.environ)

    assert started
    assert moved.port != tenant.port
    assert moved.variables["ARM_TENANT_ID"] == tenant.variables["ARM_TENANT_ID"]
    assert not background.is_ours(tenant.pid)


def test_a_port_that_is_taken_is_told(background: Background) -> None:
    """The reader learns which port, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"did not start on port {port}") as told:
            background.ensure(port, os.environ)

    assert "PORT=" in str(told.value)
    assert "Traceback" not in str(told.value)


def test_a_process_that_took_over_the_number_is_left_alone(
    background: Background, stranger: subprocess.Popen[bytes]
) -> None:
    """After a restart of the machine the recorded number may be anybody's."""
    background.folder.mkdir()
    record = json.dumps({"pid": stranger.pid, "port": 1, "ready": {"url": "", "env": {}}})
    (background.folder / "running.json").write_text(record)

    assert background.running() is None
    assert not background.stop()
    assert stranger.poll() is None


def test_the_record_is_for_the_user_alone(background: Background) -> None:
    """It holds the deployer's secret."""
    background.ensure(free_port(), os.environ)

    mode = (background.folder / "running.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_stopping_needs_no_package() -> None:
    """`make clean` works without the virtual environment: any Python can stop the tenant."""
    code = "import sys; sys.path.insert(0, '.'); import commands.tenant; print(sorted(sys.modules))"
    # -S: without the packages of this interpreter.
    result = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert "rich" not in result.stdout
