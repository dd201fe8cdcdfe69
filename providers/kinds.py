"""All kinds of Graph objects that this package makes, found by what its packages declare."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from typing import cast

import providers
from providers.hosting import GraphResource, LifecycleProvider
from providers.lifecycle import Lifecycle


def lifecycles() -> Mapping[str, Lifecycle]:
    """Each kind's lifecycle by the type of its resource, as states record that."""
    return {
        resource.type_token(): cast("Lifecycle", pkgutil.resolve_name(host.lifecycle_path)())
        for resource, host in _kinds()
    }


def _kinds() -> Iterator[tuple[type[GraphResource], type[LifecycleProvider]]]:
    """The resources of each package that declares kinds; the host is named after its resource."""
    for found in pkgutil.iter_modules(providers.__path__, f"{providers.__name__}."):
        if not found.ispkg:
            continue
        module = importlib.import_module(found.name)
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, GraphResource) and kind.__module__ == found.name:
                yield kind, getattr(module, f"{name}Provider")
