"""Expressions of flexible federated identity credentials: what they are, and what fulfils them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from signers import trusting
from token_issuer import SUBJECT, TokenIssuer
from token_requests import asserted_answer, sign_in_refused

from localtenant.signin.claim_expressions import fulfilled

if TYPE_CHECKING:
    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

BRANCHES = "claims['sub'] matches 'repo:contoso/shop:ref:refs/heads/*'"
CLAIMS = {"sub": SUBJECT, "repository_id": "456789", "run": 7, "mixed": "Shop", "odd": "[a]b\n"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (BRANCHES, True),
        (f"{BRANCHES} and claims['repository_id'] eq '456789'", True),
        (f"{BRANCHES} and claims['repository_id'] eq '1'", False),
        ("claims['repository_id'] matches '45?789'", True),
        ("claims['repository_id'] matches '45?89'", False),
        ("claims['repository_id'] matches '456789*'", True),
        ("claims['repository_id'] eq '45*'", False),
        ("claims['sub'] matches 'REPO:*'", False),
        ("claims['sub'] matches 'contoso'", False),
        ("claims['mixed'] matches 'shop'", False),
        ("claims['odd'] matches '[a]?*'", True),
        ("claims['repository_id'] matches '[0-9]*'", False),
        ("claims['run'] matches '7'", False),
        ("claims['none'] matches '*'", False),
        (f"{BRANCHES} or claims['repository_id'] eq '456789'", False),
        (f"{BRANCHES} and ", False),
        (f" {BRANCHES}", False),
        ("", False),
    ],
)
def test_expression(expression: str, *, expected: bool) -> None:
    """Terms are exact but for wildcards, all have to hold, and nothing else is an expression."""
    assert fulfilled(expression, CLAIMS) is expected


def test_long_patterns_take_no_time() -> None:
    """A pattern of many wildcards against a long claim is decided at once."""
    claims: dict[str, Any] = {"sub": "a" * 50_000}
    assert not fulfilled(f"claims['sub'] matches '{'*a' * 100}*b'", claims)


def test_flexible_credential_signs_in(ready: Ready, graph: Graph, issuer: TokenIssuer) -> None:
    """Any subject signs in that fulfils the expression; what does not is told so."""
    workload = trusting(graph, issuer.url, expression=BRANCHES)
    other = "repo:contoso/shop:environment:live"

    fits = asserted_answer(ready, workload, issuer.token(sub=SUBJECT.replace("main", "next")))
    does_not = asserted_answer(ready, workload, issuer.token(sub=other))

    assert fits.status_code == 200
    text = (
        "No matching federated identity record found for presented assertion subject "
        f"'{other}' or no federated identity credential expression matched. Please check your "
        "federated identity credential Subject, Expression, Audience and Issuer against the "
        "presented assertion. "
        "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"
    )
    sign_in_refused(does_not, 401, "invalid_client", 7002131, text)
