"""``python -m localtenant stand-in``: what stands in for identity providers that are elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from localtenant.folder_commands import StateCommandError, have_done
from localtenant.upstream import stand_ins

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from localtenant.states import States

_PLACE = "/-/stand-ins"


def stand_in(options: argparse.Namespace) -> str:
    """List, set or remove stand-ins; what to tell the caller."""
    folder, name = options.state.resolve(), options.name or ""
    if (options.action == "list") == bool(name):
        message = f"'stand-in {options.action}' wants {'no' if name else 'a'} name."
        raise StateCommandError(message)
    match options.action:
        case "list":
            body, _ = have_done(folder, "GET", _PLACE, _list)
            rows = [f"{one['name']}  {one['issuer']}" for one in body["standIns"]]
            return "\n".join(rows or ["Nothing stands in."])
        case "set":
            wanted = {
                "name": name,
                "issuer": options.issuer or name,
                "trust": _read(options.trust),
                "clientId": options.client_id or "",
                "clientSecret": options.client_secret or "",
            }
            body, how = have_done(folder, "PUT", _PLACE, lambda s: _put(s, wanted), wanted)
            return f"{body['issuer']} stands in for {name} ({how})."
        case _:
            place = f"{_PLACE}/{quote(name, safe='')}"
            _, how = have_done(folder, "DELETE", place, lambda states: _remove(states, name))
            return f"Nothing stands in for {name} any more ({how})."


def _list(states: States) -> dict[str, Any]:
    with states.tenant.store.read() as tx:
        return {"standIns": stand_ins.listed(tx)}


def _put(states: States, wanted: dict[str, str]) -> dict[str, Any]:
    with states.tenant.store.write() as tx:
        return stand_ins.put(tx, wanted)


def _remove(states: States, name: str) -> None:
    with states.tenant.store.write() as tx:
        stand_ins.remove(tx, name)


def _read(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The file {file} of --trust cannot be read: {error}."
        raise StateCommandError(message) from error
