"""One Graph session per process: configured once, opened by the first operation that needs it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from providers.graph.background import BackgroundLoop
from providers.graph.configuration import Lookup, read_configuration
from providers.graph.connection import GraphHttp, connect, request_id_maker
from providers.graph.environment import Environment, resolve_environment
from providers.graph.errors import ConfigurationError, GraphError, ProviderError, TenantError
from providers.graph.lag import Lag
from providers.graph.retry import send
from providers.graph.tenant import SignedIn, signed_in
from providers.graph.tokens import SignIn, make_tokens

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

T = TypeVar("T")

OPERATION_SECONDS = 300.0
"""How long one operation may take with all its requests, their pauses and waits for lag."""


class Connection:
    """The open connection of a process: its event loop, its requests, its tenant."""

    def __init__(self, environment: Environment, sign_in: SignIn) -> None:
        """Be ready to send requests, without knowing who signs in, and send none."""
        self._environment = environment
        self._sign_in = sign_in
        self._make_request_id = request_id_maker()
        self.loop = BackgroundLoop()
        self.http = self._connect()
        self.signed_in = SignedIn()

    @cached_property
    def client(self) -> GraphServiceClient:
        """The client of msgraph-sdk, which is loaded for those who ask for it."""
        from providers.graph.sdk import service_client  # noqa: PLC0415 -- slow to import

        return service_client(self._connect())

    def _connect(self) -> GraphHttp:
        return connect(self._environment, self._sign_in, self._make_request_id)


@dataclass(frozen=True)
class Graph:
    """What one operation of a lifecycle works with.

    ``deadline`` is the end of the operation on the clock of ``time.monotonic``, ``needs`` the Graph
    permission that it takes.
    """

    connection: Connection
    deadline: float
    needs: str = ""

    @property
    def http(self) -> GraphHttp:
        """Sends requests, for `providers.graph.rest`."""
        return self.connection.http

    @property
    def client(self) -> GraphServiceClient:
        """The same as msgraph-sdk's client, with Graph's typed models."""
        return self.connection.client

    @property
    def tenant_id(self) -> str:
        """The tenant of the token that signs the requests."""
        return self.connection.signed_in.tenant_id

    @property
    def deployer_object_id(self) -> str:
        """The object ID of who signs in; empty where the token does not say."""
        return self.connection.signed_in.object_id

    @property
    def url(self) -> str:
        """The URL of version 1.0, which begins every ``@odata.id``."""
        return f"{str(self.http.base_url).rstrip('/')}/v1.0"

    async def send(
        self,
        what: str,
        request: Callable[[], Awaitable[T]],
        *,
        lag: Sequence[Lag] = (),
        seconds: float | None = None,
    ) -> T:
        """Send a request as ``providers.graph.retry.send`` does, within the operation's time.

        ``seconds`` shortens that time for this request.
        """
        left = self.deadline - time.monotonic()
        within = min(left, seconds or left)
        return await send(what, request, lag=lag, seconds=within, needs=self.needs)

    async def find(self, what: str, request: Callable[[], Awaitable[T]]) -> T | None:
        """Send a request about one object; ``None`` where Graph has no such object (404)."""
        try:
            return await self.send(what, request)
        except GraphError as error:
            if error.answer is not None and error.answer.status == HTTPStatus.NOT_FOUND:
                return None
            raise


class Session:
    """The sign-in, the environment and the client of one process; safe to call from threads."""

    def __init__(self, lookup: Lookup) -> None:
        """Remember how to look settings up; nothing is read or sent yet."""
        self._lookup = lookup
        self._opening = threading.Lock()
        self._opened: Connection | None = None
        self._failed_at: str | None = None

    def is_configured_by(self, lookup: Lookup) -> bool:
        """Whether the settings that ``lookup`` finds are those of this session."""
        try:
            return read_configuration(lookup, os.environ) == read_configuration(
                self._lookup, os.environ
            )
        except ConfigurationError:
            return False

    def operate(
        self,
        what: str,
        operation: Callable[[Graph], Coroutine[object, object, T]],
        *,
        recorded_tenant: str | None = None,
        needs: str = "",
        seconds: float = OPERATION_SECONDS,
    ) -> T:
        """Run one operation to its end and return its result.

        ``what`` names the operation and its object, ``needs`` the Graph permission it takes.
        With ``recorded_tenant`` (the tenant in which the object was made) nothing is sent to any
        other tenant: state that is pointed at the wrong tenant would otherwise find nothing there
        and empty itself.
        Raises ``ProviderError``, nothing else.
        """
        deadline = time.monotonic() + seconds
        connection = self._open(what, deadline)
        tenant_id = connection.signed_in.tenant_id
        if recorded_tenant and recorded_tenant.lower() != tenant_id.lower():
            raise TenantError(
                f"Could not {what}: it belongs to the tenant {recorded_tenant}, but the sign-in is "
                f"for the tenant {tenant_id}. Set azuread:tenantId (ARM_TENANT_ID) and the "
                "credentials back to the stack's own tenant; nothing was changed."
            )
        graph = Graph(connection, deadline, needs)
        try:
            # The requests end by themselves at the deadline; this is for whatever does not.
            return connection.loop.run(operation(graph), seconds=seconds + 30.0)
        except TimeoutError:
            raise GraphError(what, None, cause=f"It took longer than {seconds:.0f} s") from None

    def _open(self, what: str, deadline: float) -> Connection:
        """Open the session, once; where that failed, a refresh of many objects says why once."""
        with self._opening:
            if self._failed_at is not None:
                raise ConfigurationError(
                    f"Could not {what}: there is no connection to the tenant, for the reason that "
                    f"the error 'Could not {self._failed_at}' gives."
                )
            if self._opened is None:
                try:
                    self._opened = self._connect(deadline)
                except ConfigurationError as error:
                    self._failed_at = what
                    raise ConfigurationError(f"Could not {what}. {error}") from None
            return self._opened

    def _connect(self, deadline: float) -> Connection:
        configuration = read_configuration(self._lookup, os.environ)
        environment = resolve_environment(configuration)
        sign_in = SignIn(lambda: make_tokens(configuration, environment), environment.scope)
        connection = Connection(environment, sign_in)
        left = max(0.0, deadline - time.monotonic())
        try:
            opening = signed_in(sign_in, environment)
            connection.signed_in = connection.loop.run(opening, seconds=left)
        except TimeoutError:
            raise ConfigurationError(
                f"The login endpoint {environment.login} did not sign in for {left:.0f} s: it "
                "fails or throttles. Run the same command again."
            ) from None
        return connection


_session: Session | None = None


def configure(lookup: Lookup) -> None:
    """Set this process's session up.

    Each kind of resource does, with the same settings; others take the place of what there was.
    """
    global _session  # noqa: PLW0603 -- one per process is the point
    if _session is None or not _session.is_configured_by(lookup):
        _session = Session(lookup)


def current() -> Session:
    """This process's session.

    Raises ``ProviderError`` where ``configure`` was never called.
    """
    if _session is None:
        raise ProviderError("The Graph session was used before it was configured.")
    return _session
