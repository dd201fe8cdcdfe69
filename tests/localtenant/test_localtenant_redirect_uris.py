"""Redirect URIs: what each platform of an application takes."""

from __future__ import annotations

import pytest

from localtenant.testing_client import Graph

PERSONAL = "AzureADandPersonalMicrosoftAccount"


@pytest.mark.parametrize(
    ("platform", "uri", "status"),
    [
        ("web", "https://contoso.com/back", 201),
        ("web", "urn:ietf:wg:oauth:2.0:oob", 201),
        ("web", "http://contoso.com/back", 400),
        ("web", "myapp://back", 400),
        ("spa", "https://contoso.com/back", 201),
        ("spa", "brk-multihub://contoso.com", 201),
        ("spa", "http://contoso.com/back", 400),
        ("spa", "urn:ietf:wg:oauth:2.0:oob", 400),
        ("publicClient", "myapp://back", 201),
        ("publicClient", "http://localhost", 201),
        ("publicClient", "urn:ietf:wg:oauth:2.0:oob", 400),
        ("publicClient", "myapp://back#top", 400),
    ],
)
def test_each_platform_has_its_own(graph: Graph, platform: str, uri: str, status: int) -> None:
    """At creation and in a change alike; the platform is named in the error."""
    body = {"displayName": "redirects", "signInAudience": "AzureADMyOrg"}
    made = graph.post("/applications", {**body, platform: {"redirectUris": [uri]}})
    application = graph.application()
    changed = graph.patch(f"/applications/{application['id']}", {platform: {"redirectUris": [uri]}})

    assert made.status_code == status, made.text
    assert changed.status_code == (204 if status == 201 else status), changed.text
    if status == 400:
        assert [one["target"] for one in made.json()["error"]["details"]] == [platform]


def test_applications_for_personal_accounts_differ(graph: Graph) -> None:
    """Their schemes are their own; a fragment is refused all the same."""
    graph.application(signInAudience=PERSONAL, web={"redirectUris": ["myapp://back", "urn:a:b"]})
    body = {"displayName": "x", "signInAudience": PERSONAL, "web": {"redirectUris": ["a://b#c"]}}

    assert graph.post("/applications", body).status_code == 400
