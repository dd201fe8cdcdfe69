"""Ids that must never change, because they stand in tenants and in tokens' consents."""

from __future__ import annotations

from uuid import UUID

from components.identifiers import app_role_id, scope_id


def test_ids_are_frozen() -> None:
    """The ids of the seed's permissions are those that its tenants have."""
    assert scope_id("ToDoList.Read") == "53545857-d8dc-5777-9431-bae6e797465e"
    assert scope_id("ToDoList.ReadWrite") == "48310b68-7a84-5572-b31e-1be19746420f"
    assert app_role_id("ToDoList.Read.All") == "6cffdce2-a236-54b8-a10b-0efe462f4eb0"
    assert app_role_id("ToDoList.ReadWrite.All") == "671ca13a-4fce-504d-a8e9-c5d66bf907f0"


def test_a_scope_and_a_role_never_share_an_id() -> None:
    """Scopes and app roles of an application have one space of ids."""
    assert scope_id("Read") != app_role_id("Read")
    assert UUID(scope_id("Read")).version == 5
