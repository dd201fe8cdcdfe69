"""``kill -9``: nothing that was acknowledged is lost, and nothing is there by halves.

Real processes are killed under the load of several writers, a few writes after they are ready, and
started again on the same state folder. `KILLS=100` does so a hundred times.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kill_load import Writer, Written
from state_invariants import half_written

from localtenant.testing import Ready, running_tenant
from localtenant.testing_client import Graph, StateKnobs

if TYPE_CHECKING:
    from localtenant.odata.types import Json

pytestmark = pytest.mark.local_only

KILLS = int(os.environ.get("KILLS", "25"))
WRITERS = 4
MOST_WRITES = 60
DIES_HALF_WAY = """
import os, signal, sys
from unittest import mock
from localtenant.cli import main

with mock.patch(sys.argv[1], lambda *_: os.kill(os.getpid(), signal.SIGKILL)):
    main(sys.argv[2:])
"""
"""A command line whose process is killed where it calls the named function."""

CLIENTS = {"writer": ("Application.ReadWrite.OwnedBy", "Directory.Read.All")}


def kill(state: Path) -> None:
    """Kill the process that has a state folder, and be sure of its end."""
    process = int((state / "lock").read_text().split()[0])
    os.kill(process, signal.SIGKILL)


def lost(graph: Graph, written: list[Written], name: str) -> list[str]:
    """How the tenant differs from what it has acknowledged of objects whose names begin so."""
    found, principals = (
        {one["appId"]: one for one in everything(graph, path, name)}
        for path in ("/applications", "/servicePrincipals")
    )
    bin_path = "/directory/deletedItems/microsoft.graph.application"
    binned = {one["id"] for one in everything(graph, bin_path)}
    unknown = {one["displayName"] for one in found.values()}
    unknown -= {n for one in written for n in (one.name, *one.display_names)}
    differences = [f"{one} was made by nobody" for one in unknown]
    for one in written:
        now = one.differences(found.get(one.app_id), principals.get(one.app_id), binned)
        differences += [f"{one}: {now}"] if now else []
    return differences


def everything(graph: Graph, path: str, name: str = "") -> list[Json]:
    """Read all pages of a list."""
    options: dict[str, str | int] = {"$top": 999}
    if name:
        options["$filter"] = f"startswith(displayName,'{name}')"
    answer = graph.read(path, options)
    found: list[Json] = answer["value"]
    while link := answer.get("@odata.nextLink"):
        answer = graph.http.get(link).json()
        found += answer["value"]
    return found


def loaded_and_killed(
    ready: Ready, state: Path, token: str, name: str, writes: int
) -> list[Written]:
    """Load the tenant, kill it after so many writes, and have the writers' memories."""
    acknowledged = threading.Semaphore(0)
    writers = [Writer(f"{name}w{n}", ready, token, acknowledged) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in range(writes):
        assert acknowledged.acquire(timeout=30), [writer.refusal for writer in writers]
    kill(state)
    for writer in writers:
        writer.join(30)
        assert not writer.is_alive()
        assert not writer.refusal
    return [one for writer in writers for one in writer.written]


def test_what_was_acknowledged_outlives_kill_9_under_load(tmp_path: Path) -> None:
    """After each kill everything is as the clients were told, and at the end still is."""
    chance = random.Random(9)  # noqa: S311 - a repeatable choice, not a secret
    everyone: list[Written] = []
    latest: list[Written] = []
    latest_name = "kill none"
    for number in range(KILLS + 1):
        with running_tenant(tmp_path, clients=CLIENTS) as ready:
            with closing(Graph(ready, ready.clients["writer"])) as graph:
                assert lost(graph, latest, latest_name) == []
                assert half_written(tmp_path) == []
                if number == KILLS:
                    assert lost(graph, everyone, "kill ") == []
                    break
                token = graph.token
            latest_name = f"kill {number:03}"
            writes = chance.randrange(1, MOST_WRITES)
            latest = loaded_and_killed(ready, tmp_path, token, latest_name, writes)
            everyone += latest
    assert sum(1 for one in everyone if one.id) > KILLS


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """Make a state folder with two applications, one of them in the snapshot `one`.

    With it come the seconds that the start has taken.
    """
    folder = tmp_path_factory.mktemp("prepared") / "state"
    start = time.monotonic()
    with (
        running_tenant(folder, clients=CLIENTS) as ready,
        closing(Graph(ready, ready.clients["writer"])) as graph,
        closing(StateKnobs(ready)) as states,
    ):
        needed = time.monotonic() - start
        graph.application(displayName="kill one")
        states.take("one")
        graph.application(displayName="kill two")
    return folder, needed


@pytest.mark.parametrize("part", [0.4, 0.6, 0.8])
def test_a_tenant_whose_first_start_is_killed_is_made_by_the_next(
    prepared: tuple[Path, float], tmp_path: Path, part: float
) -> None:
    """Whatever the first start had done, the second one ends with a whole tenant."""
    command = [sys.executable, "-m", "localtenant", "serve", "--port", "0"]
    _, needed = prepared
    with subprocess.Popen([*command, "--state", str(tmp_path / "killed")]) as process:
        # It is killed at a moment, not at an event: nothing says how far it is.
        threading.Event().wait(needed * part)
        process.kill()

    with (
        running_tenant(tmp_path / "killed", clients=CLIENTS) as ready,
        closing(Graph(ready, ready.clients["writer"])) as graph,
    ):
        assert len(everything(graph, "/applications")) == 3
        assert half_written(tmp_path / "killed") == []


@pytest.mark.parametrize(
    ("command", "where"),
    [
        ("reset", "localtenant.states.seed"),
        ("snapshot restore one", "localtenant.states.seed"),
        ("snapshot take one", "localtenant.durable.put_in_place"),
        ("snapshot take two", "localtenant.durable.put_in_place"),
    ],
)
def test_a_change_of_state_that_is_killed_half_way_has_not_happened(
    prepared: tuple[Path, float], tmp_path: Path, command: str, where: str
) -> None:
    """Tenant and snapshots are as before, and nothing is left of what was begun."""
    state = tmp_path / "state"
    shutil.copytree(prepared[0], state)
    ended = subprocess.run(
        [sys.executable, "-c", DIES_HALF_WAY, where, *command.split(), "--state", str(state)],
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL

    with (
        running_tenant(state, clients=CLIENTS) as ready,
        closing(Graph(ready, ready.clients["writer"])) as graph,
        closing(StateKnobs(ready)) as states,
    ):
        both = {"kill one", "kill two"}
        assert {one["displayName"] for one in everything(graph, "/applications", "kill")} == both
        assert half_written(state) == []
        assert states.names() == ["one"]
        assert [one.name for one in (state / "snapshots").iterdir()] == ["one.sqlite3"]
        states.restore("one")
        (found,) = everything(graph, "/applications", "kill")
        assert found["displayName"] == "kill one"
        assert half_written(state) == []
