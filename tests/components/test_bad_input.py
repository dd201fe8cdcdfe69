"""Every mistake in the configuration that is known before anything is created, and its line."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.settings import SettingsError, parse_settings

SCOPE = {"value": "Read", "adminConsentDisplayName": "Read", "adminConsentDescription": "Reads"}
ROLE = {"value": "Audit", "description": "Audits"}
API = {"displayName": "Files", "scopes": [SCOPE]}
CLIENT = {
    "kind": "webApp",
    "displayName": "Shop",
    "redirectUris": ["https://contoso.com/back"],
    "apiPermissions": {"files": ["Read"]},
}
FLOW = {"attributes": ["country"], "clients": ["web"]}
GOOD: dict[str, Any] = {
    "tenant": {"subdomain": "contoso"},
    "apis": {"files": API},
    "clients": {"web": CLIENT},
    "userFlows": {"signin": FLOW},
}

_TABLE: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("bad_input.yaml").read_text(encoding="utf-8")
)


def steps(path: str) -> tuple[str | int, ...]:
    """`clients.web.redirectUris[1]` as keys and positions."""
    found = re.findall(r"([^.\[\]]+)|\[(\d+)\]", path)
    return tuple(int(position) if position else key for key, position in found)


CASES = [(steps(case["set"]), case["to"], case["said"]) for case in _TABLE]


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """GOOD with `value` at `path`."""
    configuration = deepcopy(GOOD)
    part: Any = configuration
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return configuration


@pytest.mark.parametrize(("path", "value", "line"), CASES, ids=[line for *_, line in CASES])
def test_a_mistake_is_one_line(path: tuple[str | int, ...], value: object, line: str) -> None:
    """A mistake is told in one line: where it is, what was given, what is allowed."""
    with pytest.raises(SettingsError) as error:
        parse_settings(changed(path, value))

    assert line in [str(problem) for problem in error.value.problems]


def test_a_mistake_in_an_entry_is_told_alone() -> None:
    """One mistake is one line: nothing else is said because of it."""
    for path, value, line in CASES:
        if len(path) < 3 or path[0] == "apis":
            continue  # what is missing or misnamed is missed by those who refer to it
        with pytest.raises(SettingsError) as error:
            parse_settings(changed(path, value))

        assert [str(problem) for problem in error.value.problems] == [line]


def test_all_mistakes_are_told_at_once() -> None:
    """Mistakes in different places, of form and of reference, are one error with a line each."""
    configuration = changed(("tenant", "subdomain"), "a.b")
    configuration["apis"]["mail"] = {"displayName": "Mail", "scopes": [{**SCOPE, "type": "x"}]}
    configuration["clients"]["spa"] = {**CLIENT, "displayName": "Spa", "redirectUris": ["x"]}
    configuration["clients"]["cli"] = {
        **CLIENT,
        "displayName": "Cli",
        "apiPermissions": {"files": ["Wirte"], "mail": ["Send"], "maill": ["Send"]},
    }
    configuration["userFlows"]["other"] = {"clients": ["web", "spa", "clii"]}

    with pytest.raises(SettingsError) as error:
        parse_settings(configuration)

    assert [problem.path for problem in error.value.problems] == [
        "ciam:tenant.subdomain",
        "ciam:apis.mail.scopes[0].type",
        "ciam:clients.spa.redirectUris[0]",
        "ciam:clients.cli.apiPermissions.files[0]",
        "ciam:clients.cli.apiPermissions.maill",
        "ciam:userFlows.other.clients[0]",
        "ciam:userFlows.other.clients[2]",
    ]


def test_the_error_reads_as_a_list() -> None:
    """The whole message: how many, that nothing was changed, the lines, where to look."""
    with pytest.raises(SettingsError) as error:
        parse_settings(changed(("tenant",), {"subdomain": "a.b", "issuerHost": "/"}))

    first, *lines, last = str(error.value).splitlines()
    assert first == "the stack's configuration has 2 problems; nothing was changed"
    assert lines == [f"  {problem}" for problem in error.value.problems]
    assert last == "docs/config.schema.json describes every setting."


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), None),
        (("clients", "web", "redirectUris", 0), "http://localhost:3000/back"),
        (("clients", "web", "redirectUris", 0), "http://127.0.0.1/back"),
        (("clients", "web", "redirectUris", 0), "https://*.contoso.com/back"),
        (("clients", "web", "redirectUris", 0), "urn:ietf:wg:oauth:2.0:oob"),
        (("clients", "web", "redirectUris", 0), "https://contoso.com/" + "a" * 236),
        (("clients", "web", "graphPermissions"), []),
        (("clients", "web", "secret"), {"lifetime": "104w", "rotation": 12}),
        (("apis", "files", "identifierUri"), "https://contoso.com/files"),
        (("apis", "files", "roles"), [{**ROLE, "value": "Files/Read_All-2:x+y*"}]),
        (("apis", "files", "displayName"), "Dateien für alle " + "F" * 239),
        (("userFlows", "signin", "attributes", 0), f"extension_{'0a' * 16}_Loyalty"),
        (("userFlows", "signin", "attributes", 0), "phoneNumber"),
        (("userFlows", "signin", "attributes"), []),
        (("userFlows", "signin", "identityProviders"), ["3f2504e0-4f89-11d3-9a0c-0305e82c3301"]),
        (("tenant",), {"authorityHost": "localhost:8443", "issuerHost": "login.contoso.com"}),
        (("tenant", "subdomain"), None),
    ],
)
def test_what_the_service_may_take_passes(path: tuple[str | int, ...], value: object) -> None:
    """Only what is surely refused is refused; all else is the service's to decide."""
    parse_settings(changed(path, value) if path else GOOD)
