"""A tenant for each test worker, and clients that sign in to it with chosen permissions."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from client_certificates import ClientCertificate
from extensions_application import extensions_allowed
from passcode import EMAIL_METHOD, PASSCODE_ALLOWED
from signers import Signer, registered, trusting
from signing_in import SignIns, signing_in
from token_issuer import TokenIssuer, token_issuer

from localtenant.signin.keys import SigningKey
from localtenant.store import Store
from localtenant.testing import Client, Ready, running_tenant
from localtenant.testing_client import FLOWS, FaultKnobs, Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from localtenant.odata.types import Json

LOCAL = pytest.StashKey[Graph]()
EVERYTHING = (
    "Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "CustomAuthenticationExtension.ReadWrite.All",
    "AuditLog.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.Read.All",
    "Domain.ReadWrite.All",
    "EventListener.ReadWrite.All",
    "Group.ReadWrite.All",
    "IdentityProvider.ReadWrite.All",
    "IdentityUserFlow.ReadWrite.All",
    "Organization.Read.All",
    "SignInIdentifier.ReadWrite.All",
    "OrganizationalBranding.Read.All",
    "OrganizationalBranding.ReadWrite.All",
    "Policy.Read.All",
    "Policy.ReadWrite.ApplicationConfiguration",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.ReadWrite.Authorization",
    "Policy.ReadWrite.ConditionalAccess",
    "Policy.ReadWrite.SecurityDefaults",
    "Organization.ReadWrite.All",
    "User.DeleteRestore.All",
    "User.ReadWrite.All",
)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    """Run the worker's tenant, with an application that may do everything."""
    clients = {"everything": EVERYTHING, "nothing": ()}
    with running_tenant(tmp_path_factory.mktemp("tenant"), clients=clients) as ready:
        yield ready


@pytest.fixture(scope="session")
def graph(
    request: pytest.FixtureRequest, pytestconfig: pytest.Config, real_graph: Graph | None
) -> Graph:
    """Sign in as the application that may do everything, to the real tenant if one is named."""
    if real_graph is not None:
        return real_graph
    ready: Ready = request.getfixturevalue("ready")
    graph = Graph(ready, ready.clients["everything"])
    pytestconfig.stash[LOCAL] = graph
    return graph


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIns]:
    """Have customers of a tenant in this process sign in."""
    with signing_in(tmp_path_factory.mktemp("customers")) as made:
        yield made


@pytest.fixture
def person(signing: SignIns) -> Json:
    """Make a customer."""
    return signing.person()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Let time pass in this process: ``later`` seconds."""
    passed, real = {"later": 0.0}, time.time
    monkeypatch.setattr(time, "time", lambda: real() + passed["later"])
    return passed


@pytest.fixture(scope="module", autouse=True)
def few_flows(pytestconfig: pytest.Config) -> Iterator[None]:
    """Delete the user flows that a module's tests leave: a tenant has room for some sixty."""
    yield
    graph = pytestconfig.stash.get(LOCAL, None)
    if graph:
        for flow in graph.read(FLOWS, params={"$top": 999})["value"]:
            graph.delete(f"{FLOWS}/{flow['id']}")


@pytest.fixture
def extensible(graph: Graph) -> Iterator[Graph]:
    """Give the tenant, for one test, the application of Microsoft that extensions need."""
    with extensions_allowed(graph):
        yield graph


@pytest.fixture
def passcode(graph: Graph) -> Iterator[None]:
    """Let user flows of the tenant, for one test, use an email one-time passcode."""
    assert graph.patch(EMAIL_METHOD, PASSCODE_ALLOWED).status_code == 204
    yield
    graph.delete(EMAIL_METHOD)


@pytest.fixture(scope="session")
def deployer(ready: Ready) -> Graph:
    """Sign in as the seeded deployer."""
    principal = Client(ready.env["ARM_CLIENT_ID"], ready.env["ARM_CLIENT_SECRET"], "")
    return Graph(ready, principal)


@pytest.fixture
def knobs(ready: Ready) -> Iterator[FaultKnobs]:
    """Set faults of the worker's tenant; none are left behind."""
    knobs = FaultKnobs(ready)
    yield knobs
    knobs.clear()
    knobs.close()


@pytest.fixture(scope="session")
def sign_in() -> Callable[[Ready, str], Graph]:
    """Sign in to any running tenant as one of its named applications."""
    return lambda ready, name: Graph(ready, ready.clients[name])


@pytest.fixture(scope="session")
def signing_key(ready: Ready, tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    """Read the running tenant's signing key out of its state, to sign what it would not."""
    copy = tmp_path_factory.mktemp("copy")
    for file in Path(ready.caFile).parent.glob("tenant.sqlite3*"):
        shutil.copy(file, copy)
    with Store(copy / "tenant.sqlite3").read() as tx:
        return SigningKey.of(tx)


@pytest.fixture(scope="session")
def signed_in(graph: Graph) -> Callable[..., Graph]:
    """Call as a user, by default one that is made once, with a delegated token of these scopes."""
    anybody = graph.user(displayName="Anybody")["id"]
    known: dict[tuple[str, ...], Graph] = {}

    def signed_in_as(*scopes: str, user: str = anybody) -> Graph:
        key = (user, *scopes)
        if key not in known:
            # What every user's token has at least.
            held = scopes or ("openid",)
            body = {"user": user, "client": graph.client.clientId, "scopes": held}
            answer = graph.http.post("/-/tokens", json=body).raise_for_status()
            known[key] = graph.with_token(answer.json()["access_token"])
        return known[key]

    return signed_in_as


@pytest.fixture(scope="session")
def holder(graph: Graph) -> Callable[..., Graph]:
    """Sign in as an application that holds exactly the named Graph permissions."""
    roles = {r["value"]: r["id"] for r in graph.graph_principal()["appRoles"]}
    resource = graph.graph_principal()["id"]
    known: dict[tuple[str, ...], Graph] = {}

    def holder_of(*permissions: str) -> Graph:
        key = tuple(sorted(permissions))
        if key not in known:
            application = graph.application()
            principal = graph.made("/servicePrincipals", {"appId": application["appId"]})
            secret = graph.made(
                f"/applications/{application['id']}/addPassword", {"passwordCredential": {}}
            )["secretText"]
            for permission in key:
                graph.made(
                    f"/servicePrincipals/{principal['id']}/appRoleAssignments",
                    {
                        "principalId": principal["id"],
                        "resourceId": resource,
                        "appRoleId": roles[permission],
                    },
                )
            known[key] = Graph(graph.ready, Client(application["appId"], secret, principal["id"]))
        return known[key]

    return holder_of


@pytest.fixture(scope="session")
def signer(graph: Graph) -> Signer:
    """Make an application that signs in with an RSA certificate."""
    return registered(graph, ClientCertificate.made())


@pytest.fixture(scope="session")
def running_issuer(ready: Ready) -> Iterator[TokenIssuer]:
    """Run an issuer of tokens."""
    with token_issuer(ready) as running:
        yield running


@pytest.fixture
def issuer(running_issuer: TokenIssuer) -> TokenIssuer:
    """The issuer, publishing what is right."""
    running_issuer.publish()
    return running_issuer


@pytest.fixture(scope="session")
def workload(graph: Graph, running_issuer: TokenIssuer) -> str:
    """Make an application that trusts the issuer's token for one workload; its client ID."""
    return trusting(graph, running_issuer.url)


@pytest.fixture
def shell(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the variables of ``make env``, and no other that begins as they do."""
    for name in list(os.environ):
        if name.startswith(("AZURE_", "ARM_")):
            monkeypatch.delenv(name)
    for name, value in ready.env.items():
        monkeypatch.setenv(name, value)
