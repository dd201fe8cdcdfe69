"""`make demo`: a customer signs up, signs in, and reads and writes to-dos, in a real browser."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import httpx
import psutil
from customer_browser import PASSWORD, address
from demo_fixture import free_port
from pages_in_chromium import enter, heading, picture, press
from playwright.sync_api import expect

from commands.node import environment, find_node
from engine.places import PROJECT

if TYPE_CHECKING:
    from demo_fixture import Demo
    from playwright.sync_api import Browser, Page


def sign_up(page: Page, demo: Demo, email: str, name: str) -> None:
    """Create an account on the tenant's pages, and come back to the application."""
    page.goto(demo.web)
    page.get_by_role("link", name="Sign in or sign up").click()
    heading(page, "Sign in")
    page.get_by_role("link", name="Create one").click()
    enter(page, "Email address", email)
    mails = httpx.get(f"{demo.tenant}/-/mails", params={"to": email}, verify=False)  # noqa: S501 - the tenant is this test's own
    enter(page, "Code", mails.json()["mails"][0]["code"])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Re-enter password").fill(PASSWORD)
    page.get_by_label("Country/Region").fill("Norway")
    page.get_by_label("Display Name").fill(name)
    page.get_by_label("Postal Code").fill("0150")
    press(page, "Continue")
    heading(page, "My to-dos")
    page.goto(demo.web)
    heading(page, f"Welcome, {name}")


def sign_in(page: Page, demo: Demo, email: str) -> None:
    """Sign in again, with the password."""
    page.goto(demo.web)
    page.get_by_role("link", name="Sign in or sign up").click()
    enter(page, "Email address", email)
    enter(page, "Password", PASSWORD)
    press(page, "No")


def add(page: Page, *todos: str) -> None:
    """Write to-dos down."""
    for text in todos:
        enter(page, "What do you want to do?", text)
        expect(page.get_by_role("listitem").filter(has_text=text)).to_be_visible()


def families(demo: Demo) -> list[psutil.Process]:
    """The programs and their keepers."""
    return [
        one
        for one in psutil.process_iter(["cwd"])
        if str(one.info["cwd"] or "").startswith(str(demo.checkout.folder / "examples"))
    ]


def all_ended(demo: Demo) -> bool:
    """Whether all of them end."""
    end = time.monotonic() + 15
    while families(demo) and time.monotonic() < end:
        time.sleep(0.1)
    return families(demo) == []


def test_a_customer_reads_and_writes_to_dos(demo: Demo, page: Page, browser: Browser) -> None:
    """The whole of it: sign-up, to-dos, sign-out, sign-in, another customer, a daemon, Ctrl-C."""
    email = address()
    page.set_viewport_size({"width": 1000, "height": 640})
    sign_up(page, demo, email, "Ada")
    page.get_by_role("link", name="My to-dos", exact=True).first.click()
    expect(page.get_by_text("Nothing yet")).to_be_visible()
    add(page, "Buy milk", "Write to Grace", "Fix the engine")
    press(page, "Done: Write to Grace")
    expect(page.get_by_text("2 of 3 still to do")).to_be_visible()
    # That of the README: `make pictures` takes it from here.
    taken = picture(page, "demo")
    assert (PROJECT / "docs" / "pictures" / taken.name).is_file()
    press(page, "Delete: Buy milk")
    expect(page.get_by_text("1 of 2 still to do")).to_be_visible()
    press(page, "Sign out")
    heading(page, "You signed out of your account")

    sign_in(page, demo, email)
    page.get_by_role("link", name="My to-dos", exact=True).first.click()
    expect(page.get_by_role("listitem")).to_have_count(2)

    with browser.new_context(ignore_https_errors=True) as context:
        other = context.new_page()
        sign_up(other, demo, address(), "Grace")
        other.goto(f"{demo.web}/todos")
        expect(other.get_by_text("Nothing yet")).to_be_visible()

    assert "Fix the engine" in daemon(demo)
    assert PASSWORD not in demo.text
    secret = demo.secret()
    assert secret not in demo.text
    assert not [one for one in psutil.process_iter(["cmdline"]) if secret in str(one.info)]

    demo.stop()
    assert "Stopped the web application and its API" in demo.text
    assert all_ended(demo)


def daemon(demo: Demo) -> str:
    """Register the daemon in the tenant as its README says, and run it; what it says."""
    api = demo.outputs()["apiEnvironments"]["todolist"]
    node = find_node()
    variables = {
        **environment(os.environ, node),
        "AUTHORITY": api["AUTHORITY"],
        "TENANT_SUBDOMAIN": api["TENANT_SUBDOMAIN"],
        "API_CLIENT_ID": api["CLIENT_ID"],
        "API_BASE_URL": f"http://localhost:{demo.api_port}",
    }
    script = (
        'eval "$(make -s env ALL=1)"; cd examples/daemon; '
        f'eval "$("{node}" register.js)"; "{node}" main.js'
    )
    return demo.checkout.run(script, **variables)


def refused(demo: Demo, api_port: int) -> list[str]:
    """Run a second demo, which must not start; what it says."""
    second = subprocess.run(
        ["make", "demo", f"API_PORT={api_port}"],
        cwd=demo.checkout.folder,
        env=demo.checkout.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )
    assert second.returncode != 0
    return second.stdout.splitlines()


def test_what_goes_wrong_is_told_and_leaves_nothing(demo: Demo, page: Page) -> None:
    """A sign-in that is given up, ports that are in use, and a demo that is killed."""
    page.goto(demo.web)
    page.get_by_role("link", name="Sign in or sign up").click()
    press(page, "Cancel")
    heading(page, "You are not signed in")

    for port, reason in (
        (demo.api_port, "end what listens there, or name another"),
        (free_port(), "the redirect URI of the client is http"),
    ):
        said = refused(demo, port)
        assert len(said) == 1, said
        assert reason in said[0]
    assert httpx.get(demo.web).status_code == 200

    os.kill(demo.process.pid, signal.SIGKILL)
    commands = [
        one
        for one in psutil.process_iter(["cmdline", "cwd"])
        if one.info["cwd"] == str(demo.checkout.folder) and "demo" in (one.info["cmdline"] or [])
    ]
    for one in commands:
        one.kill()

    assert all_ended(demo)
