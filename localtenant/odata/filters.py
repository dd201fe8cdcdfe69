"""``$filter``: checked against the declared type and turned into SQL.

Indexed properties become look-ups in the table of keys; other properties are read out of the JSON
documents by SQLite. Strings compare without regard to letter case, as Graph compares them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from odata_query import ast

from localtenant.odata.errors import gateway, not_implemented, unsupported_query
from localtenant.odata.filter_text import parse
from localtenant.odata.model import References
from localtenant.odata.types import ComplexType, Primitive
from localtenant.transaction import Condition, fold, key_is

if TYPE_CHECKING:
    from localtenant.odata.model import Entity
    from localtenant.odata.types import Property

_COMPARISONS: dict[type, str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def condition(text: str, entity: Entity, *, advanced: bool) -> Condition:
    """The SQL condition for a ``$filter`` on objects of ``entity``.

    ``advanced`` tells whether the request asked for the directory's advanced queries
    (``ConsistencyLevel: eventual`` and ``$count=true``), without which ``ne``, ``not`` and
    ``endsWith`` are refused.
    """
    return _Builder(entity, advanced=advanced).boolean(parse(text))


class _Builder:
    """Conditions on the objects of one entity."""

    def __init__(self, entity: Entity, *, advanced: bool) -> None:
        self._entity = entity
        self._type = entity.type
        self._restricted = not advanced and entity.type.directory

    def boolean(self, node: object) -> Condition:
        if isinstance(node, ast.BoolOp):
            left, right = self.boolean(node.left), self.boolean(node.right)
            word = "AND" if isinstance(node.op, ast.And) else "OR"
            return Condition(f"({left.sql} {word} {right.sql})", left.parameters + right.parameters)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self._advanced_only()
            inner = self.boolean(node.operand)
            return Condition(f"NOT coalesce({inner.sql}, 0)", inner.parameters)
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.CollectionLambda):
            return self._lambda(node)
        if isinstance(node, ast.Call):
            return self._call(node, self._column)
        if isinstance(node, ast.Identifier):
            return Condition(f"{self._column(node)} = 1")
        raise not_implemented("this $filter expression")

    def _compare(self, node: ast.Compare) -> Condition:
        if not isinstance(node.left, ast.Identifier):
            raise not_implemented("this $filter expression")
        path = _names(node.left)
        if isinstance(node.comparator, ast.NotEq):
            self._advanced_only()
            same = self._compare(ast.Compare(ast.Eq(), node.left, node.right))
            return Condition(f"NOT coalesce({same.sql}, 0)", same.parameters)
        prop = self._property(path)
        if isinstance(node.comparator, ast.In):
            if not isinstance(node.right, ast.List):
                raise not_implemented("this $filter expression")
            options = [self._compare(ast.Compare(ast.Eq(), node.left, v)) for v in node.right.val]
            sql = " OR ".join(o.sql for o in options)
            return Condition(f"({sql})", tuple(p for o in options for p in o.parameters))
        value = _value(node.right)
        column = self._column(node.left)
        if isinstance(node.comparator, ast.Eq):
            if value is None:
                return Condition(f"{column} IS NULL")
            if len(path) == 1 and prop is not None and path[0] in self._type.indexed:
                return key_is(path[0], value)
            return Condition(f"fold({column}) = ?", (_comparable(value),))
        sign = _COMPARISONS.get(type(node.comparator))
        if sign is None:
            raise not_implemented("this $filter expression")
        return Condition(f"fold({column}) {sign} ?", (_comparable(value),))

    def _call(self, node: ast.Call, column_of: object) -> Condition:
        name = node.func.name
        if name not in {"startswith", "endswith"} or not isinstance(node.args[0], ast.Identifier):
            raise not_implemented(f"{name}() in $filter")
        if name == "endswith":
            self._advanced_only()
        value = fold(_value(node.args[1]))
        column = column_of(node.args[0]) if callable(column_of) else ""
        if not value:
            return Condition(f"{column} IS NOT NULL")
        piece = "substr(fold({c}), 1, ?)" if name == "startswith" else "substr(fold({c}), -?)"
        return Condition(f"{piece.format(c=column)} = ?", (len(value), value))

    def _lambda(self, node: ast.CollectionLambda) -> Condition:
        if not isinstance(node.operator, ast.Any) or node.lambda_ is None:
            raise not_implemented("all() and empty any() in $filter")
        if not isinstance(node.owner, ast.Identifier):
            raise not_implemented("this $filter expression")
        path = _names(node.owner)
        navigation = next(
            (
                n
                for n in self._entity.navigations
                if isinstance(n, References) and (n.inline or n.path) == path
            ),
            None,
        )
        if navigation is not None:
            return self._linked(navigation, node.lambda_)
        prop = self._property(path)
        if prop is None or not prop.collection:
            raise gateway(f"Invalid filter clause: '{'/'.join(path)}' is not a collection.")
        return self._holds(path, prop, node.lambda_)

    def _linked(self, navigation: References, lambda_: ast.Lambda) -> Condition:
        inner = lambda_.expression
        if (
            navigation.of
            or not isinstance(inner, ast.Compare)
            or not isinstance(inner.comparator, ast.Eq)
            or not isinstance(inner.left, ast.Identifier)
            or _names(inner.left)[1:] not in {("id",), ("appId",)}
        ):
            raise unsupported_query(
                "The specified filter to the reference property query is currently not supported."
            )
        return Condition(
            "EXISTS (SELECT 1 FROM links WHERE source = o.id AND relation = ? AND target = ?)",
            (navigation.name, str(_value(inner.right))),
        )

    def _holds(self, path: tuple[str, ...], prop: Property, lambda_: ast.Lambda) -> Condition:
        inner = lambda_.expression
        each = f"json_each(o.doc, '$.{'.'.join(path)}') AS item"

        def column(node: ast.Identifier) -> str:
            below = _names(node)[1:]
            if not below:
                return "item.value"
            if not isinstance(prop.type, ComplexType) or below[0] not in prop.type.everywhere:
                raise _unknown(below[0], prop.type_name)
            return f"json_extract(item.value, '$.{'.'.join(below)}')"

        if isinstance(inner, ast.Call):
            found = self._call(inner, column)
        elif isinstance(inner, ast.Compare) and isinstance(inner.left, ast.Identifier):
            if not isinstance(inner.comparator, ast.Eq):
                raise not_implemented("comparisons other than eq inside any()")
            value = _value(inner.right)
            if not _names(inner.left)[1:] and path[0] in self._type.indexed and len(path) == 1:
                return key_is(path[0], value)
            found = Condition(f"fold({column(inner.left)}) = ?", (_comparable(value),))
        else:
            raise not_implemented("this expression inside any()")
        sql = f"EXISTS (SELECT 1 FROM {each} WHERE {found.sql})"  # noqa: S608 - declared names only
        return Condition(sql, found.parameters)

    def _property(self, path: tuple[str, ...]) -> Property | None:
        """The declared property at a path; None for the key ``id``, which is not declared."""
        if path == ("id",):
            return None
        owner: ComplexType | None = None
        prop: Property | None = None
        for name in path:
            properties = owner.everywhere if owner else self._type.everywhere
            prop = properties.get(name)
            if prop is None:
                raise _unknown(name, owner.full_name if owner else self._type.full_name)
            owner = prop.type if isinstance(prop.type, ComplexType) else None
            if owner is None and isinstance(prop.type, Primitive) and name != path[-1]:
                raise _unknown(path[-1], prop.type_name)
        return prop

    def _column(self, node: object) -> str:
        if not isinstance(node, ast.Identifier):
            raise not_implemented("this $filter expression")
        path = _names(node)
        if self._property(path) is None:
            return "o.id"
        return f"json_extract(o.doc, '$.{'.'.join(path)}')"

    def _advanced_only(self) -> None:
        if self._restricted:
            raise unsupported_query("Unsupported Query.")


def _names(node: ast.Identifier) -> tuple[str, ...]:
    return (*node.namespace, node.name)


def _value(node: object) -> object:
    if isinstance(node, ast.DateTime | ast.Date | ast.GUID):
        return node.val
    if isinstance(node, ast.String | ast.Integer | ast.Float | ast.Boolean | ast.Null):
        return node.py_val
    raise not_implemented("this $filter expression")


def _comparable(value: object) -> object:
    return fold(value) if isinstance(value, str) else value


def _unknown(name: str, type_name: str) -> Exception:
    return gateway(
        f"Invalid filter clause: Could not find a property named '{name}' on type '{type_name}'."
    )
