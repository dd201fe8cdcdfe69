"""``$filter``: checked against the declared types and turned into SQL.

Indexed properties become look-ups in the table of keys; other properties are read out of the JSON
documents by SQLite. Strings compare without regard to letter case, as Graph compares them. Texts
about filters that are wrong in themselves are those of Microsoft's OData library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from localtenant.conditions import Condition
from localtenant.odata.errors import not_implemented, unsupported_query, wrong_filter
from localtenant.odata.filter_conditions import (
    absent,
    check_clauses,
    joined,
    key_in,
    negated,
)
from localtenant.odata.filter_functions import check_function, no_signature, text_function
from localtenant.odata.filter_literals import column, constant, incompatible, type_of
from localtenant.odata.filter_scopes import COUNT, Collection, Paths, Scope, Value
from localtenant.odata.filter_syntax import (
    Comparison,
    Function,
    Junction,
    Lambda,
    Literal,
    Membership,
    Negation,
    Path,
    parse,
)
from localtenant.odata.types import BOOLEAN, EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.errors import GraphError
    from localtenant.odata.filter_scopes import Found
    from localtenant.odata.filter_syntax import Node
    from localtenant.odata.model import Entity
    from localtenant.odata.tree import Model

_SIGNS = {"eq": "=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_FLIPPED = {"eq": "eq", "ne": "ne", "gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def condition(
    text: str, model: Model, entities: tuple[Entity, ...], *, advanced: bool
) -> Condition:
    """The SQL condition for a ``$filter`` on objects of ``entities``.

    ``advanced`` tells whether the request asked for the directory's advanced queries
    (``ConsistencyLevel: eventual`` and ``$count=true``), without which ``ne``, ``not``,
    ``endsWith``, ``$count`` and more than 15 alternatives are refused.
    """
    restricted = not advanced and any(e.type.directory for e in entities)
    paths = Paths(model)
    return _Builder(paths, {"$it": paths.root(entities)}, restricted=restricted).boolean(
        parse(text)
    )


def is_by_key(text: str) -> bool:
    """Whether a filter does nothing but look objects up by their id."""
    match parse(text):
        case Comparison("eq", Path((name,)), Literal()) | Membership(Path((name,))):
            return name.lower() == "id"
        case _:
            return False


def reference_filter() -> GraphError:
    """400 for a filter on the directory's references that is no look-up of a key."""
    return unsupported_query(
        "The specified filter to the reference property query is currently not supported."
    )


class _Builder:
    """Conditions on what is in scope: the object, and the variables of the lambdas around."""

    def __init__(
        self, paths: Paths, variables: dict[str, Scope | Value], *, restricted: bool
    ) -> None:
        self._paths = paths
        self._variables = variables
        self._restricted = restricted

    def boolean(self, node: Node) -> Condition:
        """The condition that a node is; the gateway's 400 for what is none."""
        return self._BY_NODE[type(node)](self, node)

    def _plain(self, node: Path | Literal) -> Condition:
        if isinstance(node, Literal):
            if node.kind == "boolean":
                return Condition(str(int(node.text == "true")))
        else:
            found = self._found(node)
            if isinstance(found, Value) and found.prop.type is BOOLEAN:
                return Condition(f"{found.sql} = 1")
        raise wrong_filter("The $filter expression must evaluate to a single boolean value.")

    def _negation(self, node: Negation) -> Condition:
        self._advanced_only()
        return negated(self.boolean(node.operand))

    def _junction(self, node: Junction) -> Condition:
        if self._restricted and node.operator == "or":
            check_clauses(len(node.parts))
        return joined(node.operator.upper(), [self.boolean(p) for p in node.parts])

    def _comparison(self, node: Comparison) -> Condition:
        operator, left, right = node.operator, node.left, node.right
        if isinstance(left, Literal) and not isinstance(right, Literal):
            operator, left, right = _FLIPPED[operator], right, left
        if operator == "ne":
            self._advanced_only()
            return negated(self._comparison(Comparison("eq", left, right)))
        if not isinstance(right, Literal):
            raise self._two_properties(right)
        if not isinstance(left, Path):
            if right.kind != "boolean" or operator != "eq":
                raise not_implemented("this $filter expression")
            same = self.boolean(left)
            return same if right.text == "true" else negated(same)
        found = self._found(left)
        if right.kind == "null" and operator == "eq":
            return absent(found)
        if not isinstance(found, Value):
            wanted = found.type_name if isinstance(found, Scope) else "Collection"
            raise incompatible(wanted, type_of(right), operator)
        if right.kind == "null":
            return Condition("0")
        value = constant(found.prop, right, operator)
        if operator == "eq" and found.looked_up:
            return key_in(found.looked_up, [value])
        return Condition(f"{column(found)} {_SIGNS[operator]} ?", (value,))

    def _two_properties(self, right: Node) -> GraphError:
        """Say what is wrong with a comparison's right side, which is no constant."""
        if isinstance(right, Path):
            self._found(right)  # a text whose quotation marks were forgotten is no property
        return not_implemented("comparisons of two properties in $filter")

    def _membership(self, node: Membership) -> Condition:
        if self._restricted:
            check_clauses(len(node.options))
        found = self._found(node.left) if isinstance(node.left, Path) else None
        if not isinstance(found, Value):
            raise not_implemented("this $filter expression")
        values = [constant(found.prop, o, "eq") for o in node.options if o.kind != "null"]
        if found.looked_up:
            listed = key_in(found.looked_up, values)
        else:
            marks = ", ".join("?" * len(values))
            listed = Condition(f"{column(found)} IN ({marks})", tuple(values))
        if len(values) == len(node.options):
            return listed
        return joined("OR", [listed, absent(found)])

    def _function(self, node: Function) -> Condition:
        name = node.name
        check_function(name, restricted=self._restricted)
        match node.arguments:
            case (Path() as path, Literal(kind="string") as literal):
                return text_function(name, self._found(path), literal.text)
            case _:
                raise no_signature(name)

    def _lambda(self, node: Lambda) -> Condition:
        found = self._found(node.owner)
        if not isinstance(found, Collection):
            raise wrong_filter("Any/All may only be used following a collection.")
        if self._restricted and found.linked:
            self._check_linked(found, node)
        if node.body is None:
            return Condition(f"EXISTS (SELECT 1 FROM {found.source})")  # noqa: S608 - declared names
        variables = {**self._variables, node.variable: found.each}
        below = _Builder(self._paths, variables, restricted=self._restricted)
        match node.body:
            case Comparison("eq", Path((node.variable,)), Literal(kind="string") as literal) if (
                found.looked_up and not node.every and isinstance(found.each, Value)
            ):
                return key_in(found.looked_up, [constant(found.each.prop, literal, "eq")])
            case _:
                inner = below.boolean(node.body)
        word = "AND" if " WHERE " in found.source else "WHERE"
        if node.every:
            inner = negated(inner)
        exists = f"EXISTS (SELECT 1 FROM {found.source} {word} ({inner.sql}))"  # noqa: S608 - declared names
        return Condition(f"NOT {exists}" if node.every else exists, inner.parameters)

    def _check_linked(self, found: Collection, node: Lambda) -> None:
        """Refuse more than a look-up of a reference's key, which needs no advanced query."""
        types = found.each.types if isinstance(found.each, Scope) else ()
        keys = {t.key for t in types if isinstance(t, EntityType)}
        match node.body:
            case Comparison("eq", Path((node.variable, name)), Literal()) if name in keys:
                return
            case _:
                raise reference_filter()

    def _found(self, path: Path) -> Found:
        first, *rest = path.segments
        if COUNT in path.segments:
            self._advanced_only()
        if first not in self._variables:
            return self._paths.follow(self._root, path.segments)
        start = self._variables[first]
        if isinstance(start, Scope):
            return self._paths.follow(start, tuple(rest))
        if rest:
            raise wrong_filter(
                f"Could not find a property named '{rest[0]}' on type '{start.prop.type_name}'."
            )
        return start

    @property
    def _root(self) -> Scope:
        root = self._variables["$it"]
        if isinstance(root, Value):
            message = "the root of a filter is an object"
            raise TypeError(message)
        return root

    def _advanced_only(self) -> None:
        if self._restricted:
            raise unsupported_query("Unsupported Query.")

    _BY_NODE: ClassVar[dict[type, Callable[[Self, Any], Condition]]] = {
        Comparison: _comparison,
        Function: _function,
        Junction: _junction,
        Lambda: _lambda,
        Literal: _plain,
        Membership: _membership,
        Negation: _negation,
        Path: _plain,
    }
