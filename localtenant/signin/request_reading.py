"""From the parameters of an authorize request to what the application asks, checked.

Until the application and its redirect URI are known an error is shown on a page; afterwards it goes
to the application. The order is observed of the real service, where it has been observed at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.types import child
from localtenant.signin import authorize_errors, credentials, errors, redirect_uris, scopes
from localtenant.signin.authorization import AuthorizationRequest, PageError, RedirectError
from localtenant.signin.errors import SignInError
from localtenant.signin.parameters import single

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_CODE, _ID_TOKEN, _TOKEN = "code", "id_token", "token"
_TYPES = (
    {_CODE}, {_ID_TOKEN}, {_TOKEN}, {_CODE, _ID_TOKEN}, {_ID_TOKEN, _TOKEN}, {_CODE, _TOKEN},
    {_CODE, _ID_TOKEN, _TOKEN},
)  # fmt: skip
_MODES = ("query", "fragment", "form_post")
_PROMPTS = ("login", "none", "consent", "select_account", "create")
_SHORTEST, _LONGEST = 43, 128


def read(
    tenant: Tenant, tx: Transaction, parameters: Sequence[tuple[str, str]]
) -> AuthorizationRequest:
    """The request that ``parameters`` make. Raises PageError and RedirectError."""
    fields = dict(parameters)
    try:
        application, platform, uri = _addressed(tenant, tx, parameters)
    except SignInError as error:
        raise PageError(error, fields.get("client-request-id", "")) from error
    request = _taken(fields, application["appId"], platform, uri)
    try:
        _check(fields, application, request)
        scopes.read(tenant, tx, application, request.scope)
    except SignInError as error:
        raise RedirectError(error, request) from error
    return request


def _addressed(
    tenant: Tenant, tx: Transaction, parameters: Sequence[tuple[str, str]]
) -> tuple[Json, str, str]:
    """The application, and the platform and the redirect URI of the answer. Raises SignInError."""
    fields = single(parameters)
    client_id = fields.get("client_id")
    if not client_id:
        raise errors.parameter_missing("client_id")
    application = credentials.for_users(tenant, tx, client_id).application
    uri = fields.get("redirect_uri") or redirect_uris.first(application)
    if uri is None:
        raise authorize_errors.no_redirect_uri()
    platform = redirect_uris.platform_of(application, uri)
    if platform is None:
        raise authorize_errors.redirect_uri_mismatch(uri, client_id)
    return application, platform, uri


def _taken(
    fields: Mapping[str, str], client_id: str, platform: str, uri: str
) -> AuthorizationRequest:
    """The request as it stands there, with a response mode in which it can be answered."""
    kinds = set(fields.get("response_type", "").split())
    default = "fragment" if kinds & {_ID_TOKEN, _TOKEN} else "query"
    mode = fields.get("response_mode", default)
    usable = mode in _MODES and not (mode == "query" and default == "fragment")
    method = fields.get("code_challenge_method")
    challenge = fields.get("code_challenge") or None
    age = fields.get("max_age", "")
    return AuthorizationRequest(
        client_id=client_id,
        redirect_uri=uri,
        platform=platform,
        response_type=fields.get("response_type", ""),
        response_mode=mode if usable else default,
        scope=fields.get("scope", "").split(),
        state=fields.get("state"),
        nonce=fields.get("nonce"),
        prompt=fields.get("prompt") or None,
        login_hint=fields.get("login_hint") or None,
        domain_hint=fields.get("domain_hint") or None,
        code_challenge=challenge,
        code_challenge_method=(method or "plain") if challenge else None,
        max_age=int(age) if age.isdecimal() else None,
        ui_locales=fields.get("ui_locales") or fields.get("mkt") or None,
        client_info=fields.get("client_info") == "1",
        correlation_id=fields.get("client-request-id", ""),
    )


def _check(fields: Mapping[str, str], application: Json, request: AuthorizationRequest) -> None:
    """Check what is asked. Raises SignInError."""
    for name in ("response_type", "scope"):
        if not fields.get(name, "").strip():
            raise errors.parameter_missing(name)
    kinds = set(request.response_type.split())
    if kinds not in _TYPES:
        raise authorize_errors.response_type_unsupported()
    implicit = child(application["web"], "implicitGrantSettings")
    if _ID_TOKEN in kinds and not implicit.get("enableIdTokenIssuance"):
        raise authorize_errors.response_type_disabled(_ID_TOKEN)
    if _TOKEN in kinds and not implicit.get("enableAccessTokenIssuance"):
        raise authorize_errors.response_type_disabled(_TOKEN)
    mode = fields.get("response_mode", request.response_mode)
    if mode != request.response_mode:
        raise authorize_errors.response_mode_unsupported(mode)
    if _ID_TOKEN in kinds and not request.nonce:
        raise errors.parameter_missing("nonce")
    if request.prompt not in {None, *_PROMPTS}:
        raise authorize_errors.parameter_invalid("prompt", str(request.prompt))
    if "max_age" in fields and request.max_age is None:
        raise authorize_errors.parameter_invalid("max_age", fields["max_age"])
    _check_challenge(request)


def _check_challenge(request: AuthorizationRequest) -> None:
    if request.code_challenge is None:
        return
    if request.code_challenge_method not in {"S256", "plain"}:
        method = str(request.code_challenge_method)
        raise authorize_errors.parameter_invalid("code_challenge_method", method)
    if not _SHORTEST <= len(request.code_challenge) <= _LONGEST:
        raise authorize_errors.code_challenge_size()
