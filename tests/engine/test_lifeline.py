"""Nothing that an engine has started outlives it, whatever ends it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from engine_fixture import Project

from engine import lifeline
from engine.places import PROJECT

_SLOW_THING = """\
    import os, pathlib, threading
    from pulumi.dynamic import CreateResult, Resource, ResourceProvider

    class SlowProvider(ResourceProvider):
        def create(self, props):
            pathlib.Path(props["pids"], "provider").write_text(str(os.getpid()))
            threading.Event().wait(60)
            return CreateResult("slow", {})

    class Slow(Resource, module="test", name="Slow"):
        def __init__(self, name, pids):
            super().__init__(SlowProvider(), name, {"pids": pids})
    """

_PROGRAM = """\
    import os, pathlib
    from things import Slow

    pids = pathlib.Path(__file__).parent
    (pids / "program").write_text(str(os.getpid()))
    (pids / "host").write_text(str(os.getppid()))
    Slow("slow", str(pids))
    """


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def lives(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits for its parent does not."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    command = ["ps", "-o", "stat=", "-p", str(pid)]
    state = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return state[:1] not in ("", "Z")


@pytest.mark.usefixtures("stand_in_hosts")
def test_killing_the_cli_ends_host_program_and_provider(project: Project) -> None:
    """After `kill -9` of the CLI, language host, program and provider end by themselves."""
    project.write("things.py", _SLOW_THING)
    project.write("__main__.py", _PROGRAM)
    cli = project.start("up", "--yes", "--skip-preview")
    names = ("host", "program", "provider")
    files = [project.folder / name for name in names]
    assert eventually(lambda: all(file.exists() and file.read_text() for file in files))
    pids = {name: int((project.folder / name).read_text()) for name in names}
    assert all(map(lives, pids.values()))

    cli.send_signal(signal.SIGKILL)
    cli.wait()

    for name, pid in pids.items():
        assert eventually(lambda pid=pid: not lives(pid), 10), f"the {name} lives on"


def test_an_interrupted_cli_leaves_nothing_behind_and_shows_no_traceback(project: Project) -> None:
    """Ctrl-C ends the program in order, without a word from Python."""
    project.write(
        "__main__.py",
        "import pathlib, threading\npathlib.Path('running').touch()\nthreading.Event().wait(60)\n",
    )
    cli = subprocess.Popen(
        [project.engine.pulumi, "up", "--yes", "--skip-preview"],
        cwd=project.folder,
        env=project.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert eventually((project.folder / "running").exists)

    cli.send_signal(signal.SIGINT)
    shown, _ = cli.communicate(timeout=30)

    assert "Traceback" not in shown
    assert "KeyboardInterrupt" not in shown


_PARENT = """\
import subprocess, sys, threading
child = subprocess.Popen([sys.executable, "-c", sys.argv[1], *sys.argv[2:]], stdout=subprocess.PIPE)
print(child.pid, child.stdout.readline().decode().strip(), flush=True)
threading.Event().wait(60)
"""


@pytest.mark.parametrize("way", ["wait_for_exit", "_wait_by_polling"])
def test_a_process_ends_with_its_parent(way: str) -> None:
    """Both ways of watching notice the parent's end."""
    child = (
        "import engine.lifeline as l, threading\n"
        f"l.wait_for_exit = l.{way}\n"
        "l.end_with_engine(); print('up', flush=True); threading.Event().wait(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, child], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline().split()[0])
    assert lives(pid)

    parent.kill()
    parent.wait()

    assert eventually(lambda: not lives(pid), 10)


def test_what_is_under_way_may_be_finished(tmp_path: Path) -> None:
    """`finish` runs before the end, but a `finish` that hangs does not keep the process."""
    done = tmp_path / "done"
    child = (
        "import engine.lifeline as l, pathlib, sys, threading\n"
        "def finish():\n"
        "    pathlib.Path(sys.argv[1]).touch()\n"
        "    threading.Event().wait(60)\n"
        "l.end_with_engine(finish, within=0.5)\n"
        "print('up', flush=True); threading.Event().wait(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, child, str(done)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline().split()[0])

    parent.kill()
    parent.wait()

    assert eventually(lambda: not lives(pid), 10)
    assert done.exists()


def test_watching_a_process_that_has_ended_returns_at_once() -> None:
    """A parent that ended before the watch began is noticed all the same."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    started = time.monotonic()
    lifeline.wait_for_exit(ended.pid)

    assert time.monotonic() - started < 1
