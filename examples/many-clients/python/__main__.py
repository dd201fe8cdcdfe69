"""A shop: three APIs, six clients of four kinds, two user flows, Google and custom attributes."""

from __future__ import annotations

import pulumi

from components import (
    AttributeDataType,
    AttributeInputType,
    AttributeOptionArgs,
    BuiltInAttribute,
    BuiltInIdentityProvider,
    ClientSecretArgs,
    CustomerTenant,
    CustomerTenantArgs,
    DaemonAppArgs,
    FederatedCredentialArgs,
    GoogleArgs,
    GroupClaim,
    LinksArgs,
    NativeAppArgs,
    OptionalClaimArgs,
    OptionalClaimsArgs,
    RoleArgs,
    ScopeArgs,
    SignInPolicyArgs,
    SignUpAttributeArgs,
    SignUpFlowArgs,
    SinglePageAppArgs,
    UserAttributeArgs,
    UserType,
    WebApiArgs,
    WebAppArgs,
)
from providers.organization import read_organization


def scope(value: str, description: str) -> ScopeArgs:
    """A scope to which administrators consent for all customers."""
    return ScopeArgs(value=value, admin_consent_description=description)


def choices(*texts: str, **labelled: str) -> list[AttributeOptionArgs]:
    """The choices of an input: texts, and values with a label of their own."""
    pairs = {**{text: text for text in texts}, **labelled}
    return [AttributeOptionArgs(value=value, label=label) for value, label in pairs.items()]


ORDERS = WebApiArgs(
    display_name="Orders API",
    scopes=[
        scope("Orders.Read", "See the customer's orders"),
        scope("Orders.Write", "Order for the customer"),
    ],
    roles=[RoleArgs(value="Orders.Read.All", description="See everybody's orders")],
    # On behalf of the customer who has called it.
    api_permissions={"stock": ["Stock.Read"]},
    known_clients=["shop", "spa", "phone"],
)
STOCK = WebApiArgs(
    display_name="Stock API",
    scopes=[scope("Stock.Read", "See what there is")],
    roles=[RoleArgs(value="Stock.Write.All", description="Change what there is")],
)
PROFILES = WebApiArgs(
    display_name="Profiles API",
    scopes=[scope("Profile.ReadWrite", "See and change the customer's profile")],
    optional_claims=OptionalClaimsArgs(access_token=[OptionalClaimArgs(name="idtyp")]),
)

SHOP = WebAppArgs(
    display_name="Shop",
    redirect_uris=["https://shop.contoso.com/signed-in", "http://localhost:3000/signed-in"],
    logout_url="https://shop.contoso.com/signed-out",
    api_permissions={
        "orders": ["Orders.Read", "Orders.Write"],
        "profiles": ["Profile.ReadWrite"],
    },
    secret=ClientSecretArgs(lifetime="90d"),
    links=LinksArgs(
        homepage="https://shop.contoso.com/", privacy_statement="https://contoso.com/privacy"
    ),
)
PARTNER_PORTAL = WebAppArgs(
    display_name="Partner portal",
    redirect_uris=["https://partners.contoso.com/signed-in"],
    api_permissions={"orders": ["Orders.Read"]},
    group_claims=[GroupClaim.SECURITY_GROUP],
)
BROWSER = SinglePageAppArgs(
    display_name="Shop in the browser",
    redirect_uris=["https://shop.contoso.com/app", "http://localhost:5173/app"],
    api_permissions={"orders": ["Orders.Read", "Orders.Write"]},
)
PHONE = NativeAppArgs(
    display_name="Shop on the phone",
    redirect_uris=["msal{clientId}://auth", "msauth.com.contoso.shop://auth"],
    api_permissions={
        "orders": ["Orders.Read", "Orders.Write"],
        "profiles": ["Profile.ReadWrite"],
    },
    native_authentication=True,
)
TERMINAL = NativeAppArgs(
    display_name="Orders in a terminal",
    public_client_flows=True,
    api_permissions={"orders": ["Orders.Read"]},
)
NIGHTLY = DaemonAppArgs(
    display_name="Nightly jobs",
    api_roles={"orders": ["Orders.Read.All"], "stock": ["Stock.Write.All"]},
    federated_credentials={
        "ci": FederatedCredentialArgs(
            issuer="https://token.actions.githubusercontent.com",
            subject="repo:contoso/jobs:ref:refs/heads/main",
        )
    },
)

CUSTOMERS = SignUpFlowArgs(
    display_name="Customers",
    identity_providers=[BuiltInIdentityProvider.EMAIL_PASSWORD, "google"],
    attributes=[
        SignUpAttributeArgs(
            attribute=BuiltInAttribute.DISPLAY_NAME, label="Your name", required=True
        ),
        SignUpAttributeArgs(
            attribute=BuiltInAttribute.COUNTRY,
            input_type=AttributeInputType.RADIO_SINGLE_SELECT,
            options=choices("Germany", "France", "Norway"),
        ),
        SignUpAttributeArgs(attribute="loyaltyNumber", validation_reg_ex="^[0-9]{8}$"),
        SignUpAttributeArgs(
            attribute="interests", options=choices("Garden", "Kitchen", Home="Home & Living")
        ),
        SignUpAttributeArgs(
            attribute="newsletter", label="Send me the newsletter", default_value="true"
        ),
    ],
    clients=["shop", "spa", "phone", "terminal"],
)
PARTNERS = SignUpFlowArgs(
    display_name="Partners",
    identity_providers=[BuiltInIdentityProvider.EMAIL_ONE_TIME_PASSCODE],
    attributes=[
        SignUpAttributeArgs(attribute=BuiltInAttribute.DISPLAY_NAME),
        SignUpAttributeArgs(attribute=BuiltInAttribute.JOB_TITLE),
    ],
    user_type_to_create=UserType.GUEST,
    clients=["partners"],
)


def main() -> None:
    """Declare the tenant."""
    tenant = CustomerTenant(
        "tenant",
        CustomerTenantArgs(
            organization=read_organization(pulumi.Config("azuread").get),
            apis={"orders": ORDERS, "stock": STOCK, "profiles": PROFILES},
            clients={
                "shop": SHOP,
                "partners": PARTNER_PORTAL,
                "spa": BROWSER,
                "phone": PHONE,
                "terminal": TERMINAL,
                "nightly": NIGHTLY,
            },
            attributes={
                "loyaltyNumber": UserAttributeArgs(
                    display_name="Loyalty number", description="As printed on the card"
                ),
                "interests": UserAttributeArgs(
                    display_name="Interests", data_type=AttributeDataType.STRING_COLLECTION
                ),
                "newsletter": UserAttributeArgs(
                    display_name="Newsletter", data_type=AttributeDataType.BOOLEAN
                ),
            },
            identity_providers={
                "google": GoogleArgs(
                    client_id="1234.apps.googleusercontent.com",
                    client_secret=pulumi.Config().require_secret("googleClientSecret"),
                )
            },
            # For the partners.
            sign_in=SignInPolicyArgs(email_one_time_passcode=True),
            user_flows={"customers": CUSTOMERS, "partners": PARTNERS},
        ),
    )
    for name, value in tenant.outputs.items():
        pulumi.export(name, value)


main()
