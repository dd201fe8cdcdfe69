"""How customers sign up and in: user flows, identity providers, attributes."""

from __future__ import annotations

from localtenant.entities.sign_up import identity_provider, user_flow, user_flow_attribute
from localtenant.odata.model import Area, EntitySet
from localtenant.odata.operations import operation, same

_READ_PROVIDERS = same("IdentityProvider.Read.All", "IdentityProvider.ReadWrite.All")
_READ_ATTRIBUTES = same("IdentityUserFlow.Read.All", "IdentityUserFlow.ReadWrite.All")
_READ = same("EventListener.Read.All", "EventListener.ReadWrite.All")
_WRITE = same("EventListener.ReadWrite.All")
_FLOWS = "/identity/authenticationEventsFlows"
_FLOW = f"{_FLOWS}/{{id}}"
_APPLICATIONS = f"{_FLOW}/conditions/applications/includeApplications"
_PROVIDERS = f"{_FLOW}/onAuthenticationMethodLoadStart/identityProviders"
_ATTRIBUTES = f"{_FLOW}/onAttributeCollection/attributes"
_LOAD_PAGE = "onauthenticationmethodloadstartexternalusersselfservicesignup"
_COLLECT_PAGE = "onattributecollectionexternalusersselfservicesignup"

AREA = Area(
    sets=(
        EntitySet("identity/authenticationEventsFlows", (user_flow.FLOW.name,)),
        EntitySet("identity/identityProviders", (identity_provider.BUILT_IN.name,)),
        EntitySet("identityProviders", (identity_provider.BUILT_IN.name,)),
        EntitySet("identity/userFlowAttributes", (user_flow_attribute.ATTRIBUTE.name,)),
    ),
    entities=(
        identity_provider.ENTITY,
        user_flow_attribute.ENTITY,
        user_flow.ENTITY,
        user_flow.CONDITION_ENTITY,
    ),
    operations=(
        *(
            operation(f"GET {path}{end}", _READ_PROVIDERS, page)
            for path in ("/identityProviders", "/identity/identityProviders")
            for end, page in (
                ("", "identitycontainer-list-identityproviders"),
                ("/{id}", "identityproviderbase-get"),
            )
        ),
        operation(
            "GET /identity/userFlowAttributes", _READ_ATTRIBUTES, "identityuserflowattribute-list"
        ),
        operation(
            "GET /identity/userFlowAttributes/{id}",
            _READ_ATTRIBUTES,
            "identityuserflowattribute-get",
        ),
        operation(f"GET {_FLOWS}", _READ, "identitycontainer-list-authenticationeventsflows"),
        operation(f"POST {_FLOWS}", _WRITE, "identitycontainer-post-authenticationeventsflows"),
        operation(f"GET {_FLOW}", _READ, "authenticationeventsflow-get"),
        operation(f"PATCH {_FLOW}", _WRITE, "authenticationeventsflow-update"),
        operation(f"DELETE {_FLOW}", _WRITE, "authenticationeventsflow-delete"),
        operation(
            f"GET {_APPLICATIONS}",
            _READ,
            "authenticationconditionsapplications-list-includeapplications",
        ),
        operation(
            f"POST {_APPLICATIONS}",
            _WRITE,
            "authenticationconditionsapplications-post-includeapplications",
        ),
        operation(
            f"DELETE {_APPLICATIONS}/{{id}}", _WRITE, "authenticationconditionapplication-delete"
        ),
        operation(f"GET {_PROVIDERS}", _READ, f"{_LOAD_PAGE}-list-identityproviders"),
        operation(f"GET {_PROVIDERS}/$ref", _READ, f"{_LOAD_PAGE}-list-identityproviders"),
        operation(f"POST {_PROVIDERS}/$ref", _WRITE, f"{_LOAD_PAGE}-post-identityproviders"),
        operation(
            f"DELETE {_PROVIDERS}/{{id}}/$ref", _WRITE, f"{_LOAD_PAGE}-delete-identityproviders"
        ),
        operation(f"GET {_ATTRIBUTES}", _READ, f"{_COLLECT_PAGE}-list-attributes"),
        operation(f"GET {_ATTRIBUTES}/$ref", _READ, f"{_COLLECT_PAGE}-list-attributes"),
        operation(f"POST {_ATTRIBUTES}/$ref", _WRITE, f"{_COLLECT_PAGE}-post-attributes"),
        operation(
            f"DELETE {_ATTRIBUTES}/{{id}}/$ref", _WRITE, f"{_COLLECT_PAGE}-delete-attributes"
        ),
    ),
    missing=(
        "identity/authenticationEventListeners",
        "identity/customAuthenticationExtensions",
        "identity/apiConnectors",
        "identity/b2xUserFlows",
        "identity/signInIdentifiers",
    ),
)
