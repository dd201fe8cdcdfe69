"""Shows the local tenant's request log."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any, Final, TextIO, cast

from rich.console import Console
from rich.text import Text

from commands.errors import CommandError
from commands.tenant import Background

_LAST: Final = 100
_LOOKS_AGAIN: Final = 0.3
_REFUSED: Final = 400
_BROKEN: Final = 500


def show(console: Console, *, follow: bool) -> None:
    """Print the latest requests, and with `follow` those to come, until interrupted.

    Raises CommandError when the tenant has never run.
    """
    tenant = Background()
    if not tenant.request_log.exists():
        raise CommandError("There is no request log yet: `make up` starts the local tenant.")
    with tenant.request_log.open(encoding="utf-8") as file:
        for line in file.readlines()[-_LAST:]:
            console.print(rendered(line))
        if follow:
            for line in _coming(file):
                console.print(rendered(line))
    console.print(
        f"Requests: {tenant.request_log}, the newest {_LAST} shown. FOLLOW=1 waits for more."
    )
    console.print(f"The tenant's own messages: {tenant.server_log}")


def rendered(line: str) -> Text:
    """A line of the log for reading: when, what, the answer, how long it took, who asked."""
    try:
        entry = cast("dict[str, Any]", json.loads(line))
    except json.JSONDecodeError:
        return Text(line.rstrip("\n"))
    status = int(entry.get("status", 0))
    style = "red" if status >= _BROKEN else "yellow" if status >= _REFUSED else "green"
    return Text.assemble(
        (f"{entry.get('time', '')[:19]} ".lstrip(), "dim"),
        (f"{status} ", style),
        f"{entry.get('method', ''):<6} {entry.get('path', '')}",
        (f"  {entry.get('ms', 0):.0f} ms", "dim"),
        (f"  {entry.get('clientAppId') or ''}", "dim"),
    )


def _coming(file: TextIO) -> Iterator[str]:
    pause = threading.Event()
    while True:
        line = file.readline()
        if line:
            yield line
        else:
            pause.wait(_LOOKS_AGAIN)
