"""What Graph has at ``/policies`` and ``/identity/conditionalAccess``."""

from __future__ import annotations

from localtenant.odata.model import Area

AREA = Area(missing=("identity/conditionalAccess", "policies"))
