"""Who may do what: the permissions of a caller held against those that an operation accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import GraphError, consumer_identity, denied, signed_in_only

if TYPE_CHECKING:
    from localtenant.odata.call import Caller
    from localtenant.odata.operations import Operation

_OWN = {"Application.ReadWrite.OwnedBy", "User.Read", "User.ReadWrite"}
"""What reaches only the objects that the caller owns, or the user who is signed in."""

_BY_PATH = (
    (
        ("/identity/conditionalAccess/authenticationStrength", "/policies/authentication"),
        "accessDenied",
        "Request Authorization failed",
    ),
    (
        ("/identity/conditionalAccess", "/policies/identitySecurityDefaultsEnforcementPolicy"),
        "AccessDenied",
        "You cannot perform the requested operation, required scopes are missing in the token.",
    ),
)
"""How services of their own refuse: paths, code and message."""


def check(operation: Operation, caller: Caller, type_name: str = "") -> bool:
    """Check the caller's permissions for an operation; 403 as the service behind it gives it.

    ``type_name`` is the entity type of the operation's objects, where its permissions differ by
    type; until it is known, what any of the types accepts will do. Returns whether the operation is
    allowed only on what is the caller's own, because no permission that it holds reaches further.
    """
    accepting = operation.by_type.get(type_name, operation.accepted)
    accepted = accepting.of(delegated=caller.delegated)
    held = caller.permissions | {""}
    fitting = [a for a in accepted if all(p in held for p in a.split("+"))]
    if not fitting:
        raise refusal(operation, delegated=caller.delegated)
    return all(_OWN.intersection(a.split("+")) for a in fitting)


def refusal(operation: Operation, *, delegated: bool) -> GraphError:
    """The error for a caller whose permissions do not do: 403, and 400 where it needs a user."""
    if not delegated and f"{operation.path}/".startswith("/me/"):
        return signed_in_only()
    for paths, code, message in _BY_PATH:
        if operation.path.startswith(paths):
            return GraphError(403, code, message)
    if not operation.path.startswith(("/identity/", "/identityProviders")):
        return denied()
    kind = "delegated" if delegated else "application"
    names = ", ".join(operation.accepted.of(delegated=delegated))
    return consumer_identity(
        403,
        f"The application does not have any of the required {kind} permissions ({names}) to "
        "access the resource.",
    )
