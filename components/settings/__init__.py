"""The stack's configuration as typed settings, checked before anything is created.

Nothing here needs a tenant. `read_settings` gives the settings or one error with every problem.
"""

from __future__ import annotations

from components.settings.problems import Problem, SettingsError
from components.settings.read import parse_settings, read_settings
from components.settings.root import Settings

__all__ = ["Problem", "Settings", "SettingsError", "parse_settings", "read_settings"]
