"""How a user signs in: the user principal name and the identities of local and social accounts.

Source: the Graph resource page "objectIdentity" and the page "Create user". Identities are kept in
the user's document as Graph shows them; the hidden property ``identityKeys`` holds, for look-ups,
``{signInType}|{issuer}|{issuerAssignedId}`` of each in lower case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.people.user_type import USER
from localtenant.odata.errors import bad_request, object_conflict

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

EMAIL, USER_NAME, FEDERATED, PRINCIPAL_NAME = (
    "emailAddress",
    "userName",
    "federated",
    "userPrincipalName",
)
_TYPES = (EMAIL, USER_NAME, FEDERATED, PRINCIPAL_NAME)


def key_of(sign_in_type: str, issuer: str, assigned_id: str) -> str:
    """The key under which the user of an identity is looked up in ``identityKeys``."""
    return f"{sign_in_type}|{issuer}|{assigned_id}".casefold()


def complete(call: Call, doc: Json) -> None:
    """Check the identities of ``doc``, add that of its user principal name, and index them all.

    400 for what is no identity of this tenant, and for one that another user has.
    """
    kept = [i for i in doc["identities"] if i.get("signInType") != PRINCIPAL_NAME]
    for identity in kept:
        _check(call, identity)
    name = doc["userPrincipalName"]
    doc["identities"] = [
        *kept,
        {
            "signInType": PRINCIPAL_NAME,
            "issuer": call.tenant.initial_domain,
            "issuerAssignedId": name,
        },
    ]
    doc["identityKeys"] = [
        key_of(i["signInType"], i["issuer"], i["issuerAssignedId"]) for i in doc["identities"]
    ]
    check_free(call, doc)


def check_free(call: Call, doc: Json) -> None:
    """400 if another user has the user principal name, or one of the identities, of ``doc``.

    Which property Graph blames is captured for the name and for email addresses; that it is
    ``identities`` for the others is our own choice.
    """
    other = call.tx.lookup(USER.filed_as, "userPrincipalName", doc["userPrincipalName"])
    if other and other["id"] != doc["id"]:
        raise object_conflict("userPrincipalName", USER.title, other["id"])
    for identity, key in zip(doc["identities"], doc["identityKeys"], strict=True):
        other = call.tx.lookup(USER.filed_as, "identityKeys", key)
        if other and other["id"] != doc["id"]:
            blamed = "proxyAddresses" if identity["signInType"] == EMAIL else "identities"
            raise object_conflict(blamed, USER.title, other["id"])


def check_name(call: Call, name: str) -> None:
    """400 for a user principal name outside the tenant's verified domains."""
    local, at, domain = name.rpartition("@")
    if not local or not at or not is_verified(call, domain):
        raise bad_request(
            "The domain portion of the userPrincipalName property is invalid. You must use one of "
            "the verified domain names in your organization."
        )


def is_verified(call: Call, name: str) -> bool:
    """Whether the tenant has verified that it owns a domain name."""
    domain = call.tx.get("domain", name)
    return domain is not None and bool(domain["isVerified"])


def _check(call: Call, identity: Json) -> None:
    sign_in_type, issuer = identity.get("signInType"), identity.get("issuer")
    assigned = identity.get("issuerAssignedId")
    known = next((t for t in _TYPES if t.lower() == str(sign_in_type).lower()), None)
    right = bool(known and issuer and assigned)
    if known in {EMAIL, USER_NAME}:
        right = right and is_verified(call, str(issuer))
    if known == EMAIL:
        right = right and "@" in str(assigned)[1:-1]
    if not right:
        raise bad_request("One or more properties contains invalid values.")
    identity["signInType"] = known
