"""How long tokens live by policy: of the API or the client, of the organization, by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from signing_policies import Policies, principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signing_in import SignIns

pytestmark = pytest.mark.local_only

USUAL = 3600


@pytest.fixture
def policies(signing: SignIns) -> Iterator[Policies]:
    """Make policies for one test."""
    made = Policies(signing)
    yield made
    made.drop()


def lives(signing: SignIns) -> tuple[int, int]:
    """How long an access and an ID token of the web application live; the first one is told."""
    body = signing.tokens(signing.web)
    access, of_client = (signing.claims(body[name]) for name in ("access_token", "id_token"))
    assert body["expires_in"] == access["exp"] - access["iat"] - 1
    return access["exp"] - access["iat"], of_client["exp"] - of_client["iat"]


@pytest.mark.parametrize(
    ("span", "seconds"),
    [
        ("00:10:00", 600),
        ("2:00:00", 7200),
        ("00:90:00", 5400),
        ("1.00:00:00", 86_400),
        ("00:09:59", USUAL),
        ("1.00:00:01", USUAL),
        ("an hour", USUAL),
        (7200, USUAL),
    ],
)
def test_policy_of_the_api(
    signing: SignIns, policies: Policies, span: object, seconds: int
) -> None:
    """It counts for access tokens, and where it names no usable time it counts for nothing."""
    policies.lifetime(span, principal(signing.api))

    assert lives(signing) == (seconds, USUAL)


def test_policy_of_the_client(signing: SignIns, policies: Policies) -> None:
    """It counts for ID tokens."""
    policies.lifetime("04:00:00", principal(signing.web))

    assert lives(signing) == (USUAL, 14_400)


def test_which_policy_counts(signing: SignIns, policies: Policies) -> None:
    """The service principal's, else the organization's, else the application's."""
    policies.lifetime("01:10:00", f"/applications/{signing.api.id}")
    of_application = lives(signing)
    policies.lifetime("01:20:00", default=True)
    of_organization = lives(signing)
    policies.lifetime("01:30:00", principal(signing.api))
    of_principal = lives(signing)

    assert (of_application, of_organization, of_principal) == (
        (4200, USUAL),
        (4800, 4800),
        (5400, 4800),
    )


def test_every_grant_keeps_to_the_policy(signing: SignIns, policies: Policies) -> None:
    """A refreshed token, one in an address, and one of an application by itself."""
    policies.lifetime("00:30:00", principal(signing.api))
    used = signing.tokens(signing.web)["refresh_token"]

    refreshed = signing.refreshed(signing.web, used)
    daemon = signing.token(
        grant_type="client_credentials",
        client_id=signing.web.client_id,
        scope=f"api://{signing.api.client_id}/.default",
        **signing.web.credential,
    )

    for answer in (refreshed, daemon):
        claims = signing.claims(answer.body["access_token"])
        assert (answer.body["expires_in"], claims["exp"] - claims["iat"]) == (1799, 1800)


def test_refresh_tokens_have_no_policy(
    signing: SignIns, policies: Policies, clock: dict[str, float]
) -> None:
    """What a policy says of them has been without effect for years."""
    policies.lifetime("00:10:00", principal(signing.api), principal(signing.web))
    used = signing.tokens(signing.web)["refresh_token"]
    clock["later"] = 86_400 * 2

    assert signing.refreshed(signing.web, used).status == 200
