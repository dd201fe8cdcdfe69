"""Permissions that the operations of users and groups accept.

Source: the tables "Permissions" of the Graph reference. Those of Intune, of agent identities and of
other clouds are left out.
"""

from __future__ import annotations

from localtenant.odata.operations import Accepted, same

_READ = ("Directory.Read.All", "Directory.ReadWrite.All")
_WRITE = "Directory.ReadWrite.All"
_USERS = ("User.Read.All", "User.ReadWrite.All", *_READ)
_GROUPS = ("GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All")
_OF_APPLICATIONS = ("Application.Read.All", "Application.ReadWrite.All")

READ_USERS = same("User.ReadBasic.All", *_USERS)
READ_USER = Accepted(
    ("User.ReadBasic.All", *_USERS),
    ("User.Read", "User.ReadWrite", "User.ReadBasic.All", *_USERS),
)
CREATE_USER = same("User.ReadWrite.All", _WRITE)
_UPDATE = (
    "User.ReadWrite.All",
    _WRITE,
    "User-Mail.ReadWrite.All",
    "User-PasswordProfile.ReadWrite.All",
    "User-Phone.ReadWrite.All",
    "User.EnableDisableAccount.All",
    "User.ManageIdentities.All",
)
UPDATE_USER = Accepted(_UPDATE, ("User.ReadWrite", *_UPDATE))
DELETE_USER = same("User.DeleteRestore.All", "User.ReadWrite.All")
READ_MANAGER = same(*_USERS)
WRITE_MANAGER = same("User.ReadWrite.All", _WRITE)
READ_REPORTS = Accepted(_USERS, ("User.Read", *_USERS))
READ_OWNED = READ_REPORTS
READ_MEMBER_OF = Accepted(_READ, ("User.Read", *_READ, "GroupMember.Read.All"))
READ_ALL_MEMBER_OF = Accepted(
    ("User.Read.All", *_READ, "GroupMember.Read.All", "Group.Read.All"),
    ("User.Read", "User.Read.All", *_READ, "GroupMember.Read.All", "Group.Read.All"),
)
READ_ASSIGNMENTS = same("AppRoleAssignment.ReadWrite.All", *_READ)
ASSIGN = same("AppRoleAssignment.ReadWrite.All")
READ_GRANTS = same("Directory.Read.All", "DelegatedPermissionGrant.ReadWrite.All", _WRITE)
REVOKE_SESSIONS = same("User.RevokeSessions.All", "User.ReadWrite.All", _WRITE)
CHANGE_PASSWORD = Accepted((), ("Directory.AccessAsUser.All",))
VALIDATE_PASSWORD = same("User.Read.All", "User.ReadWrite.All", *_READ)
CHECK_MEMBERSHIPS = Accepted(
    (*_OF_APPLICATIONS, *_GROUPS, *_USERS),
    ("User.Read", *_OF_APPLICATIONS, *_GROUPS, *_USERS),
)

READ_GROUPS = same(*_GROUPS, *_READ)
CREATE_GROUP = Accepted(
    ("Group.Create", "Group.ReadWrite.All", _WRITE), ("Group.ReadWrite.All", _WRITE)
)
UPDATE_GROUP = same("Group.ReadWrite.All", _WRITE)
DELETE_GROUP = same("Group.ReadWrite.All")
READ_MEMBERS = same("GroupMember.ReadWrite.All", *_GROUPS, "Directory.Read.All")
WRITE_MEMBERS = same("GroupMember.ReadWrite.All", "Group.ReadWrite.All", _WRITE)
WRITE_OWNERS = same("Group.ReadWrite.All", _WRITE)
