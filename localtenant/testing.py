"""For tests: a tenant of one's own, started as a user would start it and ended with the block."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from localtenant.ready import Client, Ready

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

__all__ = ["Client", "Ready", "TenantFailedError", "running_tenant"]


class TenantFailedError(Exception):
    """The tenant ended before it was ready, or took too long; the text holds its own words."""


@contextmanager
def running_tenant(
    state_dir: Path,
    *,
    port: int = 0,
    log: Path | None = None,
    messages: Path | None = None,
    clients: Mapping[str, Sequence[str]] | None = None,
    faults: Sequence[str] = (),
    extra_args: Sequence[str] = (),
    seconds: float = 30,
) -> Generator[Ready]:
    """Run ``python -m localtenant serve`` on ``state_dir`` for the length of the block.

    ``clients`` maps names to the Graph application permissions that each application gets;
    ``faults`` are as in ``--fault``; what it writes to stderr goes to the file ``messages``, if one
    is given. Yields what the tenant said when it was ready. Raises :class:`TenantFailedError` if it
    does not get ready within ``seconds``.
    """
    command = [sys.executable, "-m", "localtenant", "serve", "--state", str(state_dir.resolve())]
    command += ["--port", str(port), *(["--log", str(log.resolve())] if log else [])]
    for name, roles in (clients or {}).items():
        command += ["--client", f"{name}={','.join(roles)}"]
    for fault in faults:
        command += ["--fault", fault]
    with (
        # A file takes whatever it has to say; a pipe that nobody reads would stop it one day.
        messages.open("a+") if messages else tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*command, *extra_args],
            stdout=subprocess.PIPE,
            stderr=said,
            stdin=subprocess.DEVNULL,
            text=True,
            cwd=Path(__file__).parent.parent,
        ) as process,
    ):
        # A tenant that hangs at its start is killed, which ends the wait for its first line.
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            line = process.stdout.readline() if process.stdout else ""
            alarm.cancel()
            if not line:
                code = process.wait()
                said.seek(0)
                message = f"The local tenant ended with code {code}: {said.read().strip()}"
                raise TenantFailedError(message)
            yield Ready.of(line)
        finally:
            alarm.cancel()
            process.terminate()
            process.wait()
