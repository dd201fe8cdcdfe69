"""The parts of `make demo`: its ports, what is known before anything runs, and its programs."""

from __future__ import annotations

import io
import socket
import sys
import threading
from typing import TYPE_CHECKING

import psutil
import pytest
import yaml
from rich.console import Console

from commands.demo.planned import planned_redirect_uri
from commands.demo.ports import check_api, check_web
from commands.demo.program import Program, stay
from commands.errors import CommandError
from components.settings.seed import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

BOTH = ["ToDoList.Read", "ToDoList.ReadWrite"]
_LIVES = "import threading; print('Up: here', flush=True); threading.Event().wait(60)"
_DIES = "print('Up: here'); print('no more room'); raise SystemExit(3)"


@pytest.fixture
def heard() -> io.StringIO:
    """Keep what the console is told."""
    return io.StringIO()


@pytest.fixture
def programs(tmp_path: Path, heard: io.StringIO) -> Iterator[list[Program]]:
    """Make two programs; those that are started are stopped."""
    console = Console(file=heard)
    made = [Program(name, tmp_path, "Up:", console) for name in ("api", "web")]
    yield made
    for one in made:
        one.stop()


def stack(**clients: Mapping[str, object]) -> str:
    """Write a stack's configuration: the default tenant with other clients."""
    web = {
        "kind": "webApp",
        "redirectUris": ["http://localhost:3000/auth/redirect"],
        "apiPermissions": {"todolist": BOTH},
    }
    changed = {key: {**web, "displayName": key, **changes} for key, changes in clients.items()}
    return yaml.safe_dump({"config": {"ciam:apis": SEED["apis"], "ciam:clients": changed}})


@pytest.mark.parametrize(
    ("configuration", "planned"),
    [
        ("config: {}", "http://localhost:3000/auth/redirect"),
        (stack(web={"redirectUris": ["http://localhost:3001/in"]}), "http://localhost:3001/in"),
        (
            stack(
                a={"apiPermissions": {"todolist": BOTH[:1]}},
                b={"redirectUris": ["http://localhost:3002/in"]},
            ),
            "http://localhost:3002/in",
        ),
        ("config: {ciam:clients: {}}", None),
        ("config: {ciam:clients: {web: {kind: nothing}}}", None),
        ("config: [", None),
    ],
)
def test_where_the_web_application_will_listen(configuration: str, planned: str | None) -> None:
    """The stack's configuration says it; mistakes in it are for others to tell."""
    assert planned_redirect_uri(configuration) == planned


def test_a_port_in_use_is_told_with_what_helps() -> None:
    """On each address that `localhost` has."""
    found = socket.getaddrinfo("localhost", 0, type=socket.SOCK_STREAM)
    assert found
    for family, kind, _, _, address in found:
        with socket.socket(family, kind) as other:
            other.bind(address)
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(CommandError, match=f"^Port {port} is in use: .* API_PORT=8081"):
                check_api(port)
            with pytest.raises(CommandError, match=f"^Port {port} is in use: the redirect URI"):
                check_web(f"http://localhost:{port}/auth/redirect")
        check_api(port)


def test_a_program_that_ends_is_told_with_its_last_words(
    programs: list[Program], heard: io.StringIO
) -> None:
    """While the other one lives on, until it is stopped."""
    api, web = programs
    web.start([sys.executable, "-c", _LIVES], {})
    assert web.is_up_within(30)
    api.start([sys.executable, "-c", _DIES], {})
    assert api.is_up_within(30)

    with pytest.raises(CommandError) as told:
        stay(programs, threading.Event())

    assert str(told.value) == "The api has ended:\n  Up: here\n  no more room"
    assert "api     no more room\n" in heard.getvalue()
    assert not web.has_ended
    (kept,) = children()
    web.stop()
    assert web.has_ended
    assert not kept.is_running()


def test_a_program_whose_keeper_was_killed_is_stopped_too(programs: list[Program]) -> None:
    """Otherwise it would hold its port until the machine is restarted."""
    web = programs[1]
    web.start([sys.executable, "-c", _LIVES], {})
    assert web.is_up_within(30)
    (kept,) = children()
    parent = kept.parent()
    assert parent is not None
    parent.kill()

    web.stop()

    assert web.has_ended
    assert kept.wait(10) is None or not kept.is_running()


def children() -> list[psutil.Process]:
    """The programs below this process that live on."""
    found = psutil.Process().children(recursive=True)
    return [one for one in found if _LIVES in one.cmdline() and "-m" not in one.cmdline()]


def test_a_program_that_is_not_up_in_time_is_not_up(programs: list[Program]) -> None:
    """Neither one that ends without a word, nor one that says another."""
    silent, other = programs
    silent.start([sys.executable, "-c", ""], {})
    assert not silent.is_up_within(30)
    assert silent.last_words == "  (it said nothing)"
    other.start([sys.executable, "-c", "print('Error: no port')"], {})
    assert not other.is_up_within(30)
    assert other.last_words == "  Error: no port"
