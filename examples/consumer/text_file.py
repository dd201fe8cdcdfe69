"""`TextFile`: a file on the machine that runs Pulumi, as a resource.

It is a dynamic resource, because the packages that could write a file (command, local) come with a
plugin that is not in any package registry. In the state stands a digest of the content; the content
is among the inputs only, where what is secret is encrypted. Pulumi records this module and the
class of the provider in every state: rename or move neither.
Source: https://www.pulumi.com/docs/iac/concepts/providers/dynamic-providers/
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import pulumi
from pulumi.dynamic import (
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)

_OPEN: Final = "0644"
_PRIVATE: Final = "0600"


class TextFileError(Exception):
    """A file could not be written or removed; the message is for the user."""


class TextFileProvider(ResourceProvider):
    """Writes, compares and removes the files. Without state, so that all of them share one."""

    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        """Show errors as one line: the host sends every exception as a whole traceback."""
        del req
        sys.tracebacklimit = 0

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """A new path is a new file; anything else is written over the old."""
        content: object = _news["content"]
        moved = _olds["path"] != _news["path"]
        return DiffResult(
            changes=moved
            # A preview may not know yet what the file will hold.
            or not isinstance(content, str)
            or _digest(content) != _olds["sha256"]
            or _olds["mode"] != _news["mode"],
            replaces=["path"] if moved else [],
            # Said always: the engine also asks about what an earlier run failed to replace. An old
            # file that is removed after the new one is there could be the new one.
            delete_before_replace=True,
        )

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Write the file; one that is there already, and says something else, is not ours."""
        path = Path(props["path"])
        if path.exists() and _read(path) != props["content"].encode():
            raise TextFileError(
                f"{path} is there already and holds something else: move it away, or choose "
                "another folder with `pulumi config set folder`"
            )
        _write(props)
        return CreateResult(props["path"], _outputs(props))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """What has become of the file, for `pulumi refresh`."""
        path = Path(id_)
        if not path.exists():
            return ReadResult("", {})
        found = {
            "path": id_,
            "mode": f"{path.stat().st_mode & 0o777:04o}",
            "sha256": hashlib.sha256(_read(path)).hexdigest(),
        }
        return ReadResult(id_, {**props, **found})

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Write the file anew, whatever has become of it."""
        _write(_news)
        return UpdateResult(_outputs(_news))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Remove the file."""
        try:
            Path(_id).unlink(missing_ok=True)
        except OSError as error:
            raise TextFileError(f"could not remove {_id}: {error.strerror}") from None


class TextFile(Resource, module="consumer", name="TextFile"):
    """A text file in UTF-8. One that holds secrets can be read by its owner alone (mode 0600)."""

    path: pulumi.Output[str]
    """Its path, from the program's folder; its `id` too."""
    mode: pulumi.Output[str]
    """Its permissions: `0600` or `0644`."""
    sha256: pulumi.Output[str]
    """The digest of its content."""

    def __init__(
        self,
        name: str,
        path: str,
        content: pulumi.Input[str],
        *,
        is_secret: bool = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the file at `path`; it is written by an update, never by a preview."""
        properties = {
            "path": path,
            "content": pulumi.Output.secret(content) if is_secret else content,
            "mode": _PRIVATE if is_secret else _OPEN,
            "sha256": None,
        }
        super().__init__(TextFileProvider(), name, properties, opts)


def _outputs(props: dict[str, Any]) -> dict[str, str]:
    return {"path": props["path"], "mode": props["mode"], "sha256": _digest(props["content"])}


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TextFileError(f"could not read {path}: {error.strerror}") from None


def _write(props: dict[str, Any]) -> None:
    """Put the file there whole: whoever reads it at the moment sees the old one or the new one."""
    path = Path(props["path"])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Only its owner can read a temporary file, from the first byte on.
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        partial = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(props["content"].encode())
            partial.chmod(int(props["mode"], 8))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise TextFileError(f"could not write {path}: {error.strerror}") from None
