"""What an External ID tenant is made of, as Pulumi components.

Two layers, each in its own idiom: `components.settings` is the stack's configuration, checked
before anything is created; the Args below take Pulumi inputs, for programs in Python. One function
per component, `…_args`, leads from the first to the second.
"""

from __future__ import annotations

from components.client_secret import ClientSecretArgs
from components.customer_tenant import CustomerTenant, CustomerTenantArgs, customer_tenant_args
from components.permissions import ApiReferenceArgs
from components.settings.enums import (
    AppRoleMemberType,
    AttributeInputType,
    BuiltInAttribute,
    BuiltInIdentityProvider,
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
from components.web_api import (
    OptionalClaimArgs,
    OptionalClaimsArgs,
    RoleArgs,
    ScopeArgs,
    WebApi,
    WebApiArgs,
)
from components.web_app import WebApp, WebAppArgs

__all__ = [
    "ApiReferenceArgs",
    "AppRoleMemberType",
    "AttributeInputType",
    "AttributeOptionArgs",
    "BuiltInAttribute",
    "BuiltInIdentityProvider",
    "ClientSecretArgs",
    "CustomerTenant",
    "CustomerTenantArgs",
    "FlowApplicationArgs",
    "OptionalClaimArgs",
    "OptionalClaimsArgs",
    "RoleArgs",
    "ScopeArgs",
    "ScopeType",
    "SignUpAttributeArgs",
    "SignUpFlow",
    "SignUpFlowArgs",
    "TenantArgs",
    "WebApi",
    "WebApiArgs",
    "WebApp",
    "WebAppArgs",
    "customer_tenant_args",
]
