"""Who may do what: the permissions of a caller held against those that an operation accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import GraphError, consumer_identity, denied

if TYPE_CHECKING:
    from localtenant.odata.call import Caller
    from localtenant.odata.operations import Operation

OWNED_BY = "Application.ReadWrite.OwnedBy"


def check(operation: Operation, caller: Caller) -> bool:
    """Check the caller's permissions for an operation; 403 as the service behind it gives it.

    Returns whether the operation is allowed only on what the caller owns, because nothing but
    ``Application.ReadWrite.OwnedBy`` allows it.
    """
    accepted = operation.accepted.of(delegated=caller.delegated)
    fitting = [a for a in accepted if all(p in caller.permissions for p in a.split("+"))]
    if not fitting:
        raise refusal(operation, delegated=caller.delegated)
    return all(OWNED_BY in a.split("+") for a in fitting)


def refusal(operation: Operation, *, delegated: bool) -> GraphError:
    """The 403 for a caller whose permissions do not do."""
    if not operation.path.startswith(("/identity/", "/identityProviders")):
        return denied()
    kind = "delegated" if delegated else "application"
    names = ", ".join(operation.accepted.of(delegated=delegated))
    return consumer_identity(
        403,
        f"The application does not have any of the required {kind} permissions ({names}) to "
        "access the resource.",
    )
