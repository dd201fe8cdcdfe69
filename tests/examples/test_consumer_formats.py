"""The formats of the example `consumer`, read back by other readers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pulumi
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from contract import Api, Tenant
from formats import app_service, appsettings, dotenv, kubernetes

# What a line of a `.env` is to the package `dotenv` of Node.
_LINE = re.compile(
    r"""^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)"""
    r"""(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$""",
    re.MULTILINE | re.ASCII,
)

VALUES = [
    "",
    "plain",
    "~home",
    "8Q8~a.b_c-d",
    "a b",
    " spaces ",
    "a#b",
    "$HOME",
    "it's",
    'say "hello"',
    """'both' "kinds\"""",
    "two\nlines",
    r"back\nslash",
    "naïve",
    "=",
]


def read_as_node(text: str) -> dict[str, str]:
    """The variables in a `.env`, as the package `dotenv` reads them."""
    found: dict[str, str] = {}
    for name, raw in _LINE.findall(text):
        value = re.sub(r"^(['\"`])([\s\S]*)\1$", r"\2", raw.strip(), flags=re.MULTILINE)
        if raw.strip().startswith('"'):
            value = value.replace(r"\n", "\n").replace(r"\r", "\r")
        found[name] = value
    return found


@pytest.mark.parametrize("value", VALUES)
def test_a_dotenv_is_read_back(value: str) -> None:
    """Whatever can be in a value of Entra's, between its neighbours."""
    variables = {"BEFORE": "b", "VALUE": value, "AFTER": "#a"}
    assert read_as_node(dotenv.render(variables)) == variables


@given(st.text(alphabet="aA1 '\"`\\#$=~:.\n\r\t", max_size=8))
@example("'\\")
@example("a\\'b")
@example("a b\\")
@example("'`\\n")
def test_a_dotenv_is_read_back_or_refused(value: str) -> None:
    """A value that no quotes can hold is refused, never changed."""
    variables = {"BEFORE": "b", "VALUE": value, "AFTER": "#a"}
    try:
        text = dotenv.render(variables)
    except pulumi.RunError as error:
        assert "the value of VALUE cannot stand in a .env" in str(error)  # noqa: PT017 - or none
        return
    assert read_as_node(text) == variables


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not on this machine")
def test_node_itself_reads_a_dotenv(tmp_path: Path) -> None:
    """`node --env-file`, which has a reader of its own."""
    variables = {f"VALUE_{at}": value for at, value in enumerate(VALUES)}
    (tmp_path / ".env").write_text(dotenv.render(variables), "utf-8")
    script = "console.log(JSON.stringify(process.env))"
    done = subprocess.run(
        ["node", "--env-file=.env", "-e", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {name: json.loads(done.stdout).get(name) for name in variables} == variables


@pytest.mark.parametrize("value", ["yes", "0x1f", "~", "null", "1e3", "a: b", "#", "two\nlines"])
def test_a_manifest_holds_texts_only(value: str) -> None:
    """Kubernetes refuses data that YAML reads as anything else."""
    at = kubernetes.place("default", "Web_App", "client")
    assert at.name == "web-app-client"
    assert yaml.safe_load(kubernetes.config_map(at, {"V": value}))["data"] == {"V": value}
    assert yaml.safe_load(kubernetes.secret(at, {"V": value}))["stringData"] == {"V": value}


def test_scopes_that_neither_read_nor_write_are_in_no_list() -> None:
    """The lists say who may read and who may write; `Thread` is no `Read`."""
    scopes = ("Notes.Read", "Notes.ReadBasic", "Notes.ReadWrite", "Notes.Share", "Notes.Thread")
    api = Api("id", dict.fromkeys(scopes, "uri"), {"Notes.Write.All": "id"})
    settings = appsettings.settings(Tenant("t", "https://c/"), api)
    assert json.loads(appsettings.render(settings))["AzureAd"] == {
        "Instance": "https://c/",
        "TenantId": "t",
        "ClientId": "id",
        "Scopes": {
            "Read": ["Notes.Read", "Notes.ReadBasic", "Notes.ReadWrite"],
            "Write": ["Notes.ReadWrite"],
        },
        "AppPermissions": {"Read": [], "Write": ["Notes.Write.All"]},
    }


def test_app_service_settings_are_a_list_as_the_cli_lists_them() -> None:
    """Names, values, and that they follow the application from slot to slot."""
    assert json.loads(app_service.render({"A": 'x"y'})) == [
        {"name": "A", "value": 'x"y', "slotSetting": False}
    ]
