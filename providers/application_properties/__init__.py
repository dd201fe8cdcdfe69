"""What azuread cannot safely set of an application, as a Pulumi resource.

Source: https://learn.microsoft.com/graph/api/resources/application
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = ["ApplicationProperties", "ApplicationPropertiesArgs", "ApplicationPropertiesProvider"]


class ApplicationPropertiesProvider(LifecycleProvider):
    """Hosts the lifecycle of properties of an application. Recorded in every state: frozen."""

    lifecycle_path = "providers.application_properties.lifecycle:ApplicationPropertiesLifecycle"


@dataclass(frozen=True, kw_only=True)
class ApplicationPropertiesArgs:
    """Which properties of which application; one that is ``None`` is left alone.

    ``application_id`` is the application's object ID. ``redirect_uris`` are those of the platform
    for mobile and desktop applications, ``known_clients`` client IDs, ``native_authentication``
    ``all`` or ``none``. ``version`` is whatever changes when azuread may have written the
    application: its update sends what it last read of these properties, so that they have to be
    looked at again.
    """

    application_id: pulumi.Input[str]
    redirect_uris: Sequence[pulumi.Input[str]] | None = None
    known_clients: Sequence[pulumi.Input[str]] | None = None
    native_authentication: pulumi.Input[str] | None = None
    version: pulumi.Input[str] | None = None


class ApplicationProperties(GraphResource, module="ciam", name="ApplicationProperties"):
    """Properties of an application; its ``id`` is the application's object ID.

    Needs the Graph permission ``Application.ReadWrite.OwnedBy``. Deleting it makes the properties
    empty.
    """

    application_id: pulumi.Output[str]
    tenant_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: ApplicationPropertiesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Declare the properties as ``name``."""
        super().__init__(ApplicationPropertiesProvider(), name, args, opts)
