"""``snapshot`` and ``reset`` on the command line, with a tenant that runs and one that does not."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from localtenant.cli import main
from localtenant.statefolder import StateFolder
from localtenant.testing import running_tenant
from localtenant.testing_client import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from localtenant.testing_tenant import LocalTenant

pytestmark = pytest.mark.local_only

CLIENTS = {"writer": ("Application.ReadWrite.All",)}


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a state folder whose tenant does not run."""
    folder = tmp_path_factory.mktemp("stopped")
    with running_tenant(folder):
        return folder


@pytest.fixture
def busy(stopped: Path) -> Iterator[Path]:
    """Have another process at work in the state folder, which serves nothing."""
    with closing(StateFolder(stopped)):
        yield stopped


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Run a command that has to succeed; what it says."""
    assert main([str(one) for one in arguments]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def test_a_running_tenant_is_asked(
    local_tenant: LocalTenant, capsys: pytest.CaptureFixture[str]
) -> None:
    """The tenant goes on with the other state, and the command says who has done it."""
    state = Path(local_tenant.ready.caFile).parent
    graph = local_tenant.graph
    first = f"/applications/{graph.application()['id']}"
    by = f"(by the tenant that runs at {local_tenant.ready.url})"

    said = told(capsys, "snapshot", "take", "first", "--state", state)
    size = (state / "snapshots" / "first.sqlite3").stat().st_size
    assert said == f"Took the snapshot 'first', {size} bytes {by}.\n"
    second = f"/applications/{graph.application()['id']}"
    assert told(capsys, "snapshot", "list", "--state", state).split()[::2] == ["first", str(size)]

    said = told(capsys, "snapshot", "restore", "first", "--state", state)
    assert said == f"The tenant is as it was in the snapshot 'first' {by}.\n"
    assert [graph.get(path).status_code for path in (first, second)] == [200, 404]

    said = told(capsys, "reset", "--state", state)
    assert said == f"The tenant is as it was when it was new {by}.\n"
    assert graph.get(first).status_code == 404

    said = told(capsys, "snapshot", "delete", "first", "--state", state)
    assert said == f"Deleted the snapshot 'first' {by}.\n"
    assert told(capsys, "snapshot", "list", "--state", state) == "There are no snapshots.\n"


def test_a_tenant_that_does_not_run_is_taken_in_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next start finds what the command has left, its clients among it."""
    with (
        running_tenant(tmp_path, clients=CLIENTS) as ready,
        closing(Graph(ready, ready.clients["writer"])) as graph,
    ):
        kept = graph.application()["id"]
    assert "(it is not running)" in told(capsys, "snapshot", "take", "one", "--state", tmp_path)
    assert "(it is not running)" in told(capsys, "reset", "--state", tmp_path)
    for found in (404, 200):
        with (
            running_tenant(tmp_path, clients=CLIENTS) as again,
            closing(Graph(again, again.clients["writer"])) as graph,
        ):
            assert again.clients == ready.clients
            assert again.env["AZURE_CLIENT_SECRET"] == ready.env["AZURE_CLIENT_SECRET"]
            assert graph.get(f"/applications/{kept}").status_code == found
        told(capsys, "snapshot", "restore", "one", "--state", tmp_path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["snapshot", "restore", "none"], "There is no snapshot 'none'. There are: none."),
        (["snapshot", "delete", "none"], "There is no snapshot 'none'. There are: none."),
        (["snapshot", "take", "../up"], "A snapshot's name is 1 to 64 lower-case letters,"),
        (["snapshot", "take"], "'snapshot take' wants a name."),
        (["snapshot", "list", "one"], "'snapshot list' wants no name."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    stopped: Path, arguments: Sequence[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 1, and nothing is left behind."""
    before = sorted(stopped.rglob("*"))

    assert main([*arguments, "--state", str(stopped)]) == 1

    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith(f"localtenant: {words}")
    assert [one for one in sorted(stopped.rglob("*")) if one not in before] == []


@pytest.mark.parametrize("command", [["reset"], ["snapshot", "take", "one"]])
def test_a_folder_without_a_tenant_stays_as_it_is(
    tmp_path: Path, command: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped folder is no reason to make one."""
    folder = tmp_path / "mistyped"

    assert main([*command, "--state", str(folder)]) == 1

    assert capsys.readouterr().err == (
        f"localtenant: There is no tenant in {folder}. 'serve --state {folder}' makes one.\n"
    )
    assert not folder.exists()


@pytest.mark.parametrize(
    "command",
    [
        ["reset"],
        ["snapshot", "take", "one"],
        ["snapshot", "restore", "one"],
        ["snapshot", "delete", "one"],
        ["snapshot", "list"],
    ],
)
def test_a_second_process_on_a_state_folder_is_refused(
    busy: Path, command: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever has the folder, it has it alone."""
    assert main([*command, "--state", str(busy)]) == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"The state folder {busy} is in use by another local tenant (process " in said.err


@pytest.mark.parametrize("command", ["reset", "snapshot list"])
def test_a_damaged_database_is_said_in_one_line(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """SQLite's own words, without a traceback."""
    (tmp_path / "tenant.sqlite3").write_text("no database at all, but long enough" * 100)

    assert main([*command.split(), "--state", str(tmp_path)]) == 1

    words = f"The database in {tmp_path} cannot be used: file is not a database."
    assert capsys.readouterr().err == f"localtenant: {words}\n"


@pytest.mark.parametrize("command", ["", "serve", "snapshot", "reset"])
def test_help_has_examples_and_exit_codes(command: str) -> None:
    """A stranger learns what a command is for, what to type, and how it can end."""
    ended = subprocess.run(
        [sys.executable, "-m", "localtenant", *command.split(), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert f"  python -m localtenant {command}".rstrip() in ended.stdout
    assert "examples:" in ended.stdout or "A first try" in ended.stdout
    assert max(len(line) for line in ended.stdout.splitlines()) <= 100
    assert "Exit code" in ended.stdout
