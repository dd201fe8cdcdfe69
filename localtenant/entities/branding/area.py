"""What Graph has at ``/organization/{id}/branding``."""

from __future__ import annotations

from localtenant.entities.branding import theme
from localtenant.entities.branding.branding import BRANDING_ENTITY, LOCALIZATION_ENTITY
from localtenant.entities.branding.branding_type import CUSTOM_CSS, STREAMS
from localtenant.odata.model import Area, Stream
from localtenant.odata.operations import Accepted, operation, same

_READERS = (
    "OrganizationalBranding.Read.All",
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "OrganizationalBranding.ReadWrite.All",
)
_READ_STREAM = same(*_READERS)
_READ = Accepted(_READERS, ("User.Read", *_READERS, "User.Read.All"))
_WRITE = same("OrganizationalBranding.ReadWrite.All", "Organization.ReadWrite.All")
_DELETE = Accepted(("OrganizationalBranding.ReadWrite.All",), _WRITE.delegated)
_BRANDING = "/organization/{id}/branding"
_LOCALIZATIONS = f"{_BRANDING}/localizations"
_LOCALIZATION = f"{_LOCALIZATIONS}/{{id}}"


def _unchecked(stream: Stream) -> str:
    return "" if stream is CUSTOM_CSS else "sizes in pixels are not checked"


_THEMES = f"{_BRANDING}/themes"
_READ_THEMES = same("OrganizationalBranding.Read.All", "OrganizationalBranding.ReadWrite.All")
_WRITE_THEMES = same("OrganizationalBranding.ReadWrite.All")

AREA = Area(
    entities=(BRANDING_ENTITY, LOCALIZATION_ENTITY, theme.ENTITY),
    operations=(
        operation(
            f"GET {_BRANDING}",
            _READ,
            "organizationalbranding-get",
            differences="cdnList names this tenant, which serves the images",
        ),
        operation(f"PATCH {_BRANDING}", _WRITE, "organizationalbranding-update"),
        operation(f"DELETE {_BRANDING}", _DELETE, "organizationalbranding-delete"),
        operation(f"GET {_LOCALIZATIONS}", _READ, "organizationalbranding-list-localizations"),
        operation(f"POST {_LOCALIZATIONS}", _WRITE, "organizationalbranding-post-localizations"),
        operation(f"GET {_LOCALIZATION}", _READ, "organizationalbrandinglocalization-get"),
        operation(f"PATCH {_LOCALIZATION}", _WRITE, "organizationalbrandinglocalization-update"),
        operation(f"DELETE {_LOCALIZATION}", _WRITE, "organizationalbrandinglocalization-delete"),
        *(
            operation(request, accepted, page, differences=differences, beta=True)
            for request, accepted, page, differences in (
                (
                    f"GET {_THEMES}",
                    same("OrganizationalBranding.Read.All"),
                    "organizationalbranding-list-themes",
                    "",
                ),
                (f"POST {_THEMES}", _WRITE_THEMES, "organizationalbranding-post-themes", ""),
                (f"GET {_THEMES}/{{id}}", _READ_THEMES, "organizationalbrandingtheme-get", ""),
                (
                    f"PATCH {_THEMES}/{{id}}",
                    _WRITE_THEMES,
                    "organizationalbrandingtheme-update",
                    "answers 204, where the page says 200",
                ),
                (
                    f"DELETE {_THEMES}/{{id}}",
                    _WRITE_THEMES,
                    "organizationalbranding-delete-themes",
                    "without the /$ref of the page",
                ),
            )
        ),
        *(
            operation(f"{method} {path}/{stream.name}", accepted, page, differences=differences)
            for stream in STREAMS
            for path in (_BRANDING, _LOCALIZATION)
            for method, accepted, page, differences in (
                ("GET", _READ_STREAM, "organizationalbrandinglocalization-get", ""),
                ("PUT", _WRITE, "organizationalbrandinglocalization-update", _unchecked(stream)),
                ("DELETE", _WRITE, "metadata of v1.0", ""),
            )
        ),
    ),
)
