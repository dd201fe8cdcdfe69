"""Permissions that operations of more than one area accept.

Source: the tables "Permissions" of the Graph reference. Where its generated tables lose that two
permissions go together, the older pages say it.
"""

from __future__ import annotations

from localtenant.odata.operations import Accepted, same

_OWNED = "Application.ReadWrite.OwnedBy"
_ALL = "Application.ReadWrite.All"
_DIRECTORY = "Directory.ReadWrite.All"

READ_APPLICATIONS = Accepted(
    ("Application.Read.All", _OWNED, _ALL, "Directory.Read.All", _DIRECTORY),
    ("Application.Read.All", _ALL, "Directory.Read.All", _DIRECTORY),
)
WRITE_APPLICATIONS = Accepted((_OWNED, _ALL), (_ALL,))
WRITE_APPLICATIONS_OR_DIRECTORY = Accepted((_OWNED, _ALL, _DIRECTORY), (_ALL, _DIRECTORY))
ADD_OWNER = Accepted(
    (f"{_OWNED}+Directory.Read.All", f"{_ALL}+Directory.Read.All", _DIRECTORY),
    (f"{_ALL}+Directory.Read.All", _DIRECTORY),
)
_POLICIES = ("Policy.Read.All", "Policy.ReadWrite.ApplicationConfiguration")
ASSIGN_POLICIES = Accepted(
    tuple(f"{one}+{other}" for one in (_OWNED, _ALL) for other in _POLICIES),
    tuple(f"{_ALL}+{other}" for other in _POLICIES),
)
"""For the policies of tokens that an application or a service principal has."""
ANYBODY = same("")
"""No permission at all: a token is enough."""
READ_DIRECTORY = same("Directory.Read.All", _DIRECTORY)
