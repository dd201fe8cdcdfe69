"""What the pages count and compare: failures, passcodes, and how long each matters."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from localtenant.pages import lockout, mails, passcodes
from localtenant.pages.fields import AnswerError, Field
from localtenant.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

pytestmark = pytest.mark.local_only

EMAIL = "ada@customer.example"


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Transaction]:
    """Open a transaction on a new database."""
    with closing(Store(tmp_path / "tenant.sqlite3")) as store, store.write() as tx:
        yield tx


def test_each_failure_after_the_tenth_locks_for_longer(tx: Transaction) -> None:
    """A minute, then two; an address in other letters is the same one."""
    now = time.time()
    for _ in range(lockout.MOST_FAILURES - 1):
        lockout.failed(tx, EMAIL, now)
    assert not lockout.is_locked(tx, EMAIL, now)

    lockout.failed(tx, EMAIL.upper(), now)
    assert lockout.is_locked(tx, EMAIL, now + 59)
    assert not lockout.is_locked(tx, EMAIL, now + 61)

    lockout.failed(tx, EMAIL, now)
    assert lockout.is_locked(tx, EMAIL, now + 119)
    assert not lockout.is_locked(tx, EMAIL, now + 121)
    assert not lockout.is_locked(tx, "other@customer.example", now)


def test_a_success_forgets_failures(tx: Transaction) -> None:
    """Counting begins anew."""
    now = time.time()
    for _ in range(lockout.MOST_FAILURES):
        lockout.failed(tx, EMAIL, now)

    lockout.succeeded(tx, EMAIL)

    lockout.failed(tx, EMAIL, now)
    assert not lockout.is_locked(tx, EMAIL, now)


def test_a_passcode_is_good_once_and_not_for_long() -> None:
    """Nor is it kept as it is."""
    data: Json = {}
    code = passcodes.issue(data, 0)
    assert code is not None
    assert code not in str(data)
    assert not passcodes.redeem(data, code, passcodes.SECONDS + 1)
    assert passcodes.redeem(data, f" {code[:4]} {code[4:]} ", passcodes.SECONDS)
    assert not passcodes.redeem(data, code, 0)


def test_a_new_passcode_ends_the_last_one() -> None:
    """Only the code of the newest mail is good."""
    data: Json = {}
    first, second = passcodes.issue(data, 0), passcodes.issue(data, 0)

    assert first is not None
    assert second is not None
    assert first == second or not passcodes.redeem(data, first, 0)
    assert passcodes.redeem(data, second, 0)


def test_mails_are_newest_first_and_by_address(tx: Transaction) -> None:
    """An address in other letters is the same one."""
    for number, to in enumerate((EMAIL, "other@customer.example", EMAIL.upper())):
        mails.send(tx, to, f"mail {number}", "", "")

    assert [m.subject for m in mails.newest(tx)] == ["mail 2", "mail 1", "mail 0"]
    assert [m.subject for m in mails.newest(tx, EMAIL)] == ["mail 2", "mail 0"]


def test_what_fails_in_an_attempt_leaves_nothing_behind(tx: Transaction) -> None:
    """And what was written before it stays."""

    def attempt() -> None:
        with tx.attempt():
            mails.send(tx, EMAIL, "second", "", "")
            raise ValueError

    mails.send(tx, EMAIL, "first", "", "")

    with pytest.raises(ValueError, match=r"^$"):
        attempt()

    assert [m.subject for m in mails.newest(tx)] == ["first"]


def test_a_pattern_that_is_none_asks_for_nothing() -> None:
    """What .NET understands and Python does not is not held against a customer."""
    assert Field("city", "City", pattern="(?<=a+)[").value(["Oslo"]) == "Oslo"
    with pytest.raises(AnswerError, match=r"^City is not in the right format\.$"):
        Field("city", "City", pattern="^[a-z]+$").value(["Oslo"])
