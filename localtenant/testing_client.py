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
from localtenant.testing_bodies import flow_body, group_body, user_body

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
        if answer.is_error:
            self.close()
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

    def close(self) -> None:
        """Give up the connection, and with it the client."""
        self.http.close()

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


class _Administration:
    """What is under ``/-/`` of a running tenant; it wants no sign-in."""

    def __init__(self, ready: Ready) -> None:
        """Reach the administration of the tenant."""
        trust = ssl.create_default_context(cafile=ready.caFile)
        self._http = httpx.Client(base_url=f"{ready.url}/-", verify=trust)

    def close(self) -> None:
        """Give up the connection."""
        self._http.close()

    def _ask(self, method: str, path: str, body: Json | None = None) -> httpx.Response:
        answer = self._http.request(method, path, json=body)
        _check(answer)
        return answer


class FaultKnobs(_Administration):
    """The faults of a running tenant, set as lines of text (``serve --help`` explains them)."""

    def set(self, *faults: str, seed: int = 0) -> None:
        """Have these faults instead of the present ones; counting begins anew."""
        self._ask("PUT", "/faults", {"faults": faults, "seed": seed})

    def clear(self) -> None:
        """End all faults."""
        self._ask("DELETE", "/faults")

    def report(self) -> list[Json]:
        """For each fault its text (``fault``), what it has ``seen``, and its ``hits``."""
        return self._ask("GET", "/faults").json()["faults"]

    @contextmanager
    def during(self, *faults: str, seed: int = 0) -> Generator[None]:
        """Have these faults for the length of a block."""
        self.set(*faults, seed=seed)
        try:
            yield
        finally:
            self.clear()


class StateKnobs(_Administration):
    """The states of a running tenant (``reset --help`` and ``snapshot --help`` explain them)."""

    def reset(self) -> None:
        """Have a new tenant, with the same clients."""
        self._ask("POST", "/reset")

    def take(self, name: str) -> None:
        """Take a snapshot, or take it anew."""
        self._ask("PUT", f"/snapshots/{name}")

    def restore(self, name: str) -> None:
        """Go back to a snapshot."""
        self._ask("POST", f"/snapshots/{name}")

    def delete(self, name: str) -> None:
        """Take a snapshot away."""
        self._ask("DELETE", f"/snapshots/{name}")

    def names(self) -> list[str]:
        """The snapshots that there are."""
        return [one["name"] for one in self._ask("GET", "/snapshots").json()["snapshots"]]


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


def _check(answer: httpx.Response) -> None:
    """Fail with Graph's own words, which httpx's error leaves out."""
    if not answer.is_success:
        message = f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
        raise AssertionError(message)
