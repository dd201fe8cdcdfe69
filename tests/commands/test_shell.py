"""`make env` and `make env OFF=1`, tried in a real shell."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from commands import shell
from commands.errors import CommandError
from commands.tenant import Tenant
from commands.variables import SAVED, applied, changes, original
from engine.model import Cli, Engine, Provider, Source

ENGINE = Engine(
    Cli(Path("/nowhere/engine/pulumi"), "v3.259.0", Source.BUILT),
    Path("/nowhere/home"),
    Provider.STAND_IN,
)
TENANT = Tenant(
    1,
    8443,
    "https://localhost:8443",
    {"ARM_TENANT_ID": "local", "ARM_CLIENT_ID": "it's"},
    {"administrator": {"clientId": "all", "clientSecret": "powerful"}},
)

THEIRS = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/home/somebody",
    "ARM_TENANT_ID": "real",
    "ARM_CLIENT_CERTIFICATE_PATH": "/a b/c'd.pem",
    "AZURE_CONFIG_DIR": "$HOME/`az`",
    "PULUMI_CONFIG_PASSPHRASE_FILE": "/secret",
    "PULUMI_OPTION_CONFIG_FILE": "Pulumi.prod.yaml",
}


def evaluate(lines: list[str], environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of a shell that has evaluated the lines."""
    script = "\n".join([*lines, "exec env -0"])
    result = subprocess.run(
        ["/bin/sh", "-c", script], env=dict(environ), capture_output=True, text=True, check=True
    )
    pairs = (pair.partition("=") for pair in result.stdout.split("\0") if pair)
    return {name: value for name, _, value in pairs if name not in ("_", "SHLVL", "PWD", "OLDPWD")}


def chosen(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment after `make env`."""
    changed = changes(ENGINE, TENANT, original(environ))
    return evaluate(shell.choose(changed, environ), environ)


def test_the_stack_is_chosen_and_nothing_of_a_real_tenant_is_left() -> None:
    """Engine, backend and tenant are the local ones; foreign credentials take no part."""
    after = chosen(THEIRS)

    assert after["ARM_TENANT_ID"] == "local"
    assert after["ARM_CLIENT_ID"] == "it's"
    assert after["PULUMI_STACK"] == "local"
    assert after["PULUMI_HOME"] == "/nowhere/home"
    assert after["PATH"] == "/nowhere/engine:/usr/bin:/bin"
    assert after["HOME"] == "/home/somebody"
    for name in (
        "ARM_CLIENT_CERTIFICATE_PATH",
        "AZURE_CONFIG_DIR",
        "PULUMI_CONFIG_PASSPHRASE_FILE",
        "PULUMI_OPTION_CONFIG_FILE",
    ):
        assert name not in after


def test_administrator_signs_in_instead_of_the_deployer() -> None:
    """`ALL=1` names the client that may do everything, to every kind of client library."""
    signed_in = TENANT.as_administrator().variables

    assert signed_in["ARM_TENANT_ID"] == "local"
    assert signed_in["ARM_CLIENT_ID"] == signed_in["AZURE_CLIENT_ID"] == "all"
    assert signed_in["ARM_CLIENT_SECRET"] == signed_in["AZURE_CLIENT_SECRET"] == "powerful"


def test_tenant_of_an_older_version_has_no_administrator() -> None:
    """What to do is said."""
    older = replace(TENANT, clients={})

    with pytest.raises(CommandError, match="run `make up` again"):
        older.as_administrator()


@pytest.mark.parametrize("times", [1, 2])
def test_off_restores_what_was_there(times: int) -> None:
    """However often the stack was chosen, OFF brings back what was first, odd characters too."""
    environ: dict[str, str] = THEIRS
    for _ in range(times):
        environ = chosen(environ)

    restored = evaluate(shell.take_back(environ), environ)

    # PATH keeps what is not the engine's; the engine of this test lies outside of the project.
    assert restored | {"PATH": THEIRS["PATH"]} == THEIRS


def test_off_without_on_says_nothing() -> None:
    """There is nothing to take back in a fresh shell."""
    assert shell.take_back(THEIRS) == []


def test_commands_in_a_chosen_shell_see_the_original_environment() -> None:
    """A tenant that is started from such a shell must not inherit its own settings."""
    assert original(chosen(THEIRS)) | {"PATH": THEIRS["PATH"]} == THEIRS


def test_the_memory_is_one_variable() -> None:
    """What was there before is kept in one variable, which OFF removes."""
    after = chosen(THEIRS)

    assert json.loads(after[SAVED])["ARM_TENANT_ID"] == "real"
    assert json.loads(after[SAVED])["PULUMI_STACK"] is None


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://proxy:1"}, "localhost,127.0.0.1,::1"),
        (
            {"https_proxy": "http://proxy:1", "no_proxy": "intranet"},
            "intranet,localhost,127.0.0.1,::1",
        ),
        ({"ALL_PROXY": "http://proxy:1", "NO_PROXY": "localhost"}, "localhost"),
    ],
)
def test_the_tenant_is_reached_past_a_proxy(environ: dict[str, str], expected: str | None) -> None:
    """Behind a company's proxy, requests to this machine stay on this machine."""
    after = applied(changes(ENGINE, TENANT, environ), environ)

    assert after.get("NO_PROXY") == expected
