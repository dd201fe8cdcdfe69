"""Values that Graph names, shared by the settings and the Args.

Each member's value is Graph's own text.
"""

from __future__ import annotations

from enum import StrEnum


class ScopeType(StrEnum):
    """Who may consent to a scope: Graph's `permissionScope.type`."""

    ADMIN = "Admin"
    """Administrators only: the one that serves customers, who never see a consent page."""
    USER = "User"
    """Users, too."""


class AppRoleMemberType(StrEnum):
    """What an app role can be assigned to: Graph's `appRole.allowedMemberTypes`."""

    APPLICATION = "Application"
    """Applications that call the API as themselves."""
    USER = "User"
    """Users and groups."""


class GroupClaim(StrEnum):
    """Which of a user's groups a token names: Graph's `groupMembershipClaims`.

    In an External ID tenant a group is named by its object ID, never by its name.
    """

    SECURITY_GROUP = "SecurityGroup"
    """Security groups, and directory roles."""
    DIRECTORY_ROLE = "DirectoryRole"
    APPLICATION_GROUP = "ApplicationGroup"
    """Groups that are assigned to the application."""
    ALL = "All"
    NONE = "None"


class AttributeInputType(StrEnum):
    """How the sign-up page asks for an attribute: Graph's `inputType`.

    Source: `authenticationAttributeCollectionInputConfiguration` of Graph v1.0.
    """

    TEXT = "text"
    RADIO_SINGLE_SELECT = "radioSingleSelect"
    CHECKBOX_MULTI_SELECT = "checkboxMultiSelect"
    BOOLEAN = "boolean"


class AttributeDataType(StrEnum):
    """What the values of a custom attribute are: Graph's `dataType`."""

    STRING = "string"
    BOOLEAN = "boolean"
    INT64 = "int64"
    STRING_COLLECTION = "stringCollection"
    DATE_TIME = "dateTime"


class UserType(StrEnum):
    """What a user flow makes of those who sign up: Graph's `userTypeToCreate`."""

    MEMBER = "member"
    GUEST = "guest"


class BuiltInIdentityProvider(StrEnum):
    """Ids of the identity providers that Microsoft's documentation names.

    A tenant can have others, so that settings and Args take any id.
    """

    EMAIL_PASSWORD = "EmailPassword-OAUTH"  # noqa: S105 -- an id, not a password
    EMAIL_ONE_TIME_PASSCODE = "EmailOtpSignup-OAUTH"
    GOOGLE = "Google-OAUTH"
    FACEBOOK = "Facebook-OAUTH"
    APPLE = "Apple-Managed-OIDC"


class BuiltInAttribute(StrEnum):
    """Ids of the user attributes that every tenant has; custom ones begin with `extension_`."""

    CITY = "city"
    COUNTRY = "country"
    DISPLAY_NAME = "displayName"
    EMAIL = "email"
    GIVEN_NAME = "givenName"
    JOB_TITLE = "jobTitle"
    POSTAL_CODE = "postalCode"
    STATE = "state"
    STREET_ADDRESS = "streetAddress"
    SURNAME = "surname"
