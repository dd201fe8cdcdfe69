"""Kubernetes manifests whose data a container takes as its environment (`envFrom`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml


@dataclass(frozen=True)
class Place:
    """Where an object is: its kind aside, name and namespace tell it from all others."""

    namespace: str
    name: str


def place(namespace: str, key: str, kind: str) -> Place:
    """The place for the `kind` (client, api) of that key: `web-client`.

    Keys of the configuration may have what a name in Kubernetes (RFC 1123) may not.
    """
    return Place(namespace, re.sub(r"[^a-z0-9]+", "-", f"{key}-{kind}".lower()).strip("-"))


def config_map(at: Place, data: Mapping[str, str]) -> str:
    """A ConfigMap."""
    return _manifest("ConfigMap", at, {"data": dict(data)})


def secret(at: Place, data: Mapping[str, str]) -> str:
    """A Secret. In `stringData` values stand as they are; the cluster encodes them."""
    return _manifest("Secret", at, {"type": "Opaque", "stringData": dict(data)})


def _manifest(kind: str, at: Place, body: Mapping[str, object]) -> str:
    metadata = {"name": at.name, "namespace": at.namespace}
    document = {"apiVersion": "v1", "kind": kind, "metadata": metadata, **body}
    return yaml.safe_dump(document, sort_keys=False, explicit_start=True, width=1000)
