"""`ciam:clients`: the applications that sign customers in or call APIs, each of one kind.

A further kind is one file with its model, whose `kind` is another literal, and one more name in
this union.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from components.settings.daemon_app import DaemonAppSettings
from components.settings.native_app import NativeAppSettings
from components.settings.single_page_app import SinglePageAppSettings
from components.settings.web_app import WebAppSettings

AnyClientSettings: TypeAlias = Annotated[
    WebAppSettings | SinglePageAppSettings | NativeAppSettings | DaemonAppSettings,
    Field(discriminator="kind"),
]
