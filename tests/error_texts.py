"""What Entra says of a refused sign-in beside the text: IDs by which it is looked up, and when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_WHOLE = re.compile(
    r"(?P<text>.*) Trace ID: (?P<trace>[-0-9a-f]{36}) Correlation ID: (?P<correlation>\S+) "
    r"Timestamp: (?P<timestamp>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}Z)",
    re.DOTALL,
)


def described(description: str) -> tuple[str, str, str, str]:
    """Split a description: the text with its number, trace ID, correlation ID, timestamp."""
    found = _WHOLE.fullmatch(description)
    assert found is not None, description
    text, trace, correlation, timestamp = found.group("text", "trace", "correlation", "timestamp")
    assert UUID(trace) != UUID(int=0)
    moment = datetime.strptime(timestamp, "%Y-%m-%d %H:%M:%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
    return text, trace, correlation, timestamp


def check_body(body: Json, number: int, text: str) -> None:
    """Check that the JSON of an error says all of it twice, in the description and by itself."""
    said, *ids = described(body["error_description"])
    assert (body["error_codes"], said) == ([number], f"AADSTS{number}: {text}")
    assert ids == [body["trace_id"], body["correlation_id"], body["timestamp"]]
    assert body["error_uri"] == f"https://login.microsoftonline.com/error?code={number}"


def check_page(page: str, number: int, text: str, correlation: str = "") -> None:
    """Check that a page says the text, and lists both IDs and the time."""
    assert f"AADSTS{number}: {text}" in unescape(page)
    listed = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    assert listed.keys() == {"Request Id", "Correlation Id", "Timestamp"}
    assert UUID(listed["Request Id"]) != UUID(listed["Correlation Id"])
    assert listed["Correlation Id"] == (correlation or listed["Correlation Id"])
    moment = datetime.strptime(listed["Timestamp"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
