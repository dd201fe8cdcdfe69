"""The environment variables that choose the stack `local`: its engine, its backend, its tenant.

They must replace the user's own: a certificate or a token for a real tenant that is still set
would otherwise take part in signing in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from commands.tenant import Tenant
from engine.model import Engine
from engine.places import ENGINE, LOCAL

BACKEND: Final = LOCAL / "state"

SAVED: Final = "CIAM_SAVED_ENVIRONMENT"
"""Holds what `make env` has replaced, so that `make env OFF=1` can put it back."""

# The state of `local` holds nothing real, so its passphrase may be known.
_PASSPHRASE: Final = "local"  # noqa: S105 - see above

_OF_ANOTHER_STACK: Final = ("PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_OPTION_CONFIG_FILE")
"""What a shell may have for a stack of its own: the second is the CLI's option `--config-file`."""

_SIGN_IN: Final = ("ARM_", "AZURE_")
"""Variables that begin so decide where to sign in and as whom."""

_PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_LOOPBACK: Final = "localhost,127.0.0.1,::1"

Changes = dict[str, str | None]
"""Variables to set; None: to unset."""


def changes(engine: Engine, tenant: Tenant | None, environ: Mapping[str, str]) -> Changes:
    """What to change in `environ` so that `pulumi` means the stack `local`.

    Without a tenant the stack can be read, but nothing can be deployed.
    """
    dropped = [name for name in environ if name.startswith(_SIGN_IN) or name in _OF_ANOTHER_STACK]
    changed: Changes = dict.fromkeys(dropped)
    changed |= engine.variables(environ)
    changed |= {
        "PULUMI_BACKEND_URL": BACKEND.as_uri(),
        "PULUMI_STACK": "local",
        "PULUMI_CONFIG_PASSPHRASE": _PASSPHRASE,
    }
    if tenant is not None:
        changed |= tenant.variables
    return changed | _past_the_proxy(environ)


def _past_the_proxy(environ: Mapping[str, str]) -> Changes:
    """Let requests to this machine not go through a proxy, where one is set."""
    proxied = any(environ.get(name) or environ.get(name.lower()) for name in _PROXIES)
    if not proxied:
        return {}
    present = environ.get("NO_PROXY") or environ.get("no_proxy")
    if present and "localhost" in present:
        return {}
    merged = f"{present},{_LOOPBACK}" if present else _LOOPBACK
    return {"NO_PROXY": merged, "no_proxy": merged}


def applied(changed: Changes, environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` with the changes made."""
    result = dict(environ)
    for name, value in changed.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result


def undone(environ: Mapping[str, str]) -> Changes:
    """What to change in `environ` to take back `make env`; nothing when there was none."""
    if SAVED not in environ:
        return {}
    saved: Changes = json.loads(environ[SAVED])
    kept = [entry for entry in environ.get("PATH", "").split(os.pathsep) if not _of_engine(entry)]
    # PATH may have been changed since for other reasons, so only the engine's folder is taken out.
    return saved | {"PATH": os.pathsep.join(kept), SAVED: None}


def original(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` as it was before `make env`."""
    return applied(undone(environ), environ)


def _of_engine(entry: str) -> bool:
    return Path(entry).is_relative_to(ENGINE)
