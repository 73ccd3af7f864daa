"""Tests of the repository itself: versions, locks, the README, the reference counts of the Qt bindings."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import develop
import pytest

import launcher_gui
from launcher_gui import startup_errors

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAME = PYPROJECT["project"]["name"]
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")

COUNT_NONE = """
import sys
from PySide6.QtCore import QObject

def lost(call):
    before = sys.getrefcount(None)
    for _ in range(10_000):
        call()
    return before - sys.getrefcount(None)

thing = QObject()
calls = (lambda: thing.setObjectName("a"), lambda: thing.setProperty("a", None), lambda: thing.parent())
print(max(abs(lost(call)) for call in calls))
"""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pins(requirements: list[str]) -> set[tuple[str, str]]:
    """Return the (name, version) of each requirement but the package itself; one that is not pinned fails."""
    others = [requirement for requirement in requirements if not requirement.startswith(f"{NAME}[")]
    matches = [re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", requirement) for requirement in others]
    assert all(matches), requirements
    return {(_normal(match[1]), match[2]) for match in matches if match}


def _locked(lock: str) -> set[tuple[str, str]]:
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    return {(_normal(name), version) for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)}


def test_bindings_keep_references_to_none() -> None:
    """10,000 binding calls do not change the reference count of None; a Qt that drops references aborts in the end."""
    # In a process of its own, which a broken binding takes down with it.
    answer = subprocess.run([sys.executable, "-c", COUNT_NONE], check=False, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert int(answer.stdout) < 100


def test_packaging_folder_does_not_shadow_the_library() -> None:
    """The folder packaging/ is no package, so the library of that name stays importable."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_version_is_said_once() -> None:
    """The version is written in launcher_gui only, and the changelog has a heading for it."""
    assert "version" not in PYPROJECT["project"]
    assert PYPROJECT["tool"]["hatch"]["version"]["path"] == "launcher_gui/__init__.py"
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {launcher_gui.__version__}" in changelog


def test_locks_cover_every_pin() -> None:
    """Each lock has the dependencies that it is for, in the same version."""
    program = _pins([*PYPROJECT["project"]["dependencies"], *EXTRAS["downloads"], *EXTRAS["window"]])
    groups = {name: _pins(group) for name, group in PYPROJECT["dependency-groups"].items()}
    assert program <= _locked("requirements.lock")
    assert groups["dev"] | groups["docs"] <= _locked("requirements-dev.lock")
    assert groups["installers"] <= _locked("requirements-build.lock")


def test_library_needs_one_package() -> None:
    """Without an extra the package brings aiosqlite alone, and the window brings the command line."""
    assert {name for name, _ in _pins(PYPROJECT["project"]["dependencies"])} == {"aiosqlite"}
    assert f"{NAME}[downloads]" in EXTRAS["window"]


def test_adapters_are_tested_and_not_needed() -> None:
    """What adapters need is pinned as it is tested, and the program's lock has none of it."""
    adapters = set().union(*(_pins(EXTRAS[extra]) for extra in EXTRAS.keys() - {"downloads", "window"}))
    assert adapters <= _pins(PYPROJECT["dependency-groups"]["dev"])
    assert not {name for name, _ in adapters} & {name for name, _ in _locked("requirements.lock")}


@pytest.mark.parametrize("extra", startup_errors.EXTRAS)
def test_message_of_an_extra_names_what_it_installs(extra: str) -> None:
    """The modules that a start-up message knows are those that the extra installs."""
    distributions = {name.removesuffix("-essentials") for name, _ in _pins(EXTRAS[extra])}
    assert {_normal(module) for module in startup_errors.EXTRAS[extra][1]} == distributions
    assert startup_errors.DISTRIBUTION == NAME


def test_dev_lock_extends_the_app_lock() -> None:
    """The tests run with the versions that the program runs with."""
    assert _locked("requirements.lock") <= _locked("requirements-dev.lock")
    assert _locked("requirements.lock") <= _locked("requirements-build.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_is_hashed_and_names_no_place(lock: str) -> None:
    """Each requirement carries hashes, and none says where on one machine or host it came from."""
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    requirements = [line for line in text.splitlines() if re.match(r"[\w.-]+==", line)]
    assert requirements
    assert all(line.endswith("\\") for line in requirements)
    assert not re.search(r"://|--(extra-)?index-url|--find-links|@ file|^#.*\s/", text, re.MULTILINE)


def test_supported_pythons_agree() -> None:
    """The set-up script and the package's metadata support the same Pythons."""
    assert PYPROJECT["project"]["requires-python"] == ">=3.11,<3.14"
    assert develop.SUPPORTED == ((3, 11), (3, 12), (3, 13))


def test_readme_has_exactly_the_two_commands() -> None:
    """A reader of a checkout finds one command that runs the program and one that runs its tests, and no other step."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|console|bash)\n(.*?)```", readme, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if "develop.py" in line]
    assert commands == ["python3 packaging/develop.py run", "python3 packaging/develop.py test"]
    assert "pip install -" not in readme


def test_readme_names_every_way_to_install() -> None:
    """The README has the command for the library, the command line and the window, and no other one for pip."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"pip install ([^`\n]+)", readme)) == {NAME, f"'{NAME}[downloads]'", f"'{NAME}[window]'"}


def test_readme_links_lead_somewhere() -> None:
    """Every relative link in the text of the README names a file that is there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"(?<!!)\[[^\]]*\]\((?!https?:|#)([^)#]+)", readme)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
