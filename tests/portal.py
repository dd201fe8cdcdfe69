"""A person in the admin center, who changes by hand what a stack has made."""

from __future__ import annotations

from typing import Any

import httpx
from stack_fixture import Stack

from localtenant.testing_client import FLOWS

NAMESPACE = "microsoft.graph"
KIND = f"{NAMESPACE}.externalUsersSelfServiceSignUpEventsFlow"
SIGN_UP = "ExternalUsersSelfServiceSignUp"
METHODS = (
    f"{KIND}/onAuthenticationMethodLoadStart/"
    f"{NAMESPACE}.onAuthenticationMethodLoadStart{SIGN_UP}/identityProviders"
)
ATTRIBUTES = f"{KIND}/onAttributeCollection/{NAMESPACE}.onAttributeCollection{SIGN_UP}/attributes"


INCLUDED = "conditions/applications/includeApplications"


class Portal:
    """A person in the admin center, who does not know of the stack that made all this."""

    def __init__(self, stack: Stack) -> None:
        """Look at what the seed's stack has made."""
        outputs = stack.outputs()
        self.admin = stack.tenant.admin
        self.tenant = stack.tenant
        self.web: dict[str, Any] = outputs["clients"]["web"]
        self.api: dict[str, Any] = outputs["apis"]["todolist"]
        self.flow: str = outputs["userFlows"]["SignInSignUpSample"]["id"]

    @property
    def web_path(self) -> str:
        """The web application."""
        return f"/applications/{self.web['objectId']}"

    @property
    def api_path(self) -> str:
        """The API's application."""
        return f"/applications/{self.api['objectId']}"

    @property
    def flow_path(self) -> str:
        """The user flow."""
        return f"{FLOWS}/{self.flow}"

    def patch(self, path: str, **properties: object) -> None:
        """Change an object."""
        done(self.admin.patch(path, properties))

    def delete(self, path: str) -> None:
        """Delete an object or a reference."""
        done(self.admin.delete(path))

    def refer(self, path: str, target: str) -> None:
        """Add a reference to an object."""
        odata_id = f"{self.tenant.ready.url}/v1.0{target}"
        done(self.admin.post(f"{path}/$ref", {"@odata.id": odata_id}))

    def rename_flow(self, name: str) -> None:
        """Give the flow another name."""
        self.patch(self.flow_path, **{"@odata.type": f"#{KIND}", "displayName": name})

    def include(self, flow_id: str) -> None:
        """Put the web application into a flow."""
        body = {
            "@odata.type": f"#{NAMESPACE}.authenticationConditionApplication",
            "appId": self.web["clientId"],
        }
        done(self.admin.post(f"{FLOWS}/{flow_id}/{INCLUDED}", body))

    def take_out(self) -> None:
        """Take the web application out of its flow."""
        self.delete(f"{self.flow_path}/{INCLUDED}/{self.web['clientId']}")

    def grants(self) -> dict[str, dict[str, Any]]:
        """What the web application was granted, by the resource's service principal."""
        return {
            one["resourceId"]: one
            for one in self.tenant.all("/oauth2PermissionGrants")
            if one["clientId"] == self.web["servicePrincipalId"]
        }


def done(answer: httpx.Response) -> None:
    """Fail with what Graph said, unless it did what was asked."""
    assert answer.is_success, answer.text
