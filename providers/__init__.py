"""Dynamic providers for what the azuread provider cannot do in an External ID tenant.

One package per kind of Graph object. Each has two parts: a lifecycle that knows nothing of Pulumi
(``providers.user_flow.lifecycle``) and a thin Pulumi resource that hosts it
(``providers.user_flow``). What they share:

- ``providers.graph``: where Graph is, who signs in, how requests are retried, how errors read;
- ``providers.lifecycle``: what a lifecycle is;
- ``providers.hosting``: how Pulumi's dynamic provider calls one.

The module paths and class names of the resources' providers are recorded in every stack's state.
They are frozen.
"""
