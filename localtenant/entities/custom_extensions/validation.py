"""``validateAuthenticationConfiguration``: whether an extension's audience fits its endpoint.

Source: the Graph page "customAuthenticationExtension: validateAuthenticationConfiguration", from
which codes and messages are. The endpoint itself is not called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from localtenant.entities.custom_extensions.extension_type import AUTHENTICATION, ENDPOINT
from localtenant.odata.model import Action
from localtenant.odata.types import ComplexType, Property, child
from localtenant.transaction import key_is

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_RESOURCE = re.compile(
    r"api://([^/]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE
)
_RECEIVE = "CustomAuthenticationExtensions.Receive.Payload"
_RECEIVE_ROLE = "214e810f-fda8-4fd7-a475-29461495eb00"
_FORMAT = {
    "code": "IncorrectResourceIdFormat",
    "message": "ResourceId should be in the format of "
    "'api://{fully qualified domain name}/{appid}'",
}
_DOMAIN = {
    "code": "DomainNameDoesNotMatch",
    "message": "The fully qualified domain name in resourceId should match that of the targetUrl",
}
_PRINCIPAL = {
    "code": "ServicePrincipalNotFound",
    "message": "The appId of the resourceId should correspond to a real service principal in the "
    "tenant",
}
_PERMISSION = {
    "code": "PermissionNotGrantedToServicePrincipal",
    "message": f"The permission {_RECEIVE} is not granted to the service principal of the resource "
    "app",
}


def _validate(call: Call, doc: Json, values: Json) -> Json:
    """Find what is wrong with an extension, or with the configuration in the body."""
    checked = doc or values
    errors: list[Json] = []
    warnings: list[Json] = []
    resource = str(child(checked, "authenticationConfiguration").get("resourceId") or "")
    match = _RESOURCE.fullmatch(resource)
    if match is None:
        return {"errors": [_FORMAT], "warnings": warnings}
    domain, client_id = match.groups()
    if domain.lower() != _host(child(checked, "endpointConfiguration").get("targetUrl")):
        errors.append(_DOMAIN)
    principal = call.tx.lookup("servicePrincipal", "appId", client_id)
    if principal is None:
        errors.append(_PRINCIPAL)
    elif not _may_receive(call, principal["id"]):
        warnings.append(_PERMISSION)
    return {"errors": errors, "warnings": warnings}


def _host(url: object) -> str:
    try:
        return (urlsplit(str(url or "")).hostname or "").lower()
    except ValueError:
        return ""


def _may_receive(call: Call, principal_id: str) -> bool:
    rows = call.tx.find("appRoleAssignment", key_is("principalId", principal_id))
    return any(r.doc["appRoleId"] == _RECEIVE_ROLE for r in rows)


_NAME = "validateAuthenticationConfiguration"
_RETURNS = "microsoft.graph.authenticationConfigurationValidation"
VALIDATE = Action(
    _NAME, ComplexType(_NAME), _validate, returns=_RETURNS, empty_body=True, writes=False
)
VALIDATE_BODY = Action(
    _NAME,
    ComplexType(
        _NAME,
        (
            Property("endpointConfiguration", ENDPOINT, nullable=False, required=True),
            Property("authenticationConfiguration", AUTHENTICATION, nullable=False, required=True),
        ),
    ),
    _validate,
    returns=_RETURNS,
    writes=False,
)
