"""``/users`` and ``/me``: the rules of users.

Source: the Graph pages "Create user", "Update user", "Delete user", and "Restore deleted item".
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.conditions import key_is
from localtenant.entities import extensions
from localtenant.entities.people import identities, passwords
from localtenant.entities.people.memberships import ACTIONS, MEMBER_OF, TRANSITIVE_MEMBER_OF
from localtenant.entities.people.security_identifier import security_identifier
from localtenant.entities.people.user_actions import CHANGE_PASSWORD, REVOKE
from localtenant.entities.people.user_type import USER
from localtenant.entities.references import check_target
from localtenant.odata.answers import now
from localtenant.odata.errors import (
    bad_request,
    denied,
    invalid_value,
    value_required,
)
from localtenant.odata.literals import is_guid
from localtenant.odata.model import Entity, Missing, References, View
from localtenant.odata.rules import Rules
from localtenant.odata.types import child

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json, Property

KIND = USER.filed_as
DEPENDENTS = (("oAuth2PermissionGrant", "principalId"), ("appRoleAssignment", "principalId"))
_PROFILE = "passwordProfile"
_WIDE = {"User.ReadWrite.All", "Directory.ReadWrite.All"}
_NARROW = {
    "User-Mail.ReadWrite.All": {"otherMails"},
    "User-PasswordProfile.ReadWrite.All": {_PROFILE},
    "User-Phone.ReadWrite.All": {"businessPhones", "mobilePhone"},
    "User.EnableDisableAccount.All": {"accountEnabled"},
    "User.ManageIdentities.All": {"identities"},
    "User.ReadWrite": {"aboutMe", "businessPhones", "mobilePhone", "preferredLanguage"},
}
"""What permissions to update users let a caller change, where it is not everything."""


class UserRules(Rules):
    """What Graph checks of a user beyond the types of its properties."""

    def find(self, call: Call, key: str, *, deleted: bool = False) -> Json | None:
        """The user of an object ID or of a user principal name."""
        if is_guid(key):
            return call.tx.get(KIND, key, deleted=deleted)
        return call.tx.lookup(KIND, "userPrincipalName", key, deleted=deleted)

    def open_property(self, call: Call, name: str) -> Property | None:
        """A directory extension of users."""
        return extensions.registered(call, name, USER.title)

    def check_read(self, call: Call, doc: Json) -> None:
        """With ``User.Read`` alone, nobody reads another user."""
        if call.owned_only and doc["id"] != call.caller.object_id:
            raise denied()

    def check_write(self, call: Call, doc: Json) -> None:
        """With ``User.ReadWrite`` alone, nobody changes another user."""
        self.check_read(call, doc)

    def create(self, call: Call, values: Json) -> Json:
        """Make a work account, or with ``identities`` a local or social one."""
        key = values["id"] = str(uuid4())
        _fill_in(call, values)
        _check_required(values)
        _check_values(call, values)
        made = now()
        values |= {
            "createdDateTime": made,
            "lastPasswordChangeDateTime": made,
            "signInSessionsValidFromDateTime": made,
            "securityIdentifier": security_identifier(key),
        }
        profile = values.get(_PROFILE)
        if profile is not None:
            passwords.keep(call, key, profile)
        doc = {"id": key, **self.type.complete(values)}
        identities.complete(call, doc)
        return super().create(call, doc)

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a user; a new password is kept as a hash, identities are replaced as a whole."""
        _check_permitted(call, values)
        for name in ("accountEnabled", "displayName", "mailNickname", "userPrincipalName"):
            if name in values and values[name] in (None, ""):
                raise invalid_value(name, USER.title)
        policies = values.get("passwordPolicies", doc["passwordPolicies"])
        _check_values(call, {**values, "passwordPolicies": policies})
        self.check_lengths(values)
        profile = values.get(_PROFILE)
        if profile is not None and profile.get("password") is not None:
            passwords.keep(call, doc["id"], profile)
            values["lastPasswordChangeDateTime"] = now()
        changed = self.merged(doc, values)
        if {"identities", "userPrincipalName"} & set(values):
            identities.complete(call, changed)
        call.replace(self.type, changed)

    def delete(self, call: Call, doc: Json) -> None:
        """Move to the deleted items; the user principal name is free, for it gets a prefix."""
        name = f"{_prefix(doc)}{doc['userPrincipalName']}"
        call.replace(self.type, doc | {"userPrincipalName": name})
        call.tx.mark_deleted(KIND, doc["id"], now())

    def restore(self, call: Call, doc: Json) -> None:
        """Give back the user principal name, if nobody took it or an identity by now."""
        name = doc["userPrincipalName"].removeprefix(_prefix(doc))
        back = doc | {"userPrincipalName": name}
        identities.check_free(call, back)
        call.replace(self.type, back)

    def purge(self, call: Call, doc: Json) -> None:
        """Delete for good, with the consents and role assignments of the user."""
        for kind, match in DEPENDENTS:
            for row in call.tx.find(kind, key_is(match, doc["id"])):
                call.tx.remove(kind, row.doc["id"])
        super().purge(call, doc)

    def add_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Set the manager."""
        check_target(call, navigation, target)
        super().add_reference(call, doc, navigation, target)


def _prefix(doc: Json) -> str:
    return doc["id"].replace("-", "")


def _fill_in(call: Call, values: Json) -> None:
    """Fill in what Graph does not ask for: the type and, of a local or social account, its name."""
    values.setdefault("userType", "Member")
    own = values.get("identities")
    if own is None:
        return
    if not own and not values.get("userPrincipalName"):
        raise bad_request("One or more properties contains invalid values.")
    name = values.get("userPrincipalName") or f"{values['id']}@{call.tenant.initial_domain}"
    values["userPrincipalName"] = name
    if values.get("mailNickname") is None:
        values["mailNickname"] = name.partition("@")[0]
    if values.get("accountEnabled") is None:
        values["accountEnabled"] = True
    if any(i.get("signInType") != identities.PRINCIPAL_NAME for i in own):
        values["creationType"] = "LocalAccount"


def _check_required(values: Json) -> None:
    for name in ("accountEnabled", "displayName", "mailNickname", "userPrincipalName"):
        if values.get(name) in (None, ""):
            raise value_required(name, USER.title)
    types = [i.get("signInType") for i in values.get("identities") or ()]
    social = bool(types) and all(t == identities.FEDERATED for t in types)
    profile = values.get(_PROFILE)
    if not social and (profile is None or profile.get("password") is None):
        raise value_required(_PROFILE, USER.title)


def _check_values(call: Call, values: Json) -> None:
    if values.get("userPrincipalName"):
        identities.check_name(call, values["userPrincipalName"])
    passwords.check_policies(values.get("passwordPolicies"))
    place = values.get("usageLocation")
    if place is not None and not (len(place) == 2 and place.isalpha()):  # noqa: PLR2004 - ISO 3166
        raise invalid_value("usageLocation", USER.title)
    password = child(values, _PROFILE).get("password")
    if password is not None:
        passwords.check(password, values.get("passwordPolicies"))


def _check_permitted(call: Call, values: Json) -> None:
    held = call.caller.permissions
    if held & _WIDE:
        return
    allowed = {name for p in held for name in _NARROW.get(p, ())}
    if not set(values) <= allowed:
        raise denied()


_DIRECTORY = ("application", "group", "servicePrincipal", "user")
MANAGER = References("manager", targets=("user",), single=True, typed=True)
DIRECT_REPORTS = References(
    "directReports", targets=("user",), typed=True, of="manager", reverse=True
)
OWNED_OBJECTS = References(
    "ownedObjects", targets=_DIRECTORY, typed=True, of="owners", reverse=True
)
CREATED_OBJECTS = References(
    "createdObjects", targets=_DIRECTORY, typed=True, of="creator", reverse=True
)
ASSIGNMENTS = View("appRoleAssignments", target="appRoleAssignment", match="principalId")
GRANTS = View("oauth2PermissionGrants", target="oAuth2PermissionGrant", match="principalId")

ENTITY = Entity(
    USER,
    UserRules(USER),
    navigations=(
        MANAGER,
        DIRECT_REPORTS,
        MEMBER_OF,
        TRANSITIVE_MEMBER_OF,
        OWNED_OBJECTS,
        CREATED_OBJECTS,
        ASSIGNMENTS,
        GRANTS,
        *(
            Missing(name)
            for name in (
                "agreementAcceptances",
                "appRoleAssignedResources",
                "assignLicense",
                "authentication",
                "calendar",
                "calendars",
                "contacts",
                "drive",
                "events",
                "extensions",
                "licenseDetails",
                "mailFolders",
                "mailboxSettings",
                "messages",
                "ownedDevices",
                "photo",
                "registeredDevices",
                "reprocessLicenseAssignment",
                "retryServiceProvisioning",
                "scopedRoleMemberOf",
                "sendMail",
                "settings",
                "signInActivity",
                "sponsors",
                "todo",
            )
        ),
    ),
    actions=(*ACTIONS, REVOKE, CHANGE_PASSWORD),
)
