"""The programs for Node against a local tenant: a customer keeps to-dos, and a daemon sees them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from contextlib import ExitStack, contextmanager
from html import unescape
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
from customer_browser import PASSWORD, Customer, address, application, customer, in_flow

from commands.node import find_node, install_packages
from engine.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from tenant_fixture import Tenant

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

EXAMPLES = PROJECT / "examples"
SCOPES = ("ToDoList.Read", "ToDoList.ReadWrite")
ROLES = ("ToDoList.Read.All", "ToDoList.ReadWrite.All")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("localhost", 0))
        return one.getsockname()[1]


@contextmanager
def running(name: str, said: str, variables: dict[str, str]) -> Generator[None]:
    """Run a program from the line that says that it listens."""
    folder = EXAMPLES / name
    install_packages(folder)
    with subprocess.Popen(
        [find_node(), "main.js"],
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout
        try:
            assert program.stdout.readline() == f"{said}\n"
            yield
        finally:
            program.terminate()


def api_in(graph: Graph) -> Json:
    """Make the API with its scopes and app roles, as the stack does."""
    texts = {"adminConsentDisplayName": "x", "adminConsentDescription": "x"}
    made = graph.application(
        displayName="API",
        api={
            "requestedAccessTokenVersion": 2,
            "oauth2PermissionScopes": [
                {"id": str(uuid4()), "value": v, "type": "Admin", "isEnabled": True, **texts}
                for v in SCOPES
            ],
        },
        appRoles=[
            {
                "id": str(uuid4()),
                "value": v,
                "displayName": v,
                "description": v,
                "allowedMemberTypes": ["Application"],
                "isEnabled": True,
            }
            for v in ROLES
        ],
        optionalClaims={"accessToken": [{"name": "idtyp"}]},
    )
    uri = f"api://{made['appId']}"
    path = f"/applications/{made['id']}"
    graph.patch(path, {"identifierUris": [uri]}).raise_for_status()
    principal = graph.made("/servicePrincipals", {"appId": made["appId"]})
    return {"uri": uri, "principal": principal, **made}


def field(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(f'name="{name}" value="([^"]+)"', page)
    assert found, page
    return unescape(found[1])


def test_a_customer_keeps_to_dos_and_a_daemon_sees_them(tenant: Tenant, tmp_path: Path) -> None:
    """MSAL signs in, the API verifies; nothing but the environment says where the tenant is."""
    graph, ready = tenant.admin, tenant.ready
    api = api_in(graph)
    api_port, web_port = free_port(), free_port()
    api_url, url = f"http://localhost:{api_port}", f"http://localhost:{web_port}"
    app = in_flow(graph, application(graph, f"{url}/auth/redirect"))
    here = {
        "AUTHORITY": f"{ready.url}/",
        "TENANT_SUBDOMAIN": "contoso",
        "NODE_EXTRA_CA_CERTS": str(ready.caFile),
        "API_BASE_URL": api_url,
    }
    mine = {
        "CLIENT_ID": app.client_id,
        "CLIENT_SECRET": app.secret,
        "REDIRECT_URI": app.redirect_uri,
        "POST_LOGOUT_REDIRECT_URI": url,
        "TODOLIST_READ": f"{api['uri']}/{SCOPES[0]}",
        "TODOLIST_READWRITE": f"{api['uri']}/{SCOPES[1]}",
    }
    its = {
        "CLIENT_ID": api["appId"],
        "PORT": str(api_port),
        "DATABASE": str(tmp_path / "todos.json"),
    }
    email = address()
    customer(graph, email)

    with ExitStack() as stack:
        stack.enter_context(running("todo-api", f"To-do API: {api_url}", {**here, **its}))
        stack.enter_context(running("node-web-app", f"Web app: {url}", {**here, **mine}))
        web = stack.enter_context(httpx.Client(base_url=url))
        browser = Customer(graph, app)
        stack.callback(browser.http.close)

        browser.open(web.get("/auth/signin").headers["location"])
        browser.send(email=email).send(password=PASSWORD).send(keep="no")
        back = web.get(browser.answer.headers["location"])
        assert (back.status_code, back.headers["location"]) == (303, "/todos")
        assert web.get(browser.answer.headers["location"]).status_code == 400, "a code counts once"

        missing = web.get("/todos")
        assert (missing.status_code, "Nobody has consented" in missing.text) == (403, True)
        _consent(graph, app.client_id, api)
        page = web.get("/todos").text
        assert "Nothing yet" in page
        form = {"formToken": field(page, "formToken"), "text": "Buy <milk>"}
        assert web.post("/todos", data=form).status_code == 303
        assert "Buy &lt;milk&gt;" in web.get("/todos").text
        assert email in web.get("/account").text

        daemon = _daemon(tenant, {**here, "API_CLIENT_ID": api["appId"]})
        assert '[ ] "Buy <milk>" of ' in daemon
        assert 'Added "Look around' in daemon
        assert "Look around" not in web.get("/todos").text, "others' are not to be seen"


def _consent(graph: Graph, client_id: str, api: Json) -> None:
    client = graph.read(f"/servicePrincipals(appId='{client_id}')")
    body = {
        "clientId": client["id"],
        "consentType": "AllPrincipals",
        "resourceId": api["principal"]["id"],
        "scope": " ".join(SCOPES),
    }
    graph.made("/oauth2PermissionGrants", body)


def _daemon(tenant: Tenant, variables: dict[str, str]) -> str:
    """Register the daemon and run it; what it says."""
    folder = EXAMPLES / "daemon"
    install_packages(folder)
    admin = tenant.ready.clients["admin"]
    asked = {
        "AZURE_AUTHORITY_HOST": tenant.ready.url,
        "AZURE_TENANT_ID": tenant.ready.tenantId,
        "AZURE_CLIENT_ID": admin.clientId,
        "AZURE_CLIENT_SECRET": admin.clientSecret,
        **variables,
    }
    lines = _said(folder, "register.js", asked).splitlines()
    made = dict(line.removeprefix("export ").split("=", 1) for line in lines)
    own = {name: value.strip("'") for name, value in made.items()}
    return _said(folder, "main.js", {**variables, **own})


def _said(folder: Path, script: str, variables: dict[str, str]) -> str:
    ended = subprocess.run(
        [find_node(), script],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout
