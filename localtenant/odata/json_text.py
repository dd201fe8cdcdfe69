"""Bodies as text: JSON that is no trap, or the gateway's 400."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from localtenant.odata.errors import gateway
from localtenant.odata.types import is_object

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")


def read_json(raw: bytes) -> Json:
    """The JSON object in a body; 400 of the gateway when there is none.

    What JSON's grammar or UTF-8 does not have is refused with it: NaN and infinities, halves of
    surrogate pairs, and names that an object has twice.
    """
    try:
        body: Any = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_number,
            parse_float=_number,
        )
        if _HALF_CHARACTER.search(raw):
            json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        body = None
    if not is_object(body):
        raise gateway(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and "
            "payload is of valid JSON format."
        )
    return body


def _object(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a name stands twice"
        raise ValueError(message)
    return found


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        message = f"{text} is no number of JSON"
        raise ValueError(message)
    return number
