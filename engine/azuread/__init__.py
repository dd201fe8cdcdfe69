"""A stand-in for the Pulumi plugin `pulumi-resource-azuread`, where that cannot be downloaded.

`python -m engine.azuread ADDRESS` serves the resource-provider protocol to the engine at ADDRESS,
with the real plugin's names of resources, inputs, outputs and ids, for the resource types that this
project's components use. It sends real Microsoft Graph requests, but only to a tenant on this
machine: any other endpoint is refused.
"""

from __future__ import annotations

from typing import Final

NAME: Final = "azuread"
"""The Pulumi package that this process stands in for."""

VERSION: Final = "6.11.1"
"""The version of the real plugin whose names and meanings are followed; also what the engine is
told.
"""
