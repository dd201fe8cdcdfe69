"""What an External ID tenant is made of, as Pulumi components.

Two layers, each in its own idiom: `components.settings` is the stack's configuration, checked
before anything is created; the Args below take Pulumi inputs, for programs in Python. One function
per component, `…_args`, leads from the first to the second.
"""

from __future__ import annotations

from components.application import LinksArgs
from components.client_secret import ClientSecretArgs
from components.credentials import CertificateArgs, FederatedCredentialArgs
from components.customer_tenant import CustomerTenant, CustomerTenantArgs, customer_tenant_args
from components.daemon_app import DaemonApp, DaemonAppArgs
from components.identity_provider import (
    AppleArgs,
    FacebookArgs,
    GoogleArgs,
    IdentityProvider,
    OpenIdConnectArgs,
)
from components.native_app import NativeApp, NativeAppArgs
from components.optional_claims import OptionalClaimArgs, OptionalClaimsArgs
from components.permissions import ApiReferenceArgs
from components.settings.enums import (
    AppRoleMemberType,
    AttributeDataType,
    AttributeInputType,
    BuiltInAttribute,
    BuiltInIdentityProvider,
    GroupClaim,
    ScopeType,
    UserType,
)
from components.settings.sign_in import MultiFactorState
from components.sign_in import TenantArgs
from components.sign_in_policy import MultiFactorArgs, SignInPolicy, SignInPolicyArgs
from components.sign_up_flow import (
    AttributeOptionArgs,
    FlowApplicationArgs,
    FlowAttributeArgs,
    SignUpAttributeArgs,
    SignUpFlow,
    SignUpFlowArgs,
)
from components.single_page_app import SinglePageApp, SinglePageAppArgs
from components.user_attribute import UserAttribute, UserAttributeArgs
from components.web_api import RoleArgs, ScopeArgs, WebApi, WebApiArgs
from components.web_app import WebApp, WebAppArgs

__all__ = [
    "ApiReferenceArgs",
    "AppRoleMemberType",
    "AppleArgs",
    "AttributeDataType",
    "AttributeInputType",
    "AttributeOptionArgs",
    "BuiltInAttribute",
    "BuiltInIdentityProvider",
    "CertificateArgs",
    "ClientSecretArgs",
    "CustomerTenant",
    "CustomerTenantArgs",
    "DaemonApp",
    "DaemonAppArgs",
    "FacebookArgs",
    "FederatedCredentialArgs",
    "FlowApplicationArgs",
    "FlowAttributeArgs",
    "GoogleArgs",
    "GroupClaim",
    "IdentityProvider",
    "LinksArgs",
    "MultiFactorArgs",
    "MultiFactorState",
    "NativeApp",
    "NativeAppArgs",
    "OpenIdConnectArgs",
    "OptionalClaimArgs",
    "OptionalClaimsArgs",
    "RoleArgs",
    "ScopeArgs",
    "ScopeType",
    "SignInPolicy",
    "SignInPolicyArgs",
    "SignUpAttributeArgs",
    "SignUpFlow",
    "SignUpFlowArgs",
    "SinglePageApp",
    "SinglePageAppArgs",
    "TenantArgs",
    "UserAttribute",
    "UserAttributeArgs",
    "UserType",
    "WebApi",
    "WebApiArgs",
    "WebApp",
    "WebAppArgs",
    "customer_tenant_args",
]
