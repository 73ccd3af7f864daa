"""The set-up script's commands: run the program, run its tests, or set up alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from devenv import system
from devenv.environment import Environment, Kind, can_make_environments
from devenv.messages import SetUpError, say

ROOT = Path(__file__).resolve().parents[2]

FAST_TESTS = ("tests/unit", "tests/spec")
"""Tests of single parts and of the contract, which take less than a minute on two cores."""

USAGE = """\
usage: develop.py run [ARGUMENTS ...]                  set up what the program needs and run it
       develop.py test [--fast] [PYTEST ARGUMENTS ...]  set up what the tests need and run them; --fast runs a
                                                        selection, in less than a minute
       develop.py setup                                 set up what the tests need"""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code: that of the program or the tests, or of a set-up that failed."""
    environment = Environment(ROOT)
    try:
        match arguments:
            case ["run", *rest]:
                _provide_for_app(environment)
                return _become([str(environment.python), str(ROOT / "main.py"), *rest])
            case ["test", *rest]:
                _provide_for_tests(environment)
                os.chdir(ROOT)
                return _become([str(environment.python), "-m", "pytest", *pytest_arguments(rest)])
            case ["setup"]:
                _provide_for_tests(environment)
                return 0
            case ["-h" | "--help"]:
                print(USAGE)
                return 0
            case _:
                say(USAGE)
                return 2
    except SetUpError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Interrupted. Run the same command again; unfinished steps are repeated.")
        return 130


def pytest_arguments(given: list[str]) -> list[str]:
    """Return what pytest is started with: one process a core, unless the arguments choose tests themselves."""
    match given:
        case []:
            return ["-n", "auto"]
        case ["--fast", *rest]:
            return ["-n", "auto", *FAST_TESTS, *rest]
        case _:
            return given


def _provide_for_app(environment: Environment) -> None:
    _provide_environment(environment, Kind.APP)
    try:
        _provide_system(environment, tools=())
    except SetUpError as error:
        # Commands need none of Qt's libraries, and servers seldom have them.
        say(f"{error}\nUntil then, only commands work; the window can't open.")


def _provide_for_tests(environment: Environment) -> None:
    _provide_environment(environment, Kind.DEV)
    _provide_system(environment, tools=system.PACKAGE_OF_TOOL)


def _provide_environment(environment: Environment, kind: Kind) -> None:
    if environment.serves(kind):
        return
    if not can_make_environments():
        system.provide(["python{}.{}-venv".format(*sys.version_info)])
    environment.make(kind)


def _provide_system(environment: Environment, tools: Iterable[str]) -> None:
    if sys.platform != "linux":  # Elsewhere Qt brings what it needs.
        return
    lacking = system.look(environment.site_packages, tools)
    if lacking.packages:
        system.provide(lacking.packages)
        lacking = system.look(environment.site_packages, tools)
    if lacking != system.Lacking():
        raise SetUpError(system.advice(lacking.packages, lacking.unknown, debian=system.runs_debian()))


def _become(command: list[str]) -> int:
    """Replace this process by ``command``, which then receives signals and sets the exit code itself."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode
