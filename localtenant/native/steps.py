"""One request of native authentication, and how what a step says of it becomes an answer.

A step is a function of a :class:`Turn`. It runs inside a write transaction. An error that it
*raises* leaves nothing behind; one that it *returns* is told after all that was learned is kept,
such as that a passcode was wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localtenant.native import errors
from localtenant.signin.authorization import PUBLIC
from localtenant.signin.errors import SignInError, credential_missing

if TYPE_CHECKING:
    from localtenant.signin.credentials import Client
    from localtenant.signin.grants import Answer
    from localtenant.signin.token_request import TokenRequest
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

REDIRECT: dict[str, Any] = {"challenge_type": "redirect"}
"""What a client is told that has to go on in a browser."""


@dataclass(frozen=True)
class Turn:
    """A request of a client that may use native authentication."""

    asked: TokenRequest
    tx: Transaction
    client: Client

    @property
    def tenant(self) -> Tenant:
        """The tenant as the client reached it."""
        return self.asked.tenant

    @property
    def client_id(self) -> str:
        """The client ID as it is registered."""
        return str(self.client.application["appId"])

    def given(self, name: str) -> str:
        """A parameter, empty if it is not there."""
        return self.asked.form.get(name, "").strip()

    def needed(self, name: str) -> str:
        """A parameter that has to be there. Raises SignInError."""
        value = self.given(name)
        if not value:
            raise errors.parameter_invalid(name)
        return value


Step = Callable[[Turn], "dict[str, Any] | SignInError"]


def answering(step: Step) -> Answer:
    """What answers a form by a step."""

    async def answer(asked: TokenRequest) -> dict[str, Any]:
        client = await _client(asked)
        said = await asked.written(lambda tx: step(Turn(asked, tx, client)))
        if isinstance(said, SignInError):
            raise said
        return said

    return answer


async def _client(asked: TokenRequest) -> Client:
    """The client, which is public and may use native authentication. Raises SignInError."""
    if not asked.form.get("client_id", "").strip():
        raise errors.parameter_invalid("client_id")
    client = await asked.client(PUBLIC)
    application = client.application
    if application.get("nativeAuthenticationApisEnabled") != "all":
        raise errors.native_disabled()
    if not application["isFallbackPublicClient"]:
        raise credential_missing()
    return client
