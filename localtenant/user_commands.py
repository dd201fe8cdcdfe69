"""``python -m localtenant users``: accounts listed, customers added and removed, running or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from localtenant.folder_commands import StateCommandError, have_done
from localtenant.odata.errors import GraphError
from localtenant.pages import customers

if TYPE_CHECKING:
    import argparse

    from localtenant.states import States

_COLUMNS = ("account", "method", "name", "id")


def users(options: argparse.Namespace) -> str:
    """List accounts, add or remove a customer; what to tell the caller."""
    folder, email = options.state.resolve(), options.email or ""
    if (options.action == "list") == bool(email):
        message = f"'users {options.action}' wants {'no' if email else 'an'} email address."
        raise StateCommandError(message)
    match options.action:
        case "list":
            body, _ = have_done(folder, "GET", "/-/users", _list)
            rows = ["  ".join(u[part] for part in _COLUMNS) for u in body["users"]]
            return "\n".join(rows or ["There are no accounts."])
        case "add":
            wanted = {"email": email, "password": options.password, "name": options.name}
            body, how = have_done(
                folder, "POST", "/-/users", lambda states: _add(states, wanted), wanted
            )
            return f"Added {body['email']}, who signs in by {body['method']} ({how})."
        case _:
            path = f"/-/users/{quote(email, safe='')}"
            _, how = have_done(folder, "DELETE", path, lambda states: _remove(states, email))
            return f"Removed {email} ({how})."


def _list(states: States) -> dict[str, Any]:
    with states.tenant.store.read() as tx:
        return {"users": customers.all_of(tx)}


def _add(states: States, wanted: dict[str, Any]) -> dict[str, Any]:
    try:
        with states.tenant.store.write() as tx:
            return customers.add(states.tenant, tx, wanted)
    except GraphError as error:
        raise StateCommandError(error.message) from error


def _remove(states: States, email: str) -> None:
    with states.tenant.store.write() as tx:
        customers.remove(states.tenant, tx, email)
