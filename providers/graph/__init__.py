"""Microsoft Graph as the providers use it: one client per process, signed in as azuread is.

- ``configuration``: the azuread provider's configuration keys and ``ARM_*`` variables;
- ``environment``: from the cloud's name or metadata host to Graph's and the login endpoint's URL;
- ``credentials``: the azure-identity credential that matches the configuration;
- ``connection``: the Graph client (msgraph-sdk) over that credential;
- ``background``: the event loop that outlives a call, for the pooled connections;
- ``retry``: which answers are tried again, and for how long;
- ``errors``: what the person who runs Pulumi reads;
- ``session``: all of it together, once per process.
"""
