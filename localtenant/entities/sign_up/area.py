"""How customers sign up and in: user flows and listeners, which show the same objects.

Identity providers, attributes and sign-in identifiers are areas of their own.
"""

from __future__ import annotations

from localtenant.entities.sign_up import conditions, listener, user_flow
from localtenant.odata.model import Area
from localtenant.odata.operations import Operation, operation, same

_READ = same("EventListener.Read.All", "EventListener.ReadWrite.All")
_WRITE = same("EventListener.ReadWrite.All")

_LISTENERS = "/identity/authenticationEventListeners"
_FLOWS = "/identity/authenticationEventsFlows"
_FLOW = f"{_FLOWS}/{{id}}"
_PROVIDERS = f"{_FLOW}/onAuthenticationMethodLoadStart/identityProviders"
_ATTRIBUTES = f"{_FLOW}/onAttributeCollection/attributes"
_LOAD_PAGE = "onauthenticationmethodloadstartexternalusersselfservicesignup"
_COLLECT_PAGE = "onattributecollectionexternalusersselfservicesignup"
_NO_PAGE = "permissions table of Graph; no page"


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


AREA = Area(
    sets=(
        user_flow.SET,
        listener.SET,
    ),
    entities=(
        user_flow.ENTITY,
        listener.ENTITY,
        conditions.CONDITION_ENTITY,
    ),
    operations=(
        *_of_flows(),
        *_of_listeners(),
    ),
    missing=(
        "identity/apiConnectors",
        "identity/b2xUserFlows",
        "identity/riskPrevention",
        "identity/verifiedId",
    ),
)
