"""Bodies that Graph cannot take, and the form of its refusals."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from localtenant.testing_client import Graph, refused


@pytest.mark.parametrize(
    ("content_type", "content", "message"),
    [
        (
            None,
            b"{}",
            "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
        ),
        ("text/plain", b"{}", "Entity only allows writes with a JSON Content-Type header."),
        ("application/json", b"", "Empty Payload. JSON content expected."),
        ("application/json", b"{}", "Empty Payload. JSON content expected."),
        (
            "application/json",
            b"{nonsense",
            (
                "Unable to read JSON request payload. Please ensure Content-Type header is set and "
                "payload is of valid JSON format."
            ),
        ),
    ],
)
def test_bodies_that_cannot_be_read(
    graph: Graph, content_type: str | None, content: bytes, message: str
) -> None:
    """A body has to be a JSON object that says something, and say that it is JSON."""
    headers = {"Content-Type": content_type} if content_type else {}

    answer = graph.http.post("/v1.0/applications", content=content, headers=headers)

    refused(answer, 400, "BadRequest", message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"displayNme": "a"},
            (
                "The property 'displayNme' does not exist on type 'microsoft.graph.application'. "
                "Make sure to only use property names that are defined by the type."
            ),
        ),
        (
            {"displayName": "a", "api": {"scopes": []}},
            (
                "The property 'scopes' does not exist on type 'microsoft.graph.apiApplication'. "
                "Make sure to only use property names that are defined by the type."
            ),
        ),
        (
            {"@odata.type": "#microsoft.graph.user", "displayName": "a"},
            (
                "A type named 'microsoft.graph.user' could not be resolved by the model. When a "
                "model is available, each type name must resolve to a valid type."
            ),
        ),
        (
            {"displayName": ["a"]},
            (
                "An unexpected 'StartArray' node was found when reading from the JSON reader. A "
                "'PrimitiveValue' node was expected."
            ),
        ),
        (
            {"displayName": 1},
            "Cannot convert the literal '1' to the expected type 'Edm.String'.",
        ),
        (
            {"displayName": "a", "isFallbackPublicClient": "yes"},
            "Cannot convert the literal 'yes' to the expected type 'Edm.Boolean'.",
        ),
        (
            {"displayName": "a", "api": {"requestedAccessTokenVersion": "2"}},
            "Cannot convert the literal '2' to the expected type 'Edm.Int32'.",
        ),
        (
            {"displayName": "a", "appRoles": [{"id": "not-a-guid"}]},
            "Cannot convert the literal 'not-a-guid' to the expected type 'Edm.Guid'.",
        ),
        (
            {"displayName": "a", "tags": "one"},
            (
                "A 'PrimitiveValue' node with non-null value was found when trying to read the "
                "value of the property 'tags'; however, a 'StartArray' node, a 'StartObject' "
                "node, or a "
                "'PrimitiveValue' node with null value was expected."
            ),
        ),
        (
            {"displayName": "a", "tags": None},
            (
                "A null value was found for the property named 'tags', which has the expected type "
                "'Collection(Edm.String)[Nullable=True]'. The expected type "
                "'Collection(Edm.String)[Nullable=True]' cannot be null but it can have "
                "null values."
            ),
        ),
    ],
)
def test_bodies_of_the_wrong_shape(graph: Graph, body: dict[str, Any], message: str) -> None:
    """Unknown properties, wrong types and wrong literals are refused in OData's words."""
    refused(graph.post("/applications", body), 400, "Request_BadRequest", message)


def test_no_content_has_no_content_headers(graph: Graph) -> None:
    """A 204 carries neither a content type nor a version."""
    answer = graph.patch(f"/applications/{graph.application()['id']}", {"tags": []})

    assert answer.status_code == 204
    assert "content-type" not in answer.headers
    assert "odata-version" not in answer.headers


def test_error_has_graphs_envelope(graph: Graph) -> None:
    """An error names its request in body and headers, in plain JSON."""
    answer = graph.get(f"/applications/{uuid4()}")

    inner = answer.json()["error"]["innerError"]
    assert list(inner) == ["date", "request-id", "client-request-id"]
    assert inner["request-id"] == answer.headers["request-id"]
    assert not inner["date"].endswith("Z")
    assert answer.headers["content-type"] == "application/json"
