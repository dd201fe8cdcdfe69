"""``$filter`` as text: the tree it is read into, and where it ceases to be a filter."""

from __future__ import annotations

import pytest

from localtenant.odata.errors import GraphError
from localtenant.odata.filter_syntax import (
    Comparison,
    Function,
    Junction,
    Lambda,
    Literal,
    Membership,
    Negation,
    Node,
    Path,
    parse,
)

ONE = Literal("number", "1")
A, B, C = Path(("a",)), Path(("b",)), Path(("c",))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a OR b And NOT c", Junction("or", (A, Junction("and", (B, Negation(C)))))),
        ("(a or b) and c", Junction("and", (Junction("or", (A, B)), C))),
        ("a or (b or c)", Junction("or", (A, Junction("or", (B, C))))),
        ("eq EQ in", Comparison("eq", Path(("eq",)), Path(("in",)))),
        ("and/not/true eq 1", Comparison("eq", Path(("and", "not", "true")), ONE)),
        ("notes eq nullable", Comparison("eq", Path(("notes",)), Path(("nullable",)))),
        ("a/any eq 1", Comparison("eq", Path(("a", "any")), ONE)),
        ("any(a)", Function("any", (A,))),
        ("a/any()", Lambda(A, every=False)),
        ("a/All (any:any eq 1)", Lambda(A, True, "any", Comparison("eq", Path(("any",)), ONE))),
        ("in In (1,NULL)", Membership(Path(("in",)), (ONE, Literal("null", "null")))),
        ("a eq TRUE", Comparison("eq", A, Literal("boolean", "true"))),
        ("a eq 'it''s'", Comparison("eq", A, Literal("string", "it's"))),
        ("a eq x.y'b'", Comparison("eq", A, Literal("enum", "b"))),
    ],
)
def test_trees(text: str, tree: Node) -> None:
    """Keywords are such in any letter case, and names wherever a name must stand."""
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Syntax error at position 1 in ''."),
        ("a orb", "Syntax error at position 2 in 'a orb'."),
        ("a eq'b'", "Syntax error at position 2 in 'a eq'b''."),
        ("a eq 5.", "Syntax error at position 5 in 'a eq 5.'."),
        ("a in (b)", "Syntax error at position 6 in 'a in (b)'."),
        ("f(a,)", "Syntax error at position 4 in 'f(a,)'."),
        ("a/all()", "Syntax error at position 6 in 'a/all()'."),
        ("null/a eq 1", "Syntax error at position 4 in 'null/a eq 1'."),
        ("a ) #", "Syntax error at position 2 in 'a ) #'."),
        ("not " * 1000 + "a", "Recursion limit reached."),
        ("f(" * 12 + "a" + ")" * 12, "Recursion limit reached."),
        ("a/any(b:" * 3 + "b" + ")" * 3, "Recursion limit reached."),
        ("a" * 8001, "The query is too long."),
    ],
)
def test_what_is_no_filter(text: str, message: str) -> None:
    """The first piece that cannot stand where it stands is named by its position."""
    with pytest.raises(GraphError) as refused:
        parse(text)

    answer = refused.value
    wanted = (400, "BadRequest", f"Invalid filter clause: {message}")
    assert (answer.status, answer.code, answer.message) == wanted


@pytest.mark.parametrize(
    "text",
    ["not " * 11 + "a", "f(" * 11 + "a" + ")" * 11, "a/any(b:" * 2 + "(((b)))" + ")" * 2],
)
def test_as_deep_as_may_be(text: str) -> None:
    """Each form that can stand inside itself is taken up to the limit."""
    assert parse(text)
