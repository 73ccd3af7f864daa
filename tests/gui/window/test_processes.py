"""The window among other processes: their work looks the same, says whose it is, and can be acted upon."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.models.attempt_table import AttemptColumn
from launcher_gui.models.operation_columns import Column
from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.program import Program, ended, kill, size

NAME = "model.safetensors"
MODEL = Content(4 * MIB)
HALF = 2 * MIB


@pytest.fixture
def program(store_path: Path) -> Program:
    """The program as other processes on the same store."""
    return Program(store_path, {"initial_delay": "0.02", "jitter": "0"})


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that must not outlive the test, whatever becomes of it."""
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            kill(process)


@pytest.fixture
def half_way(misbehaving: MisbehavingServer, tmp_path: Path) -> list[str]:
    """The command that downloads half of a model and then neither goes on nor fails; the next attempt comes through."""
    misbehaving.script(Serve(ending=Stall(HALF), content=MODEL), then=Serve(content=MODEL))
    return ["get", misbehaving.url(), "--to", str(tmp_path), "--sha256", MODEL.sha256]


async def _at_half(person: Person, folder: Path) -> None:
    await person.sees(NAME, "Downloading")
    await person.until(lambda: size(folder / f"{NAME}.part") == HALF, "half of it")
    person.select(NAME)


async def test_work_of_another_process_appears_with_its_owner_and_obeys(
    program: Program, half_way: list[str], started: list[subprocess.Popen[str]], store_path: Path, tmp_path: Path
) -> None:
    """What a terminal downloads shows in the window while it comes, and Pause in the window pauses it there."""
    async with at_desk(store_path) as person:
        terminal = program.start(*half_way)
        started.append(terminal)
        await _at_half(person, tmp_path)
        assert person.fact("Running in") == f"Command line (PID {terminal.pid})"
        person.press("Pause")
        await person.sees(NAME, "Paused")
        await person.until(lambda: terminal.poll() is not None, "the end of the command")
        assert "paused by you" in ended(terminal).err.lower()
        person.press("Resume")
        await person.sees(NAME, "Done")
        assert person.attempts(AttemptColumn.OUTCOME) == ["Paused", "Succeeded"]
    assert sha256_of(tmp_path / NAME) == MODEL.sha256


async def test_a_pause_from_a_terminal_shows_in_the_window(
    program: Program,
    half_way: list[str],
    started: list[subprocess.Popen[str]],
    misbehaving: MisbehavingServer,
    store_path: Path,
    tmp_path: Path,
) -> None:
    """A download of the window's that a terminal pauses stops, and the window says so."""
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path, sha256=MODEL.sha256)
        await _at_half(person, tmp_path)
        terminal = program.start("pause", "--all")
        started.append(terminal)
        await person.sees(NAME, "Paused")
        assert person.cell(NAME, Column.NEXT) == "Paused at 2.1 MB"
        await person.until(lambda: terminal.poll() is not None, "the terminal's answer")
        assert ended(terminal).status == 0


async def test_what_a_killed_process_left_is_interrupted_and_resume_completes_it(
    program: Program,
    half_way: list[str],
    started: list[subprocess.Popen[str]],
    store_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed in the middle, its work stands as interrupted at the next start; Resume fetches the rest alone."""
    monkeypatch.setenv("RECOVERY_AUTO_RESUME", "false")
    async with at_desk(store_path) as person:
        terminal = program.start(*half_way)
        started.append(terminal)
        await _at_half(person, tmp_path)
        kill(terminal)
    async with at_desk(store_path) as person:
        await person.sees(NAME, "Interrupted")
        person.select(NAME)
        person.press("Resume")
        await person.sees(NAME, "Done")
        assert person.attempts(AttemptColumn.OUTCOME) == ["Interrupted", "Succeeded"]
        assert person.attempts(AttemptColumn.RESUMED_FROM)[1].startswith("Resumed at 2.1 MB")
    assert sha256_of(tmp_path / NAME) == MODEL.sha256


async def test_a_process_that_is_killed_under_our_eyes_is_seen_to_be_gone(
    program: Program, half_way: list[str], started: list[subprocess.Popen[str]], store_path: Path, tmp_path: Path
) -> None:
    """The window does not show dead work as running: a heartbeat later it is interrupted and can be resumed here."""
    async with at_desk(store_path) as person:
        terminal = program.start(*half_way)
        started.append(terminal)
        await _at_half(person, tmp_path)
        kill(terminal)
        await person.sees(NAME, "Interrupted")
        person.press("Resume")
        await person.sees(NAME, "Done")
