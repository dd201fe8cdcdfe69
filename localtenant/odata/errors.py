"""Graph's errors: one exception, and one function for each text that more than one place raises.

Statuses, codes and texts follow captures of the real service where there are any. A docstring that
says "our own choice" marks a case of which no capture is known: the rule is documented, its wording
is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BAD_REQUEST = "Request_BadRequest"
UNSUPPORTED_QUERY = "Request_UnsupportedQuery"
NOT_FOUND = "Request_ResourceNotFound"
DENIED = "Authorization_RequestDenied"
SAME_KEY = "Request_MultipleObjectsWithSameKeyValue"


@dataclass
class GraphError(Exception):
    """An answer other than success, as Graph gives it.

    ``details`` are the ``{code, message, target}`` items that directory errors carry about single
    properties; ``headers`` go onto the answer.
    """

    status: int
    code: str
    message: str
    details: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def __str__(self) -> str:
        """The code and the message, as clients print them."""
        return f"{self.code}: {self.message}"


def bad_request(message: str, *, code: str = BAD_REQUEST, target: str = "") -> GraphError:
    """400 of the directory; with ``target`` the property-level detail that Graph adds."""
    details = [{"code": code, "message": message, "target": target}] if target else []
    return GraphError(400, code, message, details)


def gateway(message: str) -> GraphError:
    """400 of the gateway in front of Graph's services, which uses the code ``BadRequest``."""
    return GraphError(400, "BadRequest", message)


def wrong_filter(why: str) -> GraphError:
    """400 of the gateway for a filter that is wrong in itself."""
    return gateway(f"Invalid filter clause: {why}")


def unsupported_query(message: str) -> GraphError:
    """400 for a query option that the directory refuses."""
    return GraphError(400, UNSUPPORTED_QUERY, message)


def not_found(key: str) -> GraphError:
    """404 with the directory's standard text about the object ``key``."""
    message = (
        f"Resource '{key}' does not exist or one of its queried reference-property objects "
        "are not present."
    )
    return GraphError(404, NOT_FOUND, message)


def denied(message: str = "Insufficient privileges to complete the operation.") -> GraphError:
    """403 of the directory."""
    return GraphError(403, DENIED, message)


def invalid_value(prop: str, resource: str) -> GraphError:
    """400 for a value that the directory does not take."""
    message = f"Invalid value specified for property '{prop}' of resource '{resource}'."
    return GraphError(
        400, BAD_REQUEST, message, [{"code": "InvalidValue", "message": message, "target": prop}]
    )


def value_required(prop: str, resource: str) -> GraphError:
    """400 for a required property that the body lacks."""
    return bad_request(f"A value is required for property '{prop}' of resource '{resource}'.")


def duplicate_value(target: str) -> GraphError:
    """400 for a collection in which a value stands twice that may stand once."""
    message = "Request contains a property with duplicate values."
    return bad_request(message, code="DuplicateValue", target=target)


def object_conflict(prop: str, resource: str, object_id: str) -> GraphError:
    """400 for a value that another object of the tenant holds already."""
    message = f"Another object with the same value for property {prop} already exists."
    return GraphError(
        400,
        BAD_REQUEST,
        message,
        [
            {"code": "ObjectConflict", "message": message, "target": prop},
            {"code": "ConflictingObjects", "message": message, "target": f"{resource}_{object_id}"},
        ],
    )


def consumer_identity(status: int, message: str) -> GraphError:
    """An error of the service behind ``/identity/…``, whose codes start with ``AADB2C``.

    No text of its own validation is captured, so the messages given here are our own choice; the
    rules are documented.
    """
    return GraphError(status, "AADB2C", message)


def application_elsewhere() -> GraphError:
    """403 for a service principal of an application that the caller's home does not have."""
    return denied(
        "When using this permission, the backing application of the service principal being "
        "created must in the local tenant"
    )


def no_application(client_id: str) -> GraphError:
    """400 for a service principal of an application that there is not."""
    message = (
        f"The appId '{client_id}' of the service principal does not reference a valid application "
        "object."
    )
    detail = {"code": "NoBackingApplicationObject", "message": message, "target": "appId"}
    return GraphError(400, BAD_REQUEST, message, [detail])


def no_principal(client_id: str) -> GraphError:
    """400 for an application without a service principal in a user flow."""
    return consumer_identity(
        400, f"No service principal was found in the tenant for the application '{client_id}'."
    )


def role_not_found() -> GraphError:
    """400 for an app role that the resource does not have."""
    return bad_request("Permission being assigned was not found on application")


def entitlement_enabled() -> GraphError:
    """400 for taking away an app role or a scope that is still enabled."""
    return GraphError(
        400,
        "CannotDeleteOrUpdateEnabledEntitlement",
        "Permission (scope or role) cannot be deleted or updated unless disabled first.",
    )


def no_password(key_id: str) -> GraphError:
    """400 for a client secret that there is not."""
    return bad_request(f"No password credential found with keyId {key_id}.")


def too_large() -> GraphError:
    """403 for an object that would hold more than it may."""
    return GraphError(
        403,
        "Directory_ResourceSizeExceeded",
        "The size of the object has exceeded its limit. Please reduce the number of values and "
        "retry your request.",
    )


def not_implemented(what: str) -> GraphError:
    """501: Graph has it, this tenant has not. Our own choice, as no real tenant answers so."""
    return GraphError(
        501, "NotImplemented", f"The local tenant does not implement {what}. Microsoft Graph may."
    )


def method_not_allowed() -> GraphError:
    """405 with the text of the real service."""
    return GraphError(
        405, BAD_REQUEST, "Specified HTTP method is not allowed for the request target."
    )


def unauthenticated(message: str) -> GraphError:
    """401 with the challenge that Graph sends."""
    challenge = (
        'Bearer realm="", '
        'authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", '
        'client_id="00000003-0000-0000-c000-000000000000"'
    )
    return GraphError(
        401, "InvalidAuthenticationToken", message, headers={"WWW-Authenticate": challenge}
    )


def signed_in_only() -> GraphError:
    """400 for an application that calls itself ``/me``."""
    return gateway("/me request is only valid with delegated authentication flow.")


def expired_token() -> GraphError:
    """401 for a token whose time is over."""
    return unauthenticated("Lifetime validation failed, the token is expired.")
