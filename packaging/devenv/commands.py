"""The set-up script's commands: run the program, run its tests, or only set up."""

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

USAGE = """\
usage: develop.py run [ARGUMENTS ...]         set up what the program needs and run it
       develop.py test [PYTEST ARGUMENTS ...]  set up what the tests need and run them
       develop.py setup                        set up what the tests need, and stop there"""


def main(arguments: list[str]) -> int:
    """Carry out one command and return the exit code: that of what was run, or of a set-up that failed."""
    environment = Environment(ROOT)
    try:
        match arguments:
            case ["run", *rest]:
                _provide_for_app(environment)
                return _become([str(environment.python), str(ROOT / "main.py"), *rest])
            case ["test", *rest]:
                _provide_for_tests(environment)
                os.chdir(ROOT)
                # As many processes as there are cores; whoever names tests or a number has them run as asked.
                return _become([str(environment.python), "-m", "pytest", *(rest or ["-n", "auto"])])
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
        say("Interrupted. Run the same command again: what is half made is made anew.")
        return 130


def _provide_for_app(environment: Environment) -> None:
    _provide_environment(environment, Kind.APP)
    try:
        _provide_system(environment, tools=())
    except SetUpError as error:
        # The commands that need no window work without Qt's libraries, and a server seldom has them.
        say(f"{error}\nUntil then the window cannot be shown; going on without.")


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
    if sys.platform != "linux":  # Elsewhere Qt brings all it needs.
        return
    lacking = system.look(environment.site_packages, tools)
    if lacking.packages:
        system.provide(lacking.packages)
        lacking = system.look(environment.site_packages, tools)
    if lacking != system.Lacking():
        raise SetUpError(system.advice(lacking.packages, lacking.unknown, debian=system.runs_debian()))


def _become(command: list[str]) -> int:
    """Let ``command`` take this process's place, so that signals and the exit code are its own."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode
