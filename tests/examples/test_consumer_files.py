"""What becomes of the files of the example `consumer`, on the real engine."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from consumer_fixture import CONTRACT, EXAMPLE, SECRET, Consumer, Publisher
from engine_fixture import Project

from text_file import TextFileError, TextFileProvider

FILES = {
    ".env",
    "api.appservice.json",
    "api.configmap.yaml",
    "appsettings.json",
    "client.appservice.json",
    "client.configmap.yaml",
    "client.secret.yaml",
}


def test_files_that_were_changed_by_hand_come_back(
    publisher: Publisher, consumer: Consumer
) -> None:
    """Edited, opened to others or gone: refresh sees it, up repairs it."""
    consumer.configure(tenantStack=publisher.publish("prod", CONTRACT), api="notes")
    consumer.pulumi("up", "--yes", "--skip-preview")
    before, out = consumer.files(), consumer.folder / "out"
    assert set(before) == FILES
    (out / "appsettings.json").write_text("{}", "utf-8")
    (out / "client.secret.yaml").chmod(0o644)
    (out / ".env").unlink()

    shown = consumer.pulumi("refresh", "--yes", "--skip-preview")
    assert "~ 2 updated" in shown
    assert "- 1 deleted" in shown
    shown = consumer.pulumi("up", "--yes", "--skip-preview")
    assert "~ 2 updated" in shown
    assert "+ 1 created" in shown
    assert consumer.files() == before
    assert (out / "client.secret.yaml").stat().st_mode & 0o777 == 0o600


def test_a_file_of_somebody_else_is_left_alone(publisher: Publisher, consumer: Consumer) -> None:
    """It is neither written over nor removed, and the way back from the failure loses nothing."""
    tenant = publisher.publish("prod", CONTRACT)
    consumer.configure(tenantStack=tenant, api="notes")
    consumer.pulumi("up", "--yes", "--skip-preview")
    before = consumer.files()
    (consumer.folder / "app").mkdir()
    consumer.write("app/.env", "MINE=1\n")

    consumer.configure(tenantStack=tenant, api="notes", folder="app")
    shown = consumer.pulumi("up", "--yes", "--skip-preview", check=False)
    assert (
        "app/.env is there already and holds something else: move it away, or choose another "
        "folder with `pulumi config set folder`"
    ) in shown
    assert "Traceback" not in shown
    consumer.configure(tenantStack=tenant, api="notes")
    shown = consumer.pulumi("up", "--yes", "--skip-preview")
    assert consumer.files() == before, shown
    assert consumer.files("app") == {".env": "MINE=1\n"}


def test_a_client_without_a_secret_has_an_empty_one(
    publisher: Publisher, consumer: Consumer
) -> None:
    """The same files for every kind of client, so that a deployment need not ask."""
    consumer.configure(tenantStack=publisher.publish("prod", CONTRACT), client="phone", api="")
    consumer.pulumi("up", "--yes", "--skip-preview")
    assert consumer.files()[".env"] == "CLIENT_ID=c1d0ddf2-14a0-4a3b-a2f0-6b8c2f1f0a55\n"
    assert consumer.files()["client.secret.yaml"].endswith("stringData: {}\n")
    assert "secretExpires" not in consumer.outputs()


def test_a_secret_of_any_characters_is_read_back(publisher: Publisher, consumer: Consumer) -> None:
    """A character that means something in a format does not get lost on the way."""
    consumer.configure(tenantStack=publisher.publish("prod", CONTRACT), api="")
    consumer.pulumi("up", "--yes", "--skip-preview")
    assert f"CLIENT_SECRET=`{SECRET}`\n" in consumer.files()[".env"]


def test_a_secret_file_is_secret_whatever_it_is_made_of(project: Project) -> None:
    """In a program of somebody else's, the file's own setting is enough."""
    shutil.copy(EXAMPLE / "text_file.py", project.folder)
    project.write(
        "__main__.py",
        """\
        from text_file import TextFile

        TextFile("private", "private.txt", "hunter2", is_secret=True)
        """,
    )
    shown = project.pulumi("up", "--yes", "--skip-preview", "--diff")
    assert "hunter2" not in shown + project.pulumi("stack", "export")
    assert (project.folder / "private.txt").read_text("utf-8") == "hunter2"
    (project.folder / "private.txt").unlink()
    (project.folder / "private.txt").mkdir()
    shown = project.pulumi("destroy", "--yes", "--skip-preview", check=False)
    assert "could not remove private.txt: " in shown
    assert "Traceback" not in shown


def test_a_file_may_be_made_of_what_a_preview_does_not_know_yet(project: Project) -> None:
    """The preview shows such a file as changing; the update writes what it then is."""
    shutil.copy(EXAMPLE / "text_file.py", project.folder)
    project.write(
        "__main__.py",
        """\
        import pulumi
        from text_file import TextFile

        first = TextFile("first", "first.txt", pulumi.Config().require("text"))
        TextFile("second", "second.txt", first.sha256)
        """,
    )
    project.pulumi("config", "set", "text", "one")
    project.pulumi("up", "--yes", "--skip-preview")
    project.pulumi("config", "set", "text", "two")
    assert "~ 2 to update" in project.pulumi("preview")
    project.pulumi("up", "--yes", "--skip-preview")
    digest = hashlib.sha256(b"two").hexdigest()
    assert (project.folder / "second.txt").read_text("utf-8") == digest
    project.pulumi("preview", "--expect-no-changes")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    """Not even a part of its content under another name."""
    (tmp_path / ".env").mkdir()
    properties = {"path": str(tmp_path / ".env"), "content": "A=1", "mode": "0600"}
    with pytest.raises(TextFileError, match=r"could not write .*/\.env: "):
        TextFileProvider().update("", {}, properties)
    assert [one.name for one in tmp_path.iterdir()] == [".env"]
