"""What an application is given at its redirect URI once it is known who signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.signin.authorization import AuthorizationRequest
    from localtenant.signin.sessions import Session
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


def granted(
    tenant: Tenant, tx: Transaction, request: AuthorizationRequest, session: Session
) -> Response:
    """The answer with a code, or tokens, for the user of a session. Raises RedirectError."""
    raise NotImplementedError
