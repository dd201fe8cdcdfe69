"""A stand-in for the Pulumi plugin `pulumi-resource-azuread`, where that cannot be downloaded.

`python -m engine.azuread ADDRESS` serves the resource-provider protocol to the engine at ADDRESS,
with the real plugin's names of resources, inputs, outputs and ids, for the resource types that this
project's components use. It sends real Microsoft Graph requests, but only to a tenant on this
machine: any other endpoint is refused.

The two were driven side by side, through the same calls with every input of these types, against
local tenants. They leave the same Graph objects and the same state (ids, inputs, outputs), but for:

- The real plugin records books of its own in the state (`__meta`, `__defaults`,
  `__pulumi_raw_state_delta`). Neither needs the other's.
- Sets of objects (`appRoles`, `oauth2PermissionScopes`) stay in the program's order; the real
  plugin orders them by a hash. The order in Graph differs likewise. Nothing depends on either.
- The claims of `optionalClaims` are compared as a set; to the real plugin their order matters.
- After a change of scopes or roles the real plugin records null for their texts that are left out,
  until a refresh; here they are empty at once.
- A preview names the very property that changes (`web.redirectUris[0]`, added); the real plugin
  names whole lists or blocks where they appear or vanish, an addition to an empty text an update,
  and `appRoleIds` and `oauth2PermissionScopeIds` beside what they follow from.
- Errors are worded differently. A check tells the property it is about and also finds what the real
  plugin finds in the preview only, such as roles that share a value; it takes no number for a text.
- Deleting what is gone already succeeds; the real plugin fails with Graph's 404, until a refresh.
- A refresh leaves inputs in the program's order; the real plugin sorts them.
- After a change of `featureTags` the `tags` are recorded at once; by the real plugin at a refresh.
- After a change of `logoImage` the `logoUrl` is recorded at a refresh; by the real plugin at once.
- A `samlSingleSignOn` without `relayState` is null in Graph, not an empty text.
- A `useExisting` that is taken out of a program is recorded as null, not false; an empty
  `rotateWhenChanged` stays an input at a refresh, where the real plugin makes it null.
- A duplicate of a name is found in the preview of a renaming; by the real plugin in its update.
- Requests: what differs is sent, once, and without the real plugin's waits of 4 to 20 seconds.
"""

from __future__ import annotations

import sys
from typing import Final

# httpx loads its own command line (and with it rich and Pygments) and HTTP/2 wherever those are
# installed, and bears that they are missing. They take longer than all else of httpx.
for _unused in ("httpx._main", "h2"):
    sys.modules.setdefault(_unused, None)  # pyright: ignore[reportArgumentType] -- how Python says that there is no such module

NAME: Final = "azuread"
"""The Pulumi package that this process stands in for."""

VERSION: Final = "6.11.1"
"""The version of the real plugin whose names and meanings are followed; also what the engine is
told.
"""
