"""Identifier URIs of applications: unique in the tenant, and on names that belong to it.

Source: the Graph page "application: identifierUris" and Entra's "identifier URI restrictions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from localtenant.odata.errors import bad_request, duplicate_value, object_conflict

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_V2 = 2
_LENGTH = 255


def check(call: Call, doc: Json, before: Json) -> None:
    """Refuse identifier URIs of an application that the tenant's rules do not allow.

    Only URIs that ``before`` does not have are held against the rules on names, as in Entra, where
    the rules came after many URIs.
    """
    uris: list[str] = doc["identifierUris"]
    if len({u.casefold() for u in uris}) < len(uris):
        raise duplicate_value("identifierUris")
    added = [u for u in uris if u not in before["identifierUris"]]
    for uri in added:
        _check_name(call, doc, uri)
    check_unique(call, doc, added)


def check_unique(call: Call, doc: Json, uris: list[str]) -> None:
    """Refuse a URI that another living application holds; one being made has no ID yet."""
    for uri in uris:
        other = call.tx.lookup("application", "identifierUris", uri)
        if other and other["id"] != doc.get("id"):
            raise object_conflict("identifierUris", "Application", other["id"])


def _check_name(call: Call, doc: Json, uri: str) -> None:
    if uri.endswith("/"):
        raise bad_request(
            f"Application alias '{uri}' value is invalid.",
            code="IdentifierUrisEndsWithSlash",
            target="identifierUris",
        )
    if not urlsplit(uri).scheme or len(uri) > _LENGTH:
        raise bad_request("Property identifierUris is invalid.")
    if "Personal" in doc["signInAudience"]:
        return
    domain = call.tenant.initial_domain
    parts = urlsplit(uri)
    if parts.scheme in {"http", "https"}:
        host = (parts.hostname or "").lower()
        if host != domain and not host.endswith(f".{domain}"):
            raise bad_request(
                "Values of identifierUris property must use a verified domain of the organization "
                f"or its subdomain: '{uri}'",
                code="HostNameNotOnVerifiedDomain",
                target="identifierUris",
            )
        return
    known = (call.tenant.tenant_id, doc["appId"], domain)
    exempt = doc["api"]["requestedAccessTokenVersion"] == _V2
    if not exempt and not any(k.lower() in uri.lower() for k in known):
        raise bad_request(
            f"Failed to add identifier URI {uri}. All newly added URIs must contain a tenant "
            "verified domain, tenant ID, or app ID, as per the default tenant policy of your "
            "organization. See https://aka.ms/identifier-uri-addition-error for more information "
            "on this error.",
            code="HostNameNotOnVerifiedDomain",
        )
