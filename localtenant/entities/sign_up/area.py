"""How customers sign up and in: user flows, listeners, identity providers, attributes."""

from __future__ import annotations

from localtenant.entities.custom_extensions.extensions_app import NEEDS_EXTENSIONS_APP
from localtenant.entities.sign_up import (
    conditions,
    identity_provider,
    listener,
    sign_in_identifier,
    user_flow,
    user_flow_attribute,
)
from localtenant.odata.model import Area, EntitySet
from localtenant.odata.operations import Operation, operation, same

_READ_PROVIDERS = same("IdentityProvider.Read.All", "IdentityProvider.ReadWrite.All")
_WRITE_PROVIDERS = same("IdentityProvider.ReadWrite.All")
_READ_ATTRIBUTES = same("IdentityUserFlow.Read.All", "IdentityUserFlow.ReadWrite.All")
_WRITE_ATTRIBUTES = same("IdentityUserFlow.ReadWrite.All")
_READ_IDENTIFIERS = same("SignInIdentifier.Read.All", "SignInIdentifier.ReadWrite.All")
_WRITE_IDENTIFIERS = same("SignInIdentifier.ReadWrite.All")
_READ = same("EventListener.Read.All", "EventListener.ReadWrite.All")
_WRITE = same("EventListener.ReadWrite.All")

_ATTRIBUTE = "/identity/userFlowAttributes"
_IDENTIFIER = "/identity/signInIdentifiers"
_LISTENERS = "/identity/authenticationEventListeners"
_FLOWS = "/identity/authenticationEventsFlows"
_FLOW = f"{_FLOWS}/{{id}}"
_PROVIDERS = f"{_FLOW}/onAuthenticationMethodLoadStart/identityProviders"
_ATTRIBUTES = f"{_FLOW}/onAttributeCollection/attributes"
_LOAD_PAGE = "onauthenticationmethodloadstartexternalusersselfservicesignup"
_COLLECT_PAGE = "onattributecollectionexternalusersselfservicesignup"
_IN_FLOW = "refused for one that is in a user flow, which is our own choice"
_NO_PAGE = "permissions table of Graph; no page"


def _of_providers() -> tuple[Operation, ...]:
    """The operations on identity providers, at the present and at the older path."""
    return tuple(
        row
        for path in ("/identity/identityProviders", "/identityProviders")
        for row in (
            operation(f"GET {path}", _READ_PROVIDERS, "identitycontainer-list-identityproviders"),
            operation(
                f"POST {path}",
                _WRITE_PROVIDERS,
                "identitycontainer-post-identityproviders",
                differences=NEEDS_EXTENSIONS_APP,
            ),
            operation(f"GET {path}/{{id}}", _READ_PROVIDERS, "identityproviderbase-get"),
            operation(f"PATCH {path}/{{id}}", _WRITE_PROVIDERS, "identityproviderbase-update"),
            operation(
                f"DELETE {path}/{{id}}",
                _WRITE_PROVIDERS,
                "identityproviderbase-delete",
                differences=_IN_FLOW,
            ),
            operation(
                f"GET {path}/availableProviderTypes",
                _READ_PROVIDERS,
                "identityproviderbase-availableprovidertypes",
                differences="which types an external tenant lists is our own choice",
            ),
        )
    )


def _of_applications(path: str, differences: str = "") -> tuple[Operation, ...]:
    """The operations on the applications of a flow or of a listener."""
    place = f"{path}/conditions/applications/includeApplications"
    page = "authenticationconditionsapplications"
    return (
        operation(f"GET {place}", _READ, f"{page}-list-includeapplications"),
        operation(
            f"POST {place}", _WRITE, f"{page}-post-includeapplications", differences=differences
        ),
        operation(f"DELETE {place}/{{id}}", _WRITE, "authenticationconditionapplication-delete"),
    )


def _of_flows() -> tuple[Operation, ...]:
    return (
        operation(f"GET {_FLOWS}", _READ, "identitycontainer-list-authenticationeventsflows"),
        operation(f"POST {_FLOWS}", _WRITE, "identitycontainer-post-authenticationeventsflows"),
        operation(f"GET {_FLOW}", _READ, "authenticationeventsflow-get"),
        operation(f"PATCH {_FLOW}", _WRITE, "authenticationeventsflow-update"),
        operation(f"DELETE {_FLOW}", _WRITE, "authenticationeventsflow-delete"),
        *_of_applications(_FLOW),
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
        *(
            operation(f"{method} {_FLOW}/{event}/customExtension{end}", accepted, _NO_PAGE)
            for event in ("onAttributeCollectionStart", "onAttributeCollectionSubmit")
            for method, end, accepted in (
                ("GET", "", _READ),
                ("GET", "/$ref", _READ),
                ("PUT", "/$ref", _WRITE),
            )
        ),
    )


def _of_listeners() -> tuple[Operation, ...]:
    one = f"{_LISTENERS}/{{id}}"
    of_flow = "refused for a listener that belongs to a user flow, which is our own choice"
    return (
        operation(
            f"GET {_LISTENERS}", _READ, "identitycontainer-list-authenticationeventlisteners"
        ),
        operation(
            f"POST {_LISTENERS}",
            _WRITE,
            "identitycontainer-post-authenticationeventlisteners",
            differences="onFraudProtectionLoadStartListener is answered with 501; whether the "
            "applications exist is not checked",
        ),
        operation(f"GET {one}", _READ, "authenticationeventlistener-get"),
        operation(
            f"PATCH {one}", _WRITE, "authenticationeventlistener-update", differences=of_flow
        ),
        operation(
            f"DELETE {one}", _WRITE, "authenticationeventlistener-delete", differences=of_flow
        ),
        *_of_applications(one, "whether the application exists is not checked"),
    )


def _of_attributes() -> tuple[Operation, ...]:
    page = "identityuserflowattribute"
    one = f"{_ATTRIBUTE}/{{id}}"
    return (
        operation(f"GET {_ATTRIBUTE}", _READ_ATTRIBUTES, f"{page}-list"),
        operation(f"POST {_ATTRIBUTE}", _WRITE_ATTRIBUTES, f"{page}-post"),
        operation(f"GET {one}", _READ_ATTRIBUTES, f"{page}-get"),
        operation(f"PATCH {one}", _WRITE_ATTRIBUTES, f"{page}-update"),
        operation(f"DELETE {one}", _WRITE_ATTRIBUTES, f"{page}-delete", differences=_IN_FLOW),
    )


def _of_identifiers() -> tuple[Operation, ...]:
    page = "signinidentifierbase"
    one = f"{_IDENTIFIER}/{{id}}"
    return (
        operation(
            f"GET {_IDENTIFIER}",
            _READ_IDENTIFIERS,
            "our own choice, after signinidentifierbase-get",
            differences="which are enabled at first is our own choice",
            beta=True,
        ),
        operation(f"GET {one}", _READ_IDENTIFIERS, f"{page}-get", beta=True),
        operation(
            f"PATCH {one}",
            _WRITE_IDENTIFIERS,
            f"{page}-update",
            differences="Username decides sign-ins; the others are kept",
            beta=True,
        ),
    )


AREA = Area(
    sets=(
        user_flow.SET,
        listener.SET,
        *identity_provider.SETS,
        EntitySet("identity/userFlowAttributes", (user_flow_attribute.ATTRIBUTE.name,)),
        sign_in_identifier.SET,
    ),
    entities=(
        user_flow.ENTITY,
        listener.ENTITY,
        conditions.CONDITION_ENTITY,
        identity_provider.ENTITY,
        user_flow_attribute.ENTITY,
        sign_in_identifier.ENTITY,
    ),
    operations=(
        *_of_flows(),
        *_of_listeners(),
        *_of_providers(),
        *_of_attributes(),
        *_of_identifiers(),
    ),
    missing=(
        "identity/apiConnectors",
        "identity/b2xUserFlows",
        "identity/riskPrevention",
        "identity/verifiedId",
    ),
)
