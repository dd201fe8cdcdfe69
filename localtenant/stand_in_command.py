"""``python -m localtenant stand-in``: what stands in for identity providers that are elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from localtenant.certificates import Certificates
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
            wanted = {"name": name, **_wanted(options, folder)}
            body, how = have_done(folder, "PUT", _PLACE, lambda s: _put(s, wanted), wanted)
            return f"{body['issuer']} stands in for {name} ({how})."
        case _:
            place = f"{_PLACE}/{quote(name, safe='')}"
            _, how = have_done(folder, "DELETE", place, lambda states: _remove(states, name))
            return f"Nothing stands in for {name} any more ({how})."


def _wanted(options: argparse.Namespace, folder: Path) -> dict[str, str]:
    """What is to stand in, with another local tenant as the issuer if one is named."""
    given = (options.issuer, options.trust, options.client_id, options.client_secret)
    if options.tenant is None:
        return {
            "issuer": options.issuer or options.name,
            "trust": _read(options.trust),
            "clientId": options.client_id or "",
            "clientSecret": options.client_secret or "",
        }
    if any(given):
        message = "--tenant says all of it: leave out ISSUER and the other options."
        raise StateCommandError(message)
    other = options.tenant.resolve()
    known, _ = have_done(folder, "GET", _PLACE, lambda _: _stopped(folder))
    uris = {"redirectUris": known["redirectUris"]}
    client, _ = have_done(other, "POST", "/-/relying-parties", lambda _: _stopped(other), uris)
    return {**client, "trust": _read(Certificates.of(other).authority)}


def _stopped(folder: Path) -> dict[str, Any]:
    message = f"The tenant in {folder} does not run, so nobody knows where. Start it first."
    raise StateCommandError(message)


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
