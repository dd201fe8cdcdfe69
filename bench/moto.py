"""What is measured of moto's server: what comes closest to the same requests.

An application of Entra is a user pool's client of Amazon Cognito; DynamoDB's items are what moto
does with the least ado. moto keeps everything in memory, so no write of it is durable, and its
server closes each connection, so it is measured over plain HTTP, without TLS. Both are to its
advantage.
"""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from bench.connection import Connection
from bench.measure import Figure, apart, rate, resident, together

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

SERVER: Final = Path(".local/bench/bin/moto_server")
"""Where ``make bench`` installs it, seen from the project."""

_STARTS = 5
_READY_WITHIN = 60.0
_COGNITO = "AWSCognitoIdentityProviderService"
_DYNAMO = "DynamoDB_20120810"


def figures() -> Iterator[Figure]:
    """Measure it all; some tens of seconds."""
    starts: list[float] = []
    for _ in range(_STARTS):
        start = time.perf_counter()
        with _server():
            starts.append(time.perf_counter() - start)
    yield Figure("ready to serve", median(starts), "s")
    with _server() as (port, process):
        apart(process)
        with Connection(port, {}) as connection:
            yield from _clients(connection, process)
            yield from _items(connection, process)
        yield Figure("memory, holding a handful of objects", resident(process), "MB")
        together()


@contextmanager
def _server() -> Generator[tuple[int, int]]:
    """Run moto's server; its port and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(  # noqa: S603 - what make bench has installed
        [SERVER, "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait(port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait(port: int) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.005)  # It does not say when it is ready.
        else:
            return


def _asked(connection: Connection, service: str, target: str, body: object) -> Any:  # noqa: ANN401 - JSON
    signed = f"Credential=bench/20260101/us-east-1/{service}/aws4_request"
    more = (
        f"X-Amz-Target: {target}\r\nContent-Type: application/x-amz-json-1.1\r\n"
        f"Authorization: AWS4-HMAC-SHA256 {signed}, SignedHeaders=host, Signature=none\r\n"
    )
    return connection.ask("POST", "/", body, more)


def _clients(connection: Connection, process: int) -> Iterator[Figure]:
    def ask(action: str, **body: object) -> Any:  # noqa: ANN401 - JSON
        return _asked(connection, "cognito-idp", f"{_COGNITO}.{action}", body)

    pool = ask("CreateUserPool", PoolName="bench")["UserPool"]["Id"]
    made = ask("CreateUserPoolClient", UserPoolId=pool, ClientName="one")["UserPoolClient"]
    names: dict[str, Any] = {"UserPoolId": pool, "ClientId": made["ClientId"]}
    numbers = count()

    def change() -> None:
        ask("UpdateUserPoolClient", **names, ClientName=f"one {next(numbers)}")

    yield rate(
        "Cognito, reads of one user pool client",
        lambda: ask("DescribeUserPoolClient", **names),
        process,
    )
    yield rate("Cognito, changes of one user pool client, in memory", change, process)


def _items(connection: Connection, process: int) -> Iterator[Figure]:
    def ask(action: str, **body: object) -> Any:  # noqa: ANN401 - JSON
        return _asked(connection, "dynamodb", f"{_DYNAMO}.{action}", body)

    ask(
        "CreateTable",
        TableName="bench",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    key = {"id": {"S": "one"}}
    numbers = count()

    def put() -> None:
        ask("PutItem", TableName="bench", Item={**key, "name": {"S": f"one {next(numbers)}"}})

    yield rate("DynamoDB, puts of one item, in memory", put, process)
    yield rate(
        "DynamoDB, reads of one item", lambda: ask("GetItem", TableName="bench", Key=key), process
    )
