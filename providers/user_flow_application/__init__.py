"""Applications in a user flow, as a Pulumi resource.

Source: https://learn.microsoft.com/graph/api/resources/authenticationconditionapplication
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = ["UserFlowApplication", "UserFlowApplicationArgs", "UserFlowApplicationProvider"]


class UserFlowApplicationProvider(LifecycleProvider):
    """Hosts the lifecycle of an application in a user flow. Recorded in every state: frozen."""

    lifecycle_path = "providers.user_flow_application.lifecycle:UserFlowApplicationLifecycle"


@dataclass(frozen=True, kw_only=True)
class UserFlowApplicationArgs:
    """Which application signs its customers in by which user flow.

    ``user_flow_id`` is the flow's ID, ``client_id`` the application's client ID (``appId``, not its
    object ID). With ``adopt``, an application that is in the flow already is taken over, and
    deleting only lets go of it.
    """

    user_flow_id: pulumi.Input[str]
    client_id: pulumi.Input[str]
    adopt: pulumi.Input[bool] | None = None


class UserFlowApplication(GraphResource, module="ciam", name="UserFlowApplication"):
    """An application in a user flow; its ``id`` is ``{user flow ID}/{client ID}``.

    An application is in one user flow at most, and needs its service principal first
    (``depends_on``). Another flow or another application replaces it, the old one removed first.
    Needs the Graph permission ``EventListener.ReadWrite.All``.
    """

    user_flow_id: pulumi.Output[str]
    client_id: pulumi.Output[str]
    tenant_id: pulumi.Output[str]
    adopted: pulumi.Output[bool]

    def __init__(
        self, name: str, args: UserFlowApplicationArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Declare the application in the flow as ``name``."""
        super().__init__(UserFlowApplicationProvider(), name, args, opts)
