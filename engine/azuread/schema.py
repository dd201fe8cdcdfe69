"""How a resource type declares its inputs: kinds, defaults, and what a change of each means.

The declarations follow the schema of terraform-provider-azuread, which the real plugin wraps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

Accepts = Callable[[str], str | None]
"""Says what is wrong with a text, or None when nothing is."""


class Kind(Enum):
    """What a property holds."""

    TEXT = "a string"
    FLAG = "a boolean"
    NUMBER = "a whole number"
    SET = "a list"
    OBJECT = "an object"
    MAP = "an object with string values"


@dataclass(frozen=True, kw_only=True)
class Property:
    """One declared input."""

    kind: Kind
    required: bool = False
    """Whether leaving it out is an error."""
    default: str | bool | int | None = None
    """What the real plugin records when it is left out."""
    computed: bool = False
    """Whether leaving it out means "as it is in the tenant" instead of "empty"."""
    unstored: bool = False
    """Whether it is the provider's own business, so that leaving it out is recorded as null."""
    replace: bool = False
    """Whether a change makes a new object instead of changing the existing one."""
    accepts: Accepts | None = None
    """What a text, or each text of a set, must look like."""
    item: Property | None = None
    """What a set's items are; Graph keeps no order in any of its lists, so every list is a set."""
    ordered: bool = False
    """Whether it is a list to the real plugin, which sorts sets and fills their items up."""
    key: tuple[str, ...] = ()
    """The fields that tell which item of a set of objects is which."""
    fields: Mapping[str, Property] = field(default_factory=dict[str, "Property"])
    """The properties of an object."""

    @property
    def is_plain(self) -> bool:
        """Whether it is a list of texts: one that is left out at creation is recorded as null."""
        return self.kind is Kind.SET and self.item is not None and self.item.kind is Kind.TEXT

    @property
    def zero(self) -> str | bool | int | None:
        """What a missing scalar counts as: its default, else the empty value of its kind."""
        if self.default is not None:
            return self.default
        return {Kind.TEXT: "", Kind.FLAG: False, Kind.NUMBER: 0}.get(self.kind)


def text(
    *,
    required: bool = False,
    default: str | None = None,
    computed: bool = False,
    replace: bool = False,
    accepts: Accepts | None = None,
) -> Property:
    """Declare a string."""
    return Property(
        kind=Kind.TEXT,
        required=required,
        default=default,
        computed=computed,
        replace=replace,
        accepts=accepts,
    )


def flag(*, default: bool | None = None, unstored: bool = False) -> Property:
    """Declare a boolean."""
    return Property(kind=Kind.FLAG, default=default, unstored=unstored)


def number(*, default: int) -> Property:
    """Declare a whole number."""
    return Property(kind=Kind.NUMBER, default=default)


def texts(
    *,
    required: bool = False,
    computed: bool = False,
    ordered: bool = False,
    accepts: Accepts | None = None,
) -> Property:
    """Declare a set of strings."""
    return Property(
        kind=Kind.SET,
        required=required,
        computed=computed,
        ordered=ordered,
        accepts=accepts,
        item=Property(kind=Kind.TEXT, accepts=accepts),
    )


def block(fields: Mapping[str, Property]) -> Property:
    """Declare an object; leaving it out is the same as leaving out everything in it."""
    return Property(kind=Kind.OBJECT, fields=fields)


def blocks(
    fields: Mapping[str, Property],
    *,
    key: tuple[str, ...],
    required: bool = False,
    computed: bool = False,
    ordered: bool = False,
) -> Property:
    """Declare a set of objects that are told apart by the fields in `key`."""
    item = Property(kind=Kind.OBJECT, fields=fields)
    return Property(
        kind=Kind.SET, item=item, key=key, required=required, computed=computed, ordered=ordered
    )


def text_map(*, replace: bool = False) -> Property:
    """Declare a map from string to string."""
    return Property(kind=Kind.MAP, replace=replace, unstored=True)
