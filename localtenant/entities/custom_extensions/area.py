"""Custom authentication extensions."""

from __future__ import annotations

from localtenant.entities.custom_extensions import extension
from localtenant.entities.custom_extensions.extensions_app import NEEDS_EXTENSIONS_APP
from localtenant.odata.model import Area
from localtenant.odata.operations import operation, same

_READ = same(
    "CustomAuthenticationExtension.Read.All", "CustomAuthenticationExtension.ReadWrite.All"
)
_WRITE = same("CustomAuthenticationExtension.ReadWrite.All")
_ALL = "/identity/customAuthenticationExtensions"
_ONE = f"{_ALL}/{{id}}"
_PAGE = "customauthenticationextension"
_UNCALLED = "the endpoint itself is not called"

AREA = Area(
    sets=(extension.SET,),
    entities=(extension.ENTITY,),
    operations=(
        operation(f"GET {_ALL}", _READ, "identitycontainer-list-customauthenticationextensions"),
        operation(
            f"POST {_ALL}",
            _WRITE,
            "identitycontainer-post-customauthenticationextensions",
            differences=NEEDS_EXTENSIONS_APP,
        ),
        operation(f"GET {_ONE}", _READ, f"{_PAGE}-get"),
        operation(f"PATCH {_ONE}", _WRITE, f"{_PAGE}-update"),
        operation(
            f"DELETE {_ONE}",
            _WRITE,
            f"{_PAGE}-delete",
            differences="refused for an extension in use, which is our own choice",
        ),
        *(
            operation(
                f"POST {path}/validateAuthenticationConfiguration",
                _READ,
                f"{_PAGE}-validateauthenticationconfiguration",
                differences=_UNCALLED,
            )
            for path in (_ALL, _ONE)
        ),
    ),
)
