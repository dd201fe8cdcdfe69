"""Names of what gives access: of headers, of parameters and fields, and of properties in JSON."""

from __future__ import annotations

from functools import lru_cache

_STEMS = (
    "assertion", "confirmation", "cookie", "credential", "csrf", "key", "otp", "passcode",
    "password", "passwd", "private", "proof", "secret", "ticket", "token", "verifier",
)  # fmt: skip
"""A parameter, a field or a header whose name holds one of these is secret."""

_OTHERS = {"code", "oob", "authorization", "proxy-authorization"}
_HARMLESS = {
    "$deltatoken", "$skiptoken", "client_assertion_type", "requested_token_use",
    "sec-websocket-key", "token_type", "token_type_hint",
}  # fmt: skip

ADDRESSES = frozenset({"location", "referer", "content-location"})
"""Headers that are addresses, in whose queries secrets may be."""

PROPERTIES = frozenset({
    "access_token", "accesstoken", "assertion", "authorization", "certificatedata",
    "client_assertion", "client_secret", "clientassertion", "clientsecret", "code", "code_verifier",
    "continuation_token", "cookie", "currentpassword", "device_code", "id_token", "id_token_hint",
    "idtoken", "key", "new_password", "newpassword", "oob", "otp", "passcode", "password",
    "privatekey", "proof", "refresh_token", "refreshtoken", "secret", "secrettext", "set-cookie",
    "temporaryaccesspass", "token", "user_code",
})  # fmt: skip
"""Properties of JSON that are secret, in lower case. ``code`` is not below ``error``."""

_IN_JSON = frozenset(name.encode() for name in PROPERTIES)


@lru_cache(maxsize=1024)
def is_secret(name: str) -> bool:
    """Whether a parameter, a field of a form or a header of this name is secret."""
    folded = name.lower()
    if folded in _HARMLESS:
        return False
    return folded in _OTHERS or folded.endswith("_code") or any(s in folded for s in _STEMS)


@lru_cache(maxsize=1024)
def of_header(name: bytes) -> tuple[str, bool]:
    """The name of a header as text, and whether its value is to be looked at closely."""
    text = name.decode("latin-1").lower()
    return text, text in ADDRESSES or is_secret(text)


def may_hold_secrets(raw: bytes) -> bool:
    """Whether JSON has to be read to find its secrets. False is certain, True is not.

    Almost no request has any, and looking for names costs a fraction of reading JSON. Names may be
    written with escapes, and a token has a form by which it is known.
    """
    # One letter is found much faster than three, and is seldom there.
    if (b"J" in raw and b"eyJ" in raw) or (b"\\" in raw and b"\\u" in raw):
        return True
    return not _IN_JSON.isdisjoint(raw.lower().split(b'"'))
