"""Issuers of tokens: those that are slow, and those whose keys are given by a file."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from signers import trusting
from token_issuer import DISCOVERY, TokenIssuer
from token_requests import asserted_answer, token_answer

from localtenant.signin import issuers
from localtenant.signin.errors import SignInError
from localtenant.signin.issuers import IssuerError, Issuers, given_keys
from localtenant.testing import Ready, running_tenant
from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

ACTIONS = "https://token.actions.githubusercontent.com"


class Slow:
    """An issuer's answer that is held back until it is let go."""

    def __init__(self) -> None:
        """Nothing has been asked yet."""
        self.asked, self.let_go = threading.Event(), threading.Event()

    def __call__(self, handler: Any) -> None:
        """Hold an answer, for 10 seconds at most."""
        self.asked.set()
        self.let_go.wait(10)
        handler.send_error(503)


def test_slow_issuer_holds_up_nobody_else(
    ready: Ready, graph: Graph, issuer: TokenIssuer, workload: str
) -> None:
    """While an issuer is waited for, others sign in, and Graph reads and writes."""
    slow = issuer.publishes[DISCOVERY] = Slow()
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(asserted_answer, ready, workload, issuer.token())
        try:
            assert slow.asked.wait(10)
            assert token_answer(ready).status_code == 200
            graph.application()
            assert not late.done()
        finally:
            slow.let_go.set()
        assert late.result().json()["error_codes"] == [501661]


LIMITS = ("_SECONDS_A_REQUEST", "_SECONDS")


@pytest.mark.parametrize("limit", LIMITS)
def test_issuer_that_takes_too_long(
    ready: Ready, issuer: TokenIssuer, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """A request to an issuer, and all of them together, may take so long and no longer."""
    for one in LIMITS:
        monkeypatch.setattr(issuers, one, 0.05 if one == limit else 60)
    slow = issuer.publishes[DISCOVERY] = Slow()

    async def ask() -> None:
        try:
            await Issuers(Path(ready.caFile)).keys(issuer.url)
        finally:
            slow.let_go.set()

    with pytest.raises(SignInError) as raised:
        asyncio.run(ask())

    assert raised.value.number == 501661
    assert raised.value.text.endswith(f" {issuer.url} took too long to answer.")


def test_issuer_has_to_be_trusted(issuer: TokenIssuer) -> None:
    """An issuer whose certificate comes from nobody that is trusted is not believed."""
    with pytest.raises(SignInError) as raised:
        asyncio.run(Issuers().keys(issuer.url))

    assert "certificate verify failed" in raised.value.text
    assert issuer.asked == []


def test_keys_of_an_issuer_may_be_given(tmp_path: Path) -> None:
    """Tokens of a CI far away sign in if its public keys were given; it is not asked."""
    far = TokenIssuer(ACTIONS, RSAKey.generate_key(2048, auto_kid=True))
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"keys": [far.key.as_dict(private=False)]}))
    extra = ["--issuer", f"{ACTIONS}={keys}"]
    clients = {"admin": ["Application.ReadWrite.All"]}
    with running_tenant(tmp_path / "state", clients=clients, extra_args=extra) as ready:
        workload = trusting(Graph(ready, ready.clients["admin"]), ACTIONS)

        assert asserted_answer(ready, workload, far.token()).status_code == 200


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "The keys {file} of --issuer cannot be read: No such file or directory."),
        ("<html>", "The file {file} of --issuer is wrong: it holds no JSON."),
        ('{"keys": []}', "The file {file} of --issuer is wrong: it holds no JSON Web Key Set."),
    ],
)
def test_wrong_file_of_keys(tmp_path: Path, content: str | None, why: str) -> None:
    """A file that holds no keys is told by its name."""
    file = tmp_path / "keys.json"
    if content is not None:
        file.write_text(content)

    with pytest.raises(IssuerError) as raised:
        given_keys([f"{ACTIONS}={file}"])

    assert str(raised.value) == why.format(file=file)


@pytest.mark.parametrize("text", ["https://a", "https://a=", "http://a=keys.json", "=keys.json"])
def test_wrong_issuer(text: str) -> None:
    """An issuer is an https URL, with a file."""
    with pytest.raises(IssuerError) as raised:
        given_keys([text])

    assert str(raised.value) == f"--issuer wants URL=JWKS_FILE with an https URL, not '{text}'."


def test_wrong_issuer_ends_the_start_in_one_line(tmp_path: Path) -> None:
    """What is wrong with an issuer is told before anything is made."""
    state = tmp_path / "state"
    command = [sys.executable, "-m", "localtenant", "serve", "--state", str(state)]

    ended = subprocess.run(
        [*command, "--issuer", ACTIONS], capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert ended.stderr.startswith("localtenant: --issuer wants URL=JWKS_FILE")
    assert not state.exists()
