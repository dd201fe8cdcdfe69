"""Reading a collection of Graph to its last page."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol, Self, TypeVar

from kiota_abstractions.base_request_configuration import RequestConfiguration

T = TypeVar("T")


class Page(Protocol[T]):
    """A page as msgraph-sdk returns it."""

    @property
    def value(self) -> list[T] | None:
        """The items of this page."""
        ...

    @property
    def odata_next_link(self) -> str | None:
        """The URL of the next page, none on the last."""
        ...


class Collection(Protocol[T]):
    """A collection as msgraph-sdk asks for it: the builder of its requests."""

    def get(
        self, request_configuration: RequestConfiguration[Any] | None = None
    ) -> Awaitable[Page[T] | None]:
        """Get the first page."""
        ...

    def with_url(self, raw_url: str) -> Self:
        """The same for the page at a URL."""
        ...


async def all_of(
    collection: Collection[T], configuration: RequestConfiguration[Any] | None = None
) -> list[T]:
    """All items of a collection, those of a query where ``configuration`` has one. Not retried.

    Source: https://learn.microsoft.com/graph/paging
    """
    items: list[T] = []
    page = await collection.get(configuration)
    while page is not None:
        items += page.value or []
        if not page.odata_next_link:
            break
        page = await collection.with_url(page.odata_next_link).get()
    return items
