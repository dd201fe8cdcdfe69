"""The tenant can be reached from this machine alone, whatever it is told."""

from __future__ import annotations

import ipaddress
import json
import re
from pathlib import Path

import psutil
import pytest
from joserfc.jwk import KeySet, RSAKey

from localtenant.options import parser
from localtenant.testing import running_tenant

pytestmark = pytest.mark.local_only

OPTIONS = {
    "--state": None,
    "--port": None,
    "--log": None,
    "--alias-host": "0.0.0.0.example",
    "--subdomain": "elsewhere",
    "--tenant-id": "11111111-1111-1111-1111-111111111111",
    "--tenant-type": "CIAM",
    "--issuer": None,
    "--client": "somebody=Organization.Read.All",
    "--flow-reads": "expanded",
    "--fault": "delay,ms=1",
    "--seed": "1",
}
"""Every option of ``serve``, with a value for those that the test does not set anyway."""


def listening(state: Path) -> set[str]:
    """Find the addresses on which the process of a state folder, and what it started, listens."""
    process = psutil.Process(int((state / "lock").read_text().split()[0]))
    return {
        connection.laddr.ip
        for one in (process, *process.children(recursive=True))
        for connection in one.net_connections("all")
        if connection.status == psutil.CONN_LISTEN
    }


def test_nothing_makes_it_listen_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every option, and with the variables that other servers obey, it is loopback only."""
    for name in ("HOST", "UVICORN_HOST", "SERVER_HOST", "BIND", "FORWARDED_ALLOW_IPS"):
        monkeypatch.setenv(name, "0.0.0.0")  # noqa: S104 - what is not to be obeyed
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(KeySet([RSAKey.generate_key(2048)]).as_dict(private=False)))
    given = ["--issuer", f"https://issuer.example={keys}"]
    given += [word for name, value in OPTIONS.items() if value for word in (name, value)]

    with running_tenant(tmp_path / "state", log=tmp_path / "log", extra_args=given):
        addresses = listening(tmp_path / "state")

    assert "127.0.0.1" in addresses
    assert all(ipaddress.ip_address(address).is_loopback for address in addresses)


def test_every_option_was_tried(capsys: pytest.CaptureFixture[str]) -> None:
    """A new option of ``serve`` is one more that could make it listen elsewhere."""
    with pytest.raises(SystemExit):
        parser().parse_args(["serve", "--help"])

    options = set(re.findall(r"^  (--[a-z-]+) ", capsys.readouterr().out, re.MULTILINE))
    assert options == set(OPTIONS)


@pytest.mark.parametrize("option", ["--host", "--bind", "--address", "--listen", "--interface"])
def test_there_is_no_option_for_it(option: str) -> None:
    """Not even a hidden one, or one that is the beginning of another."""
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["serve", "--state", "state", option, "0.0.0.0"])  # noqa: S104 - refused

    assert ended.value.code == 2
