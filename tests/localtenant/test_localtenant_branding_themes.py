"""Branding themes: beta only, few, and not before there is branding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import missing, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from localtenant.testing_client import Graph


@pytest.fixture
def themes(graph: Graph) -> Iterator[str]:
    """Name the path of the themes of a tenant with branding; all of it is taken away again."""
    path = f"/organization/{graph.tenant_id}/branding"
    graph.patch(path, {"signInPageText": "Hello"})
    yield f"{path}/themes"
    if graph.get(path).status_code == 200:
        for theme in graph.get(f"{path}/themes", "beta").json()["value"]:
            graph.http.delete(f"/beta{path}/themes/{theme['id']}")
        assert graph.delete(path).status_code == 204


def test_a_theme_lives_and_ends(graph: Graph, themes: str) -> None:
    """It is made, renamed and deleted; a new default takes the place of the old."""
    first = graph.post(themes, {"name": "One", "isDefaultTheme": True}, "beta").json()
    second = graph.post(themes, {"name": "Two"}, "beta").json()
    assert first["@odata.type"] == "#microsoft.graph.organizationalBrandingTheme"
    assert (second["name"], second["isDefaultTheme"]) == ("Two", False)

    change = {"name": "Second", "isDefaultTheme": True}
    assert graph.patch(f"{themes}/{second['id']}", change, "beta").status_code == 204

    listed = graph.get(themes, "beta").json()["value"]
    assert [(t["name"], t["isDefaultTheme"]) for t in listed] == [("One", False), ("Second", True)]
    assert graph.http.delete(f"/beta{themes}/{first['id']}").status_code == 204
    refused(
        graph.get(f"{themes}/{first['id']}", "beta"),
        404,
        "Request_ResourceNotFound",
        missing(first["id"]),
    )


def test_there_are_none_before_there_is_branding(graph: Graph, themes: str) -> None:
    """Neither reading nor making a theme makes the default branding."""
    graph.delete(themes.removesuffix("/themes"))
    tenant = graph.tenant_id

    for answer in (graph.get(themes, "beta"), graph.post(themes, {"name": "One"}, "beta")):
        refused(answer, 404, "Request_ResourceNotFound", missing(tenant))


def test_themes_are_of_beta_alone(graph: Graph, themes: str) -> None:
    """The other version does not know the segment."""
    refused(graph.get(themes), 400, "BadRequest", "Resource not found for the segment 'themes'.")


def test_themes_are_few_and_named(graph: Graph, themes: str) -> None:
    """The sixth is refused, as is one without a name; while there are any, the branding stays."""
    refused(
        graph.post(themes, {"isDefaultTheme": True}, "beta"),
        400,
        "Request_BadRequest",
        "A value is required for property 'name' of resource 'OrganizationalBrandingTheme'.",
    )
    for number in range(5):
        assert graph.post(themes, {"name": f"{number}"}, "beta").status_code == 201

    refused(
        graph.post(themes, {"name": "Sixth"}, "beta"),
        400,
        "Request_BadRequest",
        "A tenant can have 5 branding themes.",
    )
    refused(
        graph.delete(themes.removesuffix("/themes")),
        400,
        "Request_BadRequest",
        "The default branding cannot be deleted before all localizations and themes.",
    )
