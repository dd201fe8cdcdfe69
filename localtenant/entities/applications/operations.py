"""The table of what Graph has at ``/applications``."""

from __future__ import annotations

from localtenant.entities.accepted import (
    ADD_OWNER,
    ANYBODY,
    READ_APPLICATIONS,
    WRITE_APPLICATIONS,
    WRITE_APPLICATIONS_OR_DIRECTORY,
)
from localtenant.entities.policy_links import policy_operations
from localtenant.odata.operations import Accepted, operation

_ONE = "/applications/{id}"
_FEDERATED = f"{_ONE}/federatedIdentityCredentials"
_EXTENSIONS = f"{_ONE}/extensionProperties"
_OWNED = "Application.ReadWrite.OwnedBy"
_ALL = "Application.ReadWrite.All"
_READ_FEDERATED = Accepted(("Application.Read.All", _OWNED, _ALL), ("Application.Read.All", _ALL))
_READ_EXTENSION = Accepted(
    ("Application.Read.All", _OWNED, _ALL), ("Application.Read.All", _ALL, "Directory.Read.All")
)
_LIMITS = (
    "The texts for too many redirect URIs, scopes and required permissions are our own choice."
)
_CHANGES = f"{_LIMITS} That a deleted application holds its unique name is so, too."
_ROLLING = "An application needs a permission even to roll its own keys."
_GALLERY = "A handful of the gallery's entries, the one for custom applications among them."

OPERATIONS = (
    *policy_operations(_ONE, "homeRealmDiscoveryPolicies"),
    *policy_operations(_ONE, "tokenIssuancePolicies", "application"),
    *policy_operations(_ONE, "tokenLifetimePolicies", "application"),
    operation("GET /applications", READ_APPLICATIONS, "application-list"),
    operation(
        "POST /applications",
        WRITE_APPLICATIONS,
        "application-post-applications",
        differences=_LIMITS,
    ),
    operation(f"GET {_ONE}", READ_APPLICATIONS, "application-get"),
    operation(f"PATCH {_ONE}", WRITE_APPLICATIONS, "application-update", differences=_CHANGES),
    operation(f"DELETE {_ONE}", WRITE_APPLICATIONS, "application-delete"),
    operation(
        f"POST {_ONE}/addPassword", WRITE_APPLICATIONS_OR_DIRECTORY, "application-addpassword"
    ),
    operation(
        f"POST {_ONE}/removePassword",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "application-removepassword",
    ),
    operation(
        f"POST {_ONE}/addKey",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "application-addkey",
        differences=_ROLLING,
    ),
    operation(
        f"POST {_ONE}/removeKey",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "application-removekey",
        differences=_ROLLING,
    ),
    operation(f"GET {_ONE}/owners", READ_APPLICATIONS, "application-list-owners"),
    operation(f"GET {_ONE}/owners/$ref", READ_APPLICATIONS, "application-list-owners"),
    operation(f"POST {_ONE}/owners/$ref", ADD_OWNER, "application-post-owners"),
    operation(
        f"DELETE {_ONE}/owners/{{id}}/$ref",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "application-delete-owners",
    ),
    operation(
        f"GET {_FEDERATED}", _READ_FEDERATED, "application-list-federatedidentitycredentials"
    ),
    operation(
        f"POST {_FEDERATED}", WRITE_APPLICATIONS, "application-post-federatedidentitycredentials"
    ),
    operation(f"GET {_FEDERATED}/{{id}}", WRITE_APPLICATIONS, "federatedidentitycredential-get"),
    operation(
        f"PATCH {_FEDERATED}/{{id}}", WRITE_APPLICATIONS, "federatedidentitycredential-update"
    ),
    operation(
        f"DELETE {_FEDERATED}/{{id}}", WRITE_APPLICATIONS, "federatedidentitycredential-delete"
    ),
    operation(f"GET {_EXTENSIONS}", READ_APPLICATIONS, "application-list-extensionproperty"),
    operation(
        f"POST {_EXTENSIONS}",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "application-post-extensionproperty",
    ),
    operation(f"GET {_EXTENSIONS}/{{id}}", _READ_EXTENSION, "extensionproperty-get"),
    operation(
        f"DELETE {_EXTENSIONS}/{{id}}", WRITE_APPLICATIONS_OR_DIRECTORY, "extensionproperty-delete"
    ),
    operation(f"GET {_ONE}/logo", READ_APPLICATIONS, "metadata of v1.0"),
    operation(
        f"PUT {_ONE}/logo",
        WRITE_APPLICATIONS,
        "application-update",
        differences="info.logoUrl leads to the logo itself, not to a network of caches.",
    ),
    operation(f"DELETE {_ONE}/logo", WRITE_APPLICATIONS, "metadata of v1.0"),
    operation(
        "GET /applicationTemplates", ANYBODY, "applicationtemplate-list", differences=_GALLERY
    ),
    operation("GET /applicationTemplates/{id}", ANYBODY, "applicationtemplate-get"),
    operation(
        "POST /applicationTemplates/{id}/instantiate",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "applicationtemplate-instantiate",
        differences="Both objects are there at once.",
    ),
)
