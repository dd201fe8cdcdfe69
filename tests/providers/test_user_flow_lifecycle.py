"""A user flow's lifecycle against a tenant: the requests it sends, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sign_in import lookup, trust
from tenant_fixture import Tenant, tenant_in

from providers.graph.errors import GraphError, ObjectError, TenantError
from providers.graph.session import Session
from providers.lifecycle import Made
from providers.user_flow.lifecycle import UserFlowLifecycle

FLOWS = "/identity/authenticationEventsFlows"
CAST = "graph.externalUsersSelfServiceSignUpEventsFlow"
PROVIDERS = (
    f"{CAST}/onAuthenticationMethodLoadStart/"
    "graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders"
)
ATTRIBUTES = (
    f"{CAST}/onAttributeCollection/"
    "graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes"
)
LIFECYCLE = UserFlowLifecycle()
CHOSEN: dict[str, object] = {
    "attribute": "displayName",
    "label": "How did you hear of us?",
    "inputType": "radioSingleSelect",
    "required": True,
    "defaultValue": "friends",
    "options": [
        {"label": "From friends", "value": "friends"},
        {"label": "From the radio", "value": "radio"},
    ],
}
FIXED: dict[str, object] = {
    "hidden": True,
    "editable": False,
    "writeToDirectory": False,
    "defaultValue": "NO",
    "validationRegEx": "^[A-Z]{2}$",
}
"""With `CHOSEN`, everything that can be said of an input, each other than by default."""


def wanted(name: str, **changed: object) -> dict[str, object]:
    """The seed's flow under another name, with some inputs changed."""
    inputs: dict[str, object] = {
        "displayName": name,
        "identityProviders": ["EmailPassword-OAUTH"],
        "attributes": [{"attribute": "country"}, {"attribute": "displayName"}],
        "isSignUpAllowed": True,
        "userTypeToCreate": "member",
    }
    return LIFECYCLE.normalise({**inputs, **changed})


def create(session: Session, inputs: dict[str, object]) -> Made:
    """Create as the host does."""
    return session.operate("create it", lambda graph: LIFECYCLE.create(graph, inputs))


def read(session: Session, made: Made) -> Made | None:
    """Read as the host does."""
    return session.operate("read it", lambda graph: LIFECYCLE.read(graph, made.id, made.outputs))


def update(session: Session, made: Made, inputs: dict[str, object]) -> dict[str, object]:
    """Update as the host does."""
    return session.operate(
        "update it", lambda graph: LIFECYCLE.update(graph, made.id, made.outputs, inputs)
    )


def delete(session: Session, made: Made) -> None:
    """Delete as the host does."""
    session.operate("delete it", lambda graph: LIFECYCLE.delete(graph, made.id, made.outputs))


def test_create_takes_one_request(tenant: Tenant, session: Session, name: str) -> None:
    """A new flow is one POST, and is in the tenant as wanted."""
    with tenant.wire() as wire:
        made = create(session, wanted(name))

    assert wire.graph() == [f"POST {FLOWS}"]
    flow = tenant.one(f"{FLOWS}/{made.id}")
    start, collection = flow["onAuthenticationMethodLoadStart"], flow["onAttributeCollection"]
    inputs = collection["attributeCollectionPage"]["views"][0]["inputs"]
    assert flow["displayName"] == name
    assert [one["id"] for one in start["identityProviders"]] == ["EmailPassword-OAUTH"]
    assert sorted(one["id"] for one in collection["attributes"]) == [
        "country",
        "displayName",
        "email",
    ]
    assert [one["attribute"] for one in inputs] == ["email", "country", "displayName"]
    assert (inputs[0]["hidden"], inputs[0]["required"]) == (True, True)
    assert flow["onInteractiveAuthFlowStart"]["isSignUpAllowed"] is True
    assert flow["onUserCreateStart"]["userTypeToCreate"] == "member"
    assert made.outputs == {
        **wanted(name),
        "tenantId": tenant.ready.tenantId,
        "adopted": False,
    }


def test_create_finds_what_an_interrupted_run_has_made(
    tenant: Tenant, session: Session, name: str
) -> None:
    """Graph refuses a second flow of a name; the first is taken where it is just as wanted."""
    first = create(session, wanted(name))
    with tenant.wire() as wire:
        second = create(session, wanted(name))

    # The last request shows that nobody signs in by it.
    inside = f"{FLOWS}/{first.id}/conditions/applications/includeApplications"
    assert wire.graph() == [f"POST {FLOWS}", f"GET {FLOWS}", f"GET {inside}"]
    assert second == first


def test_create_refuses_a_flow_that_is_somebody_elses(
    tenant: Tenant, session: Session, name: str
) -> None:
    """A flow of that name that differs is left as it is; the error says in what, and the way."""
    other = create(session, wanted(name, isSignUpAllowed=False))
    with tenant.wire() as wire, pytest.raises(ObjectError) as refused:
        create(session, wanted(name))

    assert wire.writes() == [f"POST {FLOWS}"], "Graph has refused it"
    assert tenant.one(f"{FLOWS}/{other.id}")["displayName"] == name
    for part in (name, other.id, "isSignUpAllowed", "adopt: true"):
        assert part in str(refused.value)


def test_adopting_reads_and_writes_nothing(tenant: Tenant, session: Session, name: str) -> None:
    """An adopted flow is recorded as it is, and the difference is left for the next preview."""
    other = create(session, wanted(name, isSignUpAllowed=False))
    inputs = wanted(name, adopt=True)
    with tenant.wire() as wire:
        adopted = create(session, inputs)

    assert wire.writes() == []
    assert (adopted.id, adopted.outputs["adopted"]) == (other.id, True)
    assert list(LIFECYCLE.plan(adopted.outputs, inputs).changes) == ["isSignUpAllowed"]


def test_deleting_what_was_adopted_only_lets_go(
    tenant: Tenant, session: Session, name: str
) -> None:
    """An adopted flow stays in the tenant, unless the inputs say otherwise."""
    create(session, wanted(name, isSignUpAllowed=False))
    adopted = create(session, wanted(name, adopt=True))
    with tenant.wire() as wire:
        delete(session, adopted)
    assert wire.graph() == []

    delete(session, Made(adopted.id, {**adopted.outputs, "forceDestroy": True}))
    assert read(session, adopted) is None


def test_read_takes_one_request_and_tells_every_drift(
    tenant: Tenant, session: Session, name: str
) -> None:
    """What somebody changed in the tenant is in the outputs, property by property."""
    made = create(session, wanted(name))
    root = "#microsoft.graph."
    page = [{"attribute": "country", "label": "Land", "inputType": "text", "required": True}]
    body = {
        "@odata.type": f"{root}externalUsersSelfServiceSignUpEventsFlow",
        "displayName": f"{name} (old)",
        "onInteractiveAuthFlowStart": {
            "@odata.type": f"{root}onInteractiveAuthFlowStartExternalUsersSelfServiceSignUp",
            "isSignUpAllowed": False,
        },
        "onUserCreateStart": {
            "@odata.type": f"{root}onUserCreateStartExternalUsersSelfServiceSignUp",
            "userTypeToCreate": "guest",
        },
        "onAttributeCollection": {
            "@odata.type": f"{root}onAttributeCollectionExternalUsersSelfServiceSignUp",
            "attributeCollectionPage": {"views": [{"inputs": page}]},
        },
    }
    tenant.admin.patch(f"{FLOWS}/{made.id}", body).raise_for_status()
    with tenant.wire() as wire:
        found = read(session, made)

    assert wire.graph() == [f"GET {FLOWS}/{made.id}"]
    assert found is not None
    changed = {key for key, value in found.outputs.items() if made.outputs[key] != value}
    assert changed == {"displayName", "isSignUpAllowed", "userTypeToCreate", "attributes"}


def test_read_of_an_unchanged_flow_is_what_create_returned(session: Session, name: str) -> None:
    """A refresh without drift changes nothing in the state."""
    made = create(session, wanted(name))
    assert read(session, made) == made


def test_read_of_a_gone_flow_is_nothing(session: Session, name: str) -> None:
    """A flow deleted elsewhere is gone from the state after a refresh."""
    made = create(session, wanted(name))
    delete(session, made)
    assert read(session, made) is None


@pytest.mark.parametrize(
    ("changed", "requests"),
    [
        ({"displayName": "renamed"}, ["PATCH {flow}"]),
        ({"isSignUpAllowed": False}, ["PATCH {flow}"]),
        ({"userTypeToCreate": "guest"}, ["PATCH {flow}"]),
        (
            {"attributes": [CHOSEN, {"attribute": "country", **FIXED}]},
            ["GET {flow}", "PATCH {flow}"],
        ),
        (
            {"identityProviders": ["EmailOtpSignup-OAUTH"]},
            [
                "GET {flow}",
                f"POST {{flow}}/{PROVIDERS}/$ref",
                f"DELETE {{flow}}/{PROVIDERS}/EmailPassword-OAUTH/$ref",
            ],
        ),
        (
            {"attributes": [{"attribute": "displayName"}, {"attribute": "city"}]},
            [
                "GET {flow}",
                f"POST {{flow}}/{ATTRIBUTES}/$ref",
                f"DELETE {{flow}}/{ATTRIBUTES}/country/$ref",
                "PATCH {flow}",
            ],
        ),
        (
            {"attributes": [{"attribute": "country", "label": "Land"}]},
            ["GET {flow}", f"DELETE {{flow}}/{ATTRIBUTES}/displayName/$ref", "PATCH {flow}"],
        ),
        ({"attributes": []}, None),
        ({"forceDestroy": True}, []),
    ],
)
def test_update_sends_the_least_and_reads_back_as_wanted(
    tenant: Tenant,
    session: Session,
    name: str,
    changed: dict[str, object],
    requests: list[str] | None,
) -> None:
    """References go first and the page last; a read then finds nothing left to change."""
    made = create(session, wanted(name))
    if "displayName" in changed:
        changed = {"displayName": f"{name} (renamed)"}
    inputs = wanted(name, **changed)
    with tenant.wire() as wire:
        outputs = update(session, made, inputs)

    if requests is not None:
        assert wire.graph() == [one.format(flow=f"{FLOWS}/{made.id}") for one in requests]
    found = read(session, Made(made.id, outputs))
    assert found is not None
    assert found.outputs == outputs
    assert LIFECYCLE.plan(found.outputs, inputs).changes == []


def test_an_attributes_email_setting_made_by_hand_survives_an_update(
    tenant: Tenant, session: Session, name: str
) -> None:
    """What the program does not name is sent back as it is, because inputs are replaced whole."""
    made = create(session, wanted(name))
    page = tenant.one(f"{FLOWS}/{made.id}")["onAttributeCollection"]["attributeCollectionPage"]
    page["views"][0]["inputs"][0]["label"] = "Your address"
    root = "#microsoft.graph."
    body = {
        "@odata.type": f"{root}externalUsersSelfServiceSignUpEventsFlow",
        "onAttributeCollection": {
            "@odata.type": f"{root}onAttributeCollectionExternalUsersSelfServiceSignUp",
            "attributeCollectionPage": {"views": [{"inputs": page["views"][0]["inputs"]}]},
        },
    }
    tenant.admin.patch(f"{FLOWS}/{made.id}", body).raise_for_status()

    update(session, made, wanted(name, attributes=[{"attribute": "city"}]))
    page = tenant.one(f"{FLOWS}/{made.id}")["onAttributeCollection"]["attributeCollectionPage"]
    assert page["views"][0]["inputs"][0]["label"] == "Your address"


def test_delete_of_a_flow_with_applications_is_refused(
    tenant: Tenant,
    session: Session,
    name: str,
    new_application: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Customers of an application that is still in the flow would be locked out."""
    monkeypatch.setattr("providers.named._UNUSED_SECONDS", 0.1)
    made = create(session, wanted(name))
    client = new_application()["appId"]
    link = f"{FLOWS}/{made.id}/conditions/applications/includeApplications"
    body = {"@odata.type": "#microsoft.graph.authenticationConditionApplication", "appId": client}
    tenant.admin.post(link, body).raise_for_status()

    with pytest.raises(ObjectError, match=f"{client}.*forceDestroy: true"):
        delete(session, made)
    assert read(session, made) is not None
    delete(session, Made(made.id, {**made.outputs, "forceDestroy": True}))
    assert read(session, made) is None


def test_delete_of_what_is_gone_succeeds(session: Session, name: str) -> None:
    """A second delete, or one after somebody else's, is no error."""
    made = create(session, wanted(name))
    delete(session, made)
    delete(session, made)


def test_another_tenants_flow_is_not_touched(tenant: Tenant, session: Session, name: str) -> None:
    """State that is pointed at the wrong tenant is refused before any request about the object."""
    made = create(session, wanted(name))
    with tenant.wire() as wire, pytest.raises(TenantError) as refused:
        session.operate(
            "read it",
            lambda graph: LIFECYCLE.read(graph, made.id, made.outputs),
            recorded_tenant="99999999-9999-9999-9999-999999999999",
        )
    assert wire.graph() == []
    assert "99999999-9999-9999-9999-999999999999" in str(refused.value)
    assert tenant.ready.tenantId in str(refused.value)


def test_what_graph_refuses_is_told_with_its_words(
    tenant: Tenant, session: Session, name: str
) -> None:
    """An identity provider that the tenant lacks: Graph's code, message and request id."""
    with pytest.raises(GraphError, match=r"Could not create .*Graph said .*request-id [0-9a-f-]+"):
        create(session, wanted(name, identityProviders=["Google-OAUTH"]))
    assert name not in [one["displayName"] for one in tenant.all(FLOWS)]


def test_references_that_a_flow_does_not_show_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Sources disagree on whether Graph shows them in the flow; either way the read is the same."""
    with tenant_in(tmp_path, "--flow-reads", "bare") as tenant:
        trust(monkeypatch, tenant)
        session = Session(lookup(tenant))
        made = create(session, wanted(name))
        with tenant.wire() as wire:
            assert read(session, made) == made
        assert wire.graph() == [
            f"GET {FLOWS}/{made.id}",
            f"GET {FLOWS}/{made.id}/{PROVIDERS}",
            f"GET {FLOWS}/{made.id}/{ATTRIBUTES}",
        ]
        assert create(session, wanted(name)) == made
