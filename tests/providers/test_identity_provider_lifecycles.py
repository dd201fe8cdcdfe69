"""Identity providers: the requests of their lifecycles, and what is there afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from tenant_fixture import Tenant

from localtenant.testing_bodies import flow_body
from providers.graph.errors import ObjectError
from providers.graph.session import Session
from providers.identity_provider.lifecycles import (
    AppleIdentityProviderLifecycle,
    OidcIdentityProviderLifecycle,
    SocialIdentityProviderLifecycle,
)
from providers.lifecycle import Lifecycle, Made, Plan

PROVIDERS = "/identity/identityProviders"
FLOWS = "/identity/authenticationEventsFlows"
EXTENSIONS = "99045fe1-7639-4a75-9d4a-577b6ca3810f"

GOOGLE: dict[str, object] = {
    "identityProviderType": "Google",
    "displayName": "Google",
    "clientId": "1.apps.googleusercontent.com",
    "clientSecret": "of-google",
}
APPLE: dict[str, object] = {
    "displayName": "Sign in with Apple",
    "developerId": "TEAM123456",
    "serviceId": "com.contoso.service",
    "keyId": "KEY1234567",
    "certificateData": "-----BEGIN PRIVATE KEY-----",
}
OIDC: dict[str, object] = {
    "displayName": "Contoso staff",
    "clientId": "contoso",
    "clientSecret": "of-contoso",
    "issuer": "https://id.contoso.example",
    "wellKnownEndpoint": "https://id.contoso.example/.well-known/openid-configuration",
    "scope": "openid profile email",
    "inboundClaimMapping": {"sub": "sub", "email": "mail"},
}
KINDS: list[tuple[Lifecycle, dict[str, object], str]] = [
    (SocialIdentityProviderLifecycle(), GOOGLE, "clientSecret"),
    (AppleIdentityProviderLifecycle(), APPLE, "certificateData"),
    (OidcIdentityProviderLifecycle(), OIDC, "clientSecret"),
]
EACH = pytest.mark.parametrize(("kind", "inputs", "secret"), KINDS, ids=["social", "apple", "oidc"])


@pytest.fixture(autouse=True)
def extensions(tenant: Tenant) -> Iterator[None]:
    """Microsoft's application for extensions, without which there are no identity providers."""
    made = tenant.admin.made("/servicePrincipals", {"appId": EXTENSIONS})
    yield
    for one in tenant.all(PROVIDERS):
        tenant.admin.delete(f"{PROVIDERS}/{one['id']}")
    tenant.admin.delete(f"/servicePrincipals/{made['id']}").raise_for_status()
    tenant.admin.delete(f"/directory/deletedItems/{made['id']}")


def create(session: Session, kind: Lifecycle, inputs: dict[str, object]) -> Made:
    """Create as the host does."""
    return session.operate("create it", lambda graph: kind.create(graph, inputs))


def read(session: Session, kind: Lifecycle, made: Made) -> Made | None:
    """Read as a refresh does."""
    return session.operate("read it", lambda graph: kind.read(graph, made.id, made.outputs))


def delete(session: Session, kind: Lifecycle, made: Made) -> None:
    """Delete as the host does."""
    session.operate("delete it", lambda graph: kind.delete(graph, made.id, made.outputs))


@EACH
def test_whole_life_of_a_provider(
    tenant: Tenant, session: Session, kind: Lifecycle, inputs: dict[str, object], secret: str
) -> None:
    """Each step takes the fewest requests; a second creation finds the first."""
    with tenant.wire() as wire:
        made = create(session, kind, inputs)
    asked = [one.replace("/beta", "") for one in wire.graph()]
    assert asked == [f"GET {PROVIDERS}", f"POST {PROVIDERS}"]
    assert made.outputs == {**inputs, "tenantId": tenant.ready.tenantId, "adopted": False}

    with tenant.wire() as wire:
        assert read(session, kind, made) == made
    assert len(wire.graph()) == 1
    assert create(session, kind, inputs) == made
    assert len(tenant.all(PROVIDERS)) == len({one["id"] for one in tenant.all(PROVIDERS)})

    later = {**inputs, "displayName": "Another name", secret: "rotated"}
    assert sorted(kind.plan(made.outputs, later).changes) == sorted(["displayName", secret])
    with tenant.wire() as wire:
        outputs = session.operate(
            "update it", lambda graph: kind.update(graph, made.id, made.outputs, later)
        )
    assert [one.split(" ")[0] for one in wire.graph()] == ["PATCH"]
    assert read(session, kind, Made(made.id, outputs)) == Made(made.id, outputs)

    delete(session, kind, Made(made.id, outputs))
    assert read(session, kind, made) is None


@EACH
def test_no_secret_comes_back(
    tenant: Tenant, session: Session, kind: Lifecycle, inputs: dict[str, object], secret: str
) -> None:
    """A refresh believes what is recorded: Graph tells nothing of it."""
    made = create(session, kind, inputs)

    found = read(session, kind, made)

    assert found is not None
    assert found.outputs[secret] == inputs[secret]
    assert str(inputs[secret]) not in str(tenant.all(PROVIDERS))


@EACH
def test_what_is_needed_is_told_before(
    kind: Lifecycle, inputs: dict[str, object], secret: str
) -> None:
    """Every missing input at once."""
    missing = {name: value for name, value in inputs.items() if name not in ("displayName", secret)}
    assert {one.property for one in kind.validate(missing)} == {"displayName", secret}
    assert kind.validate(inputs) == []


def test_what_somebody_changed_shows(tenant: Tenant, session: Session) -> None:
    """By property, but for the secret."""
    kind = SocialIdentityProviderLifecycle()
    made = create(session, kind, GOOGLE)
    change = {"@odata.type": "#microsoft.graph.socialIdentityProvider", "clientId": "theirs"}
    tenant.admin.patch(f"{PROVIDERS}/{made.id}", change).raise_for_status()

    found = read(session, kind, made)

    assert found is not None
    assert kind.plan(found.outputs, GOOGLE).changes == ["clientId"]


def test_provider_that_a_flow_offers_stays(
    tenant: Tenant, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Customers who sign in with it would be locked out; the error names the flows."""
    monkeypatch.setattr("providers.named._UNUSED_SECONDS", 0.1)
    kind = SocialIdentityProviderLifecycle()
    made = create(session, kind, GOOGLE)
    body: dict[str, Any] = flow_body()
    name = f"flow {uuid.uuid4().hex[:8]}"
    start = {
        **body["onAuthenticationMethodLoadStart"],
        "identityProviders": [{"id": "EmailPassword-OAUTH"}, {"id": made.id}],
    }
    flow = tenant.admin.made(
        FLOWS, {**body, "displayName": name, "onAuthenticationMethodLoadStart": start}
    )

    with pytest.raises(ObjectError, match=f"the user flow '{name}' offers it.*forceDestroy"):
        delete(session, kind, made)

    tenant.admin.delete(f"{FLOWS}/{flow['id']}").raise_for_status()
    delete(session, kind, made)
    assert read(session, kind, made) is None


def test_another_network_replaces(session: Session) -> None:
    """The old one goes first, and the kind has the known ones only."""
    del session
    kind = SocialIdentityProviderLifecycle()
    other = {**GOOGLE, "identityProviderType": "Facebook"}
    assert kind.plan(GOOGLE, other) == Plan(
        changes=["identityProviderType"],
        replaces=["identityProviderType"],
        delete_before_replace=True,
    )
    (problem,) = kind.validate({**GOOGLE, "identityProviderType": "Gogle"})
    assert problem.reason == "'Gogle' is none of Google, Facebook"


def test_provider_of_somebody_else(tenant: Tenant, session: Session) -> None:
    """One that differs is refused; adopted, it is taken as it is, and let go of."""
    kind = SocialIdentityProviderLifecycle()
    body = {"@odata.type": "#microsoft.graph.socialIdentityProvider", **GOOGLE, "clientId": "x"}
    theirs = tenant.admin.made(PROVIDERS, body)
    with pytest.raises(ObjectError, match=r"differs in clientId.*adopt: true"):
        create(session, kind, GOOGLE)

    taken = create(session, kind, {**GOOGLE, "adopt": True})
    delete(session, kind, taken)

    assert taken.outputs["clientId"] == "x"
    assert theirs["id"] in [one["id"] for one in tenant.all(PROVIDERS)]
