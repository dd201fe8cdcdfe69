"""``/policies/authenticationStrengthPolicies``: which combinations of methods are strong enough.

Source: the Graph resource page "authenticationStrengthPolicy". The rules are documented; the texts
of what is refused are our own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.answers import now
from localtenant.odata.errors import GraphError, gateway
from localtenant.odata.model import Action, Entity, Missing
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    DATE_TIME,
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

LARGEST_NUMBER = 15
"""How many strengths of its own a tenant may have (Entra's service limits)."""

IN_POLICY = "#authenticationStrength"
"""The link from a Conditional Access policy to the strength that it demands."""

MODES = EnumType(
    "authenticationMethodModes",
    (
        "password",
        "voice",
        "hardwareOath",
        "softwareOath",
        "sms",
        "fido2",
        "windowsHelloForBusiness",
        "microsoftAuthenticatorPush",
        "deviceBasedPush",
        "temporaryAccessPassOneTime",
        "temporaryAccessPassMultiUse",
        "email",
        "x509CertificateSingleFactor",
        "x509CertificateMultiFactor",
        "federatedSingleFactor",
        "federatedMultiFactor",
        "qrCodePin",
    ),
    flags=True,
)
_COMBINATIONS = many("allowedCombinations", MODES, required=True)
STRENGTH = EntityType(
    "authenticationStrengthPolicy",
    (
        Property("createdDateTime", DATE_TIME, nullable=False, read_only=True),
        Property("modifiedDateTime", DATE_TIME, nullable=False, read_only=True),
        text("displayName", nullable=False, required=True),
        text("description"),
        Property(
            "policyType",
            EnumType("authenticationStrengthPolicyType", ("builtIn", "custom")),
            nullable=False,
            read_only=True,
            default="custom",
        ),
        Property(
            "requirementsSatisfied",
            EnumType("authenticationStrengthRequirements", ("none", "mfa"), flags=True),
            nullable=False,
            read_only=True,
            default="mfa",
        ),
        _COMBINATIONS,
    ),
    indexed=("displayName", "policyType"),
)

_PHISHING_RESISTANT = ("windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor")
_PASSWORDLESS = (*_PHISHING_RESISTANT, "deviceBasedPush")
_MFA = (
    *_PASSWORDLESS,
    "temporaryAccessPassOneTime",
    "temporaryAccessPassMultiUse",
    "password,microsoftAuthenticatorPush",
    "password,softwareOath",
    "password,hardwareOath",
    "password,sms",
    "password,voice",
    "federatedMultiFactor",
    "microsoftAuthenticatorPush,federatedSingleFactor",
    "softwareOath,federatedSingleFactor",
    "hardwareOath,federatedSingleFactor",
    "sms,federatedSingleFactor",
    "voice,federatedSingleFactor",
)
BUILT_IN_STRENGTHS: tuple[Json, ...] = tuple(
    {
        "id": f"00000000-0000-0000-0000-00000000000{number}",
        "displayName": name,
        "description": description,
        "policyType": "builtIn",
        "createdDateTime": "2021-12-01T00:00:00Z",
        "modifiedDateTime": "2021-12-01T00:00:00Z",
        "allowedCombinations": list(combinations),
    }
    for number, name, description, combinations in (
        (
            2,
            "Multifactor authentication",
            "Combinations of methods that satisfy strong authentication, such as a password + SMS",
            _MFA,
        ),
        (
            3,
            "Passwordless MFA",
            (
                "Passwordless methods that satisfy strong authentication, such as Passwordless "
                "sign-in with the Microsoft Authenticator"
            ),
            _PASSWORDLESS,
        ),
        (
            4,
            "Phishing resistant MFA",
            (
                "Phishing resistant, Passwordless methods for the strongest authentication, such "
                "as a FIDO2 security key"
            ),
            _PHISHING_RESISTANT,
        ),
    )
)


class StrengthRules(Rules):
    """Built-in strengths are fixed; a tenant's own have unique names and may be in use."""

    def create(self, call: Call, values: Json) -> Json:
        """Make a strength of the tenant's own."""
        if not values.get("displayName") or not values.get("allowedCombinations"):
            raise gateway("The properties displayName and allowedCombinations are required.")
        own = [r for r in call.tx.find(STRENGTH.filed_as) if r.doc["policyType"] == "custom"]
        if len(own) >= LARGEST_NUMBER:
            raise gateway(f"A tenant can have {LARGEST_NUMBER} custom authentication strengths.")
        _check_name(call, values["displayName"], None)
        made = now()
        return call.insert(STRENGTH, {**values, "createdDateTime": made, "modifiedDateTime": made})

    def check_write(self, call: Call, doc: Json) -> None:
        """403 for a built-in strength."""
        del call
        if doc["policyType"] == "builtIn":
            raise GraphError(
                403, "accessDenied", "Built-in authentication strengths cannot be changed."
            )

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change the name or the description; combinations have an action of their own."""
        if "allowedCombinations" in values:
            raise gateway("Use updateAllowedCombinations to change allowedCombinations.")
        if "displayName" in values:
            _check_name(call, values["displayName"], doc["id"])
        call.replace(STRENGTH, {**self.merged(doc, values), "modifiedDateTime": now()})

    def delete(self, call: Call, doc: Json) -> None:
        """Delete a strength that no Conditional Access policy demands."""
        if call.tx.sources(IN_POLICY, doc["id"]):
            raise gateway("The authentication strength is used by a Conditional Access policy.")
        super().delete(call, doc)

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return GraphError(404, "notFound", f"The authentication strength '{key}' was not found.")


def _check_name(call: Call, name: str, strength_id: str | None) -> None:
    other = call.tx.lookup(STRENGTH.filed_as, "displayName", name)
    if other and other["id"] != strength_id:
        raise gateway(f"An authentication strength with the name '{name}' already exists.")


def _update_combinations(call: Call, doc: Json, values: Json) -> Json:
    combinations = values["allowedCombinations"]
    if not combinations:
        raise gateway("allowedCombinations must not be empty.")
    call.replace(STRENGTH, {**doc, "allowedCombinations": combinations, "modifiedDateTime": now()})
    return {
        "previousCombinations": doc["allowedCombinations"],
        "currentCombinations": combinations,
        "conditionalAccessReferences": call.tx.sources(IN_POLICY, doc["id"]),
        "additionalInformation": None,
    }


ENTITY = Entity(
    STRENGTH,
    StrengthRules(STRENGTH),
    navigations=(Missing("combinationConfigurations"), Missing("usage")),
    actions=(
        Action(
            "updateAllowedCombinations",
            ComplexType("updateAllowedCombinations", (_COMBINATIONS,)),
            _update_combinations,
            returns="microsoft.graph.updateAllowedCombinationsResult",
        ),
    ),
)
