"""The comment on a pull request: readable, not to be broken out of, and one however often it runs.

The services' comments are kept by a small HTTP server with the paths, methods and shapes of their
documentation; nothing here has met the services themselves.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from ci_files import CI, SYSTEMS

LONGEST_IN_GITHUB = 65_536
PERSON = "Somebody's comment"


class Service(ThreadingHTTPServer):
    """Keeps the comments of one pull request, for any of the three services."""

    def __init__(self) -> None:
        """Start with more comments of other people than a page holds."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.comments = [f"{PERSON} {number}" for number in range(130)]

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Lists, adds and replaces comments as the three services do."""

    server: Service  # pyright: ignore[reportIncompatibleVariableOverride] - the one that made it

    def do_GET(self) -> None:
        """List, by pages where the service has them."""
        texts = list(enumerate(self.server.comments))
        if "/threads" in self.path:
            threads = [
                {"id": n, "comments": [{"id": 1, "content": text}] if n else []}
                for n, text in texts
            ]
            return self._answer({"value": threads})
        page = re.search(r"per_page=100&page=(\d+)", self.path)
        assert page
        start = (int(page[1]) - 1) * 100
        listed = [
            {"id": n, "body": text, "user": {"type": "User" if PERSON in text else "Bot"}}
            for n, text in texts
        ]
        return self._answer(listed[start : start + 100])

    def do_POST(self) -> None:
        """Add one."""
        sent = self._sent()
        self.server.comments.append(
            sent["comments"][0]["content"] if "comments" in sent else sent["body"]
        )
        self._answer({})

    def do_PATCH(self) -> None:
        """Replace one: GitHub's by its number, Azure DevOps' by thread and number."""
        sent = self._sent()
        number = re.search(r"/(?:issues/comments|threads)/(\d+)(?:/comments/1\?api|$)", self.path)
        assert number
        self.server.comments[int(number[1])] = sent.get("content") or sent["body"]
        self._answer({})

    def do_PUT(self) -> None:
        """Replace one: GitLab's."""
        number = re.search(r"/notes/(\d+)$", self.path)
        assert number
        self.server.comments[int(number[1])] = self._sent()["body"]
        self._answer({})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""

    def _sent(self) -> dict[str, Any]:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: object) -> None:
        is_known = "the-token" in (
            self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization") or ""
        )
        data = json.dumps(body).encode()
        self.send_response(200 if is_known else 401)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that answers."""
    with Service() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def variables(system: str, address: str) -> dict[str, str]:
    """What the system sets in the job that comments, and what the file sets."""
    return {
        "github": {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": address,
            "GITHUB_REPOSITORY": "org/repo",
            "GITHUB_TOKEN": "the-token",
            "PULL_REQUEST": "7",
        },
        "gitlab": {
            "GITLAB_CI": "true",
            "CI_API_V4_URL": f"{address}/api/v4",
            "CI_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "7",
            "COMMENT_TOKEN": "the-token",
        },
        "azure-devops": {
            "TF_BUILD": "True",
            "SYSTEM_COLLECTIONURI": f"{address}/org/",
            "SYSTEM_TEAMPROJECTID": "project",
            "BUILD_REPOSITORY_ID": "repository",
            "SYSTEM_PULLREQUEST_PULLREQUESTID": "7",
            "SYSTEM_ACCESSTOKEN": "the-token",
        },
    }[system]


def comment(*arguments: str | Path, **environment: str) -> str:
    """Run the script; what it prints."""
    done = script(*arguments, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refusal(*arguments: str | Path, **environment: str) -> str:
    """Run the script, which has to fail; what it says."""
    done = script(*arguments, **environment)
    assert done.returncode == 1, done.stdout
    return done.stderr


def script(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script."""
    return subprocess.run(
        [sys.executable, CI / "comment.py", *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_comment_is_kept_up_to_date(service: Service, tmp_path: Path, system: str) -> None:
    """The second run writes over the first one's comment, wherever it stands in the list."""
    preview = tmp_path / "preview.txt"
    present = list(service.comments)

    preview.write_text("the first run")
    comment("--post", preview, **variables(system, service.address))
    service.comments.append(f"{PERSON}, an answer")
    preview.write_text("the second run")
    comment("--post", preview, **variables(system, service.address))

    assert service.comments[:130] == present
    assert [text for text in service.comments[130:] if "the first run" in text] == []
    assert "the second run" in service.comments[130]
    assert service.comments[131:] == [f"{PERSON}, an answer"]


def test_nobody_breaks_out_of_the_fence(tmp_path: Path) -> None:
    """A display name with backticks stays inside: nothing in a preview becomes text."""
    preview = tmp_path / "preview.txt"
    preview.write_text("a\n````\n# Approved by security\n")

    lines = comment(preview).splitlines()

    assert [number for number, line in enumerate(lines) if line.startswith("`````")] == [3, 7]
    assert lines[4:7] == ["a", "````", "# Approved by security"]


def test_a_long_preview_is_shown_with_its_end(tmp_path: Path) -> None:
    """Errors and the count of changes stand there."""
    preview = tmp_path / "preview.txt"
    preview.write_text("the beginning\n" + "x" * 200_000 + "\n    ~ 1 to update\n")

    shown = comment(preview)

    assert len(shown) < LONGEST_IN_GITHUB
    assert "the beginning" in shown
    assert "characters left out" in shown
    assert "~ 1 to update" in shown


def test_changes_are_coloured(tmp_path: Path) -> None:
    """GitHub colours by the first column; terminal colours are taken out."""
    preview = tmp_path / "preview.txt"
    preview.write_text("      \x1b[31m- a: 1\x1b[0m\n      + b: 2\n")

    assert comment(preview).splitlines()[4:6] == ["-       a: 1", "+       b: 2"]


def test_without_a_preview_the_reason_is_told(tmp_path: Path) -> None:
    """A job that failed before it leaves none."""
    said = refusal(tmp_path / "preview.txt")

    assert said.startswith("There is no preview to show")
    assert len(said.splitlines()) == 1


def test_a_person_s_comment_is_never_written_over(service: Service, tmp_path: Path) -> None:
    """Whoever copies the mark into a comment of theirs keeps it."""
    preview = tmp_path / "preview.txt"
    preview.write_text("the first run")
    copied = f"<!-- preview of the External ID tenant --> {PERSON}"
    service.comments = [copied]

    comment("--post", preview, **variables("github", service.address))

    assert service.comments[0] == copied
    assert len(service.comments) == 2


def test_a_refusal_is_told_in_a_line(service: Service, tmp_path: Path) -> None:
    """Most often the token may not write comments."""
    preview = tmp_path / "preview.txt"
    preview.write_text("the first run")
    set_up = {**variables("github", service.address), "GITHUB_TOKEN": "another"}

    said = refusal("--post", preview, **set_up)

    assert said.startswith("The comment could not be written: 401 Unauthorized (GET http://127")
    assert len(said.splitlines()) == 1
