"""What can go wrong on the way to an engine, for the reader."""

from __future__ import annotations


class EngineError(Exception):
    """An engine, or a part of it, cannot be had; the message says why and what to do."""
