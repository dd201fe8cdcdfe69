"""Applications that sign in with a certificate, or with the token of another issuer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from token_issuer import AUDIENCE, SUBJECT

if TYPE_CHECKING:
    from client_certificates import ClientCertificate

    from localtenant.testing_client import Graph


@dataclass(frozen=True)
class Signer:
    """An application with a service principal, and the certificate it signs in with."""

    application: str
    principal: str
    client_id: str
    certificate: ClientCertificate

    def visit(self) -> str:
        """Say where to look for the configured keys, as Entra does."""
        return (
            "Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see "
            f"configured keys for app Id '{self.client_id}'. Review the documentation at "
            "https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding "
            "service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?"
            "view=graph-rest-1.0&tabs=http to build a query request URL, such as "
            f"'https://graph.microsoft.com/beta/applications/{self.client_id}']."
        )


def hold(graph: Graph, path: str, *credentials: dict[str, Any]) -> None:
    """Let the application or service principal at a path have these key credentials, no others."""
    answer = graph.patch(path, {"keyCredentials": list(credentials)})
    assert answer.status_code == 204, answer.text


def registered(graph: Graph, certificate: ClientCertificate, **changes: object) -> Signer:
    """Make an application that signs in with a certificate."""
    application = graph.application()
    principal = graph.made("/servicePrincipals", {"appId": application["appId"]})
    hold(graph, f"/applications/{application['id']}", certificate.credential(**changes))
    return Signer(application["id"], principal["id"], application["appId"], certificate)


def trusting(graph: Graph, issuer: str, *, expression: str = "") -> str:
    """Make an application that trusts a workload's tokens; its client ID.

    The workload is that of one subject, or with an expression all whose claims fulfil it.
    """
    application = graph.application()
    graph.made("/servicePrincipals", {"appId": application["appId"]})
    means: dict[str, Any] = {"subject": SUBJECT}
    if expression:
        means = {"claimsMatchingExpression": {"value": expression, "languageVersion": 1}}
    record = {"name": "ci", "issuer": issuer, "audiences": [AUDIENCE], **means}
    path = f"/applications/{application['id']}/federatedIdentityCredentials"
    answer = graph.post(path, record, "beta" if expression else "v1.0")
    assert answer.status_code == 201, answer.text
    return application["appId"]
