"""Applications as msgraph-sdk handles them: keys, credentials, logos, extensions, templates."""

from __future__ import annotations

import asyncio
import base64
import time
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from client_certificates import ClientCertificate
from graph_sdk import sdk
from msgraph.generated.application_templates.item.instantiate.instantiate_post_request_body import (
    InstantiatePostRequestBody,
)
from msgraph.generated.applications.item.add_key.add_key_post_request_body import (
    AddKeyPostRequestBody,
)
from msgraph.generated.models.application import Application
from msgraph.generated.models.extension_property import ExtensionProperty
from msgraph.generated.models.federated_identity_credential import FederatedIdentityCredential
from msgraph.generated.models.key_credential import KeyCredential
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.service_principal import ServicePrincipal
from msgraph.generated.service_principals.item.add_token_signing_certificate.add_token_signing_certificate_post_request_body import (  # noqa: E501 - the SDK's own name
    AddTokenSigningCertificatePostRequestBody,
)

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

    from localtenant.testing import Ready

pytestmark = pytest.mark.local_only

CUSTOM = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"


async def _keys(client: GraphServiceClient, key: str) -> None:
    """Register a certificate by PATCH, and the next by addKey with a proof."""
    application = client.applications.by_application_id(key)
    first, second = ClientCertificate.made(), ClientCertificate.made()

    def registered(certificate: ClientCertificate) -> KeyCredential:
        der = base64.b64decode(certificate.credential()["key"])
        return KeyCredential(type="AsymmetricX509Cert", usage="Verify", key=der)

    await application.patch(Application(key_credentials=[registered(first)]))
    now = int(time.time())
    claims = {"aud": "00000002-0000-0000-c000-000000000000", "iss": key}
    proof = first.signed({"alg": "RS256"}, claims | {"nbf": now, "exp": now + 600})
    body = AddKeyPostRequestBody(key_credential=registered(second), proof=proof)
    added = await application.add_key.post(body)
    read = await application.get()
    assert added is not None
    assert read is not None
    kept = read.key_credentials or []
    assert isinstance(added.key_id, UUID)
    assert [k.key for k in kept] == [None, None]
    assert kept[1].key_id == added.key_id


async def _parts(client: GraphServiceClient, key: str, client_id: str) -> None:
    """Make parts of an application, and read one of them by its alternate key."""
    application = client.applications.by_application_id(key)
    await application.federated_identity_credentials.post(
        FederatedIdentityCredential(
            name="main", issuer="https://issuer", subject="s", audiences=["api://x"]
        )
    )
    named = await application.federated_identity_credentials_with_name("main").get()
    assert named is not None
    assert (named.name, named.audiences) == ("main", ["api://x"])
    extension = await application.extension_properties.post(
        ExtensionProperty(name="skypeId", data_type="String", target_objects=["User"])
    )
    assert extension is not None
    assert extension.name == f"extension_{client_id.replace('-', '')}_skypeId"


async def _use(ready: Ready) -> None:
    async with sdk(ready, ready.clients["everything"]) as client:
        made = await client.applications.post(
            Application(display_name="by msgraph-sdk", sign_in_audience="AzureADMyOrg")
        )
        assert made is not None
        assert made.id is not None
        assert made.app_id is not None
        await _keys(client, made.id)
        await _parts(client, made.id, made.app_id)
        principal = await client.service_principals.post(ServicePrincipal(app_id=made.app_id))
        assert principal is not None
        signing = await client.service_principals.by_service_principal_id(
            principal.id or ""
        ).add_token_signing_certificate.post(
            AddTokenSigningCertificatePostRequestBody(display_name="CN=sso")
        )
        assert signing is not None
        assert signing.thumbprint
        with pytest.raises(ODataError) as raised:
            await client.applications_with_unique_name("nobody").get()
        assert raised.value.response_status_code == 404
        template = client.application_templates.by_application_template_id(CUSTOM)
        pair = await template.instantiate.post(InstantiatePostRequestBody(display_name="sdk"))
        assert pair is not None
        assert pair.application is not None
        assert pair.service_principal is not None
        assert pair.application.app_id == pair.service_principal.app_id


def test_applications_with_msgraph_sdk(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK's own types take every answer."""
    for name, value in ready.env.items():
        monkeypatch.setenv(name, value)
    asyncio.run(_use(ready))
