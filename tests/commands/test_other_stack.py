"""Another stack than `local` is worked on with the user's own CLI and login, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import stack, variables
from commands.errors import CommandError


def test_the_users_own_cli_and_login_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the stack `local` is set."""
    cli = tmp_path / "pulumi"
    cli.write_text("#!/bin/sh\n")
    cli.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(variables.SAVED, raising=False)
    monkeypatch.setenv("PULUMI_BACKEND_URL", "s3://contoso-state")

    prod = stack.elsewhere("prod")

    assert prod.pulumi == cli
    assert prod.environment["PULUMI_STACK"] == "prod"
    assert prod.environment["PULUMI_BACKEND_URL"] == "s3://contoso-state"


def test_a_shell_that_has_chosen_the_local_stack_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There, `pulumi` means the local backend and the local tenant."""
    monkeypatch.setenv(variables.SAVED, "{}")
    with pytest.raises(CommandError, match="env OFF=1"):
        stack.elsewhere("prod")


def test_without_a_cli_the_reader_learns_where_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The project's own engine is for the stack `local`."""
    monkeypatch.delenv(variables.SAVED, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="prod needs the Pulumi CLI"):
        stack.elsewhere("prod")
