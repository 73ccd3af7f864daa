"""The program is killed repeatedly and loses nothing."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

from launcher_gui.downloads.partial import piece_map, sidecar
from launcher_gui.downloads.rules.naming import map_path, partial_path, sidecar_path
from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import Serve
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.servers.nginx import NginxServer
from tests.support.store.program import Program, ended, kill, size, wait_until

KILLS = 20
WINDOW_KILLS = 6  # what the window adds is the click
SIZE = 200_000_000
LOST_PER_KILL = 4 * MIB
RATE = 50_000_000


def _distances(seed: int, kills: int) -> list[int]:
    """Return how much further each killed run gets, from one byte to less than the complete file together."""
    chance = random.Random(seed)
    return [chance.randrange(1, SIZE // kills // 2) for _ in range(kills)]


def _here(destination: Path) -> int:
    """Return how much of the file has arrived, by the map if it has segments."""
    record = sidecar.load(sidecar_path(destination))
    in_pieces = record is not None and record.islands is not None
    held = piece_map.load(map_path(destination)) if in_pieces else None
    return size(partial_path(destination)) if held is None else held.count


def _killed_after(process: subprocess.Popen[str], destination: Path, further: int) -> int:
    """Kill ``process`` after ``further`` more bytes, and return how many bytes there are."""
    least = _here(destination) + further
    try:
        wait_until(lambda: _here(destination) >= least)
    finally:
        kill(process)
    return _here(destination)


def _life_s(program: Program, command: list[str]) -> float:
    """Return how long an undisturbed run takes on this machine, in seconds."""
    began = time.monotonic()
    whole = program.run(*command)
    assert whole.status == 0, whole.err
    return time.monotonic() - began


def test_get_killed_twenty_times_ends_with_the_right_file(tmp_path: Path) -> None:
    """Twenty SIGKILLs at random points of a 200 MB download cost at most 4 MiB a connection, and the file is right.

    It begins over one connection, and goes on over four and over one in turn, as if somebody changed the setting. The
    server sends at an even pace: one that fills the machine's socket buffers would count what lies there as sent.
    """
    content = Content(SIZE, seed=1)
    store = tmp_path / "data" / "store.sqlite3"
    turns = [1, 4] * (KILLS // 2)
    programs = [Program(store, {"connections_per_download": str(connections)}) for connections in turns]
    destination = tmp_path / "models" / "model.safetensors"
    with MisbehavingProcess(content) as server:
        server.script(then=Serve(rate=RATE))
        command = ["get", server.url(), "--to", str(destination.parent), "--name", destination.name]
        command += ["--sha256", content.sha256]
        kept = [
            _killed_after(program.start(*command), destination, further)
            for program, further in zip(programs, _distances(seed=2, kills=KILLS), strict=True)
        ]
        finished = programs[0].run(*command)
        assert finished.status == 0, finished.err
        assert sha256_of(destination) == content.sha256
        assert sum(request.sent for request in server.log) <= SIZE + LOST_PER_KILL * sum(turns)
    (operation,) = programs[0].operations()
    assert operation["state"] == "completed"
    assert [attempt["resumed_from"] for attempt in operation["attempts"]] == [0, *kept]
    assert [attempt["outcome"] for attempt in operation["attempts"]] == ["interrupted"] * KILLS + ["succeeded"]
    assert sorted(path.name for path in destination.parent.iterdir()) == [destination.name]


def test_window_killed_again_and_again_goes_on_at_the_click_of_resume(nginx: NginxServer, tmp_path: Path) -> None:
    """After each kill, Resume continues where the window stopped."""
    content = Content(SIZE, seed=3)
    program = Program(tmp_path / "data" / "store.sqlite3", {"auto_resume": "false"})
    destination = tmp_path / "models" / "model.safetensors"
    window = ("-m", "tests.support.gui.resuming_window")
    content.write_to(nginx.folder / "model.safetensors")
    url = nginx.url("slow/model.safetensors")
    added = program.run("add", url, "--to", str(destination.parent), "--sha256", content.sha256)
    assert added.status == 0, added.err
    kept = [
        _killed_after(program.start(program=window), destination, further)
        for further in _distances(seed=4, kills=WINDOW_KILLS)
    ]
    process = program.start(program=window)
    wait_until(destination.exists)
    process.terminate()
    assert ended(process).status == 0
    assert sha256_of(destination) == content.sha256
    (operation,) = program.operations()
    assert [attempt["resumed_from"] for attempt in operation["attempts"]] == [0, *kept]


def test_killed_at_any_moment_of_its_life_the_program_recovers(nginx: NginxServer, tmp_path: Path) -> None:
    """After a kill in any phase the next start ends with the right file."""
    content = Content(24_000_000, seed=5)
    content.write_to(nginx.folder / "model.safetensors")
    program = Program(tmp_path / "data" / "store.sqlite3", {})
    destination = tmp_path / "models" / "model.safetensors"
    command = ["get", nginx.url("model.safetensors"), "--sha256", content.sha256, "--to"]
    life_s = _life_s(Program(tmp_path / "whole" / "store.sqlite3", {}), [*command, str(tmp_path / "whole")])
    command += [str(destination.parent)]
    chance = random.Random(6)
    for _ in range(12):
        process = program.start(*command)
        time.sleep(chance.uniform(0, life_s))  # the moment is the chance: nothing is waited for
        kill(process)
        if destination.exists():
            break
    if not program.operations():  # none of them lived to write down what it was to do
        program.run(*command)
    program.run("run")
    resumed = program.run("resume", "--all")
    assert resumed.status == 0, resumed.err
    finished = program.run("run")
    assert finished.status == 0, finished.err
    assert sha256_of(destination) == content.sha256
    assert {operation["state"] for operation in program.operations()} == {"completed"}
    assert sorted(path.name for path in destination.parent.iterdir()) == [destination.name]
