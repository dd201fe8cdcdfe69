"""What Graph has at ``/users`` and ``/groups``."""

from __future__ import annotations

from localtenant.odata.model import Area

AREA = Area(missing=("groupSettings", "groups", "invitations", "me", "users"))
