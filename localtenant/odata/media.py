"""Streams: media properties, such as logos and background images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.answers import Answer
from localtenant.odata.errors import bad_request, not_found

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.loading import Loaded
    from localtenant.odata.model import Stream


def media(call: Call, found: Loaded, stream: Stream) -> Answer:
    """Answer the bytes of a stream, take new ones, or delete them.

    The texts of what is refused are our own choice.
    """
    if call.request.method == "GET":
        kept = call.tx.stream(found.key, stream.name)
        if kept is None and stream.empty_at_first:
            return Answer(200, {})
        if kept is None:
            raise not_found(stream.name)
        content_type, content = kept
        return Answer(200, content_type=content_type, media=content)
    if call.request.method == "DELETE":
        call.tx.drop_stream(found.key, stream.name)
        found.entity.rules.stream_changed(call, found.doc, stream, None)
        return Answer(204)
    content_type = call.request.content_type.partition(";")[0].strip().lower()
    if content_type not in stream.content_types:
        allowed = ", ".join(stream.content_types)
        raise bad_request(
            f"The content type '{content_type}' is not supported for '{stream.name}': {allowed}."
        )
    if not call.request.raw or len(call.request.raw) > stream.largest:
        raise bad_request(f"The content of '{stream.name}' must be of 1 to {stream.largest} bytes.")
    call.tx.keep_stream(found.key, stream.name, content_type, call.request.raw)
    found.entity.rules.stream_changed(call, found.doc, stream, content_type)
    return Answer(204)
