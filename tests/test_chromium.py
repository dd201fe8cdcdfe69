"""Which Chromium the tests in a browser run, and how one is installed: with an apt-get of ours."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import chromium
import pytest
from chromium_fixture import executable_or_skip

from engine.places import PROJECT

_APT = f"""#!{sys.executable}
import os, sys
from pathlib import Path

folder = Path(__file__).parent
with (folder / "asked").open("a") as asked:
    asked.write(" ".join(sys.argv[1:]) + f" {{os.environ['DEBIAN_FRONTEND']}}\\n")
said = folder.joinpath("says").read_text().splitlines()
folder.joinpath("says").write_text("\\n".join(said[1:]))
if said and said[0]:
    sys.exit(f"E: {{said[0]}}")
if "install" in sys.argv:
    folder.joinpath("chromium").write_text("#!/bin/sh\\n")
    folder.joinpath("chromium").chmod(0o755)
"""
_INSTALL = "-qq install --yes --no-install-recommends chromium noninteractive"
_UPDATE = "-qq update noninteractive"
_LOCK = "Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt)"


class Machine:
    """A Debian with nothing on PATH but an apt-get that does what the test says."""

    def __init__(self, folder: Path) -> None:
        """Make it in a folder."""
        self.folder = folder
        self.environ = {"PATH": str(folder)}
        self.system = folder / "os-release"
        self.system.write_text('NAME="Debian GNU/Linux"\nID=debian\n')
        (folder / "apt-get").write_text(_APT)
        (folder / "apt-get").chmod(0o755)
        self.says()

    def says(self, *complaints: str) -> None:
        """Have apt-get complain so of what it is asked in turn; of nothing after that."""
        (self.folder / "says").write_text("\n".join(complaints))

    @property
    def asked(self) -> list[str]:
        """What apt-get was asked."""
        file = self.folder / "asked"
        return file.read_text().splitlines() if file.exists() else []

    def main(self, *, is_root: bool = True) -> int:
        """Run the command."""
        return chromium.main(self.environ, system=self.system, is_root=is_root)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Be on a machine of the test's own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return Machine(tmp_path)


def program(folder: Path, name: str) -> str:
    """Make something that can be run."""
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_variable_goes_before_the_path(machine: Machine) -> None:
    """And PATH is searched for the usual names."""
    assert chromium.found(machine.environ) is None
    browser = program(machine.folder, "google-chrome")
    assert chromium.found(machine.environ) == browser
    other = program(machine.folder, "other")
    assert chromium.found({**machine.environ, "CHROMIUM": other}) == other
    with pytest.raises(chromium.ChromiumError, match=r"^CHROMIUM=/none is no program that can"):
        chromium.found({**machine.environ, "CHROMIUM": "/none"})


def test_nothing_is_installed_where_there_is_one(machine: Machine) -> None:
    """The package manager is not asked."""
    program(machine.folder, "chromium")

    assert machine.main() == 0
    assert machine.asked == []


def test_the_package_is_installed(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the lists of packages being fetched, and with a line that says so."""
    assert machine.main() == 0

    assert machine.asked == [_INSTALL]
    assert capsys.readouterr().out.splitlines() == [
        "There is no Chromium: installing Debian's package `chromium`, a minute or two ...",
        f"Chromium is installed: {machine.folder}/chromium",
    ]


def test_lists_are_fetched_only_if_the_package_is_not_in_them(machine: Machine) -> None:
    """As on a machine that has never had any."""
    machine.says("Unable to locate package chromium")

    assert machine.main() == 0
    assert machine.asked == [_INSTALL, _UPDATE, _INSTALL]


def test_another_installation_is_waited_for(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Visibly, and not for ever."""
    machine.says(_LOCK, _LOCK)
    found = chromium.install(machine.environ, between=0.01)

    assert found == f"{machine.folder}/chromium"
    assert machine.asked == [_INSTALL] * 3
    waited = "Something else installs packages: waiting up to 10 min ..."
    assert capsys.readouterr().out.count(waited) == 1
    machine.says(*[_LOCK] * 9)
    with pytest.raises(chromium.ChromiumError, match="E: Could not get lock"):
        chromium.install(machine.environ, patience=0)
    assert machine.asked == [_INSTALL] * 4


@pytest.mark.parametrize("required", ["", "1"])
def test_what_fails_is_said_and_matters_where_it_is_required(
    machine: Machine, capsys: pytest.CaptureFixture[str], required: str
) -> None:
    """With apt-get's last words."""
    machine.environ["CHROMIUM_REQUIRED"] = required
    machine.says("Unable to locate package chromium", "", "No space left on device")

    assert machine.main() == (1 if required else 0)

    reason, then = capsys.readouterr().err.splitlines()
    assert reason == "Chromium could not be installed: E: No space left on device"
    wanted = "it is required here" if required else "the tests in a browser are skipped"
    assert then == f"Therefore: {wanted}."


@pytest.mark.parametrize(("is_root", "name"), [(False, "debian"), (True, "ubuntu")])
def test_only_root_on_debian_installs(
    machine: Machine, capsys: pytest.CaptureFixture[str], name: str, *, is_root: bool
) -> None:
    """Elsewhere it is said what would help."""
    machine.system.write_text(f"ID={name}\nID_LIKE=debian\n")

    assert machine.main(is_root=is_root) == 0

    assert machine.asked == []
    assert chromium.MISSING in capsys.readouterr().err


def test_without_one_a_test_skips_but_not_where_it_is_required(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either says what would run it."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("CHROMIUM_REQUIRED", raising=False)
    with pytest.raises(pytest.skip.Exception, match="as root on Debian `make test` installs"):
        executable_or_skip()
    monkeypatch.setenv("CHROMIUM_REQUIRED", "1")
    with pytest.raises(pytest.fail.Exception, match="so no test may skip"):
        executable_or_skip()
    browser = program(machine.folder, "chromium")
    assert executable_or_skip() == browser


def test_continuous_integration_requires_it_and_the_suite_looks_first() -> None:
    """``.ci/run`` sets what makes a missing Chromium a failure; ``make test`` runs the search."""
    assert "export CHROMIUM_REQUIRED=1" in (PROJECT / ".ci" / "run").read_text()
    test = (PROJECT / "Makefile").read_text().partition("\ntest:")[2].partition("\n\n")[0]
    assert test.index("tests/chromium.py") < test.index("-m pytest")
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)
