"""The set-up script's face: which Python it takes, and what it answers to a command it does not know."""

import subprocess
import sys
from pathlib import Path

import check_wheel
import develop
import pytest
from devenv.commands import FAST_TESTS, pytest_arguments

SCRIPT = Path(develop.__file__)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_supported_python_is_taken(version: tuple[int, int]) -> None:
    """The Pythons that the pinned packages work on raise no complaint."""
    assert develop.complaint(version, []) is None


def test_unsupported_python_is_told_which_one_to_use() -> None:
    """Somebody with the wrong Python and a right one beside it gets a command that works."""
    complaint = develop.complaint((3, 9), ["python3.12"])
    assert complaint is not None
    assert "this is Python 3.9" in complaint
    assert "python3.12 " in complaint


def test_unsupported_python_alone_is_told_what_to_install() -> None:
    """Somebody with only the wrong Python learns which ones are right."""
    complaint = develop.complaint((3, 14), [])
    assert complaint is not None
    assert "3.11, 3.12 or 3.13" in complaint


@pytest.mark.parametrize("arguments", [[], ["unheard-of"], ["setup", "extra"]])
def test_unknown_command_shows_the_usage(arguments: list[str]) -> None:
    """Bad usage exits with 2 and the usage, and sets nothing up."""
    command = [sys.executable, str(SCRIPT), *arguments]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    assert answer.returncode == 2
    assert "usage: develop.py run" in answer.stderr


@pytest.mark.parametrize(
    ("given", "arguments"),
    [
        ([], ["-n", "auto"]),
        (["--fast"], ["-n", "auto", "tests/unit", "tests/spec"]),
        (["--fast", "-x"], ["-n", "auto", "tests/unit", "tests/spec", "-x"]),
        (["tests/store", "-n2"], ["tests/store", "-n2"]),
    ],
)
def test_tests_are_selected_by_the_arguments(given: list[str], arguments: list[str]) -> None:
    """Without a selection every test runs in parallel; ``--fast`` selects folders; other arguments go to pytest."""
    assert pytest_arguments(given) == arguments
    assert all((SCRIPT.parents[1] / folder).is_dir() for folder in FAST_TESTS)


def test_file_left_out_of_the_wheel_is_noticed(tmp_path: Path) -> None:
    """The wheel's check names each resource that the wheel lacks, and the marker of its types."""
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "pause.svg").touch()
    (tmp_path / "app.svg").touch()
    assert check_wheel.missing_from({"launcher_gui/resources/app.svg"}, tmp_path) == [
        "launcher_gui/py.typed",
        "launcher_gui/resources/icons/pause.svg",
    ]
