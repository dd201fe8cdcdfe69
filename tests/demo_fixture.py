"""A checkout in which `make demo` has been run, on ports of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from checkout_fixture import Checkout

from commands.node import install_packages
from components.settings.seed import SEED
from engine.places import PROJECT

PROGRAMS = ("todo-api", "node-web-app", "daemon")
_WITHIN = 150.0


@dataclass
class Demo:
    """The demo, running: where its parts are, and what it has said."""

    checkout: Checkout
    process: subprocess.Popen[bytes]
    said: Path
    web: str
    api_port: int

    @property
    def text(self) -> str:
        """What it has said."""
        return self.said.read_text("utf-8")

    @property
    def tenant(self) -> str:
        """The tenant's address."""
        return f"https://localhost:{self.checkout.environment['PORT']}"

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs."""
        return json.loads(self.checkout.run("make -s outputs"))

    def secret(self) -> str:
        """The client secret of the web application."""
        shown = json.loads(self.checkout.run("make -s outputs SECRETS=1"))
        return shown["environmentSecrets"]["web"]["CLIENT_SECRET"]

    def wait_until(self, words: str) -> None:
        """Wait until it says something."""
        end = time.monotonic() + _WITHIN
        while words not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() < end, self.text
            time.sleep(0.1)

    def stop(self) -> None:
        """Press Ctrl-C, and wait for the end: make says then that it was interrupted."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(30)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configure(checkout: Checkout, web_port: int) -> None:
    """Write the default tenant into the stack's configuration, with another redirect URI."""
    file = checkout.folder / "Pulumi.local.yaml"
    stack = yaml.safe_load(file.read_text("utf-8"))
    sections = json.loads(json.dumps(SEED).replace("localhost:3000", f"localhost:{web_port}"))
    stack["config"] |= {f"ciam:{name}": section for name, section in sections.items()}
    file.write_text(yaml.safe_dump(stack), "utf-8")


def link_packages(checkout: Checkout) -> None:
    """Have the programs' packages in the checkout, as after a first `make demo`."""
    for name in PROGRAMS:
        folder = PROJECT / "examples" / name
        install_packages(folder)
        shutil.copytree(
            folder / "node_modules",
            checkout.folder / "examples" / name / "node_modules",
            copy_function=os.link,
            symlinks=True,
        )
    (checkout.folder / ".venv" / ".node-requirements").touch()


@pytest.fixture
def demo(checkout: Checkout, tmp_path: Path) -> Iterator[Demo]:
    """Run `make demo` until it says where everything is."""
    web_port, api_port = free_port(), free_port()
    configure(checkout, web_port)
    link_packages(checkout)
    said = tmp_path / "said.txt"
    with said.open("wb") as output:
        process = subprocess.Popen(
            ["make", "demo", f"API_PORT={api_port}"],
            cwd=checkout.folder,
            env=checkout.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Demo(checkout, process, said, f"http://localhost:{web_port}", api_port)
    try:
        running.wait_until("Ctrl-C ends")
        yield running
    finally:
        if process.poll() is None:
            running.stop()
