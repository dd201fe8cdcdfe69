"""The command line: ``python -m localtenant`` and its commands."""

from __future__ import annotations

import sqlite3
import sys

from localtenant.errors import LocalTenantError
from localtenant.options import parser
from localtenant.serving import serve
from localtenant.stand_in_command import stand_in
from localtenant.state_commands import reset, snapshot
from localtenant.user_commands import users


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code, which ``--help`` explains."""
    options = parser().parse_args(arguments)
    try:
        match options.command:
            case "serve":
                serve(options)
            case "snapshot":
                print(snapshot(options))  # noqa: T201 - the command's own output
            case "users":
                print(users(options))  # noqa: T201 - the command's own output
            case "stand-in":
                print(stand_in(options))  # noqa: T201 - the command's own output
            case _:
                print(reset(options))  # noqa: T201 - the command's own output
    except LocalTenantError as error:
        return _failed(str(error))
    except sqlite3.Error as error:
        return _failed(f"The database in {options.state} cannot be used: {error}.")
    return 0


def _failed(message: str) -> int:
    print(f"localtenant: {message}", file=sys.stderr)  # noqa: T201 - the command's own output
    return 1
