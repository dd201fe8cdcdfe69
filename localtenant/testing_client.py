"""For tests: a plain HTTPS client of a running tenant, signed in as one application.

It needs httpx, which the tenant itself does not.
"""

from __future__ import annotations

import copy
import ssl
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx

from localtenant.tenant import GRAPH_CLIENT_ID

FLOWS = "/identity/authenticationEventsFlows"

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from localtenant.odata.types import Json
    from localtenant.ready import Client, Ready


class Graph:
    """Graph as one application sees it: paths below ``/v1.0``, answers as httpx gives them."""

    def __init__(self, ready: Ready, client: Client) -> None:
        """Sign ``client`` in with its secret."""
        self.ready = ready
        self.client = client
        self.trust = ssl.create_default_context(cafile=ready.caFile)
        self.http = httpx.Client(base_url=ready.url, verify=self.trust)
        answer = self.http.post(
            f"/{ready.tenantId}/oauth2/v2.0/token",
            data={
                "client_id": client.clientId,
                "client_secret": client.clientSecret,
                "grant_type": "client_credentials",
                "scope": f"{ready.url}/.default",
            },
        )
        answer.raise_for_status()
        self.token: str = answer.json()["access_token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.url = ready.url
        self.tenant_id = ready.tenantId
        self.object_id = client.objectId

    @cached_property
    def domain(self) -> str:
        """The tenant's initial domain."""
        (organization,) = self.read("/organization")["value"]
        return next(d["name"] for d in organization["verifiedDomains"] if d["isInitial"])

    def anonymous(self) -> httpx.Client:
        """Reach the tenant without signing in."""
        return httpx.Client(base_url=self.url, verify=self.trust)

    def reference(self, object_id: str) -> Json:
        """Build the body of a ``$ref`` to an object of the directory."""
        return {"@odata.id": f"{self.url}/v1.0/directoryObjects/{object_id}"}

    def with_token(self, token: str) -> Graph:
        """Call the same tenant with another access token."""
        other = copy.copy(self)
        other.token = token
        other.http = httpx.Client(
            base_url=self.url,
            verify=self.trust,
            headers={"Authorization": f"Bearer {token}"},
        )
        return other

    def get(
        self, path: str, version: str = "v1.0", params: Mapping[str, str | int] | None = None
    ) -> httpx.Response:
        """GET below a version."""
        return self.http.get(f"/{version}{path}", params=params)

    def post(self, path: str, body: Json | None = None, version: str = "v1.0") -> httpx.Response:
        """POST JSON below a version."""
        return self.http.post(f"/{version}{path}", json=body)

    def patch(self, path: str, body: Json | None, version: str = "v1.0") -> httpx.Response:
        """PATCH JSON below a version."""
        return self.http.patch(f"/{version}{path}", json=body)

    def put(self, path: str, body: Json | None, version: str = "v1.0") -> httpx.Response:
        """PUT JSON below a version."""
        return self.http.put(f"/{version}{path}", json=body)

    def refer(self, path: str, target: str) -> httpx.Response:
        """POST a reference to a directory object."""
        return self.post(f"{path}/$ref", self.reference(target))

    def delete(self, path: str) -> httpx.Response:
        """DELETE below /v1.0."""
        return self.http.delete(f"/v1.0{path}")

    def made(self, path: str, body: Json | None) -> Json:
        """POST that has to succeed: the new object."""
        answer = self.post(path, body)
        _check(answer)
        return answer.json()

    def read(self, path: str, params: Mapping[str, str | int] | None = None) -> Json:
        """GET that has to succeed: the object."""
        answer = self.get(path, params=params)
        _check(answer)
        return answer.json()

    def application(self, **properties: object) -> Json:
        """Make an application of this directory only, under a name of its own."""
        body = {"displayName": f"app {uuid4()}", "signInAudience": "AzureADMyOrg", **properties}
        return self.made("/applications", body)

    def named(self, name: str) -> list[Json]:
        """List the applications of a display name."""
        return self.read("/applications", {"$filter": f"displayName eq '{name}'"})["value"]

    def principal(self, **properties: object) -> Json:
        """Make an application and its service principal; the principal."""
        return self.made("/servicePrincipals", {"appId": self.application(**properties)["appId"]})

    def user(self, **properties: object) -> Json:
        """Make a work account with a name and a password of its own."""
        return self.made("/users", user_body(self.domain, **properties))

    def group(self, **properties: object) -> Json:
        """Make a security group with a name of its own."""
        return self.made("/groups", group_body(**properties))

    def flow(self, **properties: object) -> Json:
        """Make a user flow with email and password, collecting two attributes."""
        return self.made(FLOWS, flow_body(**properties))

    def graph_principal(self) -> Json:
        """Read Microsoft Graph's service principal."""
        return self.read(f"/servicePrincipals(appId='{GRAPH_CLIENT_ID}')")


class FaultKnobs:
    """The faults of a running tenant, set as lines of text (``serve --help`` explains them)."""

    def __init__(self, ready: Ready) -> None:
        """Reach the administration of the tenant; it wants no sign-in."""
        self._url = f"{ready.url}/-/faults"
        self._trust = ssl.create_default_context(cafile=ready.caFile)

    def set(self, *faults: str, seed: int = 0) -> None:
        """Have these faults instead of the present ones; counting begins anew."""
        self._ask("PUT", {"faults": faults, "seed": seed})

    def clear(self) -> None:
        """End all faults."""
        self._ask("DELETE")

    def report(self) -> list[Json]:
        """For each fault its text (``fault``), what it has ``seen``, and its ``hits``."""
        return self._ask("GET").json()["faults"]

    @contextmanager
    def during(self, *faults: str, seed: int = 0) -> Generator[None]:
        """Have these faults for the length of a block."""
        self.set(*faults, seed=seed)
        try:
            yield
        finally:
            self.clear()

    def _ask(self, method: str, body: Json | None = None) -> httpx.Response:
        answer = httpx.request(method, self._url, json=body, verify=self._trust)
        _check(answer)
        return answer


def missing(key: str) -> str:
    """Build the directory's standard text about an object that is not there."""
    return (
        f"Resource '{key}' does not exist or one of its queried reference-property objects are "
        "not present."
    )


def refused(answer: httpx.Response, status: int, code: str, message: str) -> None:
    """Check that an answer is Graph's error with this status, code and message."""
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["message"]) == (status, code, message)  # noqa: S101 - a check of tests


def user_body(domain: str, **properties: object) -> Json:
    """Build the body that makes a work account, named in one of the tenant's domains."""
    name = f"u{uuid4().hex[:12]}"
    return {
        "accountEnabled": True,
        "displayName": f"user {name}",
        "mailNickname": name,
        "userPrincipalName": f"{name}@{domain}",
        "passwordProfile": {"password": "Correct-horse-7"},
        **properties,
    }


def group_body(**properties: object) -> Json:
    """Build the body that makes a security group."""
    name = f"g{uuid4().hex[:12]}"
    return {
        "displayName": f"group {name}",
        "mailNickname": name,
        "mailEnabled": False,
        "securityEnabled": True,
        **properties,
    }


def flow_body(**properties: object) -> Json:
    """Build the body that makes a user flow with email and password and two attributes."""
    own = "ExternalUsersSelfServiceSignUp"
    return {
        "@odata.type": "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow",
        "displayName": f"flow {uuid4()}",
        "onInteractiveAuthFlowStart": {
            "@odata.type": f"#microsoft.graph.onInteractiveAuthFlowStart{own}",
            "isSignUpAllowed": True,
        },
        "onAuthenticationMethodLoadStart": {
            "@odata.type": f"#microsoft.graph.onAuthenticationMethodLoadStart{own}",
            "identityProviders": [{"id": "EmailPassword-OAUTH"}],
        },
        "onAttributeCollection": collection_body("email", "city")
        | {"attributes": [{"id": "email"}, {"id": "city"}]},
        **properties,
    }


def collection_body(*attributes: str) -> Json:
    """Build an attribute collection whose page asks for ``attributes``."""
    inputs = [{"attribute": a, "label": a.title(), "inputType": "text"} for a in attributes]
    return {
        "@odata.type": "#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp",
        "attributeCollectionPage": {"views": [{"inputs": inputs}]},
    }


def _check(answer: httpx.Response) -> None:
    """Fail with Graph's own words, which httpx's error leaves out."""
    if not answer.is_success:
        message = f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
        raise AssertionError(message)
