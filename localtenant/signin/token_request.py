"""A request to the token endpoint, and how its client proves who it is.

Source: Microsoft identity platform, "OAuth 2.0 authorization code flow", and the rules for
single-page applications there: what a browser asks for is told by the header ``Origin``.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from localtenant.signin import credentials, errors, grant_errors
from localtenant.signin.authorization import SPA, WEB
from localtenant.signin.credentials import Client, Presented

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor

    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_T = TypeVar("_T")


@dataclass(frozen=True)
class TokenRequest:
    """A form, the header ``Authorization``, and the header ``Origin`` if a browser sent it.

    ``tenant`` is the tenant as the client reached it, ``writer`` the one thread that writes.
    """

    tenant: Tenant
    form: Mapping[str, str]
    authorization: str
    origin: str | None
    writer: Executor

    def needed(self, name: str) -> str:
        """A parameter that has to be there. Raises SignInError."""
        value = self.form.get(name, "").strip()
        if not value:
            raise errors.parameter_missing(name)
        return value

    @property
    def presented(self) -> Presented:
        """The credential, which names a client. Raises SignInError."""
        presented = Presented.of(self.form, self.authorization)
        if not presented.client_id:
            raise errors.parameter_missing("client_id")
        return presented

    async def client(self, platform: str) -> Client:
        """The client, as one proves who it is whose sign-in was of a platform.

        Raises SignInError.
        """
        presented = self.presented
        has_credential = bool(presented.secret or presented.assertion)
        if self.origin is not None and (platform != SPA or has_credential):
            raise grant_errors.not_single_page(self.origin)
        if platform == WEB:
            return await credentials.proven(self.tenant, presented)
        if has_credential:
            raise grant_errors.client_is_public()
        if platform == SPA and self.origin is None:
            raise grant_errors.single_page_only()
        return self.named()

    def named(self) -> Client:
        """The client that the request names, without any proof. Raises SignInError."""
        with self.tenant.store.read() as tx:
            return Client(*credentials.found(self.tenant, tx, self.presented.client_id), "0")

    async def written(self, work: Callable[[Transaction], _T]) -> _T:
        """Do something inside a write transaction."""

        def write() -> _T:
            with self.tenant.store.write() as tx:
                return work(tx)

        return await asyncio.get_running_loop().run_in_executor(self.writer, write)
