"""What a configuration leads to in Graph, written straight from the YAML and checked by nobody.

It is no second implementation of the components: it lets every mistake through, so that the tenant
answers for it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

import httpx

from localtenant.odata.types import Json
from localtenant.testing_client import FLOWS, Graph


@dataclass
class Maker:
    """Makes objects in a tenant and takes them away again."""

    graph: Graph
    made: list[str] = field(default_factory=list[str])
    """Paths of what exists, oldest first."""

    def configuration(self, raw: Mapping[str, Any]) -> httpx.Response:
        """The answer to the first request that is refused, or to the last."""
        answer = None
        for answer in self._requests(raw):
            if answer.is_error:
                break
        assert answer is not None
        return answer

    def _requests(self, raw: Mapping[str, Any]) -> Iterator[httpx.Response]:
        for api in raw["apis"].values():
            yield self._make("/applications", _api(api))
        clients: dict[str, str] = {}
        for key, client in raw["clients"].items():
            answer = self._make("/applications", _client(client))
            yield answer
            clients[key] = answer.json()["appId"]
            yield self.graph.post("/servicePrincipals", {"appId": clients[key]})
        for key, attribute in raw["attributes"].items():
            yield self._make("/identity/userFlowAttributes", _custom(key, attribute))
        for key, flow in raw["userFlows"].items():
            yield self._make(FLOWS, _flow(key, flow, clients))

    def _make(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        answer = self.graph.post(path, dict(body))
        if not answer.is_error:
            self.made.append(f"{path}/{answer.json()['id']}")
        return answer


@contextmanager
def maker(graph: Graph) -> Generator[Maker]:
    """A maker whose objects are gone afterwards."""
    made = Maker(graph)
    try:
        yield made
    finally:
        for path in reversed(made.made):
            graph.delete(path).raise_for_status()


def _api(raw: Mapping[str, Any]) -> Json:
    uri = raw.get("identifierUri", "{clientId}")
    return {
        **_registration(raw),
        "api": {
            "requestedAccessTokenVersion": 2,
            "oauth2PermissionScopes": _each(raw.get("scopes", []), _scope),
        },
        "appRoles": _each(raw.get("roles", []), _role),
        "identifierUris": [] if "{clientId}" in str(uri) else [uri],
        "optionalClaims": raw.get("optionalClaims"),
    }


def _client(raw: Mapping[str, Any]) -> Json:
    platform = _PLATFORMS.get(raw["kind"])
    uris: object = raw.get("redirectUris", [])
    if isinstance(uris, list):
        given = cast("list[object]", uris)
        uris = [one.replace("{clientId}", _GUID) if isinstance(one, str) else one for one in given]
    where = {platform: {"redirectUris": uris}} if platform else {}
    return {**_registration(raw), **where}


_GUID = str(uuid4())
_PLATFORMS = {"webApp": "web", "singlePageApp": "spa", "nativeApp": "publicClient"}


def _registration(raw: Mapping[str, Any]) -> Json:
    known = {key: raw[key] for key in ("displayName", "description") if key in raw}
    return {"signInAudience": "AzureADMyOrg", **known}


def _scope(raw: Json) -> Json:
    given = {key: one for key, one in raw.items() if key != "enabled"}
    named = {"type": "Admin", "adminConsentDisplayName": raw.get("value")}
    return {"id": str(uuid4()), "isEnabled": raw.get("enabled", True), **named, **given}


def _role(raw: Json) -> Json:
    return {
        "id": str(uuid4()),
        "displayName": raw["value"],
        "allowedMemberTypes": ["Application"],
        **raw,
    }


def _attribute(raw: Json | str) -> Json:
    named: Json = {"attribute": raw} if isinstance(raw, str) else raw
    options: list[Json | str] = named.get("options", [])
    pairs = [{"label": one, "value": one} if isinstance(one, str) else one for one in options]
    return {"label": named.get("attribute", ""), **named, "options": pairs}


def _custom(key: str, raw: Mapping[str, Any]) -> Json:
    name = raw.get("displayName", key)
    known = {one: raw[one] for one in ("description", "dataType") if one in raw}
    return {"displayName": name, "description": name, "dataType": "string", **known}


def _flow(key: str, raw: Mapping[str, Any], clients: Mapping[str, str]) -> Json:
    own = "ExternalUsersSelfServiceSignUp"
    inputs: list[Json] = [_attribute(one) for one in raw.get("attributes", [])]
    providers: list[str] = raw.get("identityProviders", ["EmailPassword-OAUTH"])
    included = [{"appId": clients[client]} for client in raw.get("clients", [])]
    return {
        "@odata.type": "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow",
        "displayName": raw.get("displayName", key),
        "conditions": {"applications": {"includeApplications": included}},
        "onInteractiveAuthFlowStart": {
            "@odata.type": f"#microsoft.graph.onInteractiveAuthFlowStart{own}",
            "isSignUpAllowed": raw.get("signUpAllowed", True),
        },
        "onUserCreateStart": {
            "@odata.type": f"#microsoft.graph.onUserCreateStart{own}",
            "userTypeToCreate": raw.get("userTypeToCreate", "member"),
        },
        "onAuthenticationMethodLoadStart": {
            "@odata.type": f"#microsoft.graph.onAuthenticationMethodLoadStart{own}",
            "identityProviders": [{"id": provider} for provider in providers],
        },
        "onAttributeCollection": {
            "@odata.type": f"#microsoft.graph.onAttributeCollection{own}",
            "attributes": [{"id": one["attribute"]} for one in inputs if "attribute" in one],
            "attributeCollectionPage": {"views": [{"inputs": inputs}]},
        },
    }


def _each(raw: object, shape: Callable[[Json], Json]) -> object:
    """Each mapping of a list in Graph's shape; anything else as it is."""
    if not isinstance(raw, list):
        return raw
    entries = cast("list[Json | str]", raw)
    return [one if isinstance(one, str) else shape(one) for one in entries]
