"""Settings that every tenant has: set, read, and given back as they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from passcode import EMAIL_METHOD
from tenant_fixture import Tenant

from providers.authentication_method.lifecycle import EmailAuthenticationMethodLifecycle
from providers.graph import rest
from providers.graph.session import Session
from providers.lifecycle import Lifecycle, Made
from providers.login_page_text_visibility.lifecycle import LoginPageTextVisibilityLifecycle
from providers.sign_in_identifier.lifecycle import SignInIdentifierLifecycle

PART = "loginPageTextVisibilitySettings"


@dataclass(frozen=True)
class Setting:
    """A setting of the tenant: where it is, and what is set."""

    kind: Lifecycle
    path: str
    inputs: dict[str, object]
    name: str
    """The property that is set."""
    before: object
    """What it is in a tenant of the tests."""
    change: tuple[str, ...] = ("PATCH",)
    """What a change is sent by."""


SETTINGS = [
    Setting(
        EmailAuthenticationMethodLifecycle(),
        f"/v1.0{EMAIL_METHOD}",
        {"allowExternalIdToUseEmailOtp": "disabled"},
        "allowExternalIdToUseEmailOtp",
        "enabled",
    ),
    Setting(
        SignInIdentifierLifecycle(),
        "/beta/identity/signInIdentifiers/Username",
        {"name": "Username", "isEnabled": True},
        "isEnabled",
        False,
    ),
    Setting(
        LoginPageTextVisibilityLifecycle(),
        "/v1.0/organization/{tenant}/branding",
        {"hideForgotMyPassword": True},
        "hideForgotMyPassword",
        False,
        # The part of the branding is written whole.
        ("GET", "PATCH"),
    ),
]
EACH = pytest.mark.parametrize("setting", SETTINGS, ids=["email", "username", "links"])


def live(tenant: Tenant, setting: Setting) -> Any:
    """What the tenant has now; null is what nobody has set."""
    _, version, path = setting.path.split("/", 2)
    answer = tenant.admin.get(f"/{path.format(tenant=tenant.ready.tenantId)}", version)
    if answer.status_code == 404:
        return setting.before
    shown = answer.raise_for_status().json()
    found = shown[PART][setting.name] if PART in shown else shown[setting.name]
    return setting.before if found is None else found


def create(session: Session, setting: Setting) -> Made:
    """Set it as the host does."""
    return session.operate("set it", lambda graph: setting.kind.create(graph, setting.inputs))


def read(session: Session, setting: Setting, made: Made) -> Made | None:
    """Read it as a refresh does."""
    return session.operate("", lambda graph: setting.kind.read(graph, made.id, made.outputs))


def delete(session: Session, setting: Setting, made: Made) -> None:
    """Give it back as the host does."""
    session.operate("", lambda graph: setting.kind.delete(graph, made.id, made.outputs))


@EACH
def test_setting_is_made_and_given_back(tenant: Tenant, session: Session, setting: Setting) -> None:
    """By one PATCH each; what was there before is recorded."""
    assert live(tenant, setting) == setting.before
    with tenant.wire() as wire:
        made = create(session, setting)
    assert [one.split(" ")[0] for one in wire.writes()] == ["PATCH"]
    assert made.outputs["before"] == {setting.name: setting.before}
    assert live(tenant, setting) == setting.inputs[setting.name]
    assert read(session, setting, made) == made
    assert setting.kind.plan(made.outputs, setting.inputs).changes == []

    delete(session, setting, made)
    assert live(tenant, setting) == setting.before


@EACH
def test_what_is_so_already_is_not_sent(tenant: Tenant, session: Session, setting: Setting) -> None:
    """A second creation, as after an interrupted run, writes nothing."""
    made = create(session, setting)
    with tenant.wire() as wire:
        create(session, setting)
    assert wire.writes() == []
    delete(session, setting, made)


@EACH
def test_what_others_set_since_is_theirs(
    tenant: Tenant, session: Session, setting: Setting
) -> None:
    """It shows in a refresh, and is left alone at the end."""
    made = create(session, setting)
    delete(session, setting, made)

    found = read(session, setting, made)
    assert found is not None
    assert setting.kind.plan(found.outputs, setting.inputs).changes == [setting.name]
    with tenant.wire() as wire:
        delete(session, setting, made)
    assert wire.writes() == []


@EACH
def test_change_is_one_write(tenant: Tenant, session: Session, setting: Setting) -> None:
    """What was there before the stack stays recorded."""
    made = create(session, setting)
    later = {**setting.inputs, setting.name: setting.before}
    with tenant.wire() as wire:
        outputs = session.operate(
            "", lambda graph: setting.kind.update(graph, made.id, made.outputs, later)
        )
    assert [one.split(" ")[0] for one in wire.graph()] == list(setting.change)
    assert outputs == {**made.outputs, setting.name: setting.before}
    assert live(tenant, setting) == setting.before


def test_other_links_stay_as_they_are(
    tenant: Tenant, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that the stack does not name; also where nobody had any branding before.

    They are sent along, for a service that would take what is left out away.
    """
    sent: list[Any] = []
    call = rest.call

    async def watched(*args: Any, **options: Any) -> rest.Json:
        sent.append(args)
        return await call(*args, **options)

    monkeypatch.setattr(rest, "call", watched)
    place = f"/organization/{tenant.ready.tenantId}/branding"
    tenant.admin.delete(place)
    kind, inputs = LoginPageTextVisibilityLifecycle(), {"hideForgotMyPassword": False}
    made = session.operate("", lambda graph: kind.create(graph, inputs))
    assert made.id == place.strip("/")
    others = {"hideTermsOfUse": True, "hideResetItNow": True}
    tenant.admin.patch(place, {PART: others}).raise_for_status()

    later = {"hideForgotMyPassword": True}
    outputs = session.operate("", lambda graph: kind.update(graph, made.id, made.outputs, later))
    assert tenant.one(place)[PART].items() >= {**others, **later}.items()
    assert sent[-1][3][PART].items() >= {**others, **later}.items()
    session.operate("", lambda graph: kind.delete(graph, made.id, outputs))
    shown = tenant.one(place)[PART]
    assert {name: shown[name] for name in (*others, *later)} == {
        **others,
        "hideForgotMyPassword": False,
    }

    tenant.admin.delete(place).raise_for_status()
    assert session.operate("", lambda graph: kind.read(graph, made.id, outputs)) is None
    session.operate("", lambda graph: kind.delete(graph, made.id, outputs))
    assert tenant.admin.get(place).status_code == 404


def test_another_identifier_replaces() -> None:
    """Each is a setting of its own."""
    kind = SignInIdentifierLifecycle()
    plan = kind.plan({"name": "Username", "isEnabled": True}, {"name": "UPN", "isEnabled": True})
    assert plan.replaces == ["name"]


@pytest.mark.parametrize(
    ("kind", "inputs", "reason"),
    [
        (SETTINGS[0].kind, {"state": "on"}, "'on' is none of enabled, disabled"),
        (SETTINGS[1].kind, {"name": "Phone", "isEnabled": True}, "'Phone' is none of Email, UPN"),
    ],
)
def test_what_graph_refuses_is_known_before(
    kind: Lifecycle, inputs: dict[str, object], reason: str
) -> None:
    """Each problem names its input."""
    (problem,) = kind.validate(inputs)
    assert problem.reason.startswith(reason)
