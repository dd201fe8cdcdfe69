"""What a path names, once it is resolved against the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from localtenant.odata.model import (
        Action,
        Child,
        Entity,
        EntitySet,
        References,
        Stream,
        View,
    )


@dataclass(frozen=True)
class Route:
    """What a path names.

    ``template`` is the path with ``{id}`` for keys and without casts, ``place`` the path as
    ``@odata.context`` writes it. The objects are those of ``collection``, or the part ``via`` of
    the object that ``owner`` names; their declared type is ``entity``, to which a ``cast`` may have
    narrowed it, be it to the derived type ``narrowed``. ``item`` says that the path names one of
    them: by ``key``, which is the value of ``key_name`` if that is an alternate key, or because
    there is but one.

    From there a path may go on to a navigation (``navigation_key`` selects one of its objects,
    ``reference`` says that it ends in ``$ref``), an action, a stream, a property (``raw`` asks for
    its bare value), or to ``$count``.
    """

    template: str
    place: str
    entity: Entity
    collection: EntitySet | None = None
    owner: Route | None = None
    via: View | Child | None = None
    cast: bool = False
    narrowed: str = ""
    item: bool = False
    key: str = ""
    key_name: str = ""
    navigation: References | None = None
    navigation_key: str | None = None
    navigation_cast: Entity | None = None
    reference: bool = False
    action: Action | None = None
    stream: Stream | None = None
    prop: str = ""
    raw: bool = False
    counted: bool = False

    @property
    def several(self) -> bool:
        """Whether the collection holds objects of several declared types."""
        return self.collection is not None and len(self.collection.types) > 1

    @property
    def deleted(self) -> bool:
        """Whether the objects are deleted items."""
        return self.collection is not None and self.collection.deleted
