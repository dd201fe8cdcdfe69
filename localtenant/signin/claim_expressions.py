"""``claimsMatchingExpression`` of a flexible federated identity credential, held against claims.

Source: Microsoft Entra Workload ID, "flexible federated identity credentials": terms such as
``claims['sub'] matches 'repo:contoso/*'``, joined by ``and``, with the operators ``eq`` and
``matches``; in the latter ``*`` stands for any characters and ``?`` for one. Letter case counts.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_TERM = r"claims\['([^']+)'\] (eq|matches) '([^']*)'"
_EXPRESSION = re.compile(f"{_TERM}(?: and {_TERM})*")


def fulfilled(expression: str, claims: Json) -> bool:
    """Whether the claims fulfil every term; never if the expression is not of that form."""
    if _EXPRESSION.fullmatch(expression) is None:
        return False
    terms: list[tuple[str, str, str]] = re.findall(_TERM, expression)
    return all(_fits(claims.get(name), operator, wanted) for name, operator, wanted in terms)


def _fits(found: object, operator: str, wanted: str) -> bool:
    if not isinstance(found, str):
        return False
    if operator == "eq":
        return found == wanted
    # Of what fnmatch knows, brackets are the one thing that these patterns do not have.
    return fnmatchcase(found, wanted.replace("[", "[[]"))
