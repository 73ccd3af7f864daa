"""`get --list`, `add --list` and mirrors on the command line, as users and scripts see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.store.program import Program

ONE, TWO = Content(MIB), Content(MIB, seed=2)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with short timeouts."""
    return Program(tmp_path / "data" / "store.sqlite3", {"initial_delay": 0, "max_retries": 1})


@pytest.fixture
def server(misbehaving_process: MisbehavingProcess) -> MisbehavingProcess:
    """A server with two files."""
    misbehaving_process.add("/one.safetensors", ONE)
    misbehaving_process.add("/two.safetensors", TWO)
    return misbehaving_process


def test_get_downloads_a_list(server: MisbehavingProcess, program: Program, tmp_path: Path) -> None:
    """Every file of a list is downloaded, with its name and hash."""
    lines = [f"{server.url('/one.safetensors')} {ONE.sha256}", f"{server.url('/two.safetensors')} second model.pt"]
    listed, models = tmp_path / "models.txt", tmp_path / "models"
    listed.write_text("# two\n" + "\n".join(lines), encoding="utf-8")
    got = program.run("get", "--list", str(listed), "--to", str(models))
    assert got.status == 0, got
    assert sha256_of(models / "one.safetensors") == ONE.sha256
    assert sha256_of(models / "second model.pt") == TWO.sha256


def test_list_with_a_mistake_adds_nothing(program: Program, tmp_path: Path) -> None:
    """A list with errors is refused completely, with the line of each problem."""
    listed = tmp_path / "models.txt"
    listed.write_text("https://example.com/a\nnonsense\n", encoding="utf-8")
    got = program.run("add", "--list", str(listed), "--to", str(tmp_path))
    assert (got.status, got.out) == (2, "")
    remedy = "Paste the complete link, which begins with https://, http:// or hf://."
    assert got.err.splitlines() == [
        f"{listed}, line 2: The link is not a complete web address. {remedy}",
        "Nothing was added.",
    ]
    assert program.operations() == []


@pytest.mark.parametrize(("content", "words"), [(None, "cannot be read: No such file"), (b"\xff\xfe", "UTF-8")])
def test_list_that_cannot_be_read(program: Program, tmp_path: Path, content: bytes | None, words: str) -> None:
    """A missing or binary list is named with the reason."""
    listed = tmp_path / "models.txt"
    if content is not None:
        listed.write_bytes(content)
    got = program.run("add", "--list", str(listed), "--to", str(tmp_path))
    assert got.status == 2
    assert words in got.err


def test_list_goes_on_where_one_is_refused(server: MisbehavingProcess, program: Program, tmp_path: Path) -> None:
    """An existing file does not stop the rest of a list; the exit status reports it."""
    models = tmp_path / "models"
    models.mkdir()
    (models / "one.safetensors").write_bytes(b"mine")
    listed = tmp_path / "models.txt"
    listed.write_text(f"{server.url('/one.safetensors')}\n{server.url('/two.safetensors')}\n", encoding="utf-8")
    got = program.run("get", "--list", str(listed), "--to", str(models))
    assert got.status == 1
    assert "one.safetensors already exists" in got.err
    assert sha256_of(models / "two.safetensors") == TWO.sha256


def test_mirror_on_the_command_line(server: MisbehavingProcess, program: Program, tmp_path: Path) -> None:
    """--mirror adds another server for the file."""
    server.script(then=Answer(404), path="/gone.safetensors")
    mirror = ["--mirror", server.url("/one.safetensors"), "--sha256", ONE.sha256]
    got = program.run("get", server.url("/gone.safetensors"), "--to", str(tmp_path), *mirror)
    assert got.status == 0, got
    assert sha256_of(tmp_path / "gone.safetensors") == ONE.sha256
