"""The other commands as processes: queue, work of another process, breakers, and refusals."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Serve, Stall
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.store.program import ROOT, Ended, Program, ended, size, wait_until

FILE = Content(3 * MIB)
STALLS = Serve(Stall(MIB))
WORKED_ON = "A running window, or 'run', works on the queue.\n"


@pytest.fixture
def server() -> Iterator[MisbehavingProcess]:
    """A server with a file of several blocks, in a process of its own."""
    with MisbehavingProcess(FILE) as server:
        yield server


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with short timeouts."""
    return Program(tmp_path / "data" / "store.sqlite3", {"initial_delay": 0, "max_retries": 0})


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The destination folder."""
    return tmp_path / "models"


def _added(program: Program, server: MisbehavingProcess, models: Path, name: str) -> str:
    added = program.run("add", server.url(f"/{name}"), "--to", str(models))
    assert (added.status, added.err) == (0, "")
    operation_id, _, rest = added.out.partition("  ")
    assert rest == f"{name}: queued. {WORKED_ON}"
    return operation_id


def test_queue(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """`add` queues downloads, `run` works until none is left and reports failures."""
    server.add("/good.gguf", FILE)
    server.script(then=Answer(404), path="/missing.gguf")
    assert program.run("run") == Ended(0, "The queue is empty: nothing to do.\n", "")
    good = _added(program, server, models, "good.gguf")
    missing = _added(program, server, models, "missing.gguf")
    assert program.run("cancel", good[:8]).out == (
        f"{good}  good.gguf: cancelled; the partial file is kept until you remove the download\n"
    )
    assert program.run("resume", good).out == f"{good}  good.gguf: queued again\n{WORKED_ON}"
    worked = program.run("run")
    assert worked == Ended(
        1,
        f"Installed {models / 'good.gguf'}\n",
        "missing.gguf failed: 127.0.0.1 answered 404 (Not Found). "
        "Check the link: the file may have been moved or removed.\n",
    )
    assert sha256_of(models / "good.gguf") == FILE.sha256
    listed = program.run("list")
    assert [line.split()[:3] for line in listed.out.splitlines()] == [
        ["ID", "NAME", "STATE"],
        [good, "good.gguf", "Done"],
        [missing, "missing.gguf", "Failed"],
    ]
    shown = program.run("show", missing).out
    assert "  attempt 1 at " in shown
    assert "      cause        127.0.0.1 answered 404 (Not Found)\n" in shown
    assert "      decision     not retried: the server answered 404 (Not Found): not found. Check the link" in shown
    server.script(path="/missing.gguf")
    server.add("/missing.gguf", FILE)
    assert program.run("retry", "--all").out == f"{missing}  missing.gguf: retrying now\n"
    assert program.run("run", "--json").objects[-1]["state"] == "completed"
    assert program.run("remove", "--all").status == 0
    assert program.run("list").out == "No downloads yet. Add one with: add URL\n"
    assert sorted(path.name for path in models.iterdir()) == ["good.gguf", "missing.gguf"]


def test_work_of_another_process(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """A terminal pauses, resumes and cancels another process's work; invalid commands are refused."""
    for name in ("one.gguf", "two.gguf"):
        server.add(f"/{name}", FILE)
        server.script(STALLS, path=f"/{name}")
    one, two = (_added(program, server, models, name) for name in ("one.gguf", "two.gguf"))
    working = program.start("run")
    wait_until(lambda: all(size(models / f"{name}.gguf.part") == MIB for name in ("one", "two")))
    assert program.run("retry", one) == Ended(1, "", f"{one}  one.gguf: cannot retry: it is already running\n")
    assert program.run("remove", one, "--json").objects == [
        {
            "id": one,
            "command": "remove",
            "state": "refused",
            "answer": "it is running. Cancel it first",
        }
    ]
    paused = program.run("pause", "--all")
    assert (paused.status, paused.out) == (0, f"{one}  one.gguf: paused\n{two}  two.gguf: paused\n")
    assert ended(working) == Ended(
        1,
        "",
        "one.gguf: paused by you.\ntwo.gguf: paused by you.\n",
    )
    assert program.run("pause", one) == Ended(1, "", f"{one}  one.gguf: cannot pause: it is paused\n")
    assert program.run("remove", two, "--discard").out == f"{two}  two.gguf: removed from the list\n"
    assert sorted(path.name for path in models.iterdir()) == ["one.gguf.part", "one.gguf.part.json"]
    assert program.run("resume", "--all").status == 0
    assert program.run("run").out == (
        f"one.gguf: resumed at 1.0 MB (file unchanged on the server)\nInstalled {models / 'one.gguf'}\n"
    )


def test_run_goes_on_after_a_signal(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """An interrupted `run` continues the same work when it is started again."""
    server.script(STALLS)
    _added(program, server, models, "model.safetensors")
    working = program.start("run")
    wait_until(lambda: size(models / "model.safetensors.part") == MIB)
    working.send_signal(signal.SIGTERM)
    assert ended(working).status == 130
    manual = Program(program.store, {"auto_resume": "false"})
    assert manual.run("run").out == "The queue is empty: nothing to do.\n"
    assert program.run("run").status == 0
    assert sha256_of(models / "model.safetensors") == FILE.sha256


def test_isolated_host(server: MisbehavingProcess, tmp_path: Path, models: Path) -> None:
    """A host paused by the user gets no request until the user resumes it."""
    program = Program(tmp_path / "store.sqlite3", {})
    host = server.origin.removeprefix("http://")
    held = program.run("isolate-breaker", host)
    assert held == Ended(0, f"{host}: paused until you run 'reset-breaker {host}'.\n", "")
    getting = program.start("get", server.url(), "--to", str(models))
    assert getting.stdout is not None
    for line in getting.stdout:
        if line == f"model.safetensors: waiting: you paused {host}\n":
            break
    (row,) = program.run("list", "--json").objects
    assert row["state"] == "waiting"
    assert "Waiting: you paused" in program.run("show", row["id"]).out
    assert len(server.log) == 0
    assert program.run("isolate-breaker", host, "--json").objects[0]["state"] == "isolated"
    program.run("reset-breaker", host)
    assert ended(getting).status == 0
    assert (models / "model.safetensors").exists()


def test_breakers(server: MisbehavingProcess, tmp_path: Path, models: Path) -> None:
    """A failing host is paused: `get` gives the reason, `breakers` lists it, `reset-breaker` resumes it."""
    settings = {"initial_delay": 0, "max_retries": 9, "circuit_breaker_threshold": 2}
    program = Program(tmp_path / "store.sqlite3", settings)
    host = server.origin.removeprefix("http://")
    assert program.run("breakers").out == "No host has failed.\n"
    server.script(Answer(500), Answer(500))
    getting = program.start("get", server.url(), "--to", str(models))
    assert getting.stdout is not None
    for line in getting.stdout:
        if line == f"model.safetensors: waiting 1 min 00 s: {host} failed 2 times in a row\n":
            break
    shown = program.run("breakers").out.splitlines()
    assert shown[0].split("  ")[0] == "SCOPE"
    assert host in shown[1]
    assert "500 (Internal Server Error)" in shown[1]
    assert program.run("reset-breaker", host) == Ended(0, f"{host}: resumed; failures cleared.\n", "")
    got = ended(getting)
    assert (got.status, got.err) == (0, "")
    (breaker,) = program.run("breakers", "--json").objects
    assert breaker == {
        "scope": host,
        "state": "closed",
        "failures": 0,
        "retry_at": None,
        "last_error": "the server answered 500 (Internal Server Error)",
    }


def test_bad_input_brings_no_traceback(program: Program, tmp_path: Path) -> None:
    """Invalid input or settings give one line and an exit status."""
    not_a_store = tmp_path / "notes.txt"
    not_a_store.write_text("mine")
    refused = program.run("get", "not a url")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("comfyui-recovery: link 'not a url' contains a space")
    unusable = program.run("--store", str(not_a_store), "list")
    assert unusable.status == 1
    assert unusable.err == (
        f"comfyui-recovery: The store {not_a_store} is not a database. "
        "Move the file away, or choose another one with --store or RECOVERY_STORE.\n"
    )
    assert not_a_store.read_text() == "mine"
    misset = Program(program.store, {"max_retries": "abc"}).run("list")
    assert misset == Ended(
        2,
        "",
        "comfyui-recovery: RECOVERY_MAX_RETRIES 'abc' is not a whole number. Use a whole number from 0 to 1,000,000.\n",
    )


def test_ctrl_c_while_it_starts(program: Program) -> None:
    """Ctrl-C during start-up ends the program without a traceback."""
    early = """
import sys
from launcher_gui.entry import main
class CtrlC:
    def find_spec(self, name, *_):
        if name == 'launcher_gui.cli.transfer':
            raise KeyboardInterrupt
sys.meta_path.insert(0, CtrlC())
raise SystemExit(main())
"""
    assert ended(program.start("list", program=("-c", early))) == Ended(130, "", "")


def test_window_without_a_display() -> None:
    """Without a display the program reports the reason and the remedy."""
    process = subprocess.Popen(
        [sys.executable, "main.py"],
        cwd=ROOT,
        env={"PATH": "/usr/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    got = ended(process)
    assert (got.status, got.out) == (1, "")
    assert got.err.startswith("comfyui-recovery: There is no display to open the window on")
    assert "'get URL' downloads without a window" in got.err
    assert len(got.err.splitlines()) == 1
