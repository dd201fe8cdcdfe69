"""Sign-in over HTTP: the token endpoint, the discovery document, the keys, and the metadata.

``/metadata/endpoints`` is what Azure Resource Manager publishes about a cloud; the azuread plugin
takes the addresses of Graph and of sign-in from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant.addresses import claimed_origin
from localtenant.signin import device_grant, grants
from localtenant.signin.errors import SignInError, post_only, tenant_not_found
from localtenant.signin.grant_errors import NOT_SINGLE_PAGE
from localtenant.signin.parameters import single
from localtenant.signin.token_request import TokenRequest
from localtenant.signin.tokens import issuer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from localtenant.signin.grants import Answer
    from localtenant.tenant import Tenant

_CROSS_ORIGIN = {"Access-Control-Allow-Origin": "*"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "600",
}


def origin(tenant: Tenant, request: Request) -> str:
    """The address under which the client reached the tenant; its own address if it lies."""
    claimed = claimed_origin(request.headers.get("host", ""))
    return claimed if claimed in tenant.origins else tenant.url


async def metadata(request: Request) -> Response:
    """The endpoints of this "cloud", in the form of the API version 2022-09-01."""
    base = origin(request.app.state.tenant, request)
    return JSONResponse(
        {
            "portal": base,
            "authentication": {
                "loginEndpoint": base,
                "audiences": [base],
                "tenant": "common",
                "identityProvider": "AAD",
            },
            "media": base,
            "graphAudience": base,
            "graph": base,
            "name": "LocalTenant",
            "suffixes": {},
            "batch": base,
            "resourceManager": base,
            "vmImageAliasDoc": base,
            "activeDirectoryDataLake": base,
            "sqlManagement": base,
            "microsoftGraphResourceId": base,
            "appInsightsResourceId": base,
            "appInsightsTelemetryChannelResourceId": base,
            "attestationResourceId": base,
            "synapseAnalyticsResourceId": base,
            "logAnalyticsResourceId": base,
            "ossrDbmsResourceId": base,
        }
    )


async def token(request: Request) -> Response:
    """The token endpoint, with the grants that the application knows."""
    known: Mapping[str, Answer] = request.app.state.grants
    return await answered(request, lambda asked: grants.answer(asked, known))


async def devicecode(request: Request) -> Response:
    """The endpoint at which a device gets a code for its user."""
    return await answered(request, device_grant.begin)


async def answered(request: Request, answer_of: Answer, *, by_browsers: bool = True) -> Response:
    """Answer a form.

    A browser may read every answer but the one that says that it must not ask. ``OPTIONS`` is how
    it asks whether it may. Without ``by_browsers`` it may read none.
    """
    tenant: Tenant = request.app.state.tenant
    if request.method == "OPTIONS" and by_browsers:
        return Response(status_code=204, headers={**_CROSS_ORIGIN, **_PREFLIGHT})
    asked_by = request.headers.get("origin")
    readable = {} if asked_by is None or not by_browsers else _CROSS_ORIGIN
    try:
        _check_tenant(tenant, request, discovery=False)
        if request.method != "POST":
            raise post_only(request.method)
        fields = single(parse_qsl((await request.body()).decode("utf-8", "replace")))
        request.state.client_id = fields.get("client_id")
        request.state.correlation_id = fields.get("client-request-id")
        asked = TokenRequest(
            tenant.at(origin(tenant, request)),
            fields,
            request.headers.get("authorization", ""),
            asked_by,
            request.app.state.writer,
        )
        answer = await answer_of(asked)
    except SignInError as error:
        failed = failure(request, error)
        if error.number != NOT_SINGLE_PAGE:
            failed.headers.update(readable)
        return failed
    return JSONResponse(answer, headers={**_headers(str(uuid4())), **readable})


async def configuration(request: Request) -> Response:
    """The OpenID Connect discovery document of the v2.0 endpoints."""
    tenant: Tenant = request.app.state.tenant
    try:
        _check_tenant(tenant, request, discovery=True)
    except SignInError as error:
        return failure(request, error)
    base = f"{origin(tenant, request)}/{tenant.tenant_id}"
    # An application may be named that has keys of its own; here they are the tenant's.
    appid = request.query_params.get("appid")
    own_keys = f"?{urlencode({'appid': appid})}" if appid else ""
    return _public(
        {
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "token_endpoint_auth_methods_supported": [
                "client_secret_post", "private_key_jwt", "client_secret_basic",
            ],
            "jwks_uri": f"{base}/discovery/v2.0/keys{own_keys}",
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": f"{base}/v2.0",
            "request_uri_parameter_supported": False,
            "userinfo_endpoint": f"{origin(tenant, request)}/oidc/userinfo",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "http_logout_supported": True,
            "frontchannel_logout_supported": True,
            "end_session_endpoint": f"{base}/oauth2/v2.0/logout",
            "claims_supported": [
                "sub", "iss", "cloud_instance_name", "cloud_instance_host_name",
                "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat", "auth_time", "acr",
                "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email",
            ],
            "tenant_region_scope": "WW",
            "cloud_instance_name": "microsoftonline.com",
            "cloud_graph_host_name": "graph.windows.net",
            "msgraph_host": "graph.microsoft.com",
        }
    )  # fmt: skip


async def keys(request: Request) -> Response:
    """The public keys of the tenant's tokens."""
    tenant: Tenant = request.app.state.tenant
    try:
        _check_tenant(tenant, request, discovery=True)
    except SignInError as error:
        return failure(request, error)
    return _public(tenant.key.published(issuer(tenant.at(origin(tenant, request)), 2)))


def _check_tenant(tenant: Tenant, request: Request, *, discovery: bool) -> None:
    name = request.path_params["tenant"]
    if not tenant.is_named(name):
        raise tenant_not_found(name, discovery=discovery)


def _public(body: dict[str, Any]) -> Response:
    headers = {
        **_headers(str(uuid4())),
        "Cache-Control": "max-age=86400, private",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, OPTIONS",
    }
    return JSONResponse(body, headers=headers)


def failure(request: Request, error: SignInError) -> Response:
    """The answer that an error of sign-in makes.

    Its correlation ID is the client's own, which MSAL sends in a header, the address or the form.
    """
    trace_id = str(uuid4())
    given = (
        request.headers.get("client-request-id"),
        request.query_params.get("client-request-id"),
        getattr(request.state, "correlation_id", None),
    )
    body = error.body(trace_id, next((one for one in given if one), str(uuid4())))
    return JSONResponse(body, error.status, headers=_headers(trace_id))


def _headers(request_id: str) -> dict[str, str]:
    return {
        "Cache-Control": "no-store, no-cache",
        "Pragma": "no-cache",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "x-ms-request-id": request_id,
    }


ROUTES = [
    Route("/metadata/endpoints", metadata),
    Route("/{tenant}/oauth2/v2.0/token", token, methods=["GET", "POST", "OPTIONS"]),
    Route("/{tenant}/oauth2/v2.0/devicecode", devicecode, methods=["GET", "POST", "OPTIONS"]),
    Route("/{tenant}/v2.0/.well-known/openid-configuration", configuration),
    Route("/{tenant}/discovery/v2.0/keys", keys),
]
