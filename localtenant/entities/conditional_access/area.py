"""What Graph has at ``/identity/conditionalAccess``, and the authentication strengths."""

from __future__ import annotations

from localtenant.entities.conditional_access import named_location, policy, strength
from localtenant.odata.model import Area, EntitySet
from localtenant.odata.operations import operation, same

_ROOT = "/identity/conditionalAccess"
_POLICIES = f"{_ROOT}/policies"
_LOCATIONS = f"{_ROOT}/namedLocations"
_READ = same("Policy.Read.All")
_WRITE = same("Policy.Read.All+Policy.ReadWrite.ConditionalAccess")
_READ_STRENGTHS = same(
    "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Policy.ReadWrite.AuthenticationMethod"
)
_WRITE_STRENGTHS = same(
    "Policy.ReadWrite.ConditionalAccess", "Policy.ReadWrite.AuthenticationMethod"
)
_STRENGTHS = (
    "policies/authenticationStrengthPolicies",
    "identity/conditionalAccess/authenticationStrength/policies",
)
_DECIDES = (
    "users, groups, applications, client types and the grants block and mfa decide sign-ins; risk "
    "is none, the browser is in no named location, and nobody has a directory role"
)
_NOT_KEPT = "deleted for good; Graph keeps it among the deleted items"

AREA = Area(
    sets=(
        EntitySet(_POLICIES[1:], (policy.POLICY.name,)),
        EntitySet(_LOCATIONS[1:], (named_location.LOCATION.name,)),
        *(EntitySet(path, (strength.STRENGTH.name,)) for path in _STRENGTHS),
    ),
    entities=(policy.ENTITY, named_location.ENTITY, strength.ENTITY),
    operations=(
        operation(f"GET {_POLICIES}", _READ, "conditionalaccessroot-list-policies"),
        operation(
            f"POST {_POLICIES}",
            _WRITE,
            "conditionalaccessroot-post-policies",
            differences=_DECIDES,
        ),
        operation(f"GET {_POLICIES}/{{id}}", _READ, "conditionalaccesspolicy-get"),
        operation(f"PATCH {_POLICIES}/{{id}}", _WRITE, "conditionalaccesspolicy-update"),
        operation(
            f"DELETE {_POLICIES}/{{id}}",
            _WRITE,
            "conditionalaccesspolicy-delete",
            differences=_NOT_KEPT,
        ),
        operation(f"GET {_LOCATIONS}", _READ, "conditionalaccessroot-list-namedlocations"),
        operation(f"POST {_LOCATIONS}", _WRITE, "conditionalaccessroot-post-namedlocations"),
        operation(f"GET {_LOCATIONS}/{{id}}", _READ, "namedlocation-get"),
        operation(
            f"PATCH {_LOCATIONS}/{{id}}",
            _WRITE,
            "ipnamedlocation-update, countrynamedlocation-update",
        ),
        operation(
            f"DELETE {_LOCATIONS}/{{id}}",
            _WRITE,
            "ipnamedlocation-delete, countrynamedlocation-delete",
            differences=_NOT_KEPT,
        ),
        *(
            operation(request.format(path), accepted, page)
            for path in _STRENGTHS
            for request, accepted, page in (
                ("GET /{}", _READ_STRENGTHS, "authenticationstrengthroot-list-policies"),
                ("POST /{}", _WRITE_STRENGTHS, "authenticationstrengthroot-post-policies"),
                ("GET /{}/{{id}}", _READ_STRENGTHS, "authenticationstrengthpolicy-get"),
                ("PATCH /{}/{{id}}", _WRITE_STRENGTHS, "authenticationstrengthpolicy-update"),
                (
                    "DELETE /{}/{{id}}",
                    _WRITE_STRENGTHS,
                    "authenticationstrengthroot-delete-policies",
                ),
                (
                    "POST /{}/{{id}}/updateAllowedCombinations",
                    _WRITE_STRENGTHS,
                    "authenticationstrengthpolicy-updateallowedcombinations",
                ),
            )
        ),
    ),
    missing=(
        "identity/conditionalAccess/authenticationContextClassReferences",
        "identity/conditionalAccess/authenticationStrength/authenticationMethodModes",
        "identity/conditionalAccess/authenticationStrength/combinations",
        "identity/conditionalAccess/deletedItems",
        "identity/conditionalAccess/evaluate",
        "identity/conditionalAccess/templates",
    ),
)
