"""Bad days, on the providers' side: one line that says what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from bad_days import DAYS, changed
from sign_in import lookup, trust
from tenant_fixture import Tenant, tenant_in

from providers.graph.configuration import Lookup
from providers.graph.errors import ConfigurationError, GraphError, ProviderError, TenantError
from providers.graph.session import Graph, Session
from providers.hosting import LifecycleProvider
from providers.organization import read_organization
from providers.user_flow import UserFlowProvider
from providers.user_flow_application import UserFlowApplicationProvider

ADVISED = re.compile(r"Grant the application that signs in the Graph permission (\S+),")


def nothing_configured(_key: str) -> str | None:
    """A stack without any ``azuread:`` key: the environment decides."""
    return None


async def nothing(_graph: Graph) -> None:
    """An operation that is never reached."""


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of this process, without anything that signs in, and without an Azure CLI."""
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    return monkeypatch


@pytest.mark.parametrize("name", DAYS)
def test_a_day_without_a_sign_in_is_told_in_one_line(
    tenant: Tenant, environment: pytest.MonkeyPatch, name: str
) -> None:
    """What failed, Entra's code with its IDs where it answered, what to do; and no secret."""
    variables = changed(DAYS[name], tenant)
    for variable, value in variables.items():
        environment.setenv(variable, value)
    with pytest.raises(ConfigurationError) as refused:
        read_organization(nothing_configured)
    told = str(refused.value)
    assert told.startswith("Could not read the tenant. ")
    for expected in DAYS[name].said:
        assert re.search(expected, told), told
    assert "\n" not in told
    assert len(told) < 480, told
    assert variables.get("ARM_CLIENT_SECRET", "no secret") not in told


def test_why_there_is_no_connection_is_told_once(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refresh asks for many objects: each is named, the reason is not repeated."""
    trust(monkeypatch, tenant)
    keys = lookup(tenant)
    session = Session(lambda key: "wrong" if key == "clientSecret" else keys(key))
    told: list[str] = []
    with tenant.wire() as wire:
        for name in ("A", "B", "C"):
            with pytest.raises(ConfigurationError) as refused:
                session.operate(f"read the user flow '{name}'", nothing)
            told.append(str(refused.value))
    assert ["AADSTS" in one for one in told] == [True, False, False]
    assert told[2] == (
        "Could not read the user flow 'C': there is no connection to the tenant, for the reason "
        "that the error 'Could not read the user flow 'A'' gives."
    )
    assert len([one for one in wire.requests if one["path"].endswith("/token")]) == 1


def test_a_workforce_tenant_is_told_as_such(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right tenant of the wrong type: both types are named."""
    with tenant_in(tmp_path_factory.mktemp("workforce"), "--tenant-type", "AAD") as workforce:
        trust(monkeypatch, workforce)
        with pytest.raises(TenantError, match=r"type 'AAD'.*type 'CIAM'.*azuread:tenantId"):
            read_organization(lookup(workforce))


def test_without_permission_to_read_the_tenant_the_permission_is_named(
    poor: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``Organization.Read.All`` is needed before anything else."""
    trust(monkeypatch, poor)
    with pytest.raises(GraphError) as refused:
        read_organization(_as(poor, "nobody"))
    told = str(refused.value)
    assert told.startswith("Could not read the tenant: Graph said Authorization_RequestDenied: ")
    assert re.search(r"request-id [0-9a-f-]{36}", told)
    assert ADVISED.findall(told) == ["Organization.Read.All"]


Operation = Callable[[], object]
FLOW: dict[str, object] = {
    "displayName": "Customers",
    "identityProviders": ["EmailPassword-OAUTH"],
    "attributes": [],
    "tenantId": "",
}
LINK: dict[str, object] = {"userFlowId": "flow", "clientId": "client", "tenantId": ""}


@pytest.fixture(scope="module")
def poor_session(poor: Tenant) -> Iterator[Session]:
    """A session of that tenant that is signed in as the client without a permission."""
    with pytest.MonkeyPatch.context() as patch:
        trust(patch, poor)
        yield Session(_as(poor, "nobody"))


def _calls(provider: LifecycleProvider, properties: dict[str, object]) -> dict[str, Operation]:
    """The operations that send requests, on an object that is recorded with these properties."""
    changed_flow = {**properties, "displayName": "Members"}
    calls: dict[str, Operation] = {
        "create": lambda: provider.create(dict(properties)),
        "read": lambda: provider.read("an-id", dict(properties)),
        "delete": lambda: provider.delete("an-id", dict(properties)),
    }
    if provider is FLOWS:
        calls["update"] = lambda: provider.update("an-id", dict(properties), changed_flow)
    return calls


FLOWS, LINKS = UserFlowProvider(), UserFlowApplicationProvider()
CALLS = {
    f"{operation} the {name}": call
    for name, calls in {
        "user flow": _calls(FLOWS, FLOW),
        "application in a user flow": _calls(LINKS, LINK),
    }.items()
    for operation, call in calls.items()
}


@pytest.mark.parametrize("call", CALLS)
def test_without_its_permission_every_operation_names_it(
    poor_session: Session, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Each kind of object says once what it needs, and each of its operations tells it."""
    monkeypatch.setattr("providers.graph.session.current", lambda: poor_session)
    with pytest.raises(ProviderError) as refused:
        CALLS[call]()
    assert "Graph said AADB2C: " in str(refused.value)
    assert ADVISED.findall(str(refused.value)) == ["EventListener.ReadWrite.All"]


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory):  # noqa: ANN201 -- a generator of a tenant
    """A tenant with a client that holds no permission."""
    folder = tmp_path_factory.mktemp("poor")
    with tenant_in(folder, "--client", "nobody=") as running:
        yield running


def _as(tenant: Tenant, name: str) -> Lookup:
    keys, client = lookup(tenant), tenant.ready.clients[name]
    own = {"clientId": client.clientId, "clientSecret": client.clientSecret}

    def find(key: str) -> str | None:
        return own.get(key) or keys(key)

    return find
