"""Rolling keys with a proof of a present one, and certificates that Entra makes itself."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from client_certificates import ClientCertificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

AUDIENCE = "00000002-0000-0000-c000-000000000000"
NO_PROOF = ("Authentication_MissingOrMalformed", "Access Token missing or malformed.")


@pytest.fixture(scope="module")
def present() -> ClientCertificate:
    """Make the certificate that the object has."""
    return ClientCertificate.made()


@pytest.fixture(scope="module")
def coming() -> ClientCertificate:
    """Make the certificate that it gets."""
    return ClientCertificate.made(elliptic=True)


@pytest.fixture(params=["applications", "servicePrincipals"])
def path(graph: Graph, request: pytest.FixtureRequest, present: ClientCertificate) -> str:
    """Make an object with a certificate; its path."""
    made = graph.application() if request.param == "applications" else graph.principal()
    path = f"/{request.param}/{made['id']}"
    assert graph.patch(path, {"keyCredentials": [new(present)]}).status_code == 204
    return path


def new(certificate: ClientCertificate) -> Json:
    """Build the key credential of a certificate."""
    key = certificate.credential()["key"]
    return {"type": "AsymmetricX509Cert", "usage": "Verify", "key": key}


def proof(certificate: ClientCertificate, path: str, **changes: object) -> str:
    """Sign a proof that the holder of a certificate speaks for an object."""
    now = int(time.time())
    claims: dict[str, Any] = {"aud": AUDIENCE, "iss": path.rpartition("/")[2]}
    claims |= {"nbf": now, "exp": now + 600, **changes}
    elliptic = certificate.certificate.public_key().__class__.__name__.startswith("E")
    return certificate.signed({"alg": "ES256" if elliptic else "RS256", "typ": "JWT"}, claims)


def add(graph: Graph, path: str, certificate: ClientCertificate, proof: str) -> Any:
    """Ask for a key to be added."""
    body = {"keyCredential": new(certificate), "passwordCredential": None, "proof": proof}
    return graph.post(f"{path}/addKey", body)


def test_key_is_rolled(
    graph: Graph, path: str, present: ClientCertificate, coming: ClientCertificate
) -> None:
    """A key proves the right to add the next, and the next the right to remove the first."""
    answer = add(graph, path, coming, proof(present, path))

    added = answer.json()
    assert answer.status_code == 200
    assert added["@odata.context"].endswith("$metadata#microsoft.graph.keyCredential")
    assert (added["key"], added["customKeyIdentifier"]) == (None, coming.sha1.hex().upper())
    first, second = graph.read(path)["keyCredentials"]
    assert second["keyId"] == added["keyId"]

    body = {"keyId": first["keyId"], "proof": proof(coming, path)}
    assert graph.post(f"{path}/removeKey", body).status_code == 204
    assert graph.read(path)["keyCredentials"] == [second]


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "00000003-0000-0000-c000-000000000000"},
        {"iss": str(uuid4())},
        {"exp": int(time.time()) - 1},
        {"exp": int(time.time()) + 3600},
        {"nbf": int(time.time()) + 3600, "exp": int(time.time()) + 4200},
        {"nbf": "now"},
        {"exp": True},
    ],
    ids="-".join,
)
def test_proof_says_who_when_and_for_whom(
    graph: Graph,
    path: str,
    present: ClientCertificate,
    coming: ClientCertificate,
    changes: dict[str, object],
) -> None:
    """A proof for another audience or object, too old, too early or too long is none."""
    signed = proof(present, path, **changes)

    refused(add(graph, path, coming, signed), 401, *NO_PROOF)
    body = {"keyId": graph.read(path)["keyCredentials"][0]["keyId"], "proof": signed}
    refused(graph.post(f"{path}/removeKey", body), 401, *NO_PROOF)


def test_proof_is_signed_by_a_present_key(
    graph: Graph, path: str, coming: ClientCertificate
) -> None:
    """A key that is still to come proves nothing, and text that is no token neither."""
    for signed in (proof(coming, path), "eyJ0eXAiOiJ...", ""):
        refused(add(graph, path, coming, signed), 401, *NO_PROOF)


def test_proof_by_a_key_whose_time_is_over(
    graph: Graph, path: str, present: ClientCertificate, coming: ClientCertificate
) -> None:
    """An expired key does not roll; the object has to be updated instead."""
    start = present.certificate.not_valid_before_utc
    dates = [(start + timedelta(hours=h)).strftime("%Y-%m-%dT%H:%M:%SZ") for h in (0, 1)]
    over = {"startDateTime": dates[0], "endDateTime": dates[1]}
    assert graph.patch(path, {"keyCredentials": [new(present) | over]}).status_code == 204

    refused(add(graph, path, coming, proof(present, path)), 401, *NO_PROOF)


def test_unknown_key_cannot_be_removed(graph: Graph, path: str, present: ClientCertificate) -> None:
    """RemoveKey of a key ID that is not there names it."""
    key_id = str(uuid4())

    answer = graph.post(f"{path}/removeKey", {"keyId": key_id, "proof": proof(present, path)})

    message = f"No key credential found with keyId {key_id}."
    refused(answer, 400, "Request_BadRequest", message)


def test_private_key_needs_its_password(
    graph: Graph, path: str, present: ClientCertificate
) -> None:
    """A PFX comes with the password that opens it, which becomes a credential beside the key."""
    key = {"type": "X509CertAndPassword", "usage": "Sign", "key": "AAAA"}
    body: Json = {"keyCredential": key, "proof": proof(present, path)}

    message = "A password is required for a key of type 'X509CertAndPassword'."
    refused(graph.post(f"{path}/addKey", body), 400, "Request_BadRequest", message)
    opened = body | {"passwordCredential": {"secretText": "secret"}}
    added = graph.post(f"{path}/addKey", opened).json()
    (password,) = graph.read(path)["passwordCredentials"]
    assert (password["keyId"], password["secretText"]) == (added["keyId"], None)


def test_signing_certificate_leaves_three_credentials(graph: Graph) -> None:
    """Entra makes a private and a public key and a password, under one identifier."""
    path = f"/servicePrincipals/{graph.principal()['id']}"
    end = (datetime.now(UTC) + timedelta(days=400)).strftime("%Y-%m-%dT%H:%M:%SZ")

    answer = graph.post(
        f"{path}/addTokenSigningCertificate", {"displayName": "CN=sso", "endDateTime": end}
    )

    made = answer.json()
    certificate = x509.load_der_x509_certificate(base64.b64decode(made["key"]))
    thumbprint = certificate.fingerprint(hashes.SHA1())  # noqa: S303 - it names the certificate
    assert answer.status_code == 200
    assert made["@odata.context"].endswith("$metadata#microsoft.graph.selfSignedCertificate")
    assert certificate.subject.rfc4514_string() == made["displayName"] == "CN=sso"
    assert certificate.not_valid_after_utc == datetime.fromisoformat(made["endDateTime"])
    assert (made["endDateTime"], made["usage"]) == (end, "Verify")
    assert made["thumbprint"] == thumbprint.hex().upper()
    assert base64.b64decode(made["customKeyIdentifier"]) == thumbprint
    read = graph.read(path)
    private, public = read["keyCredentials"]
    (password,) = read["passwordCredentials"]
    assert (private["type"], private["usage"]) == ("X509CertAndPassword", "Sign")
    assert public["keyId"] == made["keyId"] != private["keyId"]
    assert private["keyId"] == password["keyId"]
    identifiers = {c["customKeyIdentifier"] for c in (private, public, password)}
    assert identifiers == {made["customKeyIdentifier"]}
    chosen = {"preferredTokenSigningKeyThumbprint": made["thumbprint"]}
    assert graph.patch(path, chosen).status_code == 204
    assert graph.patch(path, {"keyCredentials": [], "passwordCredentials": []}).status_code == 204
    emptied = graph.read(path)
    assert (emptied["keyCredentials"], emptied["passwordCredentials"]) == ([], [])


def test_signing_certificate_lasts_three_years_at_most(graph: Graph) -> None:
    """Three years are the default and the most; an end in the past is none."""
    path = f"/servicePrincipals/{graph.principal()['id']}/addTokenSigningCertificate"

    made = graph.post(path, {"displayName": "CN=sso"}).json()
    lasting = datetime.fromisoformat(made["endDateTime"]) - datetime.now(UTC)
    assert timedelta(days=3 * 365 - 1) < lasting <= timedelta(days=3 * 365)
    for days in (3 * 365 + 10, -1):
        end = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = graph.post(path, {"displayName": "CN=sso", "endDateTime": end})
        refused(answer, 400, "KeyCredentialsInvalidEndDate", "Key credential end date is invalid.")


def test_signing_certificate_has_a_name_of_its_own(graph: Graph) -> None:
    """Nothing needs to be said of it."""
    path = f"/servicePrincipals/{graph.principal()['id']}/addTokenSigningCertificate"

    made = graph.post(path, {}).json()

    assert made["displayName"] == "CN=Microsoft Azure Federated SSO Certificate"


@pytest.mark.parametrize("name", ["sso", "CN=", f"CN={'x' * 65}"])
def test_signing_certificate_has_a_common_name(graph: Graph, name: str) -> None:
    """The name starts with CN= and fits into a certificate."""
    path = f"/servicePrincipals/{graph.principal()['id']}/addTokenSigningCertificate"

    message = "Invalid value specified for property 'displayName' of resource 'ServicePrincipal'."
    refused(graph.post(path, {"displayName": name}), 400, "Request_BadRequest", message)


def test_private_key_and_password_by_patch(graph: Graph) -> None:
    """A PATCH may bring a PFX and, under its key ID, the password; no other password."""
    path = f"/servicePrincipals/{graph.principal()['id']}"
    key_id = str(uuid4())
    key = {"type": "X509CertAndPassword", "usage": "Sign", "key": "AAAA", "keyId": key_id}
    body = {"keyCredentials": [key], "passwordCredentials": [{"keyId": key_id, "secretText": "s"}]}

    assert graph.patch(path, body).status_code == 204
    (password,) = graph.read(path)["passwordCredentials"]
    assert (password["keyId"], password["secretText"]) == (key_id, None)
    message = "New password credentials must be generated with service actions."
    answer = graph.patch(path, {"passwordCredentials": [{"secretText": "s"}]})
    refused(answer, 400, "Request_BadRequest", message)
