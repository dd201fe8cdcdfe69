"""Graph's gateway: tokens, paths, bodies, headers and the envelope of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from localtenant.testing_client import Graph, refused

if TYPE_CHECKING:
    from localtenant.signin.keys import SigningKey


def with_token(graph: Graph, authorization: str | None) -> httpx.Response:
    """Read the organization with another Authorization header, or with none."""
    headers = {} if authorization is None else {"Authorization": authorization}
    with graph.anonymous() as client:
        return client.get("/v1.0/organization", headers=headers)


@pytest.mark.parametrize("authorization", [None, "Bearer", "Basic abc"])
def test_no_token(graph: Graph, authorization: str | None) -> None:
    """Without a bearer token: 401 and Graph's challenge."""
    answer = with_token(graph, authorization)

    refused(answer, 401, "InvalidAuthenticationToken", "Access token is empty.")
    assert answer.headers["www-authenticate"].startswith('Bearer realm=""')


def test_token_that_is_no_jwt(graph: Graph) -> None:
    """A token without dots is refused in the words of Microsoft's library."""
    error = with_token(graph, "Bearer nonsense").json()["error"]

    assert error["message"].startswith("IDX14100: JWT is not well formed, there are no dots (.).")


def test_token_of_another_issuer(graph: Graph) -> None:
    """A token that the tenant did not sign is refused."""
    head, body, _ = graph.token.split(".")

    answer = with_token(graph, f"Bearer {head}.{body}.AAAA")

    message = "Access token validation failure. Invalid signature."
    refused(answer, 401, "InvalidAuthenticationToken", message)


@pytest.mark.local_only
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"exp": 1}, "Lifetime validation failed, the token is expired."),
        ({"aud": "api://another"}, "Access token validation failure. Invalid audience."),
    ],
)
def test_token_that_graph_does_not_take(
    graph: Graph, signing_key: SigningKey, changes: dict[str, Any], message: str
) -> None:
    """An expired token, or one for another API, is refused."""
    claims = signing_key.claims(graph.token)
    assert claims is not None

    answer = with_token(graph, f"Bearer {signing_key.sign(claims | changes)}")

    refused(answer, 401, "InvalidAuthenticationToken", message)


@pytest.mark.local_only
def test_token_of_a_deleted_application(graph: Graph, signing_key: SigningKey) -> None:
    """A caller whose service principal is gone is not known any more."""
    claims = signing_key.claims(graph.token)
    assert claims is not None

    answer = with_token(graph, f"Bearer {signing_key.sign(claims | {'oid': str(uuid4())})}")

    message = "The identity of the calling application could not be established."
    refused(answer, 401, "Authorization_IdentityNotFound", message)


def test_unknown_segment(graph: Graph) -> None:
    """A path that Graph does not have names the segment."""
    message = "Resource not found for the segment 'aplications'."
    refused(graph.get("/aplications"), 400, "BadRequest", message)


def test_segments_in_any_letter_case(graph: Graph) -> None:
    """Paths are matched without regard to letter case."""
    application = graph.application()

    assert graph.get(f"/Applications/{application['id']}/OWNERS").status_code == 200


def test_method_that_graph_does_not_allow(graph: Graph) -> None:
    """A method without meaning at a path gives 405."""
    message = "Specified HTTP method is not allowed for the request target."
    refused(graph.delete("/applications"), 405, "Request_BadRequest", message)


@pytest.mark.local_only
@pytest.mark.parametrize(
    "path",
    [
        "/devices",
        "/users/1/authentication/methods",
        "/reports",
        "/identity/b2xUserFlows",
        "/roleManagement/directory",
        "/subscribedSkus",
        "/applications/delta()",
    ],
)
def test_what_is_not_implemented_says_so(graph: Graph, path: str) -> None:
    """A part of Graph that the local tenant lacks gives 501 and a sentence."""
    answer = graph.get(path)

    assert answer.status_code == 501
    assert answer.json()["error"]["message"].startswith("The local tenant does not implement")


def test_success_has_graphs_headers(graph: Graph) -> None:
    """A 200 carries OData's content type and version, and both request ids."""
    own = {"client-request-id": "run-1"}
    answer = graph.http.get("/v1.0/organization", headers=own)

    assert answer.headers["content-type"].startswith("application/json;odata.metadata=minimal")
    assert answer.headers["odata-version"] == "4.0"
    assert answer.headers["client-request-id"] == "run-1"
    assert answer.headers["request-id"]


def test_beta_has_the_same_objects(graph: Graph) -> None:
    """What /v1.0 made is read under /beta, with properties that only beta has."""
    principal = graph.principal()
    path = f"/servicePrincipals/{principal['id']}?$select=samlMetadataUrl"

    assert graph.get(path, "beta").json()["samlMetadataUrl"] is None
    assert graph.get(path).status_code == 400
