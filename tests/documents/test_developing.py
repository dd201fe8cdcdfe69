"""What CONTRIBUTING.md says about the loop and the hooks."""

from __future__ import annotations

import json

from checkout_fixture import Checkout

from engine.places import PROJECT


def test_the_hooks_stop_a_commit_that_the_linters_refuse(checkout: Checkout) -> None:
    """They run the tools of `.venv`, fetch nothing, and let a clean commit through."""
    checkout.run("git init -q; git add --all; git config user.name x; git config user.email x")
    # Types take the longest, and are tried by `make lint`.
    hooks = ".venv/bin/pre-commit run --all-files --show-diff-on-failure"
    checkout.run(hooks, SKIP="basedpyright")

    (checkout.folder / "components" / "untidy.py").write_text("import os\n")
    checkout.run("git add --all")
    said = checkout.run(f"{hooks} || true", SKIP="basedpyright")
    assert "F401" in said
    assert "ruff check" in said


def test_the_dev_container_is_json_that_names_what_it_runs() -> None:
    """Its command is one of this project's."""
    told = json.loads((PROJECT / ".devcontainer" / "devcontainer.json").read_text())
    assert told["postCreateCommand"] == "make lint"
