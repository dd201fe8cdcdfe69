"""Key credentials of applications and service principals: what they say, and what is refused."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from client_certificates import ClientCertificate

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from localtenant.testing_client import Graph

END_INVALID = ("KeyCredentialsInvalidEndDate", "Key credential end date is invalid.")
VALUE_INVALID = ("KeyCredentialsInvalidValue", "Key credential value is invalid.")


@pytest.fixture(scope="module")
def certificate() -> ClientCertificate:
    """Make a certificate for a year."""
    return ClientCertificate.made()


@pytest.fixture(params=["applications", "servicePrincipals"])
def path(graph: Graph, request: pytest.FixtureRequest) -> str:
    """Make an object that holds keys; its path."""
    made = graph.application() if request.param == "applications" else graph.principal()
    return f"/{request.param}/{made['id']}"


def bare(certificate: ClientCertificate, **changes: object) -> dict[str, Any]:
    """Build the least that registers a certificate."""
    key = certificate.credential()["key"]
    return {"type": "AsymmetricX509Cert", "usage": "Verify", "key": key, **changes}


def kept(graph: Graph, path: str) -> list[dict[str, Any]]:
    """Read the key credentials as a plain GET shows them."""
    return graph.read(path)["keyCredentials"]


def test_certificate_fills_in_what_the_body_leaves_open(
    graph: Graph, path: str, certificate: ClientCertificate
) -> None:
    """Thumbprint, name and dates come from the certificate; the key itself is not shown."""
    assert graph.patch(path, {"keyCredentials": [bare(certificate)]}).status_code == 204

    (shown,) = kept(graph, path)
    whole = certificate.credential(
        displayName=certificate.certificate.subject.rfc4514_string(), key=None
    )
    assert shown == whole | {"keyId": shown["keyId"]}
    assert shown["keyId"]


@pytest.mark.parametrize("place", ["/applications", "/servicePrincipals"])
def test_certificate_of_a_new_object(
    graph: Graph, place: str, certificate: ClientCertificate
) -> None:
    """A POST may carry a certificate; what it says beside the key stays as it was given."""
    body = {"displayName": "with a key"}
    if place == "/servicePrincipals":
        body = {"appId": graph.application()["appId"]}
    given = certificate.credential(customKeyIdentifier="AQID", displayName="mine")

    made = graph.made(place, body | {"keyCredentials": [given]})

    assert made["keyCredentials"] == [given | {"key": None}]


def test_pem_text_is_taken_for_its_certificate(
    graph: Graph, path: str, certificate: ClientCertificate
) -> None:
    """The azuread plugin sends the base64 of PEM text; what is kept is the certificate."""
    pem = base64.b64encode(certificate.public_pem.encode()).decode()
    graph.patch(path, {"keyCredentials": [bare(certificate, key=pem)]})

    (shown,) = graph.read(path, {"$select": "keyCredentials"})["keyCredentials"]
    assert shown["key"] == certificate.credential()["key"]


def test_public_key_is_shown_to_who_selects_it_of_one_object(
    graph: Graph, path: str, certificate: ClientCertificate
) -> None:
    """Only ``$select=keyCredentials`` of one object shows the key, and no list does."""
    secret = {"type": "Symmetric", "usage": "Sign", "key": "AAAA"}
    graph.patch(path, {"keyCredentials": [bare(certificate), secret]})
    one, select = graph.read(path), {"$select": "id,keyCredentials"}

    keys = [c["key"] for c in graph.read(path, select)["keyCredentials"]]
    named = {**select, "$filter": f"displayName eq '{one['displayName']}'"}
    (listed,) = graph.read(path.rpartition("/")[0], named)["value"]

    assert keys == [certificate.credential()["key"], None]
    assert [c["key"] for c in listed["keyCredentials"]] == [None, None]
    assert [c["key"] for c in one["keyCredentials"]] == [None, None]
    property_ = graph.read(f"{path}/keyCredentials")["value"]
    assert [c["key"] for c in property_] == [None, None]


def test_list_replaces_and_keeps_what_it_repeats(
    graph: Graph, path: str, certificate: ClientCertificate
) -> None:
    """Entries without a key stay what they are by their key ID; those not named are gone."""
    other = {"type": "Symmetric", "usage": "Verify", "key": "AAAA"}
    graph.patch(path, {"keyCredentials": [bare(certificate), other]})
    before = kept(graph, path)

    for echoed in (before, before[:1]):
        assert graph.patch(path, {"keyCredentials": echoed}).status_code == 204
        assert kept(graph, path) == echoed
    (shown,) = graph.read(path, {"$select": "keyCredentials"})["keyCredentials"]
    assert shown["key"] == certificate.credential()["key"]
    assert graph.patch(path, {"keyCredentials": [shown]}).status_code == 204
    assert graph.patch(path, {"keyCredentials": []}).status_code == 204
    assert kept(graph, path) == []


@pytest.mark.parametrize(
    "change", [{"endDateTime": "2026-12-01T00:00:00Z"}, {"usage": "Sign"}, {"key": "AAAA"}]
)
def test_present_key_is_not_changed(graph: Graph, path: str, change: dict[str, str]) -> None:
    """Another key, another usage or other dates under a known key ID are refused."""
    graph.patch(path, {"keyCredentials": [{"type": "Symmetric", "usage": "Verify", "key": "BBBB"}]})
    (before,) = kept(graph, path)

    answer = graph.patch(path, {"keyCredentials": [before | change]})

    message = f"Update to existing credential with KeyId '{before['keyId']}' is not allowed."
    refused(answer, 400, "Request_BadRequest", message)
    assert answer.json()["error"]["details"][0]["code"] == "KeyNotUpdatable"


def test_key_ids_are_distinct(graph: Graph, path: str) -> None:
    """Two new keys cannot share a key ID."""
    key = {"type": "Symmetric", "usage": "Verify", "key": "AAAA", "keyId": str(uuid4())}

    answer = graph.patch(path, {"keyCredentials": [key, key]})

    message = "Request contains a property with duplicate values."
    refused(answer, 400, "DuplicateValue", message)


@pytest.mark.parametrize(
    "key", [{"key": None}, {"key": "AAAA"}, {"key": base64.b64encode(b"-----BEGIN x").decode()}]
)
def test_key_must_be_a_certificate(
    graph: Graph, path: str, certificate: ClientCertificate, key: dict[str, Any]
) -> None:
    """A certificate that is missing or cannot be read is refused."""
    answer = graph.patch(path, {"keyCredentials": [bare(certificate, **key)]})

    refused(answer, 400, *VALUE_INVALID)


def test_key_ends_with_its_certificate(
    graph: Graph, path: str, certificate: ClientCertificate
) -> None:
    """An end beyond the certificate's is refused, as the azuread plugin's users know it."""
    late = certificate.certificate.not_valid_after_utc + timedelta(seconds=1)
    key = bare(certificate, endDateTime=late.strftime("%Y-%m-%dT%H:%M:%SZ"))

    answer = graph.patch(path, {"keyCredentials": [key]})

    refused(answer, 400, *END_INVALID)
    (detail,) = answer.json()["error"]["details"]
    assert (detail["code"], detail["target"]) == ("InvalidKeyEndDate", "keyCredentials.endDateTime")


def test_key_ends_after_it_starts(graph: Graph, path: str) -> None:
    """An end before the start is an invalid end."""
    dates = {"startDateTime": "2026-01-02T00:00:00Z", "endDateTime": "2026-01-01T00:00:00Z"}
    key = {"type": "Symmetric", "usage": "Verify", "key": "AAAA", **dates}

    refused(graph.patch(path, {"keyCredentials": [key]}), 400, *END_INVALID)


def test_key_starts_with_its_certificate(
    graph: Graph, path: str, certificate: ClientCertificate
) -> None:
    """A start before the certificate's is refused."""
    key = bare(certificate, startDateTime="2020-01-01T00:00:00Z")

    answer = graph.patch(path, {"keyCredentials": [key]})

    message = "Key credential start date is invalid."
    refused(answer, 400, "KeyCredentialsInvalidStartDate", message)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Certificate"},
        {"type": None},
        {"usage": None},
        {"type": "Symmetric", "usage": "Encrypt"},
    ],
)
def test_key_has_a_known_type_and_usage(
    graph: Graph, path: str, certificate: ClientCertificate, change: dict[str, str | None]
) -> None:
    """A type that Entra does not have, or a usage that does not go with it, is refused."""
    answer = graph.patch(path, {"keyCredentials": [bare(certificate, **change)]})

    resource = "Application" if path.startswith("/applications") else "ServicePrincipal"
    message = f"Invalid value specified for property 'keyCredentials' of resource '{resource}'."
    refused(answer, 400, "Request_BadRequest", message)


def test_audit_log_has_no_keys(graph: Graph, path: str) -> None:
    """The record of the change says that there is another key, and not which."""
    secret = base64.b64encode(uuid4().bytes).decode()
    key = {"type": "Symmetric", "usage": "Sign", "key": secret}
    assert graph.patch(path, {"keyCredentials": [key]}).status_code == 204

    newest = graph.read("/auditLogs/directoryAudits", {"$top": 1})["value"][0]

    (target,) = newest["targetResources"]
    changes = {c["displayName"]: c["newValue"] for c in target["modifiedProperties"]}
    assert target["id"] == path.rpartition("/")[2]
    assert kept(graph, path)[0]["keyId"] in changes["keyCredentials"]
    assert secret not in changes["keyCredentials"]
