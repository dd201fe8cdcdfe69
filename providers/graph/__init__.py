"""Microsoft Graph as the providers use it: one client per process, signed in as azuread is.

- ``configuration``: the azuread provider's configuration keys and ``ARM_*`` variables;
- ``environment``: from the cloud's name or metadata host to Graph's and the login endpoint's URL;
- ``tokens``: which way to sign in that configuration asks for, and the tokens of a process;
- ``client_secret`` and ``credentials``: with a client secret, and by azure-identity;
- ``connection``: signed requests over one HTTP client; ``rest``: as plain JSON; ``sdk``: as
  msgraph-sdk, for those who want its models;
- ``background``: the event loop that outlives a call, for the pooled connections;
- ``retry``: which answers are tried again, and for how long;
- ``errors``: what the person who runs Pulumi reads;
- ``session``: all of it together, once per process.
"""

from __future__ import annotations

import sys

# httpx loads its own command line, and with it rich and Pygments, wherever those are installed; it
# bears that it is missing. It takes longer than all else of httpx.
sys.modules.setdefault("httpx._main", None)  # pyright: ignore[reportArgumentType] -- how Python says that there is no such module
