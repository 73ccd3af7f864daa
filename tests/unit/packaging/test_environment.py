"""When the virtual environment is used as it is, when it is made again, and when it is not touched."""

import hashlib
import json
import sys
from pathlib import Path

import pytest
from devenv.environment import STAMP_NAME, Environment, Kind
from devenv.messages import SetUpError

RUNNING = "{}.{}".format(*sys.version_info)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A checkout with two locks and a virtual environment whose interpreter runs, not stamped yet."""
    made = Environment(tmp_path)
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    for kind in Kind:
        made.lock(kind).parent.mkdir(exist_ok=True)
        made.lock(kind).write_text(f"{kind.value}\n", encoding="utf-8")
    return made


def _stamp(environment: Environment, kind: Kind, python: str = RUNNING) -> None:
    digest = hashlib.sha256(environment.lock(kind).read_bytes()).hexdigest()
    content = json.dumps({"kind": kind.value, "lock": digest, "python": python})
    (environment.folder / STAMP_NAME).write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    ("made_for", "wanted_for", "serves"),
    [
        (Kind.APP, Kind.APP, True),
        (Kind.DEV, Kind.DEV, True),
        (Kind.DEV, Kind.APP, True),
        (Kind.APP, Kind.DEV, False),
    ],
)
def test_environment_serves_what_it_was_made_for(
    environment: Environment, made_for: Kind, wanted_for: Kind, serves: bool
) -> None:
    """The tests' environment also runs the program, not the other way round."""
    _stamp(environment, made_for)
    assert environment.serves(wanted_for) is serves


def test_changed_lock_asks_for_a_new_environment(environment: Environment) -> None:
    """An environment made from an older lock is out of date."""
    _stamp(environment, Kind.APP)
    environment.lock(Kind.APP).write_text("newer\n", encoding="utf-8")
    assert not environment.serves(Kind.APP)


def test_other_python_asks_for_a_new_environment(environment: Environment) -> None:
    """An environment made with another Python is out of date."""
    _stamp(environment, Kind.APP, python="3.10")
    assert not environment.serves(Kind.APP)


def test_vanished_python_asks_for_a_new_environment(environment: Environment) -> None:
    """An environment whose interpreter was uninstalled is noticed before anything is started with it."""
    _stamp(environment, Kind.APP)
    environment.python.unlink()
    environment.python.symlink_to("/nowhere/python")
    assert not environment.serves(Kind.APP)


@pytest.mark.parametrize("content", ["{}\n", "", "[]", '{"kind": "unheard-of", "lock": "", "python": ""}'])
def test_unfinished_set_up_asks_for_a_new_environment(environment: Environment, content: str) -> None:
    """A set-up that was interrupted, or a stamp that cannot be read, is never taken for a finished one."""
    (environment.folder / STAMP_NAME).write_text(content, encoding="utf-8")
    assert not environment.serves(Kind.APP)


def test_hand_made_environment_is_left_alone(environment: Environment) -> None:
    """A virtual environment that this script did not make is not deleted: the person is told."""
    with pytest.raises(SetUpError, match="was not made by this script"):
        environment.make(Kind.APP)
    assert environment.python.exists()
