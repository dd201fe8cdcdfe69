"""The example `consumer` after the program itself, on the real engine and against a tenant."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from consumer_fixture import Consumer, new_consumer
from stack_fixture import Stack

WEB = {
    "kind": "webApp",
    "displayName": "notes-web",
    "redirectUris": ["http://localhost:3000/auth/redirect"],
}


@pytest.fixture
def after(stack: Stack, tmp_path: Path) -> Consumer:
    """The consumer of a stack, in the same backend."""
    made = new_consumer(stack.engine, tmp_path / "consumer", stack.environment())
    made.configure(tenantStack="organization/ciam/test")
    return made


def application(stack: Stack, name: str) -> dict[str, Any]:
    """The application of that display name, of which there is one."""
    (found,) = [one for one in stack.tenant.all("/applications") if one["displayName"] == name]
    return found


def settings(text: str) -> dict[str, str]:
    """App Service settings by name, as the CLI reads them."""
    listed = json.loads(text)
    assert {one["slotSetting"] for one in listed} == {False}
    return {one["name"]: one["value"] for one in listed}


def lines(text: str) -> dict[str, str]:
    """A `.env` without quotes."""
    return dict(line.split("=", 1) for line in text.splitlines())


def in_clear(backend: Path, secret: str) -> list[str]:
    """The files of a backend that hold the secret."""
    files = [file for file in backend.rglob("*") if file.is_file()]
    assert files
    return [file.name for file in files if secret in file.read_text("utf-8")]


def contents(consumer: Consumer) -> dict[str, Any]:
    """The content of each file as it stands in the state: a text, or what is encrypted."""
    state = json.loads(consumer.pulumi("stack", "export"))["deployment"]
    files = [one for one in state["resources"] if one["type"].endswith("/consumer:TextFile")]
    return {one["inputs"]["path"].removeprefix("out/"): one["inputs"]["content"] for one in files}


def test_every_file_holds_what_is_in_the_tenant(stack: Stack, after: Consumer) -> None:
    """From the seed's tenant to the files of its applications, and back to none of them."""
    stack.pulumi("up", "--yes", "--skip-preview")
    secret = stack.outputs()["clientSecrets"]["web"]
    shown = after.pulumi("preview", "--diff")
    assert after.files() == {}
    shown += after.pulumi("up", "--yes", "--skip-preview", "--diff")
    shown += after.pulumi("preview", "--expect-no-changes", "--diff")

    host = stack.tenant.ready.metadataHost
    api, web = application(stack, "ciam-ToDoList-api"), application(stack, "ciam-client-app")
    public = {
        "AUTHORITY": f"https://{host}/",
        "CLIENT_ID": web["appId"],
        "POST_LOGOUT_REDIRECT_URI": "http://localhost:3000",
        "REDIRECT_URI": "http://localhost:3000/auth/redirect",
        "TENANT_SUBDOMAIN": "contoso",
        "TODOLIST_READ": f"api://{api['appId']}/ToDoList.Read",
        "TODOLIST_READWRITE": f"api://{api['appId']}/ToDoList.ReadWrite",
    }
    azure_ad = {
        "Instance": f"https://{host}/",
        "TenantId": stack.tenant.ready.tenantId,
        "ClientId": api["appId"],
        "Scopes": {
            "Read": ["ToDoList.Read", "ToDoList.ReadWrite"],
            "Write": ["ToDoList.ReadWrite"],
        },
        "AppPermissions": {
            "Read": ["ToDoList.Read.All", "ToDoList.ReadWrite.All"],
            "Write": ["ToDoList.ReadWrite.All"],
        },
    }
    variables = {
        "AzureAd__Instance": f"https://{host}/",
        "AzureAd__TenantId": stack.tenant.ready.tenantId,
        "AzureAd__ClientId": api["appId"],
        "AzureAd__Scopes__Read__0": "ToDoList.Read",
        "AzureAd__Scopes__Read__1": "ToDoList.ReadWrite",
        "AzureAd__Scopes__Write__0": "ToDoList.ReadWrite",
        "AzureAd__AppPermissions__Read__0": "ToDoList.Read.All",
        "AzureAd__AppPermissions__Read__1": "ToDoList.ReadWrite.All",
        "AzureAd__AppPermissions__Write__0": "ToDoList.ReadWrite.All",
    }
    files = after.files()
    assert lines(files.pop(".env")) == {**public, "CLIENT_SECRET": secret}
    assert settings(files.pop("client.appservice.json")) == {**public, "CLIENT_SECRET": secret}
    assert settings(files.pop("api.appservice.json")) == variables
    assert json.loads(files.pop("appsettings.json")) == {"AzureAd": azure_ad}
    assert {name: yaml.safe_load(text) for name, text in files.items()} == {
        "client.configmap.yaml": {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "web-client", "namespace": "default"},
            "data": public,
        },
        "client.secret.yaml": {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {"name": "web-client", "namespace": "default"},
            "type": "Opaque",
            "stringData": {"CLIENT_SECRET": secret},
        },
        "api.configmap.yaml": {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "todolist-api", "namespace": "default"},
            "data": variables,
        },
    }
    modes = {file.name: file.stat().st_mode & 0o777 for file in (after.folder / "out").iterdir()}
    private = {".env", "client.secret.yaml", "client.appservice.json"}
    assert modes == {name: 0o600 if name in private else 0o644 for name in modes}

    # The folder holds the states of both stacks, with their histories.
    assert in_clear(stack.folder / "backend", secret) == []
    assert secret not in shown
    encrypted = {name for name, content in contents(after).items() if not isinstance(content, str)}
    assert encrypted == private
    assert after.outputs()["secretExpires"] == stack.outputs()["clients"]["web"]["secretExpires"]

    after.pulumi("destroy", "--yes", "--skip-preview")
    assert after.files() == {}


def test_a_rotated_secret_reaches_the_files_that_hold_it(stack: Stack, after: Consumer) -> None:
    """Two runs: the tenant's, then the consumer's; the secret before stays valid."""
    stack.configure(clients={"web": {**WEB, "secret": {"rotation": 1}}})
    after.configure(tenantStack="organization/ciam/test", api="")
    stack.pulumi("up", "--yes", "--skip-preview")
    after.pulumi("up", "--yes", "--skip-preview")
    first, before = stack.outputs()["clientSecrets"]["web"], after.files()
    assert set(before) == {
        ".env",
        "client.appservice.json",
        "client.configmap.yaml",
        "client.secret.yaml",
    }

    stack.configure(clients={"web": {**WEB, "secret": {"rotation": 2}}})
    stack.pulumi("up", "--yes", "--skip-preview")
    shown = after.pulumi("preview")
    changing = re.findall(r"~ +pulumi-python:dynamic/consumer:TextFile (\S+) +update", shown)
    assert sorted(changing) == [".env", "client.appservice.json", "client.secret.yaml"]
    assert after.files() == before
    shown += after.pulumi("up", "--yes", "--skip-preview")

    outputs = stack.outputs()
    second = outputs["clientSecrets"]["web"]
    assert second != first
    assert outputs["previousClientSecrets"] == {"web": first}
    assert len(application(stack, "notes-web")["passwordCredentials"]) == 2
    assert after.files() == {
        name: text.replace(first, second) if name in changing else text
        for name, text in before.items()
    }
    assert (after.folder / "out" / ".env").stat().st_mode & 0o777 == 0o600
    for secret in (first, second):
        assert secret not in shown
        assert in_clear(stack.folder / "backend", secret) == []
