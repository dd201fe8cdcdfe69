"""How much an application may hold, each limit with the error for one value more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

RESOURCE = "00000003-0000-0000-c000-000000000000"


def uris(number: int) -> list[str]:
    """Build redirect URIs."""
    return [f"https://localhost/{n}" for n in range(number)]


def scopes(number: int) -> Json:
    """Build an API with scopes."""
    return {
        "oauth2PermissionScopes": [
            {"id": str(uuid4()), "value": f"s{n}", "type": "Admin"} for n in range(number)
        ]
    }


def access(apis: int, permissions: int) -> list[Json]:
    """Build the permissions that an application asks of APIs."""
    asked = [{"id": str(uuid4()), "type": "Role"} for _ in range(permissions)]
    return [{"resourceAppId": str(uuid4()), "resourceAccess": asked} for _ in range(apis)]


@pytest.mark.parametrize(
    ("prop", "limit", "fits", "exceeds"),
    [
        (
            "redirectUris",
            100,
            {"web": {"redirectUris": uris(60)}, "spa": {"redirectUris": uris(40)}},
            {"web": {"redirectUris": uris(60)}, "spa": {"redirectUris": uris(41)}},
        ),
        ("api.oauth2PermissionScopes", 1000, {"api": scopes(1000)}, {"api": scopes(1001)}),
        (
            "requiredResourceAccess",
            50,
            {"requiredResourceAccess": access(50, 1)},
            {"requiredResourceAccess": access(51, 1)},
        ),
        (
            "requiredResourceAccess.resourceAccess",
            400,
            {"requiredResourceAccess": access(4, 100)},
            {"requiredResourceAccess": [*access(4, 100), *access(1, 1)]},
        ),
    ],
)
def test_property_has_a_most_number_of_values(
    graph: Graph, prop: str, limit: int, fits: dict[str, Any], exceeds: dict[str, Any]
) -> None:
    """The documented number fits, one more is refused."""
    assert graph.application(**fits)["id"]

    answer = graph.post("/applications", {"displayName": "a", **exceeds})

    message = f"The property '{prop}' has {limit + 1} values; it may have {limit}."
    refused(answer, 400, "Request_BadRequest", message)
    assert answer.json()["error"]["details"][0]["target"] == prop


def test_application_has_a_largest_size(graph: Graph) -> None:
    """All entries of all properties together are 1,200 at most."""
    application = graph.application(api=scopes(1000), tags=[f"t{n}" for n in range(200)])

    path = f"/applications/{application['id']}"
    answer = graph.patch(path, {"identifierUris": [f"api://{application['appId']}"]})

    message = (
        "The size of the object has exceeded its limit. Please reduce the number of values and "
        "retry your request."
    )
    refused(answer, 403, "Directory_ResourceSizeExceeded", message)


@pytest.mark.parametrize("tag", ["", "x" * 257, "with space"])
def test_tags_are_words(graph: Graph, tag: str) -> None:
    """A tag has 1 to 256 characters and no white space."""
    message = "Invalid value specified for property 'tags' of resource 'Application'."

    answer = graph.post("/applications", {"displayName": "a", "tags": [tag]})

    refused(answer, 400, "Request_BadRequest", message)


def test_tags_are_distinct(graph: Graph) -> None:
    """A tag stands once."""
    answer = graph.post("/applications", {"displayName": "a", "tags": ["x", "y", "x"]})

    message = "Request contains a property with duplicate values."
    refused(answer, 400, "DuplicateValue", message)


def test_required_access_is_to_a_role_or_a_scope(graph: Graph) -> None:
    """Another type of permission is refused."""
    asked = [{"resourceAppId": RESOURCE, "resourceAccess": [{"id": str(uuid4()), "type": "role"}]}]

    answer = graph.post("/applications", {"displayName": "a", "requiredResourceAccess": asked})

    message = (
        "Invalid value specified for property 'requiredResourceAccess' of resource 'Application'."
    )
    refused(answer, 400, "Request_BadRequest", message)


def test_identifier_uri_has_a_longest_length(graph: Graph) -> None:
    """An identifier URI has up to 255 characters."""
    application = graph.application()
    start = f"api://{application['appId']}/"
    path = f"/applications/{application['id']}"

    for length, status in ((255, 204), (256, 400)):
        answer = graph.patch(path, {"identifierUris": [start.ljust(length, "x")]})
        assert answer.status_code == status
    refused(answer, 400, "Request_BadRequest", "Property identifierUris is invalid.")


def test_secret_may_last_long_and_be_over(graph: Graph) -> None:
    """Without a policy, the lifetime of a secret has no limit, and its end may be past."""
    path = f"/applications/{graph.application()['id']}/addPassword"

    for dates in (
        {"startDateTime": "2020-01-01T00:00:00Z", "endDateTime": "2020-02-01T00:00:00Z"},
        {"endDateTime": "2299-12-31T00:00:00Z"},
    ):
        added = graph.made(path, {"passwordCredential": dates})
        assert {n: added[n] for n in dates} == dates
    late = {"startDateTime": "2030-01-02T00:00:00Z", "endDateTime": "2030-01-02T00:00:00Z"}
    assert graph.post(path, {"passwordCredential": late}).status_code == 400
