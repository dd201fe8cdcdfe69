"""Where the value of a mapped claim comes from: the user, a service principal, or the tenant.

Source: Microsoft identity platform, "claims mapping policy type", the table of sources and IDs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.odata.types import child, is_array

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

_USER = {
    "objectid": "id",
    "othermail": "otherMails",
    "facsimiletelephonenumber": "faxNumber",
    "telephonenumber": "businessPhones",
} | {
    name.lower(): name
    for name in (
        "accountEnabled", "city", "companyName", "consentProvidedForMinor", "country",
        "createdDateTime", "creationType", "department", "displayName", "employeeId", "givenName",
        "jobTitle", "lastPasswordChangeDateTime", "mail", "mailNickname", "mobilePhone",
        "officeLocation", "onPremisesDomainName", "onPremisesImmutableId",
        "onPremisesSamAccountName", "onPremisesSecurityIdentifier", "onPremisesSyncEnabled",
        "onPremisesUserPrincipalName", "postalCode", "preferredDataLocation", "preferredLanguage",
        "proxyAddresses", "state", "streetAddress", "surname", "userPrincipalName", "userType",
    )
}  # fmt: skip
_PRINCIPAL = {"displayname": "displayName", "objectid": "id", "tags": "tags"}
_COMPANY = {"tenantcountry": "countryLetterCode"}
_EXTENSION = "extensionattribute"


def value_of(
    tx: Transaction, entry: Mapping[str, Any], parties: Mapping[str, Json | None]
) -> object:
    """The value of an entry of a claims schema, or None if there is none.

    ``parties`` are the sources by their names, ``user`` being None for an application's own token.
    Of several values the first counts.
    """
    if "value" in entry:
        return entry["value"] if isinstance(entry["value"], str | bool | int) else None
    source, name = str(entry.get("source", "")).lower(), str(entry.get("id", "")).lower()
    if source == "company":
        found = next((r.doc for r in tx.find("organization")), None)
        return _named(found, _COMPANY, name)
    found = parties.get(source)
    return _named(found, _PRINCIPAL, name) if source != "user" else _of_user(found, entry, name)


def _of_user(user: Json | None, entry: Mapping[str, Any], name: str) -> object:
    if user is not None and (extension := entry.get("extensionid")):
        # Any other property would have a policy tell what is no claim, such as hidden ones.
        return user.get(str(extension)) if str(extension).startswith("extension_") else None
    if name.startswith(_EXTENSION):
        held = child(user, "onPremisesExtensionAttributes")
        return held.get(f"extensionAttribute{name.removeprefix(_EXTENSION)}")
    return _named(user, _USER, name)


def _named(source: Json | None, names: Mapping[str, str], name: str) -> object:
    value: object = (source or {}).get(names.get(name, ""))
    if is_array(value):
        return value[0] if value else None
    return value
