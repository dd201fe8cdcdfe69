"""`ciam:clients`: the applications that sign customers in, each of one kind.

A further kind is one file with its model, whose `kind` is another literal, and one more name in
this union; with two of them the union is told apart by `kind` (`Field(discriminator="kind")`).
"""

from __future__ import annotations

from typing import TypeAlias

from components.settings.web_app import WebAppSettings

ClientSettings: TypeAlias = WebAppSettings
