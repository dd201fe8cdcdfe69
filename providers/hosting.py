"""How Pulumi's dynamic-provider host calls a lifecycle.

Providers are stateless: Pulumi keeps a pickled instance in every resource's state, by reference to
its module and class. What a process needs (configuration, connection) is the process's session.
Source: https://www.pulumi.com/docs/iac/concepts/providers/dynamic-providers/
"""

from __future__ import annotations

import dataclasses
import inspect
import pkgutil
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from pulumi import Output, ResourceOptions
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)
from pulumi.output import Unknown as PulumiUnknown
from pulumi.runtime.rpc import UNKNOWN as PULUMI_UNKNOWN

from providers.lifecycle import UNKNOWN, Unknown

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from providers.graph.session import Session
    from providers.lifecycle import Lifecycle

_PROVIDER = "__provider"


class LifecycleProvider(ResourceProvider):
    """Hosts the lifecycle that ``lifecycle_path`` names, as ``module:class``.

    The path is resolved by the first operation, not on import: a Pulumi program declares the
    resources and never runs a lifecycle, whose imports it need not wait for.
    """

    serialize_as_secret_always = False
    lifecycle_path: ClassVar[str]

    def configure(self, req: ConfigureRequest) -> None:
        """Set the process's session up from the stack's configuration."""
        # The stock host sends every exception as a whole traceback; ours are one line to read.
        sys.tracebacklimit = 0
        _sessions().configure(lambda key: req.config.get(f"azuread:{key}"))

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Report every problem of the inputs, as one line each; fill in the defaults."""
        lifecycle, inputs = self._lifecycle(), _from_pulumi(news)
        failures = [CheckFailure(one.property, one.reason) for one in lifecycle.validate(inputs)]
        checked = news if failures else _to_pulumi(lifecycle.normalise(inputs))
        return CheckResult(checked, failures)

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Compare the recorded outputs with the inputs, over the declared inputs only."""
        plan = self._lifecycle().plan(_from_pulumi(_olds), _from_pulumi(_news))
        return DiffResult(
            changes=bool(plan.changes or plan.replaces),
            replaces=list(plan.replaces),
            delete_before_replace=plan.delete_before_replace,
        )

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make the object, or find what an interrupted run has made."""
        lifecycle, inputs = self._lifecycle(), _from_pulumi(props)
        made = _session().operate(
            f"create the {lifecycle.name(inputs)}",
            lambda graph: lifecycle.create(graph, inputs),
            needs=lifecycle.permission,
        )
        return CreateResult(made.id, made.outputs)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Read the object for a refresh; a gone one has no id and no outputs."""
        lifecycle, outputs = self._lifecycle(), _from_pulumi(props)
        made = _session().operate(
            f"read the {lifecycle.name(outputs)}",
            lambda graph: lifecycle.read(graph, id_, outputs),
            recorded_tenant=_tenant(outputs),
            needs=lifecycle.permission,
        )
        if made is None:
            return ReadResult("", {})
        # Rewriting the inputs is what makes the next preview show a drift by property.
        inputs = {name: made.outputs[name] for name in made.outputs if name in lifecycle.inputs}
        return ReadResult(made.id, made.outputs, inputs)

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Change the object in place; returns the full outputs."""
        lifecycle, outputs, inputs = self._lifecycle(), _from_pulumi(_olds), _from_pulumi(_news)
        updated = _session().operate(
            f"update the {lifecycle.name(outputs)}",
            lambda graph: lifecycle.update(graph, _id, outputs, inputs),
            recorded_tenant=_tenant(outputs),
            needs=lifecycle.permission,
        )
        return UpdateResult(updated)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Remove the object, or let go of it where it was adopted."""
        lifecycle, outputs = self._lifecycle(), _from_pulumi(_props)
        _session().operate(
            f"delete the {lifecycle.name(outputs)}",
            lambda graph: lifecycle.delete(graph, _id, outputs),
            recorded_tenant=_tenant(outputs),
            needs=lifecycle.permission,
        )

    def _lifecycle(self) -> Lifecycle:
        return cast("Lifecycle", pkgutil.resolve_name(self.lifecycle_path)())


class GraphResource(Resource):
    """A dynamic resource whose properties are camelCase in the state, snake_case in Python.

    ``args`` is a dataclass; its fields are the inputs, and those that are ``None`` are left out.
    Every annotated attribute of the subclass is an output. What ``secrets`` names is encrypted in
    the state, whether the program says so or not.
    """

    secrets: ClassVar[Sequence[str]] = ()

    def __init__(
        self,
        provider: LifecycleProvider,
        name: str,
        args: DataclassInstance,
        opts: ResourceOptions | None,
    ) -> None:
        """Declare the resource ``name``; its outputs are known once it is made."""
        outputs = dict.fromkeys(inspect.get_annotations(type(self)))
        hidden = ResourceOptions(
            additional_secret_outputs=[_camel(one) for one in self.secrets] or None
        )
        properties = {**outputs, **_given(args)}
        properties |= {one: Output.secret(properties[one]) for one in self.secrets}
        super().__init__(provider, name, properties, ResourceOptions.merge(opts, hidden))

    @classmethod
    def type_token(cls) -> str:
        """The resource's type, as states record it."""
        return f"pulumi-python:{cls._resource_type_name}"

    def translate_input_property(self, prop: str) -> str:
        """From Python's name to the state's."""
        return prop if prop == _PROVIDER else _camel(prop)

    def translate_output_property(self, prop: str) -> str:
        """From the state's name to Python's."""
        return prop if prop == _PROVIDER else _snake(prop)


def _given(value: object) -> Any:  # noqa: ANN401 -- whatever the args hold, outputs included
    """The args as plain properties, without those that were not given."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
        return {name: _given(inner) for name, inner in fields.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_given(inner) for inner in cast("Sequence[object]", value)]
    return value


def _camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found.group(1).upper(), name)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", lambda found: "_" + found.group(1).lower(), name)


def _sessions():  # noqa: ANN202 -- the module itself
    from providers.graph import session  # noqa: PLC0415 -- see LifecycleProvider

    return session


def _session() -> Session:
    return _sessions().current()


def _from_pulumi(properties: Mapping[str, object]) -> dict[str, object]:
    """The declared properties, with Pulumi's marker for the unknown made the lifecycles' own."""
    return {
        name: _replaced(value, PulumiUnknown, UNKNOWN)
        for name, value in properties.items()
        if name != _PROVIDER and value is not None
    }


def _to_pulumi(properties: Mapping[str, object]) -> dict[str, object]:
    return {name: _replaced(value, Unknown, PULUMI_UNKNOWN) for name, value in properties.items()}


def _replaced(value: object, marker: type, replacement: object) -> object:
    if isinstance(value, marker):
        return replacement
    if isinstance(value, list):
        items = cast("list[object]", value)
        return [_replaced(item, marker, replacement) for item in items]
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value)
        return {key: _replaced(item, marker, replacement) for key, item in entries.items()}
    return value


def _tenant(outputs: Mapping[str, object]) -> str | None:
    tenant = outputs.get("tenantId")
    return tenant if isinstance(tenant, str) else None
