"""What Graph surely refuses of a user flow's lists, known before a request is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from providers.lifecycle import Problem, Unknown
from providers.user_flow.attributes import INPUT_TYPES, Attribute


def attribute_problems(attributes: list[object]) -> list[Problem]:
    """What is wrong with the attributes: one without its ID, one twice, an unknown input type."""
    problems: list[Problem] = []
    known = [cast("Attribute", one) for one in attributes if isinstance(one, dict)]
    problems += given_twice("attributes", [one.get("attribute") for one in known])
    for index, one in enumerate(known):
        where = f"attributes[{index}]"
        if one.get("attribute") in (None, ""):
            problems.append(Problem(f"{where}.attribute", "the attribute's ID is missing"))
        kind = one.get("inputType", "text")
        if not isinstance(kind, Unknown) and kind not in INPUT_TYPES:
            allowed = ", ".join(INPUT_TYPES)
            problems.append(Problem(f"{where}.inputType", f"'{kind}' is none of {allowed}"))
    return problems


def given_twice(name: str, values: Sequence[object]) -> list[Problem]:
    """Texts that stand in the list `name` more than once."""
    seen: set[str] = set()
    problems: list[Problem] = []
    for value in values:
        if isinstance(value, str) and value in seen:
            problems.append(Problem(name, f"'{value}' is given twice"))
        if isinstance(value, str):
            seen.add(value)
    return problems
