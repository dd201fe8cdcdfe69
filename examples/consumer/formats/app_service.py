"""Application settings of an App Service, as `az webapp config appsettings` lists and sets them.

Source: https://learn.microsoft.com/cli/azure/webapp/config/appsettings
"""

from __future__ import annotations

import json
from collections.abc import Mapping


def render(variables: Mapping[str, str]) -> str:
    """What `az webapp config appsettings set --settings @FILE` takes.

    The settings move with the application when slots are swapped.
    """
    settings = [
        {"name": name, "value": value, "slotSetting": False} for name, value in variables.items()
    ]
    return json.dumps(settings, indent=2) + "\n"
