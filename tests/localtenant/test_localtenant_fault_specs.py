"""Faults as text, and the pure choice of those that strike a request."""

from __future__ import annotations

import pytest

from localtenant.faults.plan import Asked, Faults, asked_of_graph, read_faults
from localtenant.faults.spec import GRAMMAR, KINDS, FaultSpecError, read_fault

pytestmark = pytest.mark.local_only


READ = Asked("graph", "GET", "/applications/1")
TOKEN = Asked("sign-in", "POST", "/oauth2/v2.0/token")


def hits(faults: Faults, count: int, asked: Asked = READ) -> list[int]:
    """Send ``count`` requests; the numbers, from 1, of those that were struck."""
    return [n for n in range(1, count + 1) if faults.plan(asked).struck]


def faults_of(*texts: str, seed: int = 0) -> Faults:
    """Arm the faults that lines mean."""
    return Faults(read_faults(texts), seed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there are throttle, fail, reset-before, reset-after, delay, timeout, lag"),
        ("throtle", "there is no 'throtle'; there are throttle"),
        ("throttle,retry=2", "'retry=2' is none of throttle's options retry-after=, at=, method="),
        ("throttle,every", "'every' is none of throttle's options"),
        ("throttle,every=0", "'every' wants a whole number from 1, not '0'"),
        ("throttle,every=1,every=2", "'every' is given twice"),
        ("throttle,every=2,probability=0.5", "'every' and 'probability' exclude each other"),
        ("throttle,probability=0", "'probability' wants a number above 0 and up to 1, not '0'"),
        ("throttle,retry-after=soon", "wants a number of seconds up to 86400, or none"),
        ("throttle,retry-after=-1", "wants a number of seconds up to 86400, or none"),
        ("fail,status=404", "'status' wants 401, 408, 423, 424, 500, 502, 503, 504, not '404'"),
        ("fail,when=later", "'when' wants before or after, not 'later'"),
        ("reset-after,method=FETCH", "'method' wants GET, POST, PATCH, PUT, DELETE, or several"),
        ("reset-after,path=applications", "'path' wants a path that starts with /"),
        ("reset-before,at=home", "'at' wants graph or sign-in, not 'home'"),
        ("delay", "'delay' wants ms=N"),
        ("delay,ms=1e3", "'ms' wants a number of milliseconds up to 86400, not '1e3'"),
        ("lag,form=404", "'lag' wants seconds=N"),
        ("lag,seconds=1,form=405", "'form' wants 404, 403, 400, 409, several with +, or all"),
        ("lag,seconds=1,at=sign-in", "'at=sign-in' is none of lag's options"),
        ("token-lifetime,seconds=0", "'seconds' wants a whole number from 1, not '0'"),
        ("token-lifetime,seconds=9,path=/x", "'path=/x' is none of token-lifetime's options"),
        ("delay,ms=1\nfail", "'ms' wants a number of milliseconds"),
    ],
)
def test_what_is_no_fault_is_refused_in_one_line(text: str, words: str) -> None:
    """A wrong line is refused with the line itself, what is wrong, and what is allowed."""
    with pytest.raises(FaultSpecError) as refused:
        read_fault(text)

    message = str(refused.value)
    assert message.startswith(f"The fault {text!r} is not understood: ")
    assert words in message
    assert "\n" not in message


def test_grammar_tells_every_kind_and_option() -> None:
    """The text for readers leaves out nothing that is understood."""
    assert all(kind in GRAMMAR for kind in KINDS)
    assert all(f"{option}=" in GRAMMAR for options in KINDS.values() for option in options)


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("throttle", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("throttle,every=3", [3, 6]),
        ("throttle,times=2", [1, 2]),
        ("throttle,after=5", [6, 7, 8]),
        ("throttle,after=1,every=3,times=1", [4]),
        ("throttle,method=POST", []),
        ("throttle,method=get+delete", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("throttle,at=sign-in", []),
    ],
)
def test_requests_are_counted(text: str, struck: list[int]) -> None:
    """After, every and times count the requests that are meant, in the order they come."""
    assert hits(faults_of(text), 8) == struck


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/applications", True),
        ("/Applications/", True),
        ("/app", False),
        ("/applications$", False),
        ("/applications/1$", True),
        ("/applications/*", True),
        ("/applications/*/owners", False),
        ("/*", False),
        ("/a*/?", True),
        ("/", True),
    ],
)
def test_paths_are_beginnings_wholes_or_patterns(path: str, meant: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """A path means whole segments at the beginning, the whole with $, or each segment by *."""
    assert hits(faults_of(f"throttle,path={path}"), 1) == ([1] if meant else [])


def test_keys_in_parentheses_are_below_their_collection() -> None:
    """The beginning of a path covers an alternate key too, in either version."""
    faults = faults_of("throttle,path=/applications")
    asked = asked_of_graph("GET", "/beta/applications(appId='1')")

    assert asked is not None
    assert faults.plan(asked).struck


@pytest.mark.parametrize("path", ["/-/faults", "/metadata/endpoints", "/v1.0", "/"])
def test_what_is_not_graph_has_no_faults_of_graph(path: str) -> None:
    """Administration and metadata are out of reach of every fault."""
    assert asked_of_graph("GET", path) is None


def test_chance_follows_from_the_seed() -> None:
    """The same seed strikes the same requests, another one others, at about the probability."""
    first, again, other = (
        hits(faults_of("throttle,probability=0.3", seed=seed), 200) for seed in (7, 7, 8)
    )

    assert first == again != other
    assert 40 <= len(first) <= 80


def test_chances_of_two_faults_are_their_own() -> None:
    """A fault's chance does not depend on what other faults have drawn."""
    alone = faults_of("throttle,probability=0.5", seed=3)
    beside = faults_of("throttle,probability=0.5", "delay,ms=0,probability=0.5", seed=3)

    ended = [bool(beside.plan(READ).ending) for _ in range(50)]
    assert ended == [bool(alone.plan(READ).ending) for _ in range(50)]


def test_first_fault_ends_a_request_and_delays_add_up() -> None:
    """Only the fault that acts has used up one of its times; delays go with any."""
    faults = faults_of("delay,ms=100", "throttle,times=1", "fail,times=1", "delay,ms=50")

    plans = [faults.plan(READ) for _ in range(3)]

    assert [p.ending.kind if p.ending else None for p in plans] == ["throttle", "fail", None]
    assert {round(p.delay, 3) for p in plans} == {0.15}


def test_lag_ends_with_the_age_of_the_object() -> None:
    """Lag shows in forms that are asked for and that the operation knows, on young objects."""
    faults = faults_of("lag,seconds=2,form=404+409")

    assert faults.lag(READ, {"404": 2.0, "403": 0.5}) is None
    struck = faults.lag(READ, {"404": 1.9, "403": 0.5})

    assert struck is not None
    assert struck[1] == "404"


def test_forms_of_lag_follow_from_the_seed() -> None:
    """With several forms the seed chooses, so that a run meets all of them and can be repeated."""
    runs: list[list[str]] = []
    for seed in (1, 1, 2):
        faults = faults_of("lag,seconds=9", seed=seed)
        struck = [faults.lag(READ, {"404": 0.0, "400": 0.0, "409": 0.0}) for _ in range(30)]
        runs.append([form for _, form in filter(None, struck)])

    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == {"404", "400", "409"}


def test_tokens_are_counted_too() -> None:
    """A short life is for the tokens that are meant, in the order they are issued."""
    faults = faults_of("token-lifetime,seconds=5,expires-in=3599,after=1,times=1")

    assert [faults.token_lifetime() for _ in range(3)] == [None, (5, 3599), None]
    assert hits(faults, 3, TOKEN) == []


def test_new_faults_begin_anew() -> None:
    """Setting faults forgets what the former ones have seen."""
    faults = faults_of("throttle,times=1")
    assert hits(faults, 2) == [1]

    faults.set(read_faults(["throttle,times=1"]), 5)

    assert hits(faults, 2) == [1]
    assert faults.report() == {
        "seed": 5,
        "faults": [{"fault": "throttle,times=1", "seen": 2, "hits": 1}],
    }
