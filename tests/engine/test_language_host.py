"""The language host, as the real CLI uses it."""

from __future__ import annotations

import json

import pytest
from engine_fixture import Project


def test_a_program_runs_with_its_configuration_and_exports_outputs(project: Project) -> None:
    """`pulumi up` runs the program; configuration arrives, and what is secret stays secret."""
    project.write(
        "__main__.py",
        """\
        import os, sys
        import pulumi
        import beside
        from pulumi.runtime import is_config_secret

        config = pulumi.Config()
        pulumi.export("plain", config.require("plain"))
        pulumi.export("secret", config.require_secret("secret"))
        pulumi.export("object", config.require_object("list"))
        pulumi.export("who", [pulumi.get_organization(), pulumi.get_project(), pulumi.get_stack()])
        pulumi.export("here", os.getcwd() == os.path.dirname(os.path.abspath(__file__)))
        secret = [key for key in ("plain", "secret") if is_config_secret(f"small:{key}")]
        pulumi.export("secret-keys", secret)
        pulumi.export("leaks", "hunter2" in str(sys.argv) + str(dict(os.environ)))
        """,
    )
    project.write("beside.py", "")
    project.pulumi("config", "set", "plain", "text")
    project.pulumi("config", "set", "--secret", "secret", "hunter2")
    project.pulumi("config", "set", "list", '["a", 1]')

    shown = project.pulumi("up", "--yes")

    assert project.outputs() == {
        "plain": "text",
        "secret": "[secret]",
        "object": ["a", 1],
        "who": ["organization", "small", "dev"],
        "here": True,
        "secret-keys": ["secret"],
        "leaks": False,
    }
    for unwanted in ("hunter2", "warning", "Traceback"):
        assert unwanted not in shown
    assert "hunter2" in project.pulumi("stack", "output", "--show-secrets")


def test_preview_refresh_and_destroy_work(project: Project) -> None:
    """The other operations of the CLI go through the same host, without a warning."""
    project.write(
        "__main__.py", "import pulumi\npulumi.export('preview', pulumi.runtime.is_dry_run())"
    )

    assert "1 to create" in project.pulumi("preview")
    project.pulumi("up", "--yes")
    assert project.outputs() == {"preview": False}
    for arguments in (("refresh", "--yes"), ("destroy", "--yes")):
        shown = project.pulumi(*arguments)
        assert "warning" not in shown
        assert "Traceback" not in shown


@pytest.mark.usefixtures("stand_in_hosts")
def test_an_exception_is_shown_once_and_from_the_program_on(project: Project) -> None:
    """The author of a program that fails sees the own lines of code, once, and nothing of ours."""
    project.write("__main__.py", "import broken\n")
    project.write("broken.py", "raise LookupError('no such thing')\n")

    shown = project.pulumi("preview", check=False)

    assert shown.count("LookupError: no such thing") == 1
    assert "__main__.py" in shown
    assert "engine/language_host" not in shown
    assert "non-zero exit code" not in shown


@pytest.mark.usefixtures("stand_in_hosts")
def test_a_run_error_is_its_message_alone(project: Project) -> None:
    """`pulumi.RunError` is for a message to the user: no traceback, no second error."""
    project.write("__main__.py", "import pulumi\nraise pulumi.RunError('set the tenant first')\n")

    shown = project.pulumi("preview", check=False)

    assert shown.partition("Diagnostics:")[2].count("set the tenant first") == 1
    assert "Traceback" not in shown
    assert "non-zero exit code" not in shown


def test_a_program_that_exits_by_itself_fails_with_its_code(project: Project) -> None:
    """A program may end itself; the CLI then says with which code, and fails."""
    project.write("__main__.py", "import sys\nsys.exit(7)\n")

    assert "non-zero exit code: 7" in project.pulumi("preview", check=False)


def test_what_a_program_prints_is_shown(project: Project) -> None:
    """Output of a program belongs to the stack, as with the official host."""
    project.write("__main__.py", "print('a word')\n")

    assert "a word" in project.pulumi("preview")


def test_the_folder_of_this_project_is_not_on_the_search_path(project: Project) -> None:
    """A program cannot import what only this checkout has; it would fail with the official host."""
    project.write("__main__.py", "import localtenant\n")

    assert "No module named 'localtenant'" in project.pulumi("preview", check=False)


def test_main_may_name_a_file(project: Project) -> None:
    """`main` in Pulumi.yaml chooses another file than `__main__.py`."""
    settings = json.loads((project.folder / "Pulumi.yaml").read_text())
    project.write("Pulumi.yaml", json.dumps({**settings, "main": "other.py"}))
    project.write("other.py", "import pulumi, beside\npulumi.export('file', __file__[-8:])\n")
    project.write("beside.py", "")

    project.pulumi("up", "--yes")

    assert project.outputs() == {"file": "other.py"}


def test_about_names_interpreter_plugins_and_packages(project: Project) -> None:
    """`pulumi about` knows the interpreter, the plugin that pulumi-azuread needs, and packages."""
    project.write("__main__.py", "")

    about = json.loads(project.pulumi("about", "--json"))

    assert about["runtime"]["language"] == "python"
    assert {"name": "azuread", "kind": "resource"}.items() <= about["plugins"][0].items()
    assert "pulumi_azuread" in {one["name"] for one in about["dependencies"]}


@pytest.mark.usefixtures("stand_in_hosts")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"virtualenv": "nowhere"}, "does not exist. `pulumi install` makes it"),
        ({"toolchain": "poetry"}, "asks for the toolchain 'poetry'"),
    ],
)
def test_an_environment_that_cannot_be_used_is_explained(
    project: Project, options: dict[str, str], told: str
) -> None:
    """Runtime options that cannot be honoured are refused with a sentence that says what to do."""
    runtime = {"name": "python", "options": options}
    project.write("Pulumi.yaml", json.dumps({"name": "small", "runtime": runtime}))
    project.write("__main__.py", "")

    shown = project.pulumi("preview", check=False)

    assert told in shown
    assert "Traceback" not in shown


@pytest.mark.usefixtures("stand_in_hosts")
def test_install_makes_the_virtual_environment(project: Project) -> None:
    """`pulumi install` makes the environment of Pulumi.yaml, and passes on what pip says."""
    runtime = {"name": "python", "options": {"virtualenv": "venv"}}
    project.write("Pulumi.yaml", json.dumps({"name": "small", "runtime": runtime}))
    project.write("__main__.py", "")
    project.write("requirements.txt", "./nothing-of-the-kind\n")

    shown = project.pulumi("install", check=False)

    assert (project.folder / "venv" / "bin" / "python").exists()
    assert "nothing-of-the-kind" in shown
    assert "failed with exit code 1" in shown
