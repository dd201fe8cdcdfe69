"""Starts, finds and stops the local tenant, a process that runs in the background.

Only the standard library is used, so that `make clean` can stop the tenant with any Python.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, cast

from commands.errors import CommandError
from engine.places import LOCAL, PROJECT

DEFAULT_PORT: Final = 8443

_READY_WITHIN: Final = 60.0
_STOPPED_WITHIN: Final = 10.0
_LAST_WORDS: Final = 15
_NO_PROCESS: Final = 0
_ADMINISTRATOR: Final = "administrator"


@dataclass(frozen=True)
class Tenant:
    """A local tenant that answers."""

    pid: int
    port: int
    url: str
    variables: dict[str, str]
    """The environment variables by which a client reaches it and signs in as the deployer."""
    clients: Mapping[str, Mapping[str, str]]
    """The other applications that can sign in, by name: `clientId` and `clientSecret`."""

    def as_administrator(self) -> Tenant:
        """The same tenant for a client that may do everything. Raises CommandError."""
        client = self.clients.get(_ADMINISTRATOR)
        if client is None:
            raise CommandError("The tenant was started by an older version: run `make up` again.")
        signed_in = {
            f"{prefix}_{name}": client[key]
            for prefix in ("ARM", "AZURE")
            for name, key in (("CLIENT_ID", "clientId"), ("CLIENT_SECRET", "clientSecret"))
        }
        return replace(self, variables={**self.variables, **signed_in})


@dataclass(frozen=True)
class Background:
    """The one local tenant that lives in `folder`, running or not."""

    folder: Path = LOCAL / "tenant"
    tenant_id: str | None = None
    """The tenant's ID, where it is made anew; None: a random one."""

    @property
    def request_log(self) -> Path:
        """The requests that it has answered, a line of JSON each."""
        return self.folder / "requests.jsonl"

    @property
    def server_log(self) -> Path:
        """What it has to say itself."""
        return self.folder / "server.log"

    @property
    def _state(self) -> Path:
        return self.folder / "state"

    @property
    def _record(self) -> Path:
        return self.folder / "running.json"

    def running(self) -> Tenant | None:
        """The tenant, if it runs."""
        pid, port, ready = self._recorded()
        if ready is None or not self.is_ours(pid):
            return None
        return Tenant(pid, port, ready["url"], ready["env"], ready["clients"])

    def ensure(self, port: int | None, environment: Mapping[str, str]) -> tuple[Tenant, bool]:
        """The running tenant, started if need be, and whether it was started now.

        `port` None means: where it runs already, else on the default port. A tenant that runs on
        another port than the one asked for is started anew. Raises CommandError when it does not
        start.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        # Of two commands that start it at the same time, the second finds it running.
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            tenant = self.running()
            if tenant is not None and port in (None, tenant.port):
                return tenant, False
            self.stop()
            return self._start(port or DEFAULT_PORT, environment), True

    def stop(self) -> bool:
        """Stop the tenant; False when it does not run. No other process is ever touched."""
        pid, _, _ = self._recorded()
        if not self.is_ours(pid):
            return False
        for request in (signal.SIGTERM, signal.SIGKILL):
            # It may end by itself between the question and the signal.
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, request)
            if self._has_ended(pid):
                break
        self._record.unlink(missing_ok=True)
        return True

    def is_ours(self, pid: int) -> bool:
        """Whether process `pid` is this tenant.

        The number alone says little: after a restart of the machine it may be anybody's.
        """
        command = _command_line(pid)
        return "localtenant" in command and str(self._state) in command

    def _start(self, port: int, environment: Mapping[str, str]) -> Tenant:
        command = [sys.executable, "-m", "localtenant", "serve", "--state", str(self._state)]
        command += ["--port", str(port), "--log", str(self.request_log)]
        command += ["--client", f"{_ADMINISTRATOR}=*"]
        if self.tenant_id is not None:
            command += ["--tenant-id", self.tenant_id]
        with self.server_log.open("w", encoding="utf-8") as messages:
            process = subprocess.Popen(  # noqa: S603 - this project's own tenant
                command,
                cwd=PROJECT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=messages,
                # Ctrl-C in the terminal is meant for the command, not for the tenant.
                start_new_session=True,
            )
        # Recorded before it is ready, so that it can be stopped if this command is killed.
        _write_private(self._record, {"pid": process.pid, "port": port, "ready": None})
        line = _first_line(process)
        if not line:
            process.kill()
            process.wait()
            raise CommandError(self._failure(port))
        ready = cast("dict[str, Any]", json.loads(line))
        _write_private(self._record, {"pid": process.pid, "port": port, "ready": ready})
        return Tenant(process.pid, port, ready["url"], ready["env"], ready["clients"])

    def _recorded(self) -> tuple[int, int, dict[str, Any] | None]:
        """The process that was started last, its port, and what it said when it was ready."""
        try:
            record = cast("dict[str, Any]", json.loads(self._record.read_text("utf-8")))
        except (FileNotFoundError, json.JSONDecodeError):
            return _NO_PROCESS, 0, None
        return record["pid"], record["port"], record["ready"]

    def _failure(self, port: int) -> str:
        said = self.server_log.read_text("utf-8", errors="replace").strip()
        last = said.splitlines()[-_LAST_WORDS:] or [f"It was not ready in {_READY_WITHIN:.0f} s."]
        return "\n".join([f"The local tenant did not start on port {port}.", *last])

    def _has_ended(self, pid: int) -> bool:
        """Wait until `pid` is no longer this tenant; False when that takes too long."""
        deadline = time.monotonic() + _STOPPED_WITHIN
        pause = threading.Event()
        while self.is_ours(pid):
            if time.monotonic() > deadline:
                return False
            pause.wait(0.05)
        return True


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    """The line by which the tenant says that it is ready; empty when it ends or takes too long."""
    answer = process.stdout
    if answer is None or not select.select([answer], [], [], _READY_WITHIN)[0]:
        return b""
    return answer.readline()


def _command_line(pid: int) -> str:
    """The command that process `pid` runs; empty when there is no such process."""
    if Path("/proc/self/cmdline").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return ""
        return b" ".join(words).decode(errors="replace")
    answer = subprocess.run(  # noqa: S603 - a number is all that varies
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout


def _write_private(file: Path, record: Mapping[str, object]) -> None:
    """Write for this user's eyes only: the record holds the deployer's secret."""
    partial = file.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writing:
        json.dump(record, writing)
    partial.rename(file)


if __name__ == "__main__":
    Background().stop()
