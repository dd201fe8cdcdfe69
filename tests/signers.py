"""Applications that sign in with a certificate, or with the token of another issuer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stored_credentials import keep_keys, keep_record
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


def registered(graph: Graph, certificate: ClientCertificate, **changes: object) -> Signer:
    """Make an application that signs in with a certificate."""
    application = graph.application()
    principal = graph.made("/servicePrincipals", {"appId": application["appId"]})
    keep_keys(graph.ready, "application", application["id"], certificate.credential(**changes))
    return Signer(application["id"], principal["id"], application["appId"], certificate)


def trusting(graph: Graph, issuer: str, *, client_id: str = "", expression: str = "") -> str:
    """Let an application, a new one unless a client ID is given, trust a workload's tokens.

    The workload is that of one subject, or with an expression all whose claims fulfil it. The
    application's client ID is returned.
    """
    if client_id:
        application = graph.read(f"/applications(appId='{client_id}')")
    else:
        application = graph.application()
        graph.made("/servicePrincipals", {"appId": application["appId"]})
    means: dict[str, Any] = {"subject": SUBJECT}
    if expression:
        flexible = {"value": expression, "languageVersion": 1}
        means = {"subject": None, "claimsMatchingExpression": flexible}
    record = {"name": "ci", "issuer": issuer, "audiences": [AUDIENCE], **means}
    keep_record(graph.ready, application["id"], **record)
    return application["appId"]
