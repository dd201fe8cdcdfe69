"""MSAL for Node, unmodified, signs customers, devices and applications in."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from client_certificates import ClientCertificate
from customer_browser import PASSWORD, App, address, application, customer
from signers import hold

from commands.node import environment, find_node, install_packages
from engine.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from customer_browser import Browse

    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only]

PACKAGES = PROJECT / "examples" / "node-web-app"
SCRIPT = Path(__file__).with_name("node") / "msal.mjs"
NATIVE = "http://localhost/native"


@dataclass
class Msal:
    """MSAL in a process of Node's, and the application that it is of."""

    process: subprocess.Popen[str]
    app: App

    def begin(self, step: str, **given: object) -> None:
        """Have it do something."""
        assert self.process.stdin
        self.process.stdin.write(f"{json.dumps({'step': step, **given})}\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """What came of it."""
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def do(self, step: str, **given: object) -> Any:
        """Have it do something; what came of it."""
        self.begin(step, **given)
        return self.answer()


@pytest.fixture(scope="module")
def msal(ready: Ready, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Msal]:
    """Run MSAL for an application that is confidential and public, with a certificate, too."""
    install_packages(PACKAGES)
    app = application(graph)
    (made,) = graph.read("/applications", {"$filter": f"appId eq '{app.client_id}'"})["value"]
    place = f"/applications/{made['id']}"
    means = {"isFallbackPublicClient": True, "publicClient": {"redirectUris": [NATIVE]}}
    graph.patch(place, means).raise_for_status()
    certificate = ClientCertificate.made()
    hold(graph, place, certificate.credential())
    settings = {
        "authority": f"{ready.url}/{ready.tenantId}",
        "clientId": app.client_id,
        "secret": app.secret,
        "certificate": {
            "thumbprintSha256": certificate.sha256.hex(),
            "privateKey": certificate.private_pem,
        },
        "scopes": ["openid", "profile"],
    }
    file = tmp_path_factory.mktemp("msal") / "settings.json"
    file.write_text(json.dumps(settings), "utf-8")
    node = find_node()
    process = subprocess.Popen(
        [node, SCRIPT],
        env={
            **environment(os.environ, node),
            "PACKAGES": str(PACKAGES),
            "SETTINGS": str(file),
            "NODE_EXTRA_CA_CERTS": ready.env["NODE_EXTRA_CA_CERTS"],
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Msal(process, app)
    process.communicate()
    assert process.returncode == 0


def claims(token: str) -> dict[str, Any]:
    """What a token says; MSAL has checked it."""
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def went_through(graph: Graph, browse: Browse, app: App, url: str) -> str:
    """Sign a new customer in at an address of MSAL's; the code that comes back."""
    email = address()
    customer(graph, email)
    browser = browse(app).open(url.removeprefix(graph.url))
    browser.send(email=email).send(password=PASSWORD).send(keep="no")
    return browser.returned["code"]


@pytest.mark.parametrize("kind", ["secret", "certificate", "public"])
def test_customer_signs_in(graph: Graph, browse: Browse, msal: Msal, kind: str) -> None:
    """With proof key and nonce; the tokens are renewed silently, and a code counts once."""
    uri = NATIVE if kind == "public" else msal.app.redirect_uri
    app = App(msal.app.client_id, msal.app.secret, uri)
    begun = msal.do("begin", app=kind, nonce=f"nonce of {kind}", redirectUri=uri)

    code = went_through(graph, browse, app, begun["url"])
    tokens = msal.do("redeem", app=kind, code=code, redirectUri=uri)

    assert claims(tokens["idToken"])["nonce"] == f"nonce of {kind}"
    renewed = msal.do("renew", app=kind)
    assert renewed["fromCache"] is False
    assert claims(renewed["idToken"])["sub"] == claims(tokens["idToken"])["sub"]
    again = msal.do("redeem", app=kind, code=code, redirectUri=uri)
    assert "AADSTS54005" in again["message"]


def test_device_waits_for_its_customer(graph: Graph, browse: Browse, msal: Msal) -> None:
    """MSAL polls until the customer has entered the code in another browser."""
    msal.begin("device", app="public")
    told = msal.answer()
    email = address()
    person = customer(graph, email)

    browser = browse(msal.app).open(told["verificationUri"].removeprefix(graph.url))
    browser.send(user_code=told["userCode"])
    browser.send(email=email).send(password=PASSWORD).send(keep="no")

    assert claims(msal.answer()["idToken"])["oid"] == person["id"]


@pytest.mark.parametrize("kind", ["secret", "certificate"])
def test_application_signs_in(ready: Ready, msal: Msal, kind: str) -> None:
    """As itself."""
    tokens = msal.do("credentials", app=kind, scope=f"{ready.url}/.default")

    assert claims(tokens["accessToken"])["appid"] == msal.app.client_id
    refused = msal.do("credentials", app=kind, scope="api://nobody/.default")
    assert "AADSTS500011" in refused["message"]
