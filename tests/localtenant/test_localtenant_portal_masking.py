"""What gives access is taken out of an exchange before it is kept."""

from __future__ import annotations

import json
import time
from urllib.parse import quote

import pytest

from localtenant.portal import masking

pytestmark = pytest.mark.local_only

SECRET = "s3cret-Value-0123456789"
JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def kept(kind: str, text: str) -> str:
    """What is kept of a body."""
    raw = text.encode()
    return masking.body(kind, raw, len(raw)).text


@pytest.mark.parametrize(
    "name",
    [
        *("access_token", "refresh_token", "id_token", "client_secret", "client_assertion"),
        *("assertion", "code", "code_verifier", "device_code", "user_code", "secretText"),
        *("password", "newPassword", "currentPassword", "key", "clientSecret", "privateKey"),
        *("proof", "passcode", "certificateData", "Password", "PASSWORD"),
        *("continuation_token", "oob", "new_password"),
    ],
)
def test_secrets_in_json_are_hidden_at_any_depth(name: str) -> None:
    """Whatever holds them, in any letter case, and where an escape hides the name."""
    nested = {"requests": [{"body": {"x": {name: SECRET}}}], name: {"inner": [SECRET]}, "y": "seen"}
    text = json.dumps(nested)
    escaped = text.replace(f'"{name}"', f'"\\u{ord(name[0]):04x}{name[1:]}"')
    for one in (text, escaped, f"  {text}"):
        found = kept(JSON, one)
        assert SECRET not in found
        assert "seen" in found
        assert json.loads(found)["requests"][0]["body"]["x"][name] == masking.HIDDEN


@pytest.mark.parametrize(
    "name",
    [
        *("client_secret", "password", "code", "code_verifier", "refresh_token", "assertion"),
        *("client_assertion", "device_code", "csrf", "passcode", "confirmation", "id_token_hint"),
        *("token", "user_code", "new_password", "client%5Fsecret", "CLIENT_SECRET"),
        *("continuation_token", "oob"),
    ],
)
def test_secrets_in_forms_queries_and_pages_are_hidden(name: str) -> None:
    """Fields of a form, of an address, of a fragment, and of a page that posts a form."""
    pairs = f"client_id=seen&{name}={SECRET}&state=kept"
    encoded = SECRET.replace("-", "%2D")
    assert kept(FORM, pairs) == f"client_id=seen&{name}={masking.HIDDEN}&state=kept"
    assert encoded not in kept(FORM, pairs.replace(SECRET, encoded))
    for address in (f"/back?{pairs}", f"https://app.example/back#{pairs}"):
        hidden = masking.address(address)
        assert SECRET not in hidden
        assert "client_id=seen" in hidden
    if "%" not in name:
        page = f'<form><input type="hidden" name="{name}" value="{SECRET}" /><p>seen</p></form>'
        assert SECRET not in kept("text/html", page)
        assert "seen" in kept("text/html", page)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authorization", f"Bearer {SECRET}"),
        ("authorization", SECRET),
        ("proxy-authorization", f"Basic {SECRET}"),
        ("cookie", f"a={SECRET}; __Host-session={SECRET}"),
        ("set-cookie", f"__Host-session={SECRET}; Path=/; Secure"),
        ("location", f"https://app.example/?code={SECRET}&state=x"),
        ("location", f"https://app.example/#id_token={SECRET}"),
        ("location", f"/t/signin/{SECRET}"),
        ("referer", f"https://localhost/t/signin/{SECRET}/password"),
        ("x-api-key", SECRET),
        ("x-anything", JWT),
    ],
)
def test_secrets_in_headers_are_hidden(name: str, value: str) -> None:
    """Credentials, cookies, and addresses that hold them."""
    ((_, found),) = masking.headers([(name.encode(), value.encode())])
    assert SECRET not in found
    assert JWT not in found
    assert masking.HIDDEN in found


def test_of_cookies_the_names_and_attributes_stay() -> None:
    """And of credentials their kind."""
    asked = [(b"cookie", b"a=1; b=2"), (b"set-cookie", b"c=3; Path=/"), (b"authorization", b"B x")]
    assert [v for _, v in masking.headers(asked)] == ["a=***; b=***", "c=***; Path=/", "B ***"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (JSON, f'{{"password": "{SECRET}"'),
        (JSON, f'"{SECRET}"'),
        ("text/plain", SECRET),
        ("", SECRET),
        ("multipart/form-data; boundary=x", f'--x\r\nname="password"\r\n\r\n{SECRET}'),
        (FORM, f'{{"password": "{SECRET}"'),
        (FORM, SECRET),
        (FORM, f"pass word={SECRET}"),
        ("text/html", f'<input value="{SECRET}">'),
    ],
)
def test_what_is_not_understood_is_not_kept(kind: str, text: str) -> None:
    """Of it there is but the size, and why."""
    raw = text.encode()
    found = masking.body(kind, raw, len(raw))
    assert SECRET not in found.text
    assert found.size == len(raw)


def test_a_large_body_is_kept_in_part_unless_it_may_hold_secrets() -> None:
    """Its beginning is enough, and one that cannot be read whole is left out."""
    harmless = json.dumps({"value": [{"displayName": "x" * 100}] * 1000}).encode()
    found = masking.body(JSON, harmless, len(harmless))
    assert len(found.text) == masking.KEPT
    assert found.note == "cut after 16 KiB"
    secret = json.dumps({"password": SECRET, "x": "y" * masking.READ}).encode()
    found = masking.body(JSON, secret[: masking.READ], len(secret))
    assert found.text == ""
    assert found.note == "too large to take out what is secret: not kept"


def test_a_secret_is_hidden_where_its_text_repeats_it() -> None:
    """As in a device's message to its user. A token is known by its form."""
    message = f"open the page and enter the code {SECRET}"
    found = kept(JSON, json.dumps({"user_code": SECRET, "message": message}))
    assert SECRET not in found
    assert JWT not in kept(JSON, json.dumps({"anything": JWT}))


def test_what_is_an_error_keeps_its_code() -> None:
    """It is what one looks for."""
    error = {"error": {"code": "Request_BadRequest", "innerError": {"code": "x"}}}
    assert json.loads(kept(JSON, json.dumps(error))) == error


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    ("kind", "pieces"),
    [
        (JSON, ('{"a": "', "eyJ", '"}')),
        (JSON, ('{"a": "', "eyJaaaaaaa.", '"}')),
        ("text/html", ("", "<input ", "")),
        ("text/html", ("", '<input name="', "")),
        (FORM, ("a=", "%3F", "")),
    ],
)
def test_no_body_takes_long_to_read(kind: str, pieces: tuple[str, str, str]) -> None:
    """A request with one would hold up all others; the largest takes some hundredths of a second.

    The limit is far above that, and far below the minute of a pattern that begins anew everywhere.
    """
    start, piece, end = pieces
    raw = (start + piece * ((masking.READ - 20) // len(piece)) + end).encode()
    began = time.process_time()
    masking.body(kind, raw, len(raw))
    assert time.process_time() - began < 5


def test_many_secrets_are_left_out_altogether() -> None:
    """Each is looked for in the whole text, so there is a limit to them."""
    raw = json.dumps([{"key": f"{SECRET}{number}"} for number in range(5000)]).encode()
    found = masking.body(JSON, raw, len(raw))
    assert found.text == ""
    assert found.note == "too much in it is secret: not kept"


def test_secrets_in_addresses_within_addresses_are_hidden() -> None:
    """In queries and fragments, and whatever is too deep to be read is not kept."""
    for mark in "?#":
        nested = f"https://app.example/{mark}code={SECRET}"
        for _ in range(3):
            nested = f"https://app.example/?to={quote(nested, safe='')}"
            found = masking.address(nested)
            assert SECRET not in found
            assert found.startswith("https://app.example/?to=https://app.example/")
    deep = f"code={SECRET}"
    for _ in range(250):
        deep = f"a={quote('?' + deep, safe='')}"
    assert SECRET not in masking.address(f"/back?{deep}")


@pytest.mark.parametrize("before", ["", "token=", "x.y-", "%3D"])
def test_a_token_is_known_by_its_form_wherever_it_stands(before: str) -> None:
    """And what only begins like one stays."""
    assert JWT[8:] not in kept(JSON, json.dumps({"a": f"{before}{JWT} seen"}))
    assert "seen" in kept(JSON, json.dumps({"a": f"{before}{JWT} seen"}))
    assert "eyJsome-name" in kept(JSON, json.dumps({"a": "eyJsome-name"}))
