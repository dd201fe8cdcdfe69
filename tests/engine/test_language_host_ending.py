"""How the language host ends: the CLI waits for it, five seconds at most, at every command."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.places import PROJECT


@pytest.mark.skipif(sys.platform != "linux", reason="tgkill and /proc are Linux's; run it there")
def test_an_interrupt_that_another_thread_gets_is_not_missed() -> None:
    """The kernel may give it to any thread; handlers run in the main one, which has to wake."""
    command = [sys.executable, "-m", "engine.language_host", "127.0.0.1:1"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE) as host:
        assert host.stdout is not None
        assert int(host.stdout.readline()) > 0
        threads = {int(one.name) for one in Path(f"/proc/{host.pid}/task").iterdir()}
        other = max(threads - {host.pid})

        assert ctypes.CDLL(None).tgkill(host.pid, other, signal.SIGINT) == 0

        try:
            assert host.wait(timeout=10) == os.EX_OK
        finally:
            host.kill()
