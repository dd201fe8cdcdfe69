"""The ten steps of Microsoft's page on preparing a tenant, and what exists for each of them.

Nothing is taken for granted: a step shows what the state holds, as lines for the reader, and none
where the state holds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from commands.deployment import MASK, Deployment, Properties

_APPLICATION: Final = ":Application"
_GRANT: Final = ":ServicePrincipalDelegatedPermissionGrant"
_FLOW: Final = ":UserFlow"

_WEB_APP: Final = "webApp"
_KINDS: Final = {
    "singlePageApp": "single-page app",
    "nativeApp": "native app",
    "daemonApp": "daemon, which signs nobody in",
}
"""What a client is that is no web app, which the page's is."""

_GRAPH_CLIENT_ID: Final = "00000003-0000-0000-c000-000000000000"


def _apis(state: Deployment) -> Iterator[str]:
    yield from _registrations(state, "apis")


def _clients(state: Deployment) -> Iterator[str]:
    yield from _registrations(state, "clients")


def title_of(title: str, state: Deployment) -> str:
    """A step's title; with clients of other kinds the page's word is not the right one."""
    kinds = {str(one.get("kind", _WEB_APP)) for one in state.section("clients").values()}
    return title.replace("the web app", "the clients") if kinds - {_WEB_APP} else title


def _registrations(state: Deployment, section: str) -> Iterator[str]:
    for key, one in state.section(section).items():
        kind = _KINDS.get(str(one.get("kind")))
        yield _name(state, key, one) + (f", a {kind}" if kind else "")
        yield f"  client ID          {one['clientId']}"
        yield f"  object ID          {one['objectId']}"
        yield f"  service principal  {one['servicePrincipalId']}"


def _scopes(state: Deployment) -> Iterator[str]:
    for api in state.section("apis").values():
        yield from (str(uri) for uri in _mapping(api, "scopes").values())


def _roles(state: Deployment) -> Iterator[str]:
    for api in state.section("apis").values():
        for value, identity in _mapping(api, "roles").items():
            yield f"{value}  {identity}"


def _claims(state: Deployment) -> Iterator[str]:
    for key, api in state.section("apis").items():
        claims = _mapping(_application(state, api), "optionalClaims").get("accessTokens")
        for claim in cast("list[Properties]", claims or []):
            yield f"{claim['name']} in access tokens for {_name(state, key, api)}"


def _redirects(state: Deployment) -> Iterator[str]:
    for key, client in state.section("clients").items():
        for uri in client.get("redirectUris") or ():
            yield f"{uri} of {_name(state, key, client)}"


def _secrets(state: Deployment) -> Iterator[str]:
    for key, client in state.section("clients").items():
        if client.get("secretExpires"):
            name = _name(state, key, client)
            yield f"{MASK} of {name}, expires {client['secretExpires']}"


def _permissions(state: Deployment) -> Iterator[str]:
    registrations = {
        str(one["servicePrincipalId"]): (key, one)
        for section in ("apis", "clients")
        for key, one in state.section(section).items()
    }
    for grant in state.of_type(_GRANT):
        scopes = ", ".join(grant.outputs["claimValues"])
        client = registrations.get(grant.outputs["servicePrincipalObjectId"])
        resource_id = grant.outputs["resourceServicePrincipalObjectId"]
        resource = registrations.get(resource_id)
        if client is None:
            continue
        of = (
            _name(state, *resource)
            if resource
            else _foreign_resource(state, client[1], resource_id)
        )
        yield f"{_name(state, *client)} may use {of}: {scopes}"


def _foreign_resource(state: Deployment, client: Properties, service_principal_id: str) -> str:
    """What to call the resource of a grant that the stack has not made; as a rule it is Graph."""
    wanted = cast(
        "list[Properties]", _application(state, client).get("requiredResourceAccesses") or []
    )
    own = {api["clientId"] for api in state.section("apis").values()}
    others = {access["resourceAppId"] for access in wanted} - own
    if others == {_GRAPH_CLIENT_ID}:
        return "Microsoft Graph"
    return f"the API with service principal {service_principal_id}"


def _flows(state: Deployment) -> Iterator[str]:
    recorded = {flow.id: flow.outputs for flow in state.of_type(_FLOW)}
    for key, flow in state.section("userFlows").items():
        yield f"{flow.get('displayName', key)}  {flow['id']}"
        details = recorded.get(str(flow["id"]), {})
        if details.get("identityProviders"):
            yield f"  signs in with  {', '.join(details['identityProviders'])}"
        if details.get("attributes"):
            asked = cast("list[dict[str, Any]]", details["attributes"])
            yield f"  asks for       {', '.join(str(one['attribute']) for one in asked)}"


def _members(state: Deployment) -> Iterator[str]:
    names = {
        client["clientId"]: _name(state, key, client)
        for key, client in state.section("clients").items()
    }
    for key, flow in state.section("userFlows").items():
        for client_id in flow.get("applications") or ():
            yield f"{names.get(client_id, client_id)} in {flow.get('displayName', key)}"


STEPS: Final[tuple[tuple[str, Callable[[Deployment], Iterator[str]]], ...]] = (
    ("Register the web API", _apis),
    ("Configure API scopes", _scopes),
    ("Configure app roles", _roles),
    ("Configure the idtyp token claim", _claims),
    ("Register the web app", _clients),
    ("Add a redirect URI", _redirects),
    ("Create a client secret", _secrets),
    ("Grant API permissions, with admin consent", _permissions),
    ("Create a user flow", _flows),
    ("Associate the web app with the user flow", _members),
)
"""Title of each step, and what yields the lines that say what exists for it."""


def _name(state: Deployment, key: str, registration: Properties) -> str:
    """The display name of a registration, or its key in the configuration."""
    return str(_application(state, registration).get("displayName", key))


def _application(state: Deployment, registration: Properties) -> Properties:
    nothing: Properties = {}
    wanted = registration["clientId"]
    applications = (one.outputs for one in state.of_type(_APPLICATION))
    return next((one for one in applications if one.get("clientId") == wanted), nothing)


def _mapping(value: Properties, name: str) -> dict[str, object]:
    inner = value.get(name)
    return cast("dict[str, object]", inner) if isinstance(inner, dict) else {}
