"""Request bodies: JSON to values of the declared types, or the errors that Graph gives for them.

The texts are those of Microsoft's OData library. That directory types pair them with the code
``Request_BadRequest`` is inferred, not captured.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from localtenant.odata.errors import bad_request, gateway
from localtenant.odata.json_text import read_json
from localtenant.odata.literals import read_enum, read_primitive
from localtenant.odata.types import (
    STRING,
    ComplexType,
    EntityType,
    EnumType,
    Json,
    Property,
    is_array,
    is_object,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def parse(raw: bytes, content_type: str) -> Json:
    """The JSON object in a request body; 400 of the gateway when there is none."""
    if not content_type:
        raise gateway(
            "Write requests (excluding DELETE) must contain the Content-Type header declaration."
        )
    if not content_type.lower().startswith("application/json"):
        raise gateway("Entity only allows writes with a JSON Content-Type header.")
    if not raw.strip():
        raise gateway("Empty Payload. JSON content expected.")
    body = read_json(raw)
    if not body:
        raise gateway("Empty Payload. JSON content expected.")
    return body


def type_of(
    body: Mapping[str, Any], declared: EntityType, *, present: Json | None = None
) -> EntityType:
    """The type whose properties a body may set.

    ``present`` is the object that the body changes: an object keeps its type.
    """
    said = body.get("@odata.type")
    there = declared.actual(present) if present is not None else None
    if said is None:
        if (there or declared).abstract:
            raise no_type_name()
        return there or declared
    names = {declared.name, *declared.bases, *(d.name for d in declared.derived)}
    if _local_name(said).lower() not in {n.lower() for n in names}:
        raise _wrong_type(said)
    type_ = declared.actual({"@odata.type": said})
    if there is not None and type_ in {declared, there}:
        return there
    if there is not None:
        raise _wrong_type(said)
    if type_.abstract:
        raise no_type_name()
    return type_


def read_entity(
    body: Mapping[str, Any], type_: EntityType, *, beta: bool, bindable: Collection[str] = ()
) -> Json:
    """The properties that a body sets, as checked values; annotations are left out.

    So is ``id``, unless it is given by whoever makes an object.

    ``owners@odata.bind`` and the like, for navigations in ``bindable``, come back as lists of ids.
    Values of complex types stay partial: merging or completing them is the caller's business. A
    body of a derived type keeps its ``@odata.type``.
    """
    values: Json = {}
    if type_.is_derived:
        values["@odata.type"] = f"#{type_.full_name}"
    for name, value in body.items():
        if name.endswith("@odata.bind") and name.partition("@")[0] in bindable:
            values[name] = _read_bind(name, value)
            continue
        if name == "id" and type_.key_given:
            values[name] = read_primitive(STRING, value)
            continue
        if "@" in name or (name == "id" and type_.key == "id"):
            continue
        prop = type_.by_name.get(name)
        if prop is None or prop.hidden or (prop.beta_only and not beta):
            raise unknown_property(name, type_.full_name)
        if prop.read_only:
            raise bad_request(f"Property '{name}' is read-only and cannot be set.")
        values[name] = read_value(prop, value)
    return values


def read_parameters(body: Json, declared: ComplexType) -> Json:
    """The parameters of an action, as checked values."""
    return _read_complex(declared, body)


def _read_bind(name: str, value: object) -> list[str]:
    if not is_array(value) or not all(isinstance(v, str) for v in value):
        raise _primitive_for_structure(name, value)
    return [reference_key(v) for v in value]


def reference_key(url: str) -> str:
    """The key at the end of a reference, whatever host and version the URL names."""
    last = url.rstrip("/").rpartition("/")[2]
    inside = re.fullmatch(r"\w+\('?([^')]*)'?\)", last)
    return inside.group(1) if inside else last


def read_value(prop: Property, value: Any) -> Any:  # noqa: ANN401 - JSON
    """``value`` checked against the property's declaration."""
    if value is None:
        if prop.nullable:
            return None
        raise _null(prop)
    if prop.collection:
        if not is_array(value):
            raise _primitive_for_structure(prop.name, value)
        item = Property(prop.name, prop.type, nullable=False)
        return [read_value(item, v) for v in value]
    if isinstance(prop.type, ComplexType):
        if not is_object(value):
            raise _primitive_for_structure(prop.name, value)
        return _read_complex(prop.type, value)
    if is_object(value) or is_array(value):
        node = "StartObject" if is_object(value) else "StartArray"
        raise bad_request(
            f"An unexpected '{node}' node was found when reading from the JSON reader. "
            "A 'PrimitiveValue' node was expected."
        )
    if isinstance(prop.type, EnumType):
        return read_enum(prop.type, value)
    return read_primitive(prop.type, value)


def _read_complex(declared: ComplexType, value: Json) -> Json:
    type_ = _type_of(declared, value)
    values: Json = {}
    if type_ is not declared:
        values["@odata.type"] = f"#{type_.full_name}"
    for name, item in value.items():
        navigation = type_.by_name.get(name.removesuffix("@odata.bind"))
        if "@" in name:
            if navigation is not None and navigation.navigation:
                values[name] = _read_bind(name, item)
            continue
        prop = type_.by_name.get(name)
        if prop is None:
            raise unknown_property(name, type_.full_name)
        values[name] = read_value(prop, item)
    for prop in type_.properties:
        if prop.required and prop.name not in values:
            raise bad_request(
                f"A value is required for property '{prop.name}' of type '{type_.full_name}'."
            )
    return values


def _type_of(declared: ComplexType, value: Json) -> ComplexType:
    said = value.get("@odata.type")
    known = {declared.name.lower(), *(d.name.lower() for d in declared.derived)}
    if said is not None and _local_name(said).lower() not in known:
        raise _wrong_type(said)
    type_ = declared.actual({"@odata.type": said or declared.unnamed})
    if type_.abstract:
        raise no_type_name()
    return type_


def unknown_property(name: str, full_type: str) -> Exception:
    """400 for a property that the type does not have."""
    return bad_request(
        f"The property '{name}' does not exist on type '{full_type}'. Make sure to only use "
        "property names that are defined by the type."
    )


def _local_name(said: object) -> str:
    return str(said).rpartition(".")[2]


def _wrong_type(said: object) -> Exception:
    return bad_request(
        f"A type named '{str(said).lstrip('#')}' could not be resolved by the model. When a model "
        "is available, each type name must resolve to a valid type."
    )


def no_type_name() -> Exception:
    """400 for a body or a value that must name its ``@odata.type`` and does not."""
    return bad_request(
        "A value without a type name was found and no expected type is available. When the model "
        "is specified, each value in the payload must have a type which can be either specified in "
        "the payload, explicitly by the caller or implicitly inferred from the parent value."
    )


def _null(prop: Property) -> Exception:
    if prop.collection:
        expected = f"{prop.type_name}[Nullable=True]"
        rule = "cannot be null but it can have null values."
    else:
        expected = f"{prop.type_name}[Nullable=False]"
        rule = "does not allow null values."
    return bad_request(
        f"A null value was found for the property named '{prop.name}', which has the expected type "
        f"'{expected}'. The expected type '{expected}' {rule}"
    )


def _primitive_for_structure(name: str, value: object) -> Exception:
    if is_object(value) or is_array(value):
        found, wanted = ("StartObject", "StartArray")
        if is_array(value):
            found, wanted = wanted, found
        return bad_request(
            f"An unexpected '{found}' node was found when reading from the JSON reader. "
            f"A '{wanted}' node was expected."
        )
    return bad_request(
        "A 'PrimitiveValue' node with non-null value was found when trying to read the value of "
        f"the property '{name}'; however, a 'StartArray' node, a 'StartObject' node, or a "
        "'PrimitiveValue' node with null value was expected."
    )
