"""``/policies/authenticationMethodsPolicy``: the authentication methods that a tenant allows.

Source: the Graph resource page "authenticationMethodsPolicy" and those of the methods. Which
methods a new external tenant allows is not documented; that email one-time passcodes have to be
enabled is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.policies.method_types import (
    ADVANCED_STATE,
    EXCLUDE_TARGET,
    METHOD,
    TARGET_TYPE,
)
from localtenant.odata.answers import now, projection
from localtenant.odata.bodies import no_type_name
from localtenant.odata.errors import not_found
from localtenant.odata.model import Entity, View
from localtenant.odata.queries import Query
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    DATE_TIME,
    INITIAL,
    INT32,
    ComplexType,
    EntityType,
    EnumType,
    Property,
    many,
    text,
)

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_METHODS = "authenticationMethodConfigurations"
_CAMPAIGN_TARGET = ComplexType(
    "authenticationMethodsRegistrationCampaignIncludeTarget",
    (
        text("id", nullable=False, required=True),
        Property("targetType", TARGET_TYPE, nullable=False, required=True),
        text("targetedAuthenticationMethod"),
    ),
)
_CAMPAIGN = ComplexType(
    "authenticationMethodsRegistrationCampaign",
    (
        Property("snoozeDurationInDays", INT32, nullable=False, default=1),
        Property("state", ADVANCED_STATE, nullable=False, default="default"),
        many("excludeTargets", EXCLUDE_TARGET),
        many("includeTargets", _CAMPAIGN_TARGET),
    ),
)
POLICY = EntityType(
    "authenticationMethodsPolicy",
    (
        text("displayName", read_only=True),
        text("description", read_only=True),
        Property("lastModifiedDateTime", DATE_TIME, read_only=True),
        text("policyVersion", read_only=True, default="1.5"),
        Property(
            "policyMigrationState",
            EnumType(
                "authenticationMethodsPolicyMigrationState",
                ("preMigration", "migrationInProgress", "migrationComplete"),
            ),
            default="migrationComplete",
        ),
        Property("reconfirmationInDays", INT32),
        Property(
            "registrationEnforcement",
            ComplexType(
                "registrationEnforcement",
                (
                    Property(
                        "authenticationMethodsRegistrationCampaign", _CAMPAIGN, default=INITIAL
                    ),
                ),
            ),
            default=INITIAL,
        ),
        many(_METHODS, ComplexType(METHOD.name), read_only=True),
    ),
    guid_key=False,
)
METHODS_POLICY = {
    "id": POLICY.name,
    "displayName": "Authentication Methods Policy",
    "description": "The tenant-wide policy that controls which authentication methods are allowed "
    "in the tenant, authentication method registration requirements, and self-service password "
    "reset settings",
}
_ENABLED = {"MicrosoftAuthenticator", "SoftwareOath"}
_IDS = {
    "email": "Email",
    "fido2": "Fido2",
    "hardwareOath": "HardwareOath",
    "microsoftAuthenticator": "MicrosoftAuthenticator",
    "qrCodePin": "QRCodePin",
    "sms": "Sms",
    "softwareOath": "SoftwareOath",
    "temporaryAccessPass": "TemporaryAccessPass",
    "voice": "Voice",
    "x509Certificate": "X509Certificate",
}


def _method(type_: EntityType) -> Json:
    """A method as a new tenant has it."""
    key = _IDS[type_.name.removesuffix("AuthenticationMethodConfiguration")]
    return {
        "@odata.type": f"#{type_.full_name}",
        "id": key,
        "policy": POLICY.name,
        "state": "enabled" if key in _ENABLED else "disabled",
        "includeTargets": [{"targetType": "group", "id": "all_users"}],
    }


METHODS = {doc["id"]: doc for doc in map(_method, METHOD.derived)}
"""The methods of a new tenant, by id."""


class MethodRules(Rules):
    """Methods are there for good: they are changed, and a DELETE undoes the changes."""

    def check_type(self, call: Call, body: Json) -> None:
        """A method's body names its type."""
        del call
        if "@odata.type" not in body:
            raise no_type_name()

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a method; the policy notes when."""
        call.replace(METHOD, self.merged(doc, values))
        _note_change(call)

    def delete(self, call: Call, doc: Json) -> None:
        """Give a method the settings of a new tenant, as documented."""
        initial = METHODS[doc["id"]]
        call.replace(METHOD, {"id": doc["id"], **METHOD.complete(initial)})
        _note_change(call)


class MethodsPolicyRules(Rules):
    """The policy shows its methods inline."""

    def shown(self, call: Call, doc: Json) -> Json:
        """The policy with its methods."""
        entity = call.model.entities[METHOD.name]
        rows = call.tx.find(METHOD.filed_as)
        methods = [projection(call, entity, row.doc, Query()) for row in rows]
        return {**doc, _METHODS: methods}

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change the policy."""
        call.replace(POLICY, {**self.merged(doc, values), "lastModifiedDateTime": now()})


def _note_change(call: Call) -> None:
    policy = call.tx.get(POLICY.filed_as, POLICY.name)
    if policy is None:
        raise not_found(POLICY.name)
    call.replace(POLICY, {**policy, "lastModifiedDateTime": now()})


POLICY_ENTITY = Entity(
    POLICY,
    MethodsPolicyRules(POLICY),
    navigations=(View(_METHODS, target=METHOD.name, match="policy"),),
)
METHOD_ENTITY = Entity(METHOD, MethodRules(METHOD))
