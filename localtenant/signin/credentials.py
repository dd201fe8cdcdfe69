"""How a client proves who it is: a secret, a certificate, or a token of an issuer it trusts."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from localtenant.entities.applications.credentials import digest, moment
from localtenant.signin import certificates, errors, federation
from localtenant.signin.assertions import Assertion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


@dataclass(frozen=True)
class Presented:
    """What a token request presents: a client ID, and a secret or an assertion, or neither."""

    client_id: str
    secret: str
    assertion: Assertion | None

    @classmethod
    def of(cls, form: Mapping[str, str], authorization: str) -> Presented:
        """The credential in a form, or in the request's Authorization header. Raises SignInError.

        Of a secret and an assertion the assertion counts; which one Entra takes is not known.
        """
        scheme, _, encoded = authorization.partition(" ")
        client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
        if scheme.lower() == "basic":
            client_id, secret = _basic(encoded)
        assertion = Assertion.of(form) if form.get("client_assertion") else None
        return cls(client_id, secret, assertion)


@dataclass(frozen=True)
class Client:
    """A client that has been found in the tenant, and how it proves who it is.

    ``strength`` is the claim ``appidacr``: "1" for a secret, "2" for an assertion, "0" for neither.
    The signature of ``federated`` has yet to be checked with the keys of its issuer.
    """

    application: Json
    principal: Json
    strength: str
    federated: Assertion | None = None


def identify(tenant: Tenant, tx: Transaction, presented: Presented) -> Client:
    """The client that presents a credential, with all checked that the tenant knows by itself.

    Raises SignInError.
    """
    client_id = presented.client_id
    application, principal = found(tenant, tx, client_id)
    assertion = presented.assertion
    if assertion is None:
        _check_secret(tx, (application, principal), presented)
        return Client(application, principal, "1")
    if "://" in assertion.issuer:
        federation.check_record(tx, application, assertion)
        return Client(application, principal, "2", assertion)
    certificates.check(tenant, application["appId"], (application, principal), assertion)
    return Client(application, principal, "2")


async def proven(tenant: Tenant, presented: Presented) -> Client:
    """The client that presents a credential, with all of it checked. Raises SignInError."""
    with tenant.store.read() as tx:
        client = identify(tenant, tx, presented)
    if client.federated is not None:
        # The issuer may take its time, and no transaction is to be open while it does.
        await federation.check_signature(
            tenant.issuers, client.application["appId"], client.federated
        )
    return client


def for_users(tenant: Tenant, tx: Transaction, client_id: str) -> Client:
    """The client that asks for a user, and proves nothing. Raises SignInError.

    One without a service principal is told what one is told that there is not.
    """
    if tx.lookup("servicePrincipal", "appId", client_id) is None:
        raise errors.application_not_found(client_id, tenant.initial_domain)
    application, principal = found(tenant, tx, client_id)
    return Client(application, principal, "0")


def found(tenant: Tenant, tx: Transaction, client_id: str) -> tuple[Json, Json]:
    """The application with a client ID and its service principal. Raises SignInError."""
    application = tx.lookup("application", "appId", client_id)
    if application is None:
        raise errors.application_not_found(client_id, tenant.initial_domain)
    principal = tx.lookup("servicePrincipal", "appId", client_id)
    if principal is None:
        raise errors.principal_missing(client_id, tenant.tenant_id)
    if not principal["accountEnabled"]:
        raise errors.application_disabled(client_id, principal["displayName"])
    return application, principal


def _basic(encoded: str) -> tuple[str, str]:
    try:
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(client_id), unquote_plus(secret)


def _check_secret(tx: Transaction, holders: tuple[Json, ...], presented: Presented) -> None:
    if not presented.secret:
        raise errors.credential_missing()
    digested = digest(presented.secret)
    for holder in holders:
        kept = tx.secrets(holder["id"])
        for credential in holder["passwordCredentials"]:
            if hmac.compare_digest(kept.get(credential["keyId"], ""), digested):
                if moment(credential["endDateTime"]) <= datetime.now(UTC):
                    raise errors.secret_expired(presented.client_id)
                return
    raise errors.secret_invalid(presented.client_id)
