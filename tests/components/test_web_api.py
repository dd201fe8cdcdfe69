"""`WebApi` as Python callers use it."""

from __future__ import annotations

from components import (
    AppRoleMemberType,
    OptionalClaimArgs,
    OptionalClaimsArgs,
    RoleArgs,
    ScopeArgs,
    ScopeType,
    WebApi,
    WebApiArgs,
)
from tests.components.program import (
    deploy,
)


def test_every_field_of_an_api_reaches_its_application() -> None:
    """Consent texts for users, member types, claims and a chosen URI are declared as given."""

    def program() -> object:
        return WebApi(
            "files",
            WebApiArgs(
                display_name="Files",
                description="Keeps files",
                identifier_uri="https://contoso.com/{clientId}/files",
                scopes=[
                    ScopeArgs(
                        value="Read",
                        admin_consent_display_name="Read",
                        admin_consent_description="Reads",
                        type=ScopeType.USER,
                        user_consent_display_name="Read yours",
                        user_consent_description="Reads yours",
                        enabled=False,
                    )
                ],
                roles=[
                    RoleArgs(
                        value="Audit",
                        description="Audits",
                        display_name="Auditor",
                        allowed_member_types=[AppRoleMemberType.USER],
                        enabled=False,
                    )
                ],
                optional_claims=OptionalClaimsArgs(
                    id_token=[
                        OptionalClaimArgs(
                            name="upn", essential=True, additional_properties=["include_externally"]
                        )
                    ]
                ),
                deployer="somebody",
            ),
        ).scopes

    made = deploy(program)
    application = made["Application", "files"].inputs
    scope, role = application["api"]["oauth2PermissionScopes"][0], application["appRoles"][0]

    assert made.outputs == {"Read": "https://contoso.com/client-id-of-files/files/Read"}
    assert application["description"] == "Keeps files"
    assert application["owners"] == ["somebody"]
    assert (scope["type"], scope["enabled"]) == ("User", False)
    assert scope["userConsentDisplayName"] == "Read yours"
    assert scope["userConsentDescription"] == "Reads yours"
    assert (role["displayName"], role["enabled"]) == ("Auditor", False)
    assert role["allowedMemberTypes"] == ["User"]
    assert application["optionalClaims"]["idTokens"] == [
        {"name": "upn", "essential": True, "additionalProperties": ["include_externally"]}
    ]


def test_an_api_without_claims_declares_none() -> None:
    """An empty block of optional claims would differ from what Graph answers on every run."""
    made = deploy(lambda: WebApi("files", WebApiArgs(display_name="Files")).roles)

    assert "optionalClaims" not in made["Application", "files"].inputs
