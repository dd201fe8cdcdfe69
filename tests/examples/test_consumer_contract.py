"""The contract reader of the example `consumer`: shapes that are not the contract's."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from consumer_fixture import CONTRACT, EXAMPLE

from contract import Contract, ContractError
from engine.places import PROJECT

NAME = "acme/ciam/prod"


def test_what_the_contract_holds_is_read() -> None:
    """Each part, in an order that does not depend on the engine's."""
    contract = Contract(NAME, {**CONTRACT, "added": "later"})
    assert contract.tenant().instance == "https://contoso.ciamlogin.com/"
    assert list(contract.api("notes").scopes) == ["Notes.Read", "Notes.Write"]
    assert list(contract.environment("web")) == ["AUTHORITY", "CLIENT_ID"]
    assert contract.client("web").secret_expires == "2027-05-22T22:54:46Z"
    assert contract.client("phone").secret_expires is None
    assert contract.secret_environment("phone") == {}


def change(*path: str, to: Any) -> dict[str, Any]:
    """The contract with one value in it replaced."""
    changed = copy.deepcopy(CONTRACT)
    held = changed
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = to
    return changed


SHAPES: list[tuple[dict[str, Any], Callable[[Contract], object], str]] = [
    (
        change("apis", "notes", "scopes", to=["Notes.Read"]),
        lambda contract: contract.api("notes"),
        "`apis.notes.scopes` that should be a mapping and is a list",
    ),
    (
        change("apis", "notes", "clientId", to=None),
        lambda contract: contract.api("notes"),
        "`apis.notes.clientId` that should be a text and is missing",
    ),
    (
        change("environmentSecrets", "web", "CLIENT_SECRET", to=7),
        lambda contract: contract.secret_environment("web"),
        "`environmentSecrets.web.CLIENT_SECRET` that should be a text and is a number",
    ),
    (
        change("tenant", "authority", to="https://login.example/"),
        lambda contract: contract.tenant(),
        "`tenant.authority` that does not hold the tenant ID: https://login.example/",
    ),
    (
        change("environmentSecrets", to={}),
        lambda contract: contract.secret_environment("web"),
        "has secrets that could not be decrypted (`environmentSecrets.web`)",
    ),
    (
        change("environmentSecrets", "web", "CLIENT_SECRET", to={}),
        lambda contract: contract.secret_environment("web"),
        "has secrets that could not be decrypted (`environmentSecrets.web`)",
    ),
    (
        change("clients", to={}),
        lambda contract: contract.client("web"),
        "has no client `web` in `clients`: it has none",
    ),
]


@pytest.mark.parametrize(("outputs", "read", "expected"), SHAPES)
def test_another_shape_is_told_by_its_place(
    outputs: dict[str, Any], read: Callable[[Contract], object], expected: str
) -> None:
    """The error names the stack and the place, and never a value that may be secret."""
    with pytest.raises(ContractError) as told:
        read(Contract(NAME, outputs))
    assert str(told.value).startswith(f"the stack {NAME} ")
    assert expected in str(told.value)


def test_the_example_is_pinned_as_the_project_is() -> None:
    """A user of both installs one version of each package."""
    project = [line.split()[0] for line in (PROJECT / "requirements.txt").read_text().splitlines()]
    pins = (EXAMPLE / "requirements.txt").read_text().splitlines()
    assert [pin.partition("==")[0] for pin in pins] == ["pulumi", "pyyaml"]
    assert set(pins) <= set(project)
