"""What the token endpoint refuses of a client that asks for itself: status, error, number, text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from token_requests import sign_in_refused, token_answer

if TYPE_CHECKING:
    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


def test_expired_secret(ready: Ready, graph: Graph) -> None:
    """A secret whose end has come is refused as expired, not as wrong."""
    application = graph.application()
    graph.made("/servicePrincipals", {"appId": application["appId"]})
    dates = {"startDateTime": "2020-01-01T00:00:00Z", "endDateTime": "2020-02-01T00:00:00Z"}
    added = graph.made(
        f"/applications/{application['id']}/addPassword", {"passwordCredential": dates}
    )

    answer = token_answer(ready, client_id=application["appId"], client_secret=added["secretText"])

    sign_in_refused(
        answer,
        401,
        "invalid_client",
        7000222,
        f"The provided client secret keys for app '{application['appId']}' are expired. Visit the "
        "Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider "
        "using certificate credentials for added security: https://aka.ms/certCreds.",
    )


_MISSING = "The request body must contain the following parameter: '{}'."
_UNKNOWN = (
    "This can happen if the application has not been installed by the administrator of the tenant "
    "or consented to by any user in the tenant. You {} have sent your authentication request to "
    "the wrong tenant."
)


@pytest.mark.parametrize(
    ("changes", "status", "error", "number", "text"),
    [
        (
            {"client_secret": "wrong"},
            401,
            "invalid_client",
            7000215,
            (
                "Invalid client secret provided. Ensure the secret being sent in the request is "
                "the client secret value, not the client secret ID, for a secret added to app "
                "'{client}'."
            ),
        ),
        (
            {"client_secret": None},
            401,
            "invalid_client",
            7000218,
            _MISSING.format("client_assertion' or 'client_secret"),
        ),
        (
            {"client_id": "no-such-client"},
            400,
            "unauthorized_client",
            700016,
            (
                "Application with identifier 'no-such-client' was not found in the directory "
                f"'{{tenant}}'. {_UNKNOWN.format('may')}"
            ),
        ),
        ({"client_id": None}, 400, "invalid_request", 900144, _MISSING.format("client_id")),
        ({"grant_type": None}, 400, "invalid_request", 900144, _MISSING.format("grant_type")),
        (
            {"grant_type": "password"},
            400,
            "unsupported_grant_type",
            70003,
            "The app requested an unsupported grant type 'password'.",
        ),
        ({"scope": None}, 400, "invalid_request", 900144, _MISSING.format("scope")),
        (
            {"scope": "https://graph.microsoft.com/User.Read"},
            400,
            "invalid_scope",
            1002012,
            (
                "The provided value for scope https://graph.microsoft.com/User.Read is not valid. "
                "Client credential flows must have a scope value with /.default suffixed to the "
                "resource identifier (application ID URI)."
            ),
        ),
        (
            {"scope": "api://nothing/.default"},
            400,
            "invalid_resource",
            500011,
            (
                "The resource principal named api://nothing was not found in the tenant named "
                f"{{tenant}}. {_UNKNOWN.format('might')}"
            ),
        ),
        (
            {"tenant": "fabrikam.onmicrosoft.com"},
            400,
            "invalid_request",
            90002,
            (
                "Tenant 'fabrikam.onmicrosoft.com' not found. Check to make sure you have the "
                "correct tenant ID and are signing into the correct cloud. Check with your "
                "subscription administrator, this may happen if there are no active subscriptions "
                "for the tenant."
            ),
        ),
    ],
)
def test_entra_errors(
    ready: Ready,
    graph: Graph,
    changes: dict[str, Any],
    status: int,
    error: str,
    number: int,
    text: str,
) -> None:
    """Each wrong request gets the status, OAuth error, number and text that Entra gives it."""
    answer = token_answer(ready, **changes)

    said = text.format(client=ready.env["ARM_CLIENT_ID"], tenant=graph.domain)
    sign_in_refused(answer, status, error, number, said)
