"""What ``docs/clients.md`` shows works as it stands, in a shell of ``make env``."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from document_blocks import Block, blocks, headings

from engine.places import PROJECT
from localtenant.testing import Ready

pytestmark = pytest.mark.local_only

PAGE = PROJECT / "docs" / "clients.md"
PROGRAMS = [block for block in blocks(PAGE) if block.language == "python"]
PRINTED = {"azure-identity": "Contoso\n", "MSAL": "Bearer 3599\n", "msgraph-sdk": "CIAM\n"}


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    ("program", "printed"),
    list(zip(PROGRAMS, PRINTED.values(), strict=True)),
    ids=list(PRINTED),
)
def test_program_runs(program: Block, printed: str) -> None:
    """A program that is copied from the page signs in and prints what it found."""
    ended = subprocess.run(
        [sys.executable, "-c", program.text], capture_output=True, text=True, check=False
    )

    assert (ended.stdout, ended.stderr) == (printed, "")


def test_page_names_every_variable(ready: Ready) -> None:
    """Every variable that the tenant announces is explained, and no other."""
    table = PAGE.read_text(encoding="utf-8").partition("Two things")[0]
    named = set(re.findall(r"`((?:ARM|AZURE|SSL|REQUESTS|CURL|NODE)_[A-Z_]+)`", table))

    assert named == set(ready.env)
    assert [h for h in headings(PAGE, level=2) if h in PRINTED] == list(PRINTED)
