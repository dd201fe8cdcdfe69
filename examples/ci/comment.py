"""The text of a preview as Markdown, and as the one comment on a pull request that stays current.

``comment.py preview.txt`` prints the Markdown; ``comment.py --post preview.txt`` writes it to the
pull request of the pipeline that runs it, over the comment of an earlier run. It uses the standard
library alone, so that the job which may write comments installs and runs nothing else.
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

MARK: Final = "<!-- preview of the External ID tenant -->"
"""Stands at the head of the comment and is how a later run finds it."""

LONGEST: Final = 60_000
"""Characters of a preview that are shown; GitHub takes 65,536 in a comment, the others more."""

_ANSWERS_WITHIN: Final = 30
_PAGE: Final = 100


def markdown(preview: str) -> str:
    """The comment for a preview: fenced, without colours, its middle left out if it is long."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", preview).rstrip()
    if len(text) > LONGEST:
        # The end holds errors and the count of changes.
        half = LONGEST // 2
        cut = len(text) - 2 * half
        text = f"{text[:half]}\n… {cut} characters left out: see the job's log …\n{text[-half:]}"
    # Diff colouring wants the sign in the first column; Pulumi indents it.
    text = re.sub(r"^( +)([-+])(?= )", r"\2\1", text, flags=re.MULTILINE)
    # Whoever writes a display name must not be able to end the fence with it.
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{MARK}\n**What merging would change**\n\n{fence}diff\n{text}\n{fence}\n"


@dataclass(frozen=True)
class Comments:
    """The comments of one pull request: where they are listed and how one is written."""

    url: str
    """Where comments are listed and added."""
    headers: Mapping[str, str]
    own: Callable[[Any], tuple[str, str] | None]
    """From an entry of the list to the URL and text of a comment that may be written over."""
    update: str
    """The method that writes over a comment."""
    body: Callable[[str], Any]
    """What is sent to write over a comment."""
    new_body: Callable[[str], Any]
    """What is sent to add a comment."""
    entries: Callable[[Any], list[Any]]
    """The entries in an answer of the list."""
    is_paged: bool

    def put(self, text: str) -> None:
        """Write ``text`` over the comment of an earlier run, or add one."""
        for url, present in self._own():
            if present.startswith(MARK):
                self._ask(self.update, url, self.body(text))
                return
        self._ask("POST", self.url, self.new_body(text))

    def _own(self) -> Iterator[tuple[str, str]]:
        page = 1
        while True:
            query = f"?per_page={_PAGE}&page={page}" if self.is_paged else "?api-version=7.1"
            entries = self.entries(self._ask("GET", self.url.partition("?")[0] + query))
            yield from filter(None, map(self.own, entries))
            if not self.is_paged or len(entries) < _PAGE:
                return
            page += 1

    def _ask(self, method: str, url: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        data = None if body is None else json.dumps(body).encode()
        headers = {**self.headers, "Content-Type": "application/json"}
        request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 - see below
        # The URL is made of the pipeline's own variables.
        try:
            with urllib.request.urlopen(request, timeout=_ANSWERS_WITHIN) as answer:  # noqa: S310
                return json.load(answer)
        except OSError as error:
            reason = str(error).removeprefix("HTTP Error ").replace(": ", " ", 1)
            raise SystemExit(
                f"The comment could not be written: {reason} ({method} {url}). "
                "May the job's token write comments?"
            ) from None


def github(environ: Mapping[str, str]) -> Comments:
    """GitHub Actions: https://docs.github.com/rest/issues/comments."""
    base = f"{environ['GITHUB_API_URL']}/repos/{environ['GITHUB_REPOSITORY']}/issues"

    def own(entry: dict[str, Any]) -> tuple[str, str] | None:
        is_bot = entry["user"]["type"] == "Bot"
        return (f"{base}/comments/{entry['id']}", entry["body"]) if is_bot else None

    return Comments(
        url=f"{base}/{environ['PULL_REQUEST']}/comments",
        headers={"Authorization": f"Bearer {environ['GITHUB_TOKEN']}"},
        own=own,
        update="PATCH",
        body=_named("body"),
        new_body=_named("body"),
        entries=list,
        is_paged=True,
    )


def gitlab(environ: Mapping[str, str]) -> Comments:
    """GitLab: https://docs.gitlab.com/api/notes/#merge-requests."""
    project = f"{environ['CI_API_V4_URL']}/projects/{environ['CI_PROJECT_ID']}"
    url = f"{project}/merge_requests/{environ['CI_MERGE_REQUEST_IID']}/notes"
    return Comments(
        url=url,
        headers={"PRIVATE-TOKEN": environ["COMMENT_TOKEN"]},
        own=lambda entry: (f"{url}/{entry['id']}", entry["body"]),
        update="PUT",
        body=_named("body"),
        new_body=_named("body"),
        entries=list,
        is_paged=True,
    )


def azure_devops(environ: Mapping[str, str]) -> Comments:
    """Azure DevOps: https://learn.microsoft.com/rest/api/azure/devops/git/pull-request-threads."""
    repository = (
        f"{environ['SYSTEM_COLLECTIONURI']}{environ['SYSTEM_TEAMPROJECTID']}"
        f"/_apis/git/repositories/{environ['BUILD_REPOSITORY_ID']}"
    )
    threads = f"{repository}/pullRequests/{environ['SYSTEM_PULLREQUEST_PULLREQUESTID']}/threads"

    def own(entry: dict[str, Any]) -> tuple[str, str] | None:
        # Threads of the service's own, about votes and pushes, may be without text.
        for first in entry["comments"][:1]:
            url = f"{threads}/{entry['id']}/comments/{first['id']}?api-version=7.1"
            return url, str(first.get("content") or "")
        return None

    return Comments(
        url=f"{threads}?api-version=7.1",
        headers={"Authorization": f"Bearer {environ['SYSTEM_ACCESSTOKEN']}"},
        own=own,
        update="PATCH",
        body=_named("content"),
        # A closed thread does not hold up the pull request.
        new_body=lambda text: {
            "comments": [{"parentCommentId": 0, "content": text, "commentType": "text"}],
            "status": "closed",
        },
        entries=lambda answer: answer["value"],
        is_paged=False,
    )


def _named(name: str) -> Callable[[str], dict[str, str]]:
    return lambda text: {name: text}


def comments(environ: Mapping[str, str]) -> Comments:
    """The comments of the pull request whose pipeline this is. Raises SystemExit elsewhere."""
    for variable, system in (
        ("GITHUB_ACTIONS", github),
        ("GITLAB_CI", gitlab),
        ("TF_BUILD", azure_devops),
    ):
        if environ.get(variable):
            return system(environ)
    raise SystemExit("--post works in GitHub Actions, Azure DevOps and GitLab only.")


def main() -> None:
    """Print or post the file named last."""
    try:
        preview = Path(sys.argv[-1]).read_text("utf-8", errors="replace")
    except OSError as error:
        raise SystemExit(
            f"There is no preview to show in '{sys.argv[-1]}': {error.strerror}."
        ) from None
    text = markdown(preview)
    if "--post" in sys.argv[1:-1]:
        comments(os.environ).put(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
