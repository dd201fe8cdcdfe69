"""What the texts among the inputs must look like; each check answers what is wrong, or None.

The rules are the real plugin's, so that what passes here passes there.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

_CLAIM_VALUE: Final = re.compile(r"[A-Za-z0-9!#$%&'()*+,./:;<=>?@\[\]^_`{|}~-]*")
_CLAIM_VALUE_LENGTH: Final = 249
_REDIRECT_SCHEMES: Final = ("http", "https", "ms-appx-web", "brk-multihub")
_REDIRECT_LENGTH: Final = 256
_LOGOUT_LENGTH: Final = 255
_URN_PARTS: Final = 3
_IMAGES: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
"""The first bytes of images, and their media types."""


def guid(value: str) -> str | None:
    """Require a GUID such as an object ID or a client ID."""
    try:
        UUID(value)
    except ValueError:
        return f"expected a GUID, got {value!r}"
    return None if len(value) == len(str(UUID(int=0))) else f"expected a GUID, got {value!r}"


def filled(value: str) -> str | None:
    """Require a text that is not empty."""
    return None if value else "must not be empty"


def at_most(length: int) -> Callable[[str], str | None]:
    """Require a text of at most `length` characters."""

    def check(value: str) -> str | None:
        return None if len(value) <= length else f"must be {length} characters or less"

    return check


def one_of(*allowed: str) -> Callable[[str], str | None]:
    """Require one of the given texts."""

    def check(value: str) -> str | None:
        return None if value in allowed else f"expected one of {', '.join(allowed)}, got {value!r}"

    return check


def claim_value(value: str) -> str | None:
    """Require a value that can stand in a `roles` or `scp` claim."""
    if len(value) > _CLAIM_VALUE_LENGTH:
        return f"must be {_CLAIM_VALUE_LENGTH} characters or less"
    if value.startswith("."):
        return "must not begin with a period"
    if not _CLAIM_VALUE.fullmatch(value):
        return "must be alphanumeric with these characters allowed: !#$%&'()*+,-./:;<=>?@[]^_`{|}~"
    return None


def base64_image(value: str) -> str | None:
    """Require a PNG, JPEG or GIF image in base64."""
    return None if image_type(value) else "expected a PNG, JPEG or GIF image in base64"


def image_type(value: str) -> str | None:
    """Return the media type of an image in base64; None when it is none."""
    try:
        image = base64.b64decode(value.strip(), validate=True)
    except binascii.Error:
        return None
    for beginning, media_type in _IMAGES.items():
        if image.startswith(beginning):
            return media_type
    return None


def web_url(value: str) -> str | None:
    """Require an absolute http or https URL."""
    return _absolute(value, ("http", "https"))


def logout_url(value: str) -> str | None:
    """Require an http or https URL that is short enough for a logout URL."""
    return web_url(value) or at_most(_LOGOUT_LENGTH)(value)


def redirect_uri(*, urn: bool, any_scheme: bool) -> Callable[[str], str | None]:
    """Require a redirect URI; the platform may allow URNs (`urn`), or `any_scheme`."""

    def check(value: str) -> str | None:
        parts = value.split(":")
        if not (urn and parts[0] == "urn" and len(parts) >= _URN_PARTS):
            wrong = _absolute(value, () if any_scheme else _REDIRECT_SCHEMES)
            if wrong:
                return wrong
            if not any_scheme and not urlsplit(value).path:
                return f"must end in a slash, because it has no path: {value!r}"
        return at_most(_REDIRECT_LENGTH)(value)

    return check


def instant(value: str) -> str | None:
    """Require an RFC 3339 date such as `2027-01-02T03:04:05Z`."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return f"expected a date such as 2027-01-02T03:04:05Z, got {value!r}"
    return None


def same_instant(value: str) -> datetime | str:
    """Return the form in which two dates are compared: the instant, however it is written."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment.astimezone(UTC) if moment.tzinfo else value


def whole_seconds(value: str) -> str:
    """Return an RFC 3339 date without fractions of a second, in the form that Go writes."""
    moment = datetime.fromisoformat(value).replace(microsecond=0)
    return moment.isoformat().replace("+00:00", "Z")


def _absolute(value: str, schemes: tuple[str, ...]) -> str | None:
    if not value:
        return "must not be empty"
    try:
        parts = urlsplit(value)
    except ValueError:
        return f"is not a URI: {value!r}"
    if not parts.netloc:
        return f"must be an absolute URI with a host, got {value!r}"
    if schemes and parts.scheme not in schemes:
        return f"must begin with one of {', '.join(f'{s}://' for s in schemes)}; got {value!r}"
    return None
