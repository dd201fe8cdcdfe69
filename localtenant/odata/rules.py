"""What an entity does beyond its declaration; the defaults are a plain, writable entity's."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Self

from localtenant.odata.errors import (
    GraphError,
    bad_request,
    invalid_value,
    not_found,
    value_required,
)
from localtenant.odata.literals import is_guid
from localtenant.odata.types import ComplexType, is_array, is_object

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import References, Stream
    from localtenant.odata.types import EntityType, Json, Property


class Rules:
    """Rules of one entity; a subclass overrides what is really its own."""

    def __init__(self, type_: EntityType) -> None:
        """Rules for objects of ``type_``."""
        self.type = type_

    def find(self, call: Call, key: str, *, deleted: bool = False) -> Json | None:
        """The document that a key in a path names, or None; 400 for what cannot be a key."""
        if self.type.directory and not is_guid(key):
            raise bad_request(f"Invalid object identifier '{key}'.")
        return call.tx.get(self.type.filed_as, key, deleted=deleted)

    def of(self, type_: EntityType) -> Self:
        """These rules for objects of ``type_``, which is this type with further properties."""
        rules = copy.copy(self)
        rules.type = type_
        return rules

    def open_property(self, call: Call, name: str) -> Property | None:
        """The declaration of a property that the objects of an open type may have beside its own.

        None for a name that nobody registered.
        """
        del call, name

    def check_read(self, call: Call, doc: Json) -> None:
        """Refuse to show ``doc`` to a caller whose permission does not reach it."""

    def check_write(self, call: Call, doc: Json) -> None:
        """Refuse a change of ``doc`` that the caller's permission or the object forbids."""

    def check_type(self, call: Call, body: Json) -> None:
        """Refuse a body for what its ``@odata.type`` says, or because it has none."""

    def create(self, call: Call, values: Json) -> Json:
        """Make an object of checked ``values``; the document that the 201 shows."""
        for prop in self.type.actual(values).properties:
            if prop.required and values.get(prop.name) in (None, ""):
                raise value_required(prop.name, self.type.title)
        self.check_lengths(values)
        return call.insert(self.type, values)

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change an object by a PATCH of checked ``values``."""
        self.check_lengths(values)
        call.replace(self.type, self.merged(doc, values))

    def delete(self, call: Call, doc: Json) -> None:
        """Delete an object."""
        call.tx.remove(self.type.filed_as, doc[self.type.key])

    def purge(self, call: Call, doc: Json) -> None:
        """Delete a deleted item for good."""
        call.tx.remove(self.type.filed_as, doc[self.type.key])

    def restore(self, call: Call, doc: Json) -> None:
        """Refuse to bring ``doc`` back from the deleted items if it clashes with what lives."""

    def stream_changed(
        self, call: Call, doc: Json, stream: Stream, content_type: str | None
    ) -> None:
        """A stream of ``doc`` has new content, or with None no content any more."""

    def shown(self, call: Call, doc: Json) -> Json:
        """The document as an answer shows it, before properties are selected."""
        del call
        return doc

    def shown_created(self, call: Call, doc: Json) -> Json:
        """The document as the answer to its creation shows it."""
        return self.shown(call, doc)

    def misread(self, error: GraphError) -> GraphError:
        """The error for a body that does not fit the declared type, for which ``error`` stands."""
        return error

    def missing(self, key: str) -> GraphError:
        """The error for a key under which there is no object."""
        return not_found(key)

    def add_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Link ``doc`` to the object ``target``, which exists."""
        if not call.tx.link(doc[self.type.key], navigation.relation, target):
            raise bad_request(
                "One or more added object references already exist for the following modified "
                f"properties: '{navigation.name}'."
            )

    def remove_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Take the link from ``doc`` to ``target`` away."""
        if not call.tx.unlink(doc[self.type.key], navigation.relation, target):
            raise self.missing(target)

    def list_references(self, call: Call, doc: Json, navigation: References) -> list[str]:
        """The keys of what ``doc`` is linked to."""

        def step(key: str) -> list[str]:
            if navigation.reverse:
                return call.tx.sources(navigation.relation, key)
            return call.tx.targets(key, navigation.relation)

        found = step(doc[self.type.key])
        if navigation.transitive:
            for key in found:
                found += [k for k in step(key) if k not in found]
        return found

    def check_lengths(self, values: Json) -> None:
        """400 for a text that is longer than its property allows."""
        properties = self.type.everywhere
        for name, value in values.items():
            limit = properties[name].max_length if name in properties else None
            if limit is not None and isinstance(value, str) and len(value) > limit:
                raise invalid_value(name, self.type.title)

    def merged(self, doc: Json, values: Json) -> Json:
        """``doc`` with ``values`` over it: complex values merge, everything else is replaced."""
        changed = {**doc}
        properties = self.type.actual(doc).by_name
        for name, value in values.items():
            prop = properties.get(name)
            if prop is None or prop.navigation:
                continue
            if isinstance(prop.type, ComplexType) and is_object(value):
                changed[name] = merged_value(prop.type, doc.get(name), value)
            elif isinstance(prop.type, ComplexType) and prop.collection and value is not None:
                changed[name] = [prop.type.actual(v).complete(v) for v in value]
            elif value is None and not prop.collection:
                # Null clears; a property that Graph never shows as null goes back to its defaults.
                changed[name] = prop.initial() if isinstance(prop.type, ComplexType) else None
            else:
                changed[name] = value
        return changed


def merged_value(declared: ComplexType, old: Json | None, new: Json) -> Json:
    """A complex value after a PATCH: children that ``new`` does not mention stay as they were."""
    type_ = declared.actual(new)
    if old is None or not type_.merged or old.get("@odata.type") != new.get("@odata.type"):
        return type_.complete(new)
    merged: dict[str, Any] = copy.copy(old)
    for name, value in new.items():
        prop = type_.by_name.get(name)
        if prop is None or prop.navigation:
            continue
        if isinstance(prop.type, ComplexType) and is_object(value) and not prop.collection:
            merged[name] = merged_value(prop.type, merged.get(name), value)
        elif isinstance(prop.type, ComplexType) and is_array(value):
            merged[name] = [prop.type.actual(v).complete(v) for v in value]
        else:
            merged[name] = value
    return merged
