"""Company branding: the default, its localizations, and what they inherit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import Graph, missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from localtenant.odata.types import Json


@pytest.fixture
def path(graph: Graph) -> Iterator[str]:
    """Name the path of the branding, which is not there before and after the test."""
    path = f"/organization/{graph.tenant_id}/branding"
    yield path
    if graph.get(path).status_code == 200:
        for localization in graph.read(f"{path}/localizations")["value"]:
            if localization["id"] != "0":
                graph.delete(f"{path}/localizations/{localization['id']}")
        assert graph.delete(path).status_code == 204


def in_language(
    graph: Graph, method: str, path: str, language: str, body: Json | None = None
) -> httpx.Response:
    """Make a request with ``Accept-Language``."""
    headers = {"Accept-Language": language}
    return graph.http.request(method, f"/v1.0{path}", headers=headers, json=body)


def test_there_is_none_until_it_is_written(graph: Graph, path: str) -> None:
    """A new tenant has no branding; the first PATCH makes it, a DELETE takes it away."""
    tenant = graph.tenant_id
    refused(graph.get(path), 404, "Request_ResourceNotFound", missing(tenant))
    refused(graph.get(f"{path}/localizations"), 404, "Request_ResourceNotFound", missing(tenant))

    assert in_language(graph, "PATCH", path, "0", {"signInPageText": "Welcome"}).is_success

    read = graph.read(path)
    assert (read["id"], read["signInPageText"]) == ("0", "Welcome")
    assert (read["usernameHintText"], read["cdnList"]) == (None, [])
    assert "branding" not in read
    assert graph.delete(path).status_code == 204
    assert graph.get(path).status_code == 404


def test_a_refused_write_makes_nothing(graph: Graph, path: str) -> None:
    """Only what succeeds makes the default branding."""
    assert graph.patch(path, {"nonsense": True}).status_code == 400
    assert graph.post(f"{path}/localizations", {"id": "0"}).status_code == 400

    assert graph.get(path).status_code == 404


def test_a_patch_merges_complex_values(graph: Graph, path: str) -> None:
    """Settings that a body does not mention stay."""
    texts = {"hideForgotMyPassword": True, "hideTermsOfUse": False}
    graph.patch(path, {"loginPageTextVisibilitySettings": texts})
    layout = {"layoutTemplateType": "verticalSplit"}

    change = {
        "loginPageTextVisibilitySettings": {"hideTermsOfUse": True},
        "loginPageLayoutConfiguration": layout,
    }
    assert graph.patch(path, change).status_code == 204

    read = graph.read(path)
    shown = read["loginPageTextVisibilitySettings"]
    assert (shown["hideForgotMyPassword"], shown["hideTermsOfUse"]) == (True, True)
    assert read["loginPageLayoutConfiguration"]["layoutTemplateType"] == "verticalSplit"


def test_a_localization_makes_the_default_and_inherits_from_it(graph: Graph, path: str) -> None:
    """Texts that it does not have are the default's, also when those change; blanks are texts."""
    texts = {"signInPageText": "Bienvenue", "customTermsOfUseText": " "}
    made = graph.made(f"{path}/localizations", {"id": "fr-FR", **texts})
    assert (made["id"], made["usernameHintText"]) == ("fr-FR", None)
    graph.patch(path, {"usernameHintText": "Name", "customTermsOfUseText": "Terms"})

    read = graph.read(f"{path}/localizations/fr-fr")

    assert (read["id"], read["signInPageText"]) == ("fr-FR", "Bienvenue")
    assert (read["usernameHintText"], read["customTermsOfUseText"]) == ("Name", " ")
    listed = graph.read(f"{path}/localizations")["value"]
    assert [found["id"] for found in listed] == ["0", "fr-FR"]
    assert graph.read(f"{path}/localizations/default")["usernameHintText"] == "Name"


def test_a_localization_is_changed_and_deleted(graph: Graph, path: str) -> None:
    """Its PATCH may repeat its locale; deleting it leaves the default."""
    graph.made(f"{path}/localizations", {"id": "fr-FR"})
    own = f"{path}/localizations/FR-fr"

    assert graph.patch(own, {"id": "fr-FR", "backgroundColor": "#00000F"}).status_code == 204
    assert graph.read(own)["backgroundColor"] == "#00000F"
    assert graph.read(path)["backgroundColor"] is None
    assert graph.delete(own).status_code == 204
    refused(graph.get(own), 404, "Request_ResourceNotFound", missing("FR-fr"))
    assert graph.get(path).status_code == 200


def test_the_language_of_a_request_selects(graph: Graph, path: str) -> None:
    """``Accept-Language`` names a localization; without one of that locale it is the default."""
    graph.made(f"{path}/localizations", {"id": "fr-FR", "signInPageText": "Bienvenue"})

    french = ("fr-fr", "fr-FR, en;q=0.5")
    for language, key in (*((f, "fr-FR") for f in french), ("0", "0"), ("de", "0")):
        assert in_language(graph, "GET", path, language).json()["id"] == key, language
    change = {"signInPageText": "Bonjour"}
    assert in_language(graph, "PATCH", path, "fr-FR", change).status_code == 204
    assert graph.read(f"{path}/localizations/fr-FR")["signInPageText"] == "Bonjour"
    assert graph.read(path)["signInPageText"] is None
    listed = in_language(graph, "GET", f"{path}/localizations", "fr-FR").json()["value"]
    assert len(listed) == 2


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"signInPageText": "Hello"},
            (
                "A value is required for property 'id' of resource "
                "'OrganizationalBrandingLocalization'."
            ),
        ),
        *(
            (
                {"id": key},
                (
                    "Invalid value specified for property 'id' of resource "
                    "'OrganizationalBrandingLocalization'."
                ),
            )
            for key in ("0", "Default", "french please")
        ),
        ({"id": "fr-fr"}, "A localization for 'fr-fr' already exists."),
        (
            {"id": 5},
            "Cannot convert the literal '5' to the expected type 'Edm.String'.",
        ),
        (
            {"id": "de-DE", "backgroundColor": "red"},
            (
                "Invalid value specified for property 'backgroundColor' of resource "
                "'OrganizationalBrandingLocalization'."
            ),
        ),
        (
            {"id": "de-DE", "usernameHintText": "x" * 65},
            (
                "Invalid value specified for property 'usernameHintText' of resource "
                "'OrganizationalBrandingLocalization'."
            ),
        ),
        (
            {"id": "de-DE", "cdnList": ["example.org"]},
            "Property 'cdnList' is read-only and cannot be set.",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_localization_against_the_rules_is_refused(
    graph: Graph, path: str, body: Json, message: str
) -> None:
    """It needs a locale that none has yet, colors and texts that fit."""
    graph.made(f"{path}/localizations", {"id": "fr-FR"})

    refused(graph.post(f"{path}/localizations", body), 400, "Request_BadRequest", message)


def test_a_locale_stays(graph: Graph, path: str) -> None:
    """A PATCH cannot rename a localization."""
    graph.made(f"{path}/localizations", {"id": "fr-FR"})

    refused(
        graph.patch(f"{path}/localizations/fr-FR", {"id": "de-DE"}),
        400,
        "Request_BadRequest",
        "Property 'id' is read-only and cannot be set.",
    )


def test_the_default_stays_while_there_are_localizations(graph: Graph, path: str) -> None:
    """They could not inherit from it any more."""
    graph.made(f"{path}/localizations", {"id": "fr-FR"})

    refused(
        graph.delete(path),
        400,
        "Request_BadRequest",
        "The default branding cannot be deleted before all localizations and themes.",
    )


def test_branding_of_another_organization_is_not_there(graph: Graph, path: str) -> None:
    """The organization in the path is looked up first."""
    graph.patch(path, {"signInPageText": "Hello"})
    nobody = "11111111-1111-1111-1111-111111111111"

    refused(
        graph.get(f"/organization/{nobody}/branding"),
        404,
        "Request_ResourceNotFound",
        missing(nobody),
    )


@pytest.mark.local_only
def test_reading_needs_less_than_writing(
    graph: Graph, holder: Callable[..., Graph], path: str
) -> None:
    """Who may read branding cannot change it."""
    graph.patch(path, {"signInPageText": "Hello"})
    reader = holder("OrganizationalBranding.Read.All")

    assert reader.get(path).status_code == 200
    assert reader.patch(path, {"signInPageText": "Bye"}).status_code == 403
