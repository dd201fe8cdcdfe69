"""`ciam:userFlows`: how customers sign up and sign in, and to which clients."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from components.settings.base import FlowName, Form, Key, SettingsModel, Switch, Text
from components.settings.enums import AttributeInputType, BuiltInIdentityProvider, UserType
from components.settings.problems import MISSPELT, nearest
from components.settings.shorthand import shorthand


def _not_misspelt(known: list[str], what: str) -> AfterValidator:
    """Refuse what is nearly, but not quite, a known id.

    Tenants have ids of their own and Graph gains new ones, so that an id that resembles none
    passes: Graph decides.
    """

    def check(value: str) -> str:
        if value in known:
            return value
        if hint := nearest(value, known, MISSPELT):
            raise ValueError(f"the id of {what}{hint}")
        return value

    return AfterValidator(check)


AttributeId = Annotated[
    str,
    Form(
        r"(?!extension_)[A-Za-z][A-Za-z0-9_]*|extension_[0-9a-fA-F]{32}_[A-Za-z0-9_]+",
        "the id of a built-in attribute, such as country, a key of ciam:attributes, or "
        "extension_{client ID of b2c-extensions-app without dashes}_{name}",
    ),
]
IdentityProviderId = Annotated[
    str,
    Form(r"\S+", "the id of an identity provider, such as EmailPassword-OAUTH"),
    _not_misspelt([*BuiltInIdentityProvider], "an identity provider"),
]


class AttributeOptionSettings(SettingsModel):
    """A choice of a select input. Graph: `authenticationAttributeCollectionOptionConfiguration`."""

    label: Text = Field(description="What the customer sees. Graph: label.")
    value: Text = Field(description="What is recorded. Graph: value.")


_Option = Annotated[
    AttributeOptionSettings,
    BeforeValidator(
        shorthand("label", "value"), json_schema_input_type=Text | AttributeOptionSettings
    ),
]


class UserFlowAttributeSettings(SettingsModel):
    """An attribute that sign-up asks for. Graph: an entry of `attributeCollectionPage.views`.

    What is not set is left to Graph.
    """

    attribute: AttributeId = Field(
        description="The attribute's id: country, displayName, postalCode, … or extension_…; or a "
        "key of ciam:attributes. Graph: attribute."
    )
    label: Text | None = Field(
        default=None,
        description="What the page calls it. Default: the attribute's own name. Graph: label.",
    )
    required: Switch | None = Field(
        default=None,
        description="Whether sign-up needs it. Default: left to Graph. Graph: required.",
    )
    input_type: AttributeInputType | None = Field(
        default=None,
        description=(
            "How the page asks for it. Default: for a key of ciam:attributes what fits its type, "
            "else left to Graph. Graph: inputType."
        ),
    )
    hidden: Switch | None = Field(
        default=None,
        description="Whether the page hides it. Default: left to Graph. Graph: hidden.",
    )
    editable: Switch | None = Field(
        default=None,
        description="Whether the customer can change it. Default: left to Graph. Graph: editable.",
    )
    default_value: str | None = Field(
        default=None,
        description="What the page suggests. Default: nothing. Graph: defaultValue.",
    )
    validation_reg_ex: Text | None = Field(
        default=None,
        description="Regular expression the value must match. Default: left to Graph. "
        "Graph: validationRegEx.",
    )
    write_to_directory: Switch | None = Field(
        default=None,
        description="Whether it is kept with the user. Default: left to Graph. "
        "Graph: writeToDirectory.",
    )
    options: tuple[_Option, ...] | None = Field(
        default=None,
        description=(
            "The choices of a select input, in the page's order, each as one text or with a label "
            "of its own. Default: none. Graph: options."
        ),
    )


_Attribute = Annotated[
    UserFlowAttributeSettings,
    BeforeValidator(
        shorthand("attribute"), json_schema_input_type=AttributeId | UserFlowAttributeSettings
    ),
]


class SignUpFlowSettings(SettingsModel):
    """A user flow. Graph: `externalUsersSelfServiceSignUpEventsFlow`."""

    display_name: FlowName | None = Field(
        default=None,
        description="The flow's name, once in the tenant. Default: its key. Graph: displayName.",
    )
    identity_providers: tuple[IdentityProviderId, ...] = Field(
        default=(BuiltInIdentityProvider.EMAIL_PASSWORD.value,),
        min_length=1,
        description=(
            "Ids of the ways to sign in, such as EmailPassword-OAUTH or EmailOtpSignup-OAUTH, and "
            "keys of ciam:identityProviders. "
            "Default: [EmailPassword-OAUTH]. Graph: identityProviders."
        ),
    )
    attributes: tuple[_Attribute, ...] | None = Field(
        default=None,
        description=(
            "What sign-up asks for beside the email address, in the page's order, each as its id "
            "or as a mapping; [] means nothing. Default: left alone, which is nothing in a new "
            "flow. Graph: onAttributeCollection."
        ),
    )
    sign_up_allowed: Switch = Field(
        default=True,
        description="Whether new customers can sign up. Default: true. Graph: isSignUpAllowed.",
    )
    user_type_to_create: UserType | None = Field(
        default=None,
        description=(
            "What new customers are in the directory: member or guest; those who have signed up "
            "stay what they are. Default: left alone, which is member in a new flow. "
            "Graph: onUserCreateStart.userTypeToCreate."
        ),
    )
    clients: tuple[Key, ...] = Field(
        default=(),
        description=(
            "Keys of the ciam:clients that sign in with this flow; a client is in one flow at "
            "most. Default: none. Graph: includeApplications."
        ),
    )
    adopt: Switch = Field(
        default=False,
        description=(
            "Whether to take over a flow of this name that exists already; one that was taken over "
            "is let go of, not deleted. Default: false. No counterpart in Graph."
        ),
    )
    force_destroy: Switch = Field(
        default=False,
        description=(
            "Whether the flow may be deleted although it was taken over, or although applications "
            "that this stack does not know sign in with it. Default: false. No counterpart in "
            "Graph."
        ),
    )
