"""Paths of properties, as the engine writes them (`web.redirectUris[*]`) and as tuples."""

from __future__ import annotations

from engine.azuread.values import Properties, is_object


def at(outputs: Properties, path: tuple[str, ...]) -> object:
    """Return what is at a path; None when that is empty or not there."""
    found: object = outputs
    for name in path:
        found = found.get(name) if is_object(found) else None
    return found or None


def covers(ignored: str, path: str) -> bool:
    """Tell whether an ignored path (`web.redirectUris[*]`) is `path` or lies above it."""
    want = _steps(ignored)
    have = _steps(path)
    return len(want) <= len(have) and all(
        step in ("*", other) for step, other in zip(want, have, strict=False)
    )


def _steps(path: str) -> list[str]:
    return path.replace('["', ".").replace('"]', "").replace("[", ".").replace("]", "").split(".")
