"""What the stack's configuration says of the demo before there is anything of the stack.

It imports Pulumi's SDK, which takes half a second.
"""

from __future__ import annotations

from typing import Any, Final, cast

import yaml

from components.settings.problems import SettingsError
from components.settings.read import SECTIONS, parse_settings
from components.settings.web_app import WebAppSettings

_SCOPES: Final = frozenset({"ToDoList.Read", "ToDoList.ReadWrite"})


def planned_redirect_uri(configuration: str) -> str | None:
    """The redirect URI of the client that `environments.chosen` will choose.

    None where the YAML of the stack has none, or mistakes: those are for `pulumi up` to tell.
    """
    try:
        config = cast("dict[str, Any]", (yaml.safe_load(configuration) or {}).get("config") or {})
        sections = {name: config[f"ciam:{name}"] for name in SECTIONS if f"ciam:{name}" in config}
        settings = parse_settings(sections)
    except (yaml.YAMLError, AttributeError, SettingsError):
        return None
    # The CLI prints outputs in the order of their keys.
    for _, client in sorted(settings.clients.items()):
        if not isinstance(client, WebAppSettings):
            continue
        secret = client.secret or not (client.certificates or client.federated_credentials)
        if secret and any(set(some) >= _SCOPES for some in client.api_permissions.values()):
            return client.redirect_uris[0]
    return None
