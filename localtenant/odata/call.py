"""One request on its way through the engine: who calls, on which version, in which transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.odata.errors import not_found

if TYPE_CHECKING:
    from localtenant.odata.request import Request
    from localtenant.odata.tree import Model
    from localtenant.odata.types import EntityType, Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


@dataclass(frozen=True)
class Caller:
    """Who is behind a token.

    ``object_id`` is the service principal's, or the user's if the token is ``delegated``.
    ``permissions`` are the app roles of an application, or the scopes of a delegated token.
    """

    client_id: str
    object_id: str
    permissions: frozenset[str]
    delegated: bool = False


@dataclass(frozen=True)
class Call:
    """What rules may use: the tenant, an open transaction, the caller and the request.

    ``base`` is the address under which the client reached the tenant, without a trailing slash.
    ``owned_only`` says that the caller's permission covers only what it owns.
    """

    tenant: Tenant
    model: Model
    tx: Transaction
    caller: Caller
    request: Request
    base: str
    beta: bool
    owned_only: bool = False

    @property
    def version(self) -> str:
        """The API version's path segment."""
        return "beta" if self.beta else "v1.0"

    def insert(self, type_: EntityType, doc: Json) -> Json:
        """File a new object, giving it an object ID if its key is one; the document, complete."""
        if type_.guid_key and not doc.get(type_.key):
            doc[type_.key] = str(uuid4())
        complete = {type_.key: doc[type_.key], **type_.complete(doc)}
        self.tx.insert(type_.filed_as, complete[type_.key], complete, type_.indexed)
        return complete

    def replace(self, type_: EntityType, doc: Json) -> None:
        """File a changed document in the place of its former self."""
        self.tx.replace(type_.filed_as, doc[type_.key], doc, type_.indexed)

    def require(self, kind: str, key: str) -> Json:
        """The document of that kind and key; 404 if there is none."""
        doc = self.tx.get(kind, key)
        if doc is None:
            raise not_found(key)
        return doc
