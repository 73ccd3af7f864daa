"""What the command line prints and what its flag does when continuing would discard much data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import Drop, Serve
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.store.program import Program

FILE = Content(3 * MIB)
CHANGED = Content(3 * MIB, seed=9)
ASKED = (
    "model.safetensors failed: starting over will discard 1.0 MB: the file on the server has "
    "changed. Nothing was deleted. Resume asks first (on the command line, add --discard).\n"
)


@pytest.fixture
def server(misbehaving_process: MisbehavingProcess) -> MisbehavingProcess:
    """A server whose file changes after a third of it has been downloaded."""
    misbehaving_process.add("/model.safetensors", CHANGED)
    misbehaving_process.script(Serve(Drop(MIB), content=FILE))
    return misbehaving_process


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program, which asks about more than one megabyte."""
    return Program(tmp_path / "data" / "store.sqlite3", {"initial_delay": 0, "ask_before_discarding": 1})


def test_get(server: MisbehavingProcess, program: Program, tmp_path: Path) -> None:
    """`get` ends with the size at stake and the remedy; with --discard it downloads the new file."""
    command = ("get", server.url(), "--to", str(tmp_path / "models"))
    for _ in range(2):
        refused = program.run(*command)
        assert (refused.status, refused.err) == (1, ASKED)
        assert (tmp_path / "models" / "model.safetensors.part").read_bytes() == FILE.read(0, MIB)
    got = program.run(*command, "--discard")
    assert (got.status, got.err) == (0, "")
    assert "restarted from zero, 1.0 MB lost: the file on the server has changed" in got.out
    assert sha256_of(tmp_path / "models" / "model.safetensors") == CHANGED.sha256


def test_get_that_may_from_the_start(server: MisbehavingProcess, program: Program, tmp_path: Path) -> None:
    """A script can give its consent in advance."""
    got = program.run("get", server.url(), "--to", str(tmp_path / "models"), "--discard")
    assert (got.status, got.err) == (0, "")
    assert sha256_of(tmp_path / "models" / "model.safetensors") == CHANGED.sha256


@pytest.mark.parametrize("command", ["resume", "retry"])
def test_resume(server: MisbehavingProcess, program: Program, tmp_path: Path, command: str) -> None:
    """Another process obeys the consent of `resume --discard`; `resume` alone gives none."""
    program.run("get", server.url(), "--to", str(tmp_path / "models"))
    (operation,) = program.operations()
    assert program.run(command, operation["id"]).status == 0
    assert program.run("run").err == ASKED
    assert program.run(command, operation["id"], "--discard").status == 0
    worked = program.run("run")
    assert (worked.status, worked.err) == (0, "")
    assert sha256_of(tmp_path / "models" / "model.safetensors") == CHANGED.sha256
