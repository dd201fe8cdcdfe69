"""The images of company branding: uploaded, served, and in the way of a deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from localtenant.entities.branding.branding_type import STREAMS
from localtenant.testing_client import Graph, missing, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from localtenant.odata.model import Stream

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"


@pytest.fixture
def path(graph: Graph) -> Iterator[str]:
    """Name the path of the branding; what the test leaves of it is taken away."""
    path = f"/organization/{graph.tenant_id}/branding"
    yield path
    places = [path, f"{path}/localizations/fr-FR"]
    for place in places:
        for stream in STREAMS:
            graph.delete(f"{place}/{stream.name}")
    for place in reversed(places):
        graph.delete(place)


def put(
    graph: Graph, path: str, content: bytes = PNG, content_type: str = "image/png"
) -> httpx.Response:
    """Upload an image."""
    return graph.http.put(f"/v1.0{path}", content=content, headers={"Content-Type": content_type})


@pytest.mark.parametrize("stream", STREAMS, ids=lambda s: s.name)
def test_each_image_reads_back(graph: Graph, path: str, stream: Stream) -> None:
    """It is served as it was sent, at both paths of the default branding, which it has made."""
    kind = stream.content_types[0]

    assert put(graph, f"{path}/{stream.name}", content_type=kind).status_code == 204

    for place in (path, f"{path}/localizations/0", f"{path}/localizations/default"):
        answer = graph.get(f"{place}/{stream.name}")
        assert (answer.content, answer.headers["content-type"]) == (PNG, kind)
    read = graph.read(path)
    assert f"/0/{stream.name.lower()}?ts=" in read[f"{stream.name}RelativeUrl"]
    assert read["cdnList"] == [urlsplit(graph.url).netloc]


def test_an_image_of_a_localization_is_its_own(graph: Graph, path: str) -> None:
    """The default has none; what Microsoft's SDKs call the content's type is accepted."""
    graph.made(f"{path}/localizations", {"id": "fr-FR"})
    own = f"{path}/localizations/fr-FR"

    sent = put(graph, f"{own}/bannerLogo", content_type="application/octet-stream")

    assert sent.status_code == 204
    assert graph.get(f"{own}/bannerLogo").content == PNG
    assert "/fr-FR/bannerlogo?ts=" in graph.read(own)["bannerLogoRelativeUrl"]
    assert graph.read(path)["bannerLogoRelativeUrl"] is None
    assert graph.read(path)["cdnList"] == []


def test_an_image_that_is_not_set_is_empty(graph: Graph, path: str) -> None:
    """It is answered with an empty object, once there is branding at all."""
    tenant = graph.tenant_id
    refused(graph.get(f"{path}/favicon"), 404, "Request_ResourceNotFound", missing(tenant))
    graph.patch(path, {"signInPageText": "Hello"})

    answer = graph.get(f"{path}/favicon")

    assert (answer.status_code, answer.json()) == (200, {})


def test_images_keep_their_branding(graph: Graph, path: str) -> None:
    """Neither the default nor a localization can be deleted before its images are removed."""
    graph.made(f"{path}/localizations", {"id": "fr-FR"})
    for place, key in ((f"{path}/localizations/fr-FR", "fr-FR"), (path, "0")):
        put(graph, f"{place}/squareLogo")
        refused(
            graph.delete(place),
            400,
            "Request_BadRequest",
            f"The branding '{key}' cannot be deleted before all its images are removed.",
        )
        assert graph.delete(f"{place}/squareLogo").status_code == 204
        assert graph.get(f"{place}/squareLogo").json() == {}
        assert graph.delete(place).status_code == 204


@pytest.mark.parametrize(
    ("name", "content", "content_type", "message"),
    [
        (
            "bannerLogo",
            PNG,
            "image/gif",
            (
                "The content type 'image/gif' is not supported for 'bannerLogo': image/jpeg, "
                "image/png, image/*, application/octet-stream."
            ),
        ),
        (
            "customCSS",
            PNG,
            "image/png",
            (
                "The content type 'image/png' is not supported for 'customCSS': text/css, "
                "application/octet-stream."
            ),
        ),
        (
            "squareLogo",
            b"x" * (10 * 1024 + 1),
            "image/png",
            "The content of 'squareLogo' must be of 1 to 10240 bytes.",
        ),
        (
            "squareLogo",
            b"",
            "image/png",
            "The content of 'squareLogo' must be of 1 to 10240 bytes.",
        ),
    ],
    ids=["type", "no style", "too large", "empty"],
)
def test_images_that_do_not_fit_are_refused(
    graph: Graph, path: str, name: str, content: bytes, content_type: str, message: str
) -> None:
    """Each has its types and its size; what is refused makes no branding."""
    answer = put(graph, f"{path}/{name}", content, content_type)

    refused(answer, 400, "Request_BadRequest", message)
    assert graph.get(path).status_code == 404
