"""The faults of the wire that every operation has to bear: by name, as lines for the local tenant.

Pauses are short, and no fault but a slow wire goes on: what a cell needs is one of each.
"""

from __future__ import annotations

ONCE, TWICE, SECOND = "times=1", "times=2", "after=1,times=1"
EXPIRED = f"fail,status=401,{ONCE}"
FAULTS: dict[str, tuple[str, ...]] = {
    "throttled": (f"throttle,retry-after=0.2,{ONCE}",),
    "throttled without a time": (f"throttle,retry-after=none,{ONCE}",),
    "throttled twice": (f"throttle,retry-after=0.2,{TWICE}",),
    "unavailable": (f"fail,status=503,{ONCE}",),
    "unavailable for a time": (f"fail,status=503,retry-after=0.2,{ONCE}",),
    "failing": (f"fail,status=500,{ONCE}",),
    "failing after the write": (f"fail,status=500,when=after,{ONCE}",),
    "failing twice after the write": (f"fail,status=500,when=after,{TWICE}",),
    "bad gateway twice": (f"fail,status=502,{TWICE}",),
    "timed out at the gateway": (f"fail,status=504,when=after,{ONCE}",),
    "request timed out": (f"fail,status=408,{ONCE}",),
    "locked": (f"fail,status=423,{ONCE}",),
    "dependency failed": (f"fail,status=424,when=after,{ONCE}",),
    "reset before": (f"reset-before,{ONCE}",),
    "reset before twice": (f"reset-before,{TWICE}",),
    "reset after the write": (f"reset-after,{ONCE}",),
    "reset twice after the write": (f"reset-after,{TWICE}",),
    "never answered": (f"timeout,seconds=0.1,{ONCE}",),
    "never answered after the write": (f"timeout,seconds=0.1,when=after,{ONCE}",),
    "slow": ("delay,ms=50",),
    "slow and reset": ("delay,ms=50", f"reset-after,{ONCE}"),
    "throttled, then reset": (
        f"throttle,retry-after=0.2,{ONCE}",
        f"reset-after,{ONCE}",
    ),
    "reset, and the look at it as well": (
        f"reset-after,{ONCE}",
        f"reset-after,method=GET,{ONCE}",
    ),
    "token expired": (EXPIRED,),
    "token expired, then reset": (EXPIRED, f"reset-after,{ONCE}"),
    **{
        f"token expired, sign-in {name}": (EXPIRED, f"{fault},at=sign-in,method=POST,{ONCE}")
        for name, fault in {
            "throttled": "throttle,retry-after=0.2",
            "unavailable": "fail,status=503",
            "failing": "fail,status=500,when=after",
            "reset before": "reset-before",
            "reset after": "reset-after",
            "never answered": "timeout,seconds=0.1",
        }.items()
    },
}
LATER: dict[str, tuple[str, ...]] = {
    "second request reset before": (f"reset-before,{SECOND}",),
    "second request reset after": (f"reset-after,{SECOND}",),
    "second request failing after the write": (f"fail,status=500,when=after,{SECOND}",),
    "second request throttled": (f"throttle,retry-after=0.2,{SECOND}",),
    "token expired at the second request": (f"fail,status=401,{SECOND}",),
}
"""Faults of a second request, for the operations that send one."""
