"""The wheel as others install it: as a library, as a command line on a server, and under their type checkers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import check_wheel
import pytest

from tests.packaging.installed import NAME, Installed, install

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("api.py", "contract.py")
"""Another project's programs: what the types of supervised functions are, and the contract's examples."""

LIST_DISTRIBUTIONS = "from importlib.metadata import distributions; print(*sorted(d.name for d in distributions()))"

RETRY = """
import asyncio
from launcher_gui.recovery import SQLitePersistence, recoverable
errors = [ConnectionError()]
@recoverable(max_retries=1, initial_delay=0.0, persistence=SQLitePersistence(":memory:"))
async def work():
    if errors:
        raise errors.pop()
    return "done"
print(asyncio.run(work()))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="environments are linked together as POSIX does")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built once."""
    return check_wheel.build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def library(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return an environment with the wheel and no extra."""
    return install(wheel, tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def server(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return an environment with the wheel and its command line."""
    return install(wheel, tmp_path_factory.mktemp("server"), "downloads")


@pytest.fixture(scope="module")
def project(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return the environment of another project, which has its own programs and uses the library."""
    made = install(wheel, tmp_path_factory.mktemp("project"), "downloads", "sqlalchemy")
    for program in PROGRAMS:
        shutil.copy(ROOT / "tests" / "typing" / program, made.folder)
    return made


def test_wheel_carries_resources_and_its_types(wheel: Path) -> None:
    """Every resource and the marker ``py.typed`` are in the wheel, and nothing of the tests."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert check_wheel.missing_from(names, ROOT / "resources") == []
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"launcher_gui", NAME.replace("-", "_")}


def test_library_needs_aiosqlite_alone(library: Installed) -> None:
    """Without an extra the library works, and its environment has one other package."""
    assert library.run_python(LIST_DISTRIBUTIONS).stdout.split() == ["aiosqlite", NAME]
    answer = library.run_python(RETRY)
    assert (answer.stdout, answer.returncode) == ("done\n", 0), answer.stderr


@pytest.mark.parametrize("command", [["list"], ["get", "https://example.org/model"], ["settings"]])
def test_library_says_how_to_install_the_command_line(library: Installed, command: list[str]) -> None:
    """A command of an environment that has only the library is answered with one line."""
    answer = library.run(*command)
    assert answer.returncode == 1
    assert answer.stderr == (
        f"comfyui-recovery: The command line needs more packages. Install them with: pip install '{NAME}[downloads]'\n"
    )


def test_server_needs_no_qt(server: Installed) -> None:
    """The command line works in an environment without Qt."""
    assert not {"PySide6_Essentials", "numpy", "qasync"} & set(server.run_python(LIST_DISTRIBUTIONS).stdout.split())
    for command in (["--help"], ["list"], ["settings"], ["token", "list"], ["breakers"], ["run"]):
        answer = server.run(*command)
        assert (answer.returncode, answer.stderr) == (0, ""), command


@pytest.mark.parametrize("command", [[], ["open"], ["open", "https://example.org/model"]])
@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":4242"}])
def test_server_says_how_to_install_the_window(server: Installed, command: list[str], display: dict[str, str]) -> None:
    """Opening the window without Qt is answered with one line, with and without a display."""
    answer = server.run(*command, **display)
    assert answer.returncode == 1
    assert answer.stderr == (
        f"comfyui-recovery: The window needs more packages. Install them with: pip install '{NAME}[window]'\n"
    )


def test_mypy_accepts_another_project(project: Installed) -> None:
    """Under ``mypy --strict`` the contract's examples have no error, and each ignored error is one."""
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(project.python), *PROGRAMS],
        check=False,
        capture_output=True,
        text=True,
        cwd=project.folder,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_pyright_accepts_another_project(project: Installed) -> None:
    """Under pyright's strict rules the contract's examples have no error, and each ignored error is one."""
    settings = {
        "include": PROGRAMS,
        "typeCheckingMode": "strict",
        "enableTypeIgnoreComments": True,
        "reportUnnecessaryTypeIgnoreComment": "error",
        "venvPath": str(project.folder.parent),
        "venv": project.folder.name,
    }
    (project.folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "basedpyright"], check=False, capture_output=True, text=True, cwd=project.folder
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 errors" in checked.stdout
