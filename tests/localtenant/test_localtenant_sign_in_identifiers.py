"""Sign-in identifiers: enabled and disabled under /beta alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from localtenant.testing_client import Graph

IDENTIFIERS = "/identity/signInIdentifiers"


@pytest.mark.local_only
def test_identifier_is_enabled(graph: Graph) -> None:
    """A PATCH enables an identifier and answers with it; the others stay as they were."""
    path = f"{IDENTIFIERS}/Username"
    body = {"@odata.type": "#microsoft.graph.signInIdentifierBase", "name": "Username"}
    before = graph.get(IDENTIFIERS, "beta").json()["value"]

    answer = graph.patch(path, body | {"isEnabled": True}, "beta")
    after = graph.get(IDENTIFIERS, "beta").json()["value"]
    graph.patch(path, body | {"isEnabled": False}, "beta")

    assert {i["name"]: i["isEnabled"] for i in before} == {
        "Email": True,
        "UPN": True,
        "Username": False,
        "CustomUsername1": False,
        "CustomUsername2": False,
    }
    assert answer.status_code == 200
    changed = [i for i in after if i not in before]
    assert answer.json().items() >= changed[0].items()
    assert changed == [
        {
            "@odata.type": "#microsoft.graph.usernameSignInIdentifier",
            "name": "Username",
            "isEnabled": True,
        }
    ]
    assert graph.get(path, "beta").json()["isEnabled"] is False


def test_name_of_an_identifier_stays(graph: Graph) -> None:
    """The name is the key."""
    answer = graph.patch(f"{IDENTIFIERS}/Email", {"name": "UPN"}, "beta")

    message = "Property 'name' is read-only and cannot be set."
    refused(answer, 400, "Request_BadRequest", message)


def test_unknown_identifier(graph: Graph) -> None:
    """An identifier that there is not is missed."""
    message = "The sign-in identifier 'Phone' was not found."
    refused(graph.get(f"{IDENTIFIERS}/Phone", "beta"), 404, "AADB2C", message)


def test_identifiers_are_beta(graph: Graph) -> None:
    """The path does not exist in v1.0."""
    message = "Resource not found for the segment 'signInIdentifiers'."
    refused(graph.get(IDENTIFIERS), 400, "BadRequest", message)
