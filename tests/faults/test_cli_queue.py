"""The queue from a terminal: order, host limit and schedule, with processes that work on it."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.builders.hours import not_now
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.store.program import Ended, Program, ended, size, wait_until

FILE = Content(3 * MIB)


@pytest.fixture
def server() -> Iterator[MisbehavingProcess]:
    """A server with a file of several blocks, in a process of its own."""
    with MisbehavingProcess(FILE) as server:
        yield server


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program, one download at a time."""
    settings = {"initial_delay": 0, "max_retries": 0, "concurrent_downloads": 1}
    return Program(tmp_path / "data" / "store.sqlite3", settings)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The destination folder."""
    return tmp_path / "models"


def add(program: Program, server: MisbehavingProcess, models: Path, *names: str) -> list[str]:
    """Queue files with these names and return their ids."""
    listed = models.parent / "list.txt"
    for name in names:
        server.add(f"/{name}", FILE)
    listed.write_text("\n".join(server.url(f"/{name}") for name in names), encoding="utf-8")
    added = program.run("add", "--list", str(listed), "--to", str(models))
    assert added.status == 0
    return [line.split()[0] for line in added.out.splitlines()]


def line_of(program: Program) -> list[str]:
    """Return the names of the queued files, the next one first."""
    rows = [row for row in program.operations() if row["place"]]
    return [Path(row["destination"]).name for row in sorted(rows, key=lambda row: row["place"])]


def test_the_order_is_changed_shown_and_obeyed(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """`move` and `priority` change the order, `list` shows it, and `run` follows it."""
    a, b, c, d = add(program, server, models, "a.bin", "b.bin", "c.bin", "d.bin")
    assert program.run("move", d, "--front") == Ended(0, f"{d}  d.bin: 1 of 4 in the queue, normal priority\n", "")
    assert program.run("move", a, d, "--before", c).status == 0
    assert line_of(program) == ["b.bin", "d.bin", "a.bin", "c.bin"]
    assert program.run("priority", "high", c[:8]).out == f"{c}  c.bin: 1 of 4 in the queue, high priority\n"
    (moved,) = program.run("priority", "low", b, "--json").objects
    assert (moved["place"], moved["priority"], moved["state"]) == (4, "low", "queued")
    table = [line.split() for line in program.run("list").out.splitlines()]
    assert table[0][:4] == ["ID", "NAME", "STATE", "QUEUE"]
    assert [row[3:6] for row in table[1:]] == [
        ["3", "Waiting", "for"],
        ["4", "·", "low"],
        ["1", "·", "high"],
        ["2", "Waiting", "for"],
    ]
    assert program.run("retry", "--all").out == "Nothing to retry.\n"  # all of it cannot be the next
    assert program.run("run").status == 0
    assert [request.path for request in server.log] == ["/c.bin", "/d.bin", "/a.bin", "/b.bin"]


def test_what_has_no_place_is_not_moved(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """Operations that are not queued are refused with a reason; the others move."""
    a, b, c = add(program, server, models, "a.bin", "b.bin", "c.bin")
    program.run("pause", b)
    partly = program.run("move", b, c, "--front")
    assert partly == Ended(
        1,
        f"{c}  c.bin: 1 of 2 in the queue, normal priority\n",
        f"{b}  b.bin: cannot be moved in the queue: it is paused\n",
    )
    assert program.run("priority", "high", b).out == f"{b}  b.bin: paused, not in the queue now, high priority\n"
    program.run("resume", b)
    assert line_of(program) == ["b.bin", "c.bin", "a.bin"]
    program.run("pause", b)
    refused = program.run("move", a, "--before", b)
    assert (refused.status, refused.err) == (
        2,
        f"comfyui-recovery: ID {b!r} is paused, not queued. Use one that is queued.\n",
    )


def test_the_limit_of_a_host_holds_for_two_processes(server: MisbehavingProcess, tmp_path: Path, models: Path) -> None:
    """Two programs with three slots each download one file of the host at a time."""
    settings = {"initial_delay": 0, "concurrent_downloads": 3, "concurrent_downloads_per_host": 1}
    program = Program(tmp_path / "store.sqlite3", settings)
    names = [f"{each}.bin" for each in "abcdef"]
    add(program, server, models, *names)
    running, most = [program.start("run") for _ in range(2)], 0
    with contextlib.closing(sqlite3.connect(program.store)) as db:
        while any(process.poll() is None for process in running):
            at_work = db.execute("SELECT count(*) FROM operations WHERE state IN ('running', 'waiting')").fetchone()[0]
            most = max(most, at_work)
            time.sleep(0.001)
    for process in running:
        ended(process)
    assert most <= 1
    assert {sha256_of(models / name) for name in names} == {FILE.sha256}


def test_nothing_runs_outside_the_hours(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """`add`, `list` and `run` state the schedule; `run` waits until it allows work."""
    hours, words = not_now()
    assert program.run("set", "download_hours", "at night").err.startswith(
        "comfyui-recovery: download_hours 'at night'"
    )
    assert program.run("set", "download_hours", hours).status == 0
    server.add("/a.bin", FILE)
    added = program.run("add", server.url("/a.bin"), "--to", str(models))
    assert added.out.endswith(f"A running window, or 'run', works on the queue. It is {words}.\n")
    assert words.capitalize() in program.run("list").out
    running = program.start("run")
    assert running.stdout is not None
    assert running.stdout.readline() == f"The queue is {words}.\n"
    assert len(server.log) == 0
    program.run("unset", "download_hours")
    assert ended(running).status == 0
    assert sha256_of(models / "a.bin") == FILE.sha256


def test_what_runs_when_the_hours_end_goes_on_when_a_person_says_so(
    server: MisbehavingProcess, program: Program, models: Path
) -> None:
    """A parked download keeps its data, and `retry` resumes only that one at any hour."""
    a, _ = add(program, server, models, "a.bin", "b.bin")
    server.script(Serve(Stall(2 * MIB)), then=Serve(), path="/a.bin")
    running = program.start("run")
    wait_until(lambda: size(models / "a.bin.part") == 2 * MIB)
    hours, words = not_now()
    program.run("set", "download_hours", hours)
    assert running.stdout is not None
    while (line := running.stdout.readline()) and "continues automatically" not in line:
        pass
    assert line == f"a.bin: {words}; continues automatically\n"
    states = {Path(row["destination"]).name: row["state"] for row in program.operations()}
    assert states == {"a.bin": "queued", "b.bin": "queued"}
    shown = program.run("show", a).out
    assert f"{words}; continues automatically" in shown
    hastened = "next in the queue; ignores the schedule"
    assert program.run("retry", a).out == f"{a}  a.bin: {hastened}\n"
    wait_until(lambda: "completed" in {row["state"] for row in program.operations()})
    rows = {Path(row["destination"]).name: row for row in program.operations()}
    assert (rows["b.bin"]["state"], rows["b.bin"]["place"]) == ("queued", 1)
    assert [attempt["outcome"] for attempt in rows["a.bin"]["attempts"]] == ["interrupted", "succeeded"]
    assert server.log[-1].header("Range") == f"bytes={2 * MIB}-"
    _end(running)


def test_get_is_here_and_now(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """`get` ignores the schedule."""
    program.run("set", "download_hours", not_now()[0])
    assert program.run("get", server.url(), "--to", str(models)).status == 0


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    ended(process)
