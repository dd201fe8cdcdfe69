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
from components.native_app import NativeApp, NativeAppArgs
from components.optional_claims import OptionalClaimArgs, OptionalClaimsArgs
from components.permissions import ApiReferenceArgs
from components.settings.enums import (
    AppRoleMemberType,
    AttributeInputType,
    BuiltInAttribute,
    BuiltInIdentityProvider,
    GroupClaim,
    ScopeType,
)
from components.sign_in import TenantArgs
from components.sign_up_flow import (
    AttributeOptionArgs,
    FlowApplicationArgs,
    SignUpAttributeArgs,
    SignUpFlow,
    SignUpFlowArgs,
)
from components.single_page_app import SinglePageApp, SinglePageAppArgs
from components.web_api import RoleArgs, ScopeArgs, WebApi, WebApiArgs
from components.web_app import WebApp, WebAppArgs

__all__ = [
    "ApiReferenceArgs",
    "AppRoleMemberType",
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
    "FederatedCredentialArgs",
    "FlowApplicationArgs",
    "GroupClaim",
    "LinksArgs",
    "NativeApp",
    "NativeAppArgs",
    "OptionalClaimArgs",
    "OptionalClaimsArgs",
    "RoleArgs",
    "ScopeArgs",
    "ScopeType",
    "SignUpAttributeArgs",
    "SignUpFlow",
    "SignUpFlowArgs",
    "SinglePageApp",
    "SinglePageAppArgs",
    "TenantArgs",
    "WebApi",
    "WebApiArgs",
    "WebApp",
    "WebAppArgs",
    "customer_tenant_args",
]
