"""The tenant of Microsoft's page, which a stack without any configuration makes.

Source: "Sign in users and call an API in a Node.js web application - prepare your tenant", in the
terms of the stack's configuration. The values are the page's own, spelling included.
"""

from __future__ import annotations

from typing import Final

SEED: Final[dict[str, object]] = {
    "apis": {
        "todolist": {
            "displayName": "ciam-ToDoList-api",
            "scopes": [
                {
                    "value": "ToDoList.Read",
                    "adminConsentDisplayName": "Read users ToDo list using the 'TodoListApi'",
                    "adminConsentDescription": (
                        "Allow the app to read the user's ToDo list using the 'TodoListApi'"
                    ),
                },
                {
                    "value": "ToDoList.ReadWrite",
                    "adminConsentDisplayName": (
                        "Read and write users ToDo list using the 'ToDoListApi'"
                    ),
                    "adminConsentDescription": (
                        "Allow the app to read and write the user's ToDo list "
                        "using the 'ToDoListApi'"
                    ),
                },
            ],
            "roles": [
                {
                    "value": "ToDoList.Read.All",
                    "description": (
                        "Allow the app to read every user's ToDo list using the 'TodoListApi'"
                    ),
                },
                {
                    "value": "ToDoList.ReadWrite.All",
                    "description": (
                        "Allow the app to read and write every user's ToDo list "
                        "using the 'ToDoListApi'"
                    ),
                },
            ],
            "optionalClaims": {"accessToken": ["idtyp"]},
        }
    },
    "clients": {
        "web": {
            "kind": "webApp",
            "displayName": "ciam-client-app",
            "redirectUris": ["http://localhost:3000/auth/redirect"],
            "apiPermissions": {"todolist": ["ToDoList.Read", "ToDoList.ReadWrite"]},
            "graphPermissions": ["openid", "offline_access"],
            "secret": {"displayName": "web app client secret"},
        }
    },
    "userFlows": {
        "SignInSignUpSample": {
            "identityProviders": ["EmailPassword-OAUTH"],
            "attributes": ["country", "displayName", "postalCode"],
            "clients": ["web"],
        }
    },
}
