"""What a killed run leaves on this machine: its lock, its half-written files, its processes."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from rich.console import Console

from commands.errors import CommandError
from commands.recovery import checkpoint, leftovers, locks
from commands.recovery.failures import failed_creates

STACK = "ciam/test"
NOW = datetime.now(UTC)


@pytest.fixture
def console() -> Console:
    """A console whose text can be read back."""
    return Console(file=io.StringIO(), markup=False, soft_wrap=True)


def said(console: Console) -> str:
    """What the reader was told."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture
def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def write_lock(
    backend: Path, pid: int, *, host: str | None = None, taken: datetime | None = None
) -> Path:
    """A lock as the CLI writes it."""
    folder = backend / ".pulumi" / "locks" / "organization" / STACK
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{pid}.json"
    stamp = (taken or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%f") + "123Z"
    content = {"pid": pid, "username": "kim", "hostname": host or socket.gethostname()}
    file.write_text(json.dumps({**content, "timestamp": stamp}))
    file.with_name(f"{file.name}.attrs").write_text("{}")
    return file


def test_the_lock_of_a_process_that_has_ended_is_removed(
    tmp_path: Path, console: Console, ended: int
) -> None:
    """Lock and attributes go, and one line says so."""
    file = write_lock(tmp_path, ended)

    locks.remove(tmp_path, STACK, console)

    assert list(file.parent.iterdir()) == []
    assert said(console) == f"Removed the lock of pulumi process {ended}, which has ended.\n"


def test_the_lock_of_a_living_process_is_left(tmp_path: Path, console: Console) -> None:
    """The reader learns which process holds it, and how to end it."""
    file = write_lock(tmp_path, os.getpid())

    with pytest.raises(CommandError, match=f"process {os.getpid()} of kim.*kill -INT"):
        locks.remove(tmp_path, STACK, console)

    assert file.exists()


def test_a_number_that_was_given_again_holds_no_lock(tmp_path: Path, console: Console) -> None:
    """After a restart of the machine another process may have the number."""
    started = datetime.fromtimestamp(psutil.Process().create_time(), UTC)
    file = write_lock(tmp_path, os.getpid(), taken=started - timedelta(hours=1))

    locks.remove(tmp_path, STACK, console)

    assert not file.exists()


def test_a_lock_of_another_machine_is_left(tmp_path: Path, console: Console, ended: int) -> None:
    """Whether its process lives cannot be told here; the reader learns where, and what to do."""
    file = write_lock(tmp_path, ended, host="elsewhere")

    with pytest.raises(CommandError, match="machine elsewhere") as told:
        locks.remove(tmp_path, STACK, console)

    assert str(file) in str(told.value)
    assert file.exists()


def test_half_a_lock_is_removed(tmp_path: Path, console: Console) -> None:
    """A power cut may leave a lock that says nothing; the CLI would stumble over it."""
    file = write_lock(tmp_path, 1)
    file.write_text("")

    locks.remove(tmp_path, STACK, console)

    assert not file.exists()


def write_state(backend: Path, **files: str) -> Path:
    """The files beside a stack's state, by what follows its name."""
    folder = backend / ".pulumi" / "stacks" / "ciam"
    folder.mkdir(parents=True)
    for suffix, text in files.items():
        (folder / f"test.json{suffix.replace('_', '.').removeprefix('.json')}").write_text(text)
    return folder / "test.json"


def test_half_of_the_attributes_are_removed(tmp_path: Path, console: Console) -> None:
    """The CLI reads a state without attributes, but none with half of them."""
    state = write_state(tmp_path, _json='{"version": 3}', _attrs="", _bak_attrs="{}", _1_tmp="{")

    checkpoint.repair(tmp_path, STACK, console)

    names = {file.name for file in state.parent.iterdir()}
    assert names == {"test.json", "test.json.bak.attrs"}
    assert said(console) == ""


def test_the_state_before_replaces_half_a_state(tmp_path: Path, console: Console) -> None:
    """A power cut in the middle of a change takes the state back to before it."""
    state = write_state(tmp_path, _json='{"vers', _bak='{"version": 3}')

    checkpoint.repair(tmp_path, STACK, console)

    assert json.loads(state.read_text()) == {"version": 3}
    assert "before the last change" in said(console)


def test_without_any_state_the_reader_is_told(tmp_path: Path, console: Console) -> None:
    """Nothing is invented where neither the state nor the one before can be read."""
    state = write_state(tmp_path, _json="", _bak="")

    with pytest.raises(CommandError, match="make clean"):
        checkpoint.repair(tmp_path, STACK, console)

    assert state.read_text() == ""


Starter = Callable[..., subprocess.Popen[bytes]]
OURS = {"PULUMI_HOME": "/h", "PULUMI_BACKEND_URL": "file:///b", "PULUMI_STACK": "test"}


@pytest.fixture
def start() -> Iterator[Starter]:
    """Starts processes that look like a plugin; all are ended afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def start_one(*command: str, **variables: str) -> subprocess.Popen[bytes]:
        waiting = [sys.executable, "-c", "import threading; threading.Event().wait(60)"]
        process = subprocess.Popen(
            [*(command or waiting), "engine.azuread"], env={**os.environ, **OURS, **variables}
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.wait()


def test_what_a_killed_run_has_left_is_ended(
    start: Starter, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plugin of this stack that does not end by itself is ended, and only that one."""
    monkeypatch.setattr(leftovers, "_BY_THEMSELVES", 0.1)
    left, other = start(), start(PULUMI_BACKEND_URL="file:///another")

    leftovers.end(OURS, console)

    assert left.poll() is not None
    assert other.poll() is None
    assert str(left.pid) in said(console)


def test_the_plugins_of_a_run_at_work_are_left(
    start: Starter, tmp_path: Path, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a living CLI has started belongs to it."""
    monkeypatch.setattr(leftovers, "_BY_THEMSELVES", 0.1)
    (tmp_path / "pulumi").symlink_to(sys.executable)
    child = "import threading; threading.Event().wait(60)"
    cli = start(
        str(tmp_path / "pulumi"),
        "-c",
        "import subprocess, sys; subprocess.run([sys.argv[1], '-c', sys.argv[2], sys.argv[3]])",
        sys.executable,
        child,
    )
    while not (children := psutil.Process(cli.pid).children()):
        pass

    leftovers.end(OURS, console)

    assert [one.is_running() for one in children] == [True]
    for one in children:
        one.kill()


def event(kind: str, urn: str, **more: object) -> str:
    """A line of the CLI's log of events."""
    new = {"urn": urn, "type": "t", "custom": True, "inputs": {"a": 1}, "provider": "p"}
    return json.dumps({kind: {"metadata": {"op": "create", "urn": urn, "new": new}, **more}})


def test_creations_that_did_not_succeed_are_told(tmp_path: Path) -> None:
    """Refused or without an answer: only the tenant knows whether there is an object."""
    lines = [
        *(event("resourcePreEvent", urn) for urn in ("made", "failed")),
        event("resourcePreEvent", "previewed", planning=True),
        event("resOutputsEvent", "made"),
        '{"resOutputsEvent": {"met',
    ]
    events = tmp_path / "events.jsonl"
    events.write_text("\n".join(lines))

    assert failed_creates(events) == [
        {"urn": "failed", "type": "t", "custom": True, "inputs": {"a": 1}, "provider": "p"}
    ]
    assert failed_creates(tmp_path / "none") == []
