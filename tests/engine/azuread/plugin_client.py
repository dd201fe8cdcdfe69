"""The azuread stand-in as a process, spoken to as the engine speaks to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from engine.azuread.values import is_list, is_object

ROOT = Path(__file__).resolve().parents[3]

Properties = dict[str, Any]


@dataclass(frozen=True)
class Diff:
    """What a diff answered: kinds of change by path, and the properties that force a new object."""

    changes: dict[str, str]
    replaces: list[str]


class Plugin:
    """The resource-provider protocol with plain dictionaries; type tokens without their package."""

    def __init__(self, port: int) -> None:
        """Talk to the plugin at a port."""
        self._stub: Any = provider_pb2_grpc.ResourceProviderStub(
            grpc.insecure_channel(f"127.0.0.1:{port}")
        )

    def configure(self, **args: str) -> None:
        """Configure the provider."""
        self._stub.Configure(provider_pb2.ConfigureRequest(args=_struct(args)))

    def info(self) -> str:
        """The version that the plugin says it has."""
        return self._stub.GetPluginInfo(Empty()).version

    def check(self, token: str, inputs: Properties) -> tuple[Properties, dict[str, str]]:
        """The inputs with defaults, and the failures by property."""
        answer = self._stub.Check(provider_pb2.CheckRequest(urn=_urn(token), news=_struct(inputs)))
        return _dict(answer.inputs), {one.property: one.reason for one in answer.failures}

    def diff(
        self, token: str, state: Properties, inputs: Properties, ignore: tuple[str, ...] = ()
    ) -> Diff:
        """How inputs differ from a state."""
        inputs, failures = self.check(token, inputs)
        assert not failures
        answer = self._stub.Diff(
            provider_pb2.DiffRequest(
                id="x",
                urn=_urn(token),
                olds=_struct(state),
                news=_struct(inputs),
                ignoreChanges=ignore,
            )
        )
        kinds = provider_pb2.PropertyDiff.Kind
        found = {path: kinds.Name(one.kind) for path, one in answer.detailedDiff.items()}
        assert (answer.changes == provider_pb2.DiffResponse.DIFF_SOME) is bool(found)
        return Diff(found, list(answer.replaces))

    def create(
        self, token: str, inputs: Properties, *, preview: bool = False, timeout: float = 0
    ) -> tuple[str, Properties]:
        """Check, then create: the id and the outputs; ``timeout`` is that of `customTimeouts`."""
        inputs, failures = self.check(token, inputs)
        assert not failures
        answer = self._stub.Create(
            provider_pb2.CreateRequest(
                urn=_urn(token), properties=_struct(inputs), preview=preview, timeout=timeout
            )
        )
        return answer.id, _dict(answer.properties)

    def read(
        self, token: str, identifier: str, state: Properties, inputs: Properties
    ) -> tuple[str, Properties, Properties]:
        """The id (empty when gone), the outputs and the inputs; an import without state."""
        answer = self._stub.Read(
            provider_pb2.ReadRequest(
                id=identifier, urn=_urn(token), properties=_struct(state), inputs=_struct(inputs)
            )
        )
        return answer.id, _dict(answer.properties), _dict(answer.inputs)

    def update(
        self,
        token: str,
        identifier: str,
        state: Properties,
        inputs: Properties,
        *,
        ignore: tuple[str, ...] = (),
        preview: bool = False,
    ) -> Properties:
        """Check, then update: the outputs."""
        inputs, failures = self.check(token, inputs)
        assert not failures
        answer = self._stub.Update(
            provider_pb2.UpdateRequest(
                id=identifier,
                urn=_urn(token),
                olds=_struct(state),
                news=_struct(inputs),
                ignoreChanges=ignore,
                preview=preview,
            )
        )
        return _dict(answer.properties)

    def delete(self, token: str, identifier: str, state: Properties) -> None:
        """Delete."""
        self._stub.Delete(
            provider_pb2.DeleteRequest(id=identifier, urn=_urn(token), properties=_struct(state))
        )

    def invoke(self, name: str, args: Properties | None = None) -> Properties:
        """Call a function."""
        token = f"azuread:index/{name}:{name}"
        answer = self._stub.Invoke(provider_pb2.InvokeRequest(tok=token, args=_struct(args or {})))
        return _dict(getattr(answer, "return"))


def filled(value: object) -> object:
    """A state as a refresh records it, in which a list that nobody mentioned is not null."""
    if is_object(value):
        return {name: filled(one) for name, one in value.items() if one not in (None, [])}
    return [filled(one) for one in value] if is_list(value) else value


def error_text(error: grpc.RpcError) -> str:
    """What the engine shows of an error."""
    assert isinstance(error, grpc.Call)
    return error.details() or ""


def recorded_in(error: grpc.RpcError) -> provider_pb2.ErrorResourceInitFailed:
    """What the engine records although a creation failed."""
    assert isinstance(error, grpc.Call)
    metadata = {one.key: one.value for one in error.trailing_metadata() or ()}
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    failed = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(failed)
    return failed


@contextmanager
def plugin_process(
    environment: Mapping[str, str], *arguments: str
) -> Generator[tuple[subprocess.Popen[str], int]]:
    """Run the plugin as the engine starts it; the process and its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "engine.azuread", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


def _urn(token: str) -> str:
    kind = f"azuread:index/{token[0].lower()}{token[1:]}:{token}"
    return f"urn:pulumi:dev::test::ciam:index:WebApi${kind}::one"


def _struct(values: Mapping[str, Any]) -> Struct:
    return ParseDict(dict(values), Struct())


def _dict(values: Struct) -> Properties:
    return MessageToDict(values)
