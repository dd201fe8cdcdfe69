"""What Graph has at ``/policies``, but for authentication strengths."""

from __future__ import annotations

from localtenant.entities.policies import authorization, methods, security_defaults
from localtenant.entities.policies.seeded import SEEDED_POLICIES
from localtenant.entities.policies.token_policies import TOKEN_POLICIES, collection_of
from localtenant.odata.model import Area, EntitySet
from localtenant.odata.operations import operation, same

_READ_TOKENS = same("Policy.Read.All", "Policy.ReadWrite.ApplicationConfiguration")
_WRITE_TOKENS = same("Policy.ReadWrite.ApplicationConfiguration")
_READ_ASSIGNED = same(
    "Policy.Read.All",
    "Application.Read.All",
    "Directory.Read.All",
    "Policy.ReadWrite.ApplicationConfiguration",
)
_READ_METHODS = same(
    "Policy.Read.AuthenticationMethod", "Policy.ReadWrite.AuthenticationMethod", "Policy.Read.All"
)
_WRITE_METHODS = same("Policy.ReadWrite.AuthenticationMethod")
_METHODS_POLICY = "/policies/authenticationMethodsPolicy"
_METHODS = f"{_METHODS_POLICY}/authenticationMethodConfigurations"
_AUTHORIZATION = "/policies/authorizationPolicy"
_DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy"
_WRITTEN_LIKE_EMAIL = "for each method as emailauthenticationmethodconfiguration"
_UNASSIGNED = "ends its assignments; what Graph does with a policy in use is not known"
_SINGLETONS = (
    (methods.POLICY.name, methods.POLICY.name, methods.POLICY.name),
    ("authorizationPolicy", authorization.AUTHORIZATION.name, "authorizationPolicy"),
    (
        security_defaults.DEFAULTS.name,
        security_defaults.DEFAULTS.name,
        security_defaults.DEFAULTS_ID,
    ),
    (
        "defaultAppManagementPolicy",
        authorization.APP_MANAGEMENT.name,
        authorization.APP_MANAGEMENT_POLICY["id"],
    ),
)
_KINDS = tuple((e.type.name, collection_of(e.type)) for e in TOKEN_POLICIES)


def _posted(path: str) -> str:
    """How the page about a POST ends; one of them is in the singular."""
    name = path.lower()
    return "post-tokenissuancepolicy" if name == "tokenissuancepolicies" else f"post-{name}"


AREA = Area(
    sets=(
        *(EntitySet(f"policies/{path}", (name,)) for name, path in _KINDS),
        *(
            EntitySet(f"policies/{path}", (name,), singleton=lambda _, key=key: key)
            for path, name, key in _SINGLETONS
        ),
    ),
    entities=(
        *TOKEN_POLICIES,
        methods.POLICY_ENTITY,
        methods.METHOD_ENTITY,
        authorization.AUTHORIZATION_ENTITY,
        authorization.APP_MANAGEMENT_ENTITY,
        security_defaults.ENTITY,
    ),
    operations=(
        *(
            operation(
                request,
                accepted,
                f"{name.lower()}-{page}",
                differences=_UNASSIGNED if page == "delete" else "",
            )
            for name, path in _KINDS
            for request, accepted, page in (
                (f"GET /policies/{path}", _READ_TOKENS, "list"),
                (f"POST /policies/{path}", _WRITE_TOKENS, _posted(path)),
                (f"GET /policies/{path}/{{id}}", _READ_TOKENS, "get"),
                (f"PATCH /policies/{path}/{{id}}", _WRITE_TOKENS, "update"),
                (f"DELETE /policies/{path}/{{id}}", _WRITE_TOKENS, "delete"),
                (f"GET /policies/{path}/{{id}}/appliesTo", _READ_ASSIGNED, "list-appliesto"),
            )
        ),
        operation(f"GET {_METHODS_POLICY}", _READ_METHODS, "authenticationmethodspolicy-get"),
        operation(
            f"PATCH {_METHODS_POLICY}",
            _WRITE_METHODS,
            "authenticationmethodspolicy-update",
            differences="answers 204; the page of beta says 200",
        ),
        operation(f"GET {_METHODS}", _READ_METHODS, "metadata of v1.0"),
        operation(
            f"GET {_METHODS}/{{id}}",
            _READ_METHODS,
            f"{_WRITTEN_LIKE_EMAIL}-get",
            differences="which methods are enabled at first is our own choice",
        ),
        operation(f"PATCH {_METHODS}/{{id}}", _WRITE_METHODS, f"{_WRITTEN_LIKE_EMAIL}-update"),
        operation(f"DELETE {_METHODS}/{{id}}", _WRITE_METHODS, f"{_WRITTEN_LIKE_EMAIL}-delete"),
        operation(
            f"GET {_AUTHORIZATION}",
            same("Policy.Read.All", "Policy.ReadWrite.Authorization"),
            "authorizationpolicy-get",
            differences="one object under /beta as well, where Graph has a collection",
        ),
        operation(
            f"PATCH {_AUTHORIZATION}",
            same("Policy.ReadWrite.Authorization"),
            "authorizationpolicy-update",
            differences="kept, but nothing acts on it",
        ),
        operation(
            f"GET {_DEFAULTS}",
            same("Policy.Read.All"),
            "identitysecuritydefaultsenforcementpolicy-get",
            differences="off at first; Graph turns them on in new workforce tenants",
        ),
        operation(
            f"PATCH {_DEFAULTS}",
            same(
                "Policy.ReadWrite.SecurityDefaults",
                "Policy.Read.All+Policy.ReadWrite.ConditionalAccess",
            ),
            "identitysecuritydefaultsenforcementpolicy-update",
        ),
        operation(
            "GET /policies/defaultAppManagementPolicy",
            same("Policy.Read.All", "Policy.ReadWrite.ApplicationConfiguration"),
            "tenantappmanagementpolicy-get",
            differences="cannot be changed",
        ),
    ),
    missing=tuple(
        f"policies/{name}"
        for name in (
            "accessReviewPolicy",
            "activityBasedTimeoutPolicies",
            "adminConsentRequestPolicy",
            "appManagementPolicies",
            "authenticationFlowsPolicy",
            "conditionalAccessPolicies",
            "crossTenantAccessPolicy",
            "deviceRegistrationPolicy",
            "externalIdentitiesPolicy",
            "featureRolloutPolicies",
            "federatedTokenValidationPolicy",
            "ownerlessGroupPolicy",
            "permissionGrantPolicies",
            "roleManagementPolicies",
            "roleManagementPolicyAssignments",
        )
    ),
    seeded=SEEDED_POLICIES,
)
