"""What a claims mapping policy makes of values before they are claims.

Source: Microsoft identity platform, "claims mapping policy type", claims transformation. Replacing
by a regular expression is left out: whoever writes a policy could have the tenant work for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.signin.json_objects import objects

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _joined(given: Mapping[str, str]) -> str:
    return given.get("separator", "").join((given["string1"], given["string2"]))


def _changed(change: Callable[[str], str]) -> Callable[[Mapping[str, str]], str]:
    """A method with one input, whatever the policy calls it."""
    return lambda given: change(next(iter(given.values())))


_METHODS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "join": _joined,
    "extractmailprefix": _changed(lambda text: text.partition("@")[0]),
    "tolowercase": _changed(str.lower),
    "touppercase": _changed(str.upper),
}


def transformed(transformation: Mapping[str, Any], values: Mapping[str, Any]) -> str | None:
    """What a transformation makes of the ``values`` by the IDs of their entries in the schema.

    None if an input has no value, or the method is not known.
    """
    name = str(transformation.get("transformationmethod", "")).lower().removesuffix("()")
    method = _METHODS.get(name)
    given: dict[str, str] = {}
    for one in objects(transformation.get("inputclaims")):
        value = values.get(str(one.get("claimtypereferenceid", "")).lower())
        if isinstance(value, str):
            given[str(one.get("transformationclaimtype", "")).lower()] = value
    for one in objects(transformation.get("inputparameters")):
        given[str(one.get("id", "")).lower()] = str(one.get("value", ""))
    try:
        return method(given) if method else None
    except (KeyError, StopIteration):
        return None
