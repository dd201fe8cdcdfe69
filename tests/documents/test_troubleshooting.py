"""The errors that the troubleshooting page explains are errors that can really be read."""

from __future__ import annotations

import re

import pytest
from document_blocks import headings

from engine.places import PROJECT

PAGE = PROJECT / "docs" / "troubleshooting.md"
CODE = ("__main__.py", "commands", "components", "engine", "providers")

NOT_OURS = {
    "The Azure CLI": "azure-identity names it",
    "Authorization_RequestDenied": "Graph's own code",
    "the stack is currently locked": "the CLI's own words",
    "preventDuplicateNames": "the azuread plugin's setting, and in its error",
    "status 429": "Graph's own status",
}
"""What stands in other people's errors."""


def _texts() -> str:
    """The code with its string literals in one piece each, as they are printed."""
    files = [
        file
        for part in CODE
        for file in ([PROJECT / part] if part.endswith(".py") else (PROJECT / part).rglob("*.py"))
    ]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return re.sub(r'"\s*\n\s*f?"', "", code)


@pytest.mark.parametrize("words", headings(PAGE, level=3))
def test_the_words_of_an_error_are_in_the_code(words: str) -> None:
    """An entry whose error has changed its words would never be found."""
    assert words in NOT_OURS or words in _texts()
