"""The record of what was checked against a real tenant: docs/local-tenant.record.json.

A run of the tests of the local tenant against a real one writes it (``make conformance``). It holds
no id, name or address of that tenant.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, RootModel
from pydantic.alias_generators import to_camel

RECORD_FILE: Final = Path(__file__).parent.parent / "docs" / "local-tenant.record.json"


class Seen(BaseModel):
    """An answer of the real tenant: to which operation, its status, and Graph's code and text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    operation: str
    status: int
    code: str = ""
    message: str = ""


class Checked(BaseModel):
    """What became of one test.

    ``date`` is the day of the run. ``code`` is a digest of the test as it ran: a test that was
    changed since is unverified again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)

    date: str
    outcome: Literal["passed", "failed"]
    code: str
    seen: tuple[Seen, ...] = ()


Record = Mapping[str, Checked]
"""By the name of the test, ``test_localtenant_applications.py::test_unknown_application``."""


class _File(RootModel[dict[str, Checked]]):
    pass


def read_record(file: Path = RECORD_FILE) -> Record:
    """The record; an empty one where nobody has made any yet."""
    return _File.model_validate_json(file.read_bytes()).root if file.exists() else {}


def write_record(record: Record, file: Path = RECORD_FILE) -> None:
    """Write the record, sorted by name, with a line's end at its end."""
    sorted_record = _File(dict(sorted(record.items())))
    text = sorted_record.model_dump_json(indent=2, by_alias=True, exclude_defaults=True)
    file.write_text(text + "\n", encoding="utf-8")
