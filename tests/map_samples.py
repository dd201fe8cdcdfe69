"""Maps for tests: the seed's, and one with twelve clients in which much is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from commands.tenant_map.model import Access, Api, Client, Flow, Map, Permission

NOW: Final = datetime(2027, 1, 15, 12, tzinfo=UTC)

_GRAPH: Final = "00000003-0000-0000-c000-000000000000"
_KINDS: Final = ("webApp", "singlePageApp", "nativeApp", "daemonApp")
_NAMES: Final = (
    "Contoso Shop",
    "Contoso Shop for Partners and Resellers in Northern Europe",
    "contoso-warehouse-operations-dashboard-production-westeurope",
    "Loyalty",
    'Gift Cards <beta> & "friends"',
    "Kundenportal für Geschäftskunden",
    "Nightly Invoice Run",
    "会员中心",
    "iOS",
    "Android",
    "Support Desk",
    "Old Shop",
)


def _permissions(*values: str, disabled: tuple[str, ...] = ()) -> tuple[Permission, ...]:
    return tuple(Permission(value, value not in disabled) for value in values)


SEED: Final = Map(
    tenant="contoso",
    flows=(
        Flow(
            "SignInSignUpSample",
            "SignInSignUpSample",
            ("EmailPassword-OAUTH",),
            ("country", "displayName", "postalCode"),
            clients=("web",),
        ),
    ),
    clients=(
        Client(
            "web",
            "ciam-client-app",
            "webApp",
            "a3805c30-f02c-41f1-bb09-3f4e564577b8",
            ("http://localhost:3000/auth/redirect",),
            (datetime(2027, 5, 22, 22, 54, 46, tzinfo=UTC),),
        ),
    ),
    apis=(
        Api(
            "todolist",
            "ciam-ToDoList-api",
            "af39b60f-06d2-4864-ad8c-c8f53bf8ab5b",
            _permissions("ToDoList.Read", "ToDoList.ReadWrite"),
            _permissions("ToDoList.Read.All", "ToDoList.ReadWrite.All"),
        ),
        Api(_GRAPH, "Microsoft Graph", _GRAPH, _permissions("offline_access", "openid"), own=False),
    ),
    accesses=(
        Access("web", "todolist", ("ToDoList.Read", "ToDoList.ReadWrite")),
        Access("web", _GRAPH, ("offline_access", "openid")),
    ),
)


def _client(number: int, name: str) -> Client:
    host = "https://shop.contoso.com"
    if number % 4 == 1:
        host = "https://partners.northern-europe.contoso-retail-group.com/signin"
    ends = {1: timedelta(days=9), 4: timedelta(days=-3)}.get(number, timedelta(days=100 + number))
    kind = _KINDS[number % 4] if number not in (0, 4) else "webApp"
    uris = tuple(f"{host}/auth/callback/{n}" for n in range(number % 3 + 1))
    return Client(
        f"client{number:02}",
        name,
        kind,
        f"{number:08}-0000-4000-8000-000000000000",
        uris if kind != "daemonApp" else (),
        (NOW + ends,) if kind in ("webApp", "daemonApp") else (),
        exists=number != 11,
    )


_CLIENTS: Final = tuple(_client(number, name) for number, name in enumerate(_NAMES))
_USED: Final = {
    "orders": (0, 1, 5, 7, 8, 9),
    "stock": (1, 2),
    "loyalty": (3, 4, 7, 8),
    "invoices": (5, 6, 10),
}
_SCOPES: Final = {
    "orders": ("Orders.Read", "Orders.Write"),
    "stock": ("Stock.Levels.Read", "Stock.Levels.Adjust.ForAllWarehousesOfTheGroup"),
    "loyalty": ("Points.Read",),
    "invoices": ("Invoices.Read",),
}
_MISSING: Final = {(1, "stock"), (4, "loyalty"), (10, "invoices")}


def _access(number: int, api: str) -> Access:
    scopes = _SCOPES[api]
    if number == 6:
        scopes = ("Invoices.Create (app role)",)
    missing = (number, api) in _MISSING
    granted = scopes[: len(scopes) - 1] if missing else scopes
    return Access(f"client{number:02}", api, granted, scopes[-1:] if missing else ())


TWELVE: Final = Map(
    tenant="contosogroupcustomers",
    flows=(
        Flow(
            "customers",
            "Customers",
            ("EmailPassword-OAUTH", "EmailOtpSignup-OAUTH", "Google-OAUTH", "Apple-Managed-OIDC"),
            ("displayName", "givenName", "surname", "country", "loyaltyNumber"),
            clients=tuple(f"client{number:02}" for number in (0, 3, 4, 7, 8, 9)),
        ),
        Flow(
            "partners",
            "Partners and resellers: by invitation of an account manager only",
            ("EmailOtpSignup-OAUTH",),
            ("displayName", "jobTitle"),
            sign_up_allowed=False,
            clients=tuple(f"client{number:02}" for number in (1, 2)),
            others=2,
        ),
        Flow(
            "staff",
            "Staff",
            ("contoso-workforce-oidc-federation",),
            (),
            clients=("client05",),
        ),
    ),
    clients=_CLIENTS,
    apis=(
        Api(
            "orders",
            "Orders",
            "10000000-0000-4000-8000-000000000000",
            _permissions(
                "Orders.Cancel", "Orders.Read", "Orders.Write", disabled=("Orders.Cancel",)
            ),
        ),
        Api(
            "stock",
            "Stock levels of all warehouses, near real time",
            "20000000-0000-4000-8000-000000000000",
            _permissions(*_SCOPES["stock"]),
        ),
        Api(
            "loyalty",
            "Loyalty",
            "30000000-0000-4000-8000-000000000000",
            _permissions("Points.Read", *(f"Points.Program{n:02}.Read" for n in range(14))),
        ),
        Api(
            "invoices",
            "Invoices",
            "40000000-0000-4000-8000-000000000000",
            _permissions("Invoices.Read"),
            _permissions("Invoices.Create", "Invoices.Delete"),
        ),
        Api(
            _GRAPH,
            "Microsoft Graph",
            _GRAPH,
            _permissions("offline_access", "openid", "profile"),
            own=False,
        ),
    ),
    accesses=(
        *(_access(number, api) for api, users in _USED.items() for number in users),
        *(
            Access(f"client{number:02}", _GRAPH, ("offline_access", "openid"))
            for number in range(11)
            if number not in (6, 10)
        ),
        Access("client10", _GRAPH, ("openid",), ("profile",)),
    ),
)

EMPTY: Final = Map(tenant="contoso")
