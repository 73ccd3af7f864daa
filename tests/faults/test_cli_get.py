"""`get` as users and scripts see it: exit status, lines, JSON, signals, and other processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Drop, Serve, Stall
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.store.program import ROOT, Ended, Program, ended, size, wait_until

FILE = Content(3 * MIB)
STALLS = Serve(Stall(MIB))
KEYS = {"id", "state", "priority", "place", "url", "destination", "bytes_done", "bytes_total"}
KEYS |= {"sha256", "blake3", "attempts"}
ATTEMPT_KEYS = {"number", "started_at", "ended_at", "outcome", "category", "error", "decision", "resumed_from"}
WITHOUT_QT = """
import sys
from launcher_gui.entry import main
status = main()
assert not [name for name in sys.modules if name.partition('.')[0] in {'PySide6', 'shiboken6', 'qasync', 'pyqtgraph'}]
raise SystemExit(status)
"""
IN_THE_BACKGROUND = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from launcher_gui.entry import main
raise SystemExit(main())
"""
WITH_CTRL_C = IN_THE_BACKGROUND.replace("SIG_IGN", "default_int_handler")
UNDER_NOHUP = IN_THE_BACKGROUND.replace("SIGINT", "SIGHUP")


@pytest.fixture
def server(misbehaving_process: MisbehavingProcess) -> MisbehavingProcess:
    """A server with a file of several blocks, in a process of its own."""
    misbehaving_process.add("/model.safetensors", FILE)
    return misbehaving_process


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with short timeouts."""
    return Program(tmp_path / "data" / "store.sqlite3", {"initial_delay": 0, "max_retries": 1})


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The destination folder."""
    return tmp_path / "models"


def _one(program: Program) -> dict[str, Any]:
    (operation,) = program.operations()
    return operation


def test_installs_and_tells_as_json(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """With --json each line has exactly the documented keys, and the last one reports success."""
    server.script(Serve(Drop(MIB)))
    command = ["get", server.url(), "--to", str(models), "--sha256", f"sha256:{FILE.sha256.upper()}", "--json"]
    got = ended(program.start(*command, program=("-c", WITHOUT_QT)))
    assert (got.status, got.err) == (0, "")
    assert sha256_of(models / "model.safetensors") == FILE.sha256
    assert all(told.keys() == KEYS for told in got.objects)
    last = got.objects[-1]
    assert last["state"] == "completed"
    assert (last["url"], last["destination"]) == (server.url(), str(models / "model.safetensors"))
    assert (last["bytes_done"], last["bytes_total"], last["sha256"]) == (FILE.size, FILE.size, FILE.sha256)
    broken, final = last["attempts"]
    assert broken.keys() == final.keys() == ATTEMPT_KEYS
    assert (broken["number"], broken["outcome"], broken["category"]) == (1, "failed", "network")
    assert broken["error"] == "connection closed early"
    assert broken["decision"].startswith("waiting 0 s, then attempt 2 of 2")
    assert (final["outcome"], final["error"], final["decision"], final["resumed_from"]) == (
        "succeeded",
        None,
        None,
        MIB,
    )
    began, over = (datetime.fromisoformat(final[key]) for key in ("started_at", "ended_at"))
    assert began <= over
    assert _one(program) == last


def test_tells_a_log_what_happens(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """Without a terminal, plain lines report failures, next steps, saved data and the destination."""
    server.script(Serve(Drop(MIB)))
    got = program.run("get", server.url(), "--to", str(models))
    assert (got.status, got.err) == (0, "")
    assert got.out.splitlines() == [
        "model.safetensors: attempt 1 failed: connection closed early; waiting 0 s, then attempt 2 of 2",
        "model.safetensors: resumed at 1.0 MB (file unchanged on the server)",
        f"Installed {models / 'model.safetensors'}",
    ]
    again = program.run("get", server.url(), "--to", str(models))
    assert again == Ended(
        1,
        "",
        f"comfyui-recovery: model.safetensors already exists in {models}. "
        "Choose another name, or move the existing file.\n",
    )
    assert _one(program)["state"] == "completed"


def test_failure_is_told_on_stderr(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """A permanent failure is printed once to stderr, with the remedy; the exit status is 1."""
    server.script(then=Answer(404))
    got = program.run("get", server.url(), "--to", str(models))
    assert got == Ended(
        1,
        "",
        "model.safetensors failed: 127.0.0.1 answered 404 (Not Found). "
        "Check the link: the file may have been moved or removed.\n",
    )
    server.script(then=Answer(500))
    got = program.run("get", server.url(), "--to", str(models), "--json")
    assert got.status == 1
    assert got.objects[-1]["state"] == "failed"
    assert got.err == (
        "model.safetensors failed: 127.0.0.1 answered 500 (Internal Server Error). "
        "Gave up after 3 attempts: no progress in the last 2.\n"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_checkpoints(server: MisbehavingProcess, program: Program, models: Path, number: signal.Signals) -> None:
    """A signal ends it with 130 and saved progress; the same command resumes."""
    server.script(STALLS)
    command = ["get", server.url(), "--to", str(models), "--sha256", FILE.sha256]
    # Shells start the background jobs of a script with SIGINT ignored; the other signals must still end them.
    started = WITH_CTRL_C if number is signal.SIGINT else IN_THE_BACKGROUND
    process = program.start(*command, program=("-c", started))
    wait_until(lambda: size(models / "model.safetensors.part") == MIB)
    process.send_signal(number)
    assert ended(process) == Ended(130, "", "Interrupted. Progress is saved; run the same command again to resume.\n")
    left = _one(program)
    assert (left["state"], left["bytes_done"], left["attempts"][0]["outcome"]) == ("interrupted", MIB, "interrupted")
    assert program.run(*command).out.startswith("model.safetensors: resumed at 1.0 MB")
    assert sha256_of(models / "model.safetensors") == FILE.sha256


def test_goes_on_under_nohup_when_the_terminal_closes(
    server: MisbehavingProcess, program: Program, models: Path
) -> None:
    """A SIGHUP that is ignored at the start stays ignored: the download goes on, and other signals still end it."""
    server.script(STALLS)
    process = program.start("get", server.url(), "--to", str(models), program=("-c", UNDER_NOHUP))
    wait_until(lambda: size(models / "model.safetensors.part") == MIB)
    process.send_signal(signal.SIGHUP)
    assert _one(program)["state"] == "running"
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert ended(process).status == 130
    assert _one(program)["state"] == "interrupted"


def test_resumes_paused_and_failed_downloads(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """Paused by another process, `get` ends; run again, it resumes the download."""
    server.script(STALLS)
    command = ["get", server.url(), "--to", str(models)]
    process = program.start(*command)
    wait_until(lambda: size(models / "model.safetensors.part") == MIB)
    operation_id = _one(program)["id"]
    second = program.run(*command)
    assert second == Ended(
        1,
        "",
        f"comfyui-recovery: command line, process {process.pid}, is already downloading model.safetensors "
        f"(operation {operation_id})\n",
    )
    assert program.run("pause", operation_id[:7]) == Ended(0, f"{operation_id}  model.safetensors: paused\n", "")
    assert ended(process) == Ended(1, "", "model.safetensors: paused by you.\n")
    server.script(Answer(403))
    assert program.run(*command).status == 1
    assert program.run(*command).status == 0
    told = _one(program)
    assert (told["id"], told["state"]) == (operation_id, "completed")
    assert [attempt["outcome"] for attempt in told["attempts"]] == ["paused", "failed", "succeeded"]
    assert [attempt["resumed_from"] for attempt in told["attempts"]] == [0, 0, MIB]


def test_secret_is_nowhere(server: MisbehavingProcess, program: Program, models: Path, tmp_path: Path) -> None:
    """A token and a password reach the server but appear in no output or file."""
    server.script(Answer(500), Serve(Drop(MIB)))
    host = server.origin.removeprefix("http://")
    url = f"http://me:s3cret@{host}/model.safetensors?token=t0ken&v=1"
    got = program.run("get", url, "--to", str(models), "--json")
    assert got.status == 0
    listed = program.run("show", got.objects[0]["id"])
    for text in (got.out, got.err, listed.out, listed.err, *(str(path) for path in tmp_path.rglob("*"))):
        assert "s3cret" not in text
        assert "t0ken" not in text
    for path in (found for found in tmp_path.rglob("*") if found.is_file()):
        assert b"s3cret" not in path.read_bytes()
        assert b"t0ken" not in path.read_bytes()
    asked = [request for request in server.log if request.path.startswith("/model")]
    assert {request.path for request in asked} == {"/model.safetensors?token=t0ken&v=1"}
    assert all((request.header("authorization") or "").startswith("Basic ") for request in asked)


def test_nobody_reads(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """A closed pipe (`| head`) neither stops a download nor causes a traceback."""
    server.script(Serve(Drop(MIB)))
    for command in (["get", server.url(), "--to", str(models), "--json"], ["list"], ["list", "--json"]):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.Popen(
            [sys.executable, "main.py", *command],
            env=program._environment(),
            cwd=ROOT,
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(writer)
        assert (ended(process).err, process.returncode) == ("", 0)
    assert sha256_of(models / "model.safetensors") == FILE.sha256


def test_draws_a_bar_on_a_terminal(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """A terminal shows a bar with percentage, size and speed, removed at the end."""
    server.script(Serve(Drop(MIB)), Serve(rate=2 * MIB))
    keyboard, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "main.py", "get", server.url(), "--to", str(models)],
        env={**program._environment(), "COLUMNS": "120"},
        cwd=ROOT,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    shown = _all_of(keyboard)
    assert process.wait(60) == 0
    assert "model.safetensors  [########................]  Downloading  33.3 %  1.0 / 3.1 MB" in shown
    assert "model.safetensors: attempt 1 failed: connection closed early; waiting 0 s, then attempt 2 of 2" in shown
    assert shown.endswith(f"\x1b[KInstalled {models / 'model.safetensors'}\r\n")


def _all_of(keyboard: int) -> str:
    shown = b""
    try:
        while piece := os.read(keyboard, 65536):
            shown += piece
    except OSError:  # how a terminal says that nobody writes to it any more
        pass
    finally:
        os.close(keyboard)
    return shown.decode()


def test_json_survives_any_name(server: MisbehavingProcess, program: Program, models: Path) -> None:
    """Names in any script stay intact in JSON, also on an ASCII terminal."""
    server.script(Serve(disposition="attachment; filename*=UTF-8''%E6%A8%A1%E5%9E%8B.bin"))
    process = subprocess.Popen(
        [sys.executable, "main.py", "get", server.url(), "--to", str(models), "--json"],
        env={**program._environment(), "PYTHONIOENCODING": "ascii"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    got = ended(process)
    assert (got.status, got.err) == (0, "")
    assert got.objects[-1]["destination"] == str(models / "模型.bin")
