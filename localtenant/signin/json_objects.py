"""JSON from outside, as far as sign-in reads any: parts of tokens, issuers' documents, bodies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from localtenant.odata.types import is_array, is_object

if TYPE_CHECKING:
    from localtenant.odata.types import Json


def json_object(raw: bytes) -> Json:
    """The JSON object that ``raw`` holds. Raises ValueError if it holds anything else.

    Half of a surrogate pair, which JSON can escape but no answer can hold, is refused too.
    """
    try:
        found: Any = json.loads(raw)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        message = "it holds no JSON"
        raise ValueError(message) from error
    if not is_object(found):
        message = "it holds no JSON object"
        raise ValueError(message)
    return found


def objects(found: object) -> list[Json]:
    """The objects in what ought to be an array of them; none if it is no array."""
    return [one for one in found if is_object(one)] if is_array(found) else []
