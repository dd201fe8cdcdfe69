"""Whether a figure meets its target, in words."""

from __future__ import annotations


def verdict(value: float, most: float, unit: str = "") -> str:
    """What is written behind a figure that is to be at ``most`` so much."""
    return f" (target {most:g}{unit}: {'met' if value <= most else '**missed**'})"
