"""A real, throw-away tenant in the place of the local one, for the tests that can do with either.

What the tests make there is deleted when they are done. Requests about an object that was just made
are repeated for a while, because a real tenant's replicas lag behind each other.
"""

from __future__ import annotations

import os
import re
import ssl
import time
from typing import TYPE_CHECKING

import httpx
import jwt
from azure.identity import EnvironmentCredential
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_exponential_jitter

from localtenant.testing_client import Graph

if TYPE_CHECKING:
    from localtenant.odata.types import Json

GRAPH = os.environ.get("GRAPH_URL", "https://graph.microsoft.com")
"""Where Graph is; another national cloud's, or a local tenant's to try the run itself."""
_CREATED = 201
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PURGED = ("/applications/", "/servicePrincipals/", "/users/", "/groups/")


class NotThrowAwayError(Exception):
    """The tenant is not one to run tests in; the text says why."""


def check_environment(tenant_id: str) -> None:
    """Refuse to start where the run could not reach the tenant, or would reach another.

    Raises :class:`NotThrowAwayError`.
    """
    if not _ID.fullmatch(tenant_id.lower()):
        message = f"'{tenant_id}' is no tenant ID."
        raise NotThrowAwayError(message)
    needed = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
    missing = [name for name in needed if not os.environ.get(name)]
    if missing:
        message = f"The environment lacks {', '.join(missing)}."
        raise NotThrowAwayError(message)
    if os.environ["AZURE_TENANT_ID"].lower() != tenant_id.lower():
        message = f"AZURE_TENANT_ID is {os.environ['AZURE_TENANT_ID']}, not {tenant_id}."
        raise NotThrowAwayError(message)
    local = "localhost" in os.environ.get("AZURE_AUTHORITY_HOST", "")
    if local and "GRAPH_URL" not in os.environ:
        message = 'This shell has chosen the local tenant: run eval "$(make -s env OFF=1)" first.'
        raise NotThrowAwayError(message)


class RealGraph(Graph):
    """Graph of a real external tenant, signed in by the environment (``AZURE_CLIENT_ID`` …)."""

    def __init__(self, tenant_id: str, seconds_of_lag: float) -> None:  # pyright: ignore[reportMissingSuperCall] - it signs in to a local tenant
        """Sign in, and make sure that this is the tenant that the caller names.

        ``seconds_of_lag`` is for how long a 404 about a new object counts as lag.
        """
        # An authority other than Microsoft's own is not to be looked up at Microsoft's.
        own = "AZURE_AUTHORITY_HOST" not in os.environ
        self._credential = EnvironmentCredential(disable_instance_discovery=not own)
        self._made: dict[str, float] = {}
        self._paths: list[str] = []
        self.url, self.tenant_id = GRAPH, tenant_id
        self.trust = ssl.create_default_context()
        self.token = self._credential.get_token(f"{GRAPH}/.default").token
        claims = jwt.decode(self.token, options={"verify_signature": False})
        self.object_id: str = claims["oid"]
        self.http = httpx.Client(
            base_url=GRAPH, transport=_Patient(self._made, seconds_of_lag), timeout=60
        )
        self.http.event_hooks["request"] = [self._authorize]
        self.http.event_hooks["response"] = [self._remember]
        (organization,) = self.read("/organization")["value"]
        if organization["id"].lower() != tenant_id.lower():
            message = (
                f"The credentials of the environment lead to the tenant {organization['id']}, not "
                f"to {tenant_id}."
            )
            raise NotThrowAwayError(message)
        if organization.get("tenantType") != "CIAM":
            message = f"The tenant {tenant_id} is no external tenant."
            raise NotThrowAwayError(message)

    def clean(self) -> list[str]:
        """Delete what was made, the newest first; the paths that could not be deleted."""
        left = [path for path in reversed(self._paths) if not self._deleted(path)]
        for path in self._paths:
            if path.startswith(_PURGED):
                self.http.delete(f"/v1.0/directory/deletedItems/{path.rpartition('/')[2]}")
        return left

    def _deleted(self, path: str) -> bool:
        return self.http.delete(f"/v1.0{path}").status_code in {204, 404}

    def _authorize(self, request: httpx.Request) -> None:
        token = self._credential.get_token(f"{GRAPH}/.default").token
        request.headers["Authorization"] = f"Bearer {token}"

    def _remember(self, response: httpx.Response) -> None:
        if response.request.method == "DELETE" and response.is_success:
            for key in _ID.findall(str(response.request.url)):
                self._made.pop(key, None)
        if response.request.method != "POST" or response.status_code != _CREATED:
            return
        response.read()
        made: Json = response.json()
        if key := made.get("id"):
            self._made[key] = time.monotonic()
            path = response.request.url.path.partition("/")[2].partition("/")[2]
            self._paths.append(f"/{path}/{key}")


class _Patient(httpx.HTTPTransport):
    """Repeats what lag may have refused: a request that names an object which was just made."""

    def __init__(self, made: dict[str, float], seconds_of_lag: float) -> None:
        super().__init__(retries=3)
        self._young = made
        self._seconds = seconds_of_lag

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self._names_a_young_object(request):
            return super().handle_request(request)
        repeated = Retrying(
            retry=retry_if_result(lambda r: r.status_code == httpx.codes.NOT_FOUND),
            stop=stop_after_delay(self._seconds),
            wait=wait_exponential_jitter(multiplier=0.5, max=10),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        return repeated(super().handle_request, request)

    def _names_a_young_object(self, request: httpx.Request) -> bool:
        now = time.monotonic()
        named = _ID.findall(f"{request.url} {request.content.decode(errors='replace')}")
        return any(now - self._young[i] < self._seconds for i in named if i in self._young)
