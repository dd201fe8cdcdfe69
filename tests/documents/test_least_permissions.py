"""The permissions that the README asks for are those with which everything here is tried."""

from __future__ import annotations

import re

from engine.places import PROJECT
from localtenant.seed import DEPLOYER_ROLES

TABLE = "| application permission of Microsoft Graph | for |\n|---|---|\n"


def test_the_seeded_deployer_holds_what_the_readme_names() -> None:
    """`make up`, a change and `make down` run as this deployer, and without one of them fail."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    table = readme.partition(TABLE)[2].partition("\n\n")[0]

    assert tuple(re.findall(r"^\| `(.+?)`", table, re.MULTILINE)) == DEPLOYER_ROLES
