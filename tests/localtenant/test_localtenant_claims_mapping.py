"""Claims that a policy maps: where they come from, whose token has them, and when none may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from client_certificates import ClientCertificate
from signing_browser import Browser, redirect_refused, refused, returned
from signing_policies import Policies, accept, hold, principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signing_in import SignIns

    from localtenant.odata.types import Json

pytestmark = pytest.mark.local_only

NO_KEY = (
    "This application is required to be configured with an application-specific signing key. It is "
    "either not configured with one, or the key has expired or is not yet valid."
)
CITY: Json = {"Source": "user", "ID": "city", "JwtClaimType": "town"}


@pytest.fixture
def policies(signing: SignIns) -> Iterator[Policies]:
    """Make policies for one test, of applications that let mapped claims in."""
    for app in (signing.web, signing.api):
        accept(signing, app)
    signing.changed(
        f"/users/{signing.user['id']}", {"city": "Turin", "otherMails": ["a@b.example"]}
    )
    made = Policies(signing)
    yield made
    made.drop()
    for app in (signing.web, signing.api):
        hold(signing, app)


def claims_of(signing: SignIns) -> tuple[Json, Json]:
    """Sign the customer in to the web application: what the access and the ID token say."""
    body = signing.tokens(signing.web)
    return signing.claims(body["access_token"]), signing.claims(body["id_token"])


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        (CITY, "Turin"),
        ({"source": "USER", "id": "City", "jwtClaimType": "town"}, "Turin"),
        ({"Source": "user", "ID": "othermail", "JwtClaimType": "town"}, "a@b.example"),
        ({"Value": "fixed", "JwtClaimType": "town"}, "fixed"),
        ({"Source": "application", "ID": "displayname", "JwtClaimType": "town"}, "web"),
        ({"Source": "audience", "ID": "displayname", "JwtClaimType": "town"}, "web"),
        ({"Source": "user", "ID": "department", "JwtClaimType": "town"}, None),
        ({"Source": "user", "ID": "passwordProfile", "JwtClaimType": "town"}, None),
        ({"Source": "user", "ExtensionID": "identityKeys", "JwtClaimType": "town"}, None),
        ({"Source": "CustomClaimsProvider", "ID": "city", "JwtClaimType": "town"}, None),
        ({"Source": "moon", "ID": "displayname", "JwtClaimType": "town"}, None),
        ({"JwtClaimType": "town"}, None),
        ({"Value": ["a"], "JwtClaimType": "town"}, None),
        ({"Source": "user", "ID": "city", "JwtClaimType": 7}, None),
        ({"Value": "half a character \ud800", "JwtClaimType": "town"}, None),
        ({"Source": ["user"], "ID": {"city": 1}, "JwtClaimType": "town"}, None),
    ],
)
def test_sources(signing: SignIns, policies: Policies, entry: Json, value: str | None) -> None:
    """A claim comes from the user or a service principal; without a value there is none."""
    policies.claims([entry], principal(signing.web))

    access, of_client = claims_of(signing)

    assert of_client.get("town") == value
    assert "town" not in access


def test_tenant_as_a_source(signing: SignIns, policies: Policies) -> None:
    """Its country."""
    place = f"/v1.0/organization/{signing.caller.tenant.tenant_id}"
    country = signing.caller.ask("GET", place).body["countryLetterCode"]
    policies.claims(
        [{"Source": "company", "ID": "tenantcountry", "JwtClaimType": "land"}],
        principal(signing.web),
    )

    assert claims_of(signing)[1].get("land") == country


def test_extension_attribute(signing: SignIns, policies: Policies) -> None:
    """A directory extension is named by its whole name."""
    made = signing.made(
        f"/applications/{signing.web.id}/extensionProperties",
        {"name": "loyaltyNumber", "dataType": "String", "targetObjects": ["User"]},
    )["name"]
    signing.changed(f"/users/{signing.user['id']}", {made: "L-7"})
    policies.claims(
        [{"Source": "user", "ExtensionID": made, "JwtClaimType": "loyalty"}],
        principal(signing.web),
    )

    assert claims_of(signing)[1]["loyalty"] == "L-7"


def test_policy_of_the_api_is_for_its_access_tokens(signing: SignIns, policies: Policies) -> None:
    """For users' tokens, and for those of an application by itself, which has no user's claims."""
    client = {"Source": "application", "ID": "displayname", "JwtClaimType": "caller"}
    policies.claims([CITY, client], principal(signing.api))

    access, of_client = claims_of(signing)
    daemon = signing.token(
        grant_type="client_credentials",
        client_id=signing.web.client_id,
        scope=f"api://{signing.api.client_id}/.default",
        **signing.web.credential,
    )

    assert (access["town"], access["caller"]) == ("Turin", "web")
    assert "town" not in of_client
    own = signing.claims(daemon.body["access_token"])
    assert own["caller"] == "web"
    assert "town" not in own


@pytest.mark.parametrize(
    "name", ["sub", "oid", "aud", "ROLES", "scp", "iss", "email", "xms_edov", "extn.level"]
)
def test_restricted_claims_stay(signing: SignIns, policies: Policies, name: str) -> None:
    """No policy makes a token say that it is somebody else's, or may do more."""
    before = claims_of(signing)[1].get(name)
    policies.claims([{"Value": "forged", "JwtClaimType": name}], principal(signing.web))

    assert claims_of(signing)[1].get(name) == before


def test_basic_claims_can_be_left_out_or_changed(signing: SignIns, policies: Policies) -> None:
    """The name is of the basic claim set."""
    policies.claims([], principal(signing.web), IncludeBasicClaimSet="false")
    without = claims_of(signing)[1]
    policies.drop()
    nick = {"Source": "user", "ID": "givenname", "JwtClaimType": "name"}
    policies.claims([nick], principal(signing.web), IncludeBasicClaimSet="true")

    assert "name" not in without
    assert without["preferred_username"] == "ada@customer.example"
    assert claims_of(signing)[1]["name"] == "Ada"


def transformation(method: str, inputs: dict[str, str], **parameters: str) -> list[Json]:
    """What makes ``new`` of values of the schema."""
    return [
        {
            "ID": "change",
            "TransformationMethod": method,
            "InputClaims": [
                {"ClaimTypeReferenceId": of, "TransformationClaimType": name}
                for name, of in inputs.items()
            ],
            "InputParameters": [{"ID": n, "Value": v} for n, v in parameters.items()],
            "OutputClaims": [{"ClaimTypeReferenceId": "new", "TransformationClaimType": "out"}],
        }
    ]


@pytest.mark.parametrize(
    ("transformations", "value"),
    [
        (
            transformation("Join", {"string1": "givenname", "string2": "surname"}, separator="."),
            "Ada.Lovelace",
        ),
        (transformation("Join", {"string1": "givenname", "string2": "state"}), None),
        (transformation("ExtractMailPrefix", {"mail": "othermail"}), "a"),
        (transformation("ToUppercase()", {"sourceClaim": "surname"}), "LOVELACE"),
        (transformation("ToLowercase()", {"sourceClaim": "surname"}), "lovelace"),
        (transformation("ToLowercase()", {}), None),
        (transformation("RegexReplace()", {"sourceClaim": "surname"}), None),
        ([], None),
        ("no array", None),
    ],
)
def test_transformations(
    signing: SignIns, policies: Policies, transformations: Any, value: str | None
) -> None:
    """A claim can be made of others; one that cannot be made is left out."""
    sources = [
        {"Source": "user", "ID": name} for name in ("givenname", "surname", "state", "othermail")
    ]
    made = {"Source": "transformation", "ID": "new", "TransformationId": "change"}
    policies.claims(
        [*sources, {**made, "JwtClaimType": "made"}],
        principal(signing.web),
        ClaimsTransformation=transformations,
    )

    assert claims_of(signing)[1].get("made") == value


@pytest.mark.parametrize(("version", "let"), [(2, False), (1, True), (None, True)])
def test_application_that_does_not_let_claims_in(
    signing: SignIns, policies: Policies, version: int | None, *, let: bool
) -> None:
    """A policy without the manifest's leave, or for tokens of version 1, ends the sign-in."""
    code = signing.code(signing.web)
    policies.claims([CITY], principal(signing.web))
    accept(signing, signing.web, version, let=let)

    refused(signing.redeem(signing.web, code), 400, "invalid_request", 50146, NO_KEY)
    # What is refused is not spent.
    accept(signing, signing.web)
    assert signing.redeem(signing.web, code).status == 200


def test_refusal_at_the_redirect_uri(signing: SignIns, policies: Policies) -> None:
    """Where an ID token would have come along, the application is told."""
    implicit = {"web": {"implicitGrantSettings": {"enableIdTokenIssuance": True}}}
    signing.changed(f"/applications/{signing.web.id}", implicit)
    policies.claims([CITY], principal(signing.web))
    asked = {"response_type": "id_token", "nonce": "n"}
    told = returned(Browser(signing).signed_in(signing.web, **asked))
    accept(signing, signing.web, let=False)

    answer = Browser(signing).signed_in(signing.web, **asked)

    assert signing.claims(told["id_token"])["town"] == "Turin"
    redirect_refused(answer, "invalid_request", 50146, NO_KEY)


def test_signing_key_of_its_own(signing: SignIns, policies: Policies) -> None:
    """It lets claims in as long as it is valid, and only one that is for signing."""
    accept(signing, signing.web, let=False)
    policies.claims([CITY], principal(signing.web))
    certificate = ClientCertificate.made()
    over = f"{datetime.now(UTC) - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    numbers: list[int] = []
    for changes in ({}, {"usage": "Sign", "endDateTime": over}):
        hold(signing, signing.web, certificate.credential(**changes))
        answer = signing.redeem(signing.web, signing.code(signing.web))
        numbers += answer.body["error_codes"]
    hold(signing, signing.web, certificate.credential(usage="Sign"))

    assert numbers == [50146, 50146]
    assert claims_of(signing)[1]["town"] == "Turin"
