"""Client assertions whoever signs them: their form, their claims, and their time."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from client_certificates import ClientCertificate, base64url
from token_requests import asserted_answer, sign_in_refused

if TYPE_CHECKING:
    from localtenant.testing import Ready

pytestmark = pytest.mark.local_only

ENSURE = "Ensure that you have all the necessary parameters for the login request."
MALFORMED = "JWT token is invalid or malformed."
PAGE = (
    "Review the documentation at "
    "https://learn.microsoft.com/entra/identity-platform/certificate-credentials ."
)


@pytest.fixture(scope="module")
def certificate() -> ClientCertificate:
    """Make a certificate that no application has: what is tested here is seen before it."""
    return ClientCertificate.made()


def test_assertion_needs_its_type(ready: Ready, certificate: ClientCertificate) -> None:
    """The form has to say what kind of assertion it holds, and only one kind is taken."""
    client_id = ready.env["ARM_CLIENT_ID"]
    assertion = certificate.assertion(ready, client_id)

    answer = asserted_answer(ready, client_id, assertion, client_assertion_type=None)
    text = "The request body must contain the following parameter: 'client_assertion_type'."
    sign_in_refused(answer, 400, "invalid_request", 900144, text)

    answer = asserted_answer(ready, client_id, assertion, client_assertion_type="saml")
    text = (
        "The parameter 'client_assertion_type' has an unsupported value 'saml'. It must be "
        "'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'."
    )
    sign_in_refused(answer, 400, "invalid_request", 90023, text)


HALF = rb'{"alg": "\ud800", "iss": "\ud800"}'
DEEP = base64url(b'{"a":' + b"[" * 90_000)


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    "assertion",
    [
        "not-a-token",
        "a.b.c",
        "....",
        "\u00e4.\u00e4.\u00e4",
        f"{base64url(b'[]')}.{base64url(b'{}')}.AA",
        f"{base64url(b'{}')}.{base64url(b'7')}.AA",
        f"{DEEP}.{DEEP}.AA",
        f"{base64url(HALF)}.{base64url(HALF)}.AA",
    ],
    ids=["word", "letters", "dots", "umlauts", "array", "number", "deep", "half a character"],
)
def test_what_is_no_token(ready: Ready, assertion: str) -> None:
    """Whatever is sent, the answer is Entra's."""
    answer = asserted_answer(ready, ready.env["ARM_CLIENT_ID"], assertion)

    sign_in_refused(answer, 400, "invalid_request", 50027, MALFORMED)


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    ("claims", "number", "text"),
    [
        *(
            (
                {name: None},
                90014,
                f"The required field '{name}' is missing from the credential. {ENSURE}",
            )
            for name in ("iss", "sub", "aud")
        ),
        ({"sub": 7}, 50027, MALFORMED),
        ({"aud": {"a": "b"}}, 50027, MALFORMED),
        ({"aud": ["a", 7]}, 50027, MALFORMED),
        ({"iss": ["a"]}, 50027, MALFORMED),
        ({"exp": "tomorrow"}, 50027, MALFORMED),
        ({"nbf": True}, 50027, MALFORMED),
    ],
)
def test_claims_of_a_wrong_form(
    ready: Ready,
    certificate: ClientCertificate,
    claims: dict[str, Any],
    number: int,
    text: str,
) -> None:
    """Issuer, subject and audience have to be there, and every claim of its type."""
    client_id = ready.env["ARM_CLIENT_ID"]
    given = json.loads(
        json.dumps({"iss": client_id, "sub": client_id, "aud": "a", "exp": 1, **claims})
    )
    payload = json.dumps({k: v for k, v in given.items() if v is not None}).encode()
    header = {"alg": "RS256", "typ": "JWT", "x5t": "AA"}

    answer = asserted_answer(ready, client_id, certificate.signed_text(header, payload))

    sign_in_refused(answer, 400, "invalid_request", number, text)


@pytest.mark.cases("abuse of the sign-in")
def test_header_of_another_type(ready: Ready, certificate: ClientCertificate) -> None:
    """A header that names a type has to name JWT."""
    client_id = ready.env["ARM_CLIENT_ID"]
    assertion = certificate.assertion(ready, client_id, {"typ": "at+jwt"})

    text = "Invalid JWT header type specified, must be 'JWT' or 'http://openid.net/specs/jwt/1.0'."
    answer = asserted_answer(ready, client_id, assertion)
    sign_in_refused(answer, 400, "invalid_request", 5002727, text)


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize("algorithm", ["HS256", "none", "['RS256']", 7])
def test_algorithm_that_is_not_taken(ready: Ready, algorithm: str | int) -> None:
    """A symmetric or absent signature would prove nothing."""
    client_id = ready.env["ARM_CLIENT_ID"]
    header, claims = {"alg": algorithm}, {"iss": client_id, "sub": client_id, "aud": "a"}
    parts = [base64url(json.dumps(part).encode()) for part in (header, claims)]

    answer = asserted_answer(ready, client_id, f"{parts[0]}.{parts[1]}.")

    text = (
        f"Invalid JWT token. '{algorithm}' is not a supported signature algorithm. Supported "
        "signing algorithms are: 'RS256,RS384,RS512,PS256,PS384,PS512'"
    )
    sign_in_refused(answer, 401, "invalid_client", 5002738, text)


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    ("start", "end"),
    [(-20, -10), (600, 900), (None, None), (-20, float("-inf")), (float("inf"), 900)],
    ids=["over", "not yet", "none", "before 1970", "after all time"],
)
def test_assertion_outside_its_time(
    ready: Ready, certificate: ClientCertificate, start: float | None, end: float | None
) -> None:
    """The answer tells the times, and what is missing counts as 1970."""
    client_id, now = ready.env["ARM_CLIENT_ID"], time.time()
    times = {"nbf": start, "exp": end}
    claims = {k: v if v is None else now + v for k, v in times.items()}
    header = {"alg": "RS256", "x5t": base64url(certificate.sha1)}
    payload = {"iss": client_id, "sub": client_id, "aud": f"{ready.url}/{ready.tenantId}/v2.0"}
    payload |= {k: v for k, v in claims.items() if v is not None}

    assertion = certificate.signed_text(header, json.dumps(payload).encode())
    answer = asserted_answer(ready, client_id, assertion)

    body = answer.json()
    assert (answer.status_code, body["error"]) == (401, "invalid_client")
    said = body["error_description"]
    assert said.startswith(
        "AADSTS700024: Client assertion is not within its valid time range. Current time: 20"
    )
    told = f"valid from {_told(claims['nbf'])}, expiry time of assertion {_told(claims['exp'])}. "
    assert told + PAGE in said


def test_second_that_was_rounded_up(ready: Ready, certificate: ClientCertificate) -> None:
    """MSAL for Node signs assertions that begin up to half a second later."""
    client_id, now = ready.env["ARM_CLIENT_ID"], time.time()
    header = {"alg": "RS256", "x5t": base64url(certificate.sha1)}
    payload = {"iss": client_id, "sub": client_id, "aud": f"{ready.url}/{ready.tenantId}/v2.0"}
    times = {"nbf": now + 0.9, "exp": now + 600}

    assertion = certificate.signed_text(header, json.dumps({**payload, **times}).encode())
    answer = asserted_answer(ready, client_id, assertion)

    assert "AADSTS700024" not in answer.text


def _told(second: float | None) -> str:
    """Tell a time as Entra does, with 100 ns."""
    kept = min(max(second or 0, 0), 253402300799)
    return f"{datetime.fromtimestamp(kept, UTC):%Y-%m-%dT%H:%M:%S.%f}0Z"
