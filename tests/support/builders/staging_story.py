"""A download's life on disk, told by processes of their own that are killed in the middle of it.

``python -m tests.support.builders.staging_story die FOLDER links|no-links [pieces]`` downloads again and again, each
time into a new folder and each time dying one step later, until a download comes to its end. ``write DESTINATION``
writes until it is killed, telling after every write how far it is; ``scatter DESTINATION SEED`` does so in pieces, in
any order.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.request import DownloadRequest, parse_request
from launcher_gui.downloads.rules.resume import Recorded
from tests.support.builders.files import KIB, Content

CONTENT = Content(64 * KIB, seed=7)
ENDLESS = Content(2**40, seed=7)
URL = "https://host.example/m.safetensors"
PIECE = 16 * KIB

_ROOT = Path(__file__).parents[3]


def request_for(folder: Path) -> DownloadRequest:
    return parse_request(URL, str(folder), sha256=CONTENT.sha256)


def recorded(content: Content = CONTENT) -> Recorded:
    return Recorded(URL, content.size, '"a"', None)


def go_on(staging: Staging) -> None:
    """Fetch what is missing and install it, as the engine does."""
    staging.begin(recorded(), staging.staged)
    while staging.written < CONTENT.size:
        staging.write(memoryview(CONTENT.read(staging.written, staging.written + PIECE)))
        staging.checkpoint()
    assert staging.sha256() == CONTENT.sha256
    staging.install(CONTENT.sha256)


def go_on_in_pieces(staging: Staging) -> None:
    """Fetch what is missing from its end on, and install it, as several connections may."""
    staging.begin(recorded(), staging.staged, in_pieces=True)
    for start, end in reversed(staging.held.gaps(CONTENT.size)):
        for offset in reversed(range(start, end, PIECE)):
            staging.write_at(offset, memoryview(CONTENT.read(offset, min(offset + PIECE, end))))
            staging.checkpoint()
    assert staging.sha256() == CONTENT.sha256
    staging.install(CONTENT.sha256)


def tell(*words: str | Path) -> subprocess.Popen[str]:
    """Start a process that tells one of the stories."""
    command = [sys.executable, "-m", __name__, *map(str, words)]
    return subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)


def _die_at_every_step(folder: Path, fetch: Callable[[Staging], None]) -> None:
    step, status = 0, -1
    while status != 0:
        destination = request_for(folder / str(step)).destination
        destination.parent.mkdir(parents=True)
        child = os.fork()
        if child == 0:
            _download_until(step, destination, fetch)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status not in {0, -signal.SIGKILL}:
            raise SystemExit(f"step {step} ended with {status}")
        step += 1
    sys.stdout.write(f"{step}\n")


def _download_until(step: int, destination: Path, fetch: Callable[[Staging], None]) -> NoReturn:
    left = step

    def count(event: str, _arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event == "open" or event.startswith("os."):
            left -= 1
            if left < 0:
                signal.raise_signal(signal.SIGKILL)

    sys.addaudithook(count)
    fetch(Staging.open(destination))
    os._exit(0)


def _write_for_ever(destination: Path) -> None:
    staging = Staging.open(destination)
    staging.begin(recorded(ENDLESS), staging.staged)
    while True:
        staging.write(memoryview(ENDLESS.read(staging.written, staging.written + PIECE)))
        sys.stdout.write(f"{staging.written}\n")
        sys.stdout.flush()


def _scatter_for_ever(destination: Path, seed: int) -> None:
    staging, order = Staging.open(destination), random.Random(seed)
    staging.begin(recorded(ENDLESS), staging.staged, in_pieces=True)
    while True:
        offset = order.randrange(200) * PIECE
        staging.write_at(offset, memoryview(ENDLESS.read(offset, offset + PIECE)))
        sys.stdout.write(f"{staging.held.count}\n")
        sys.stdout.flush()


def _no_links(*_: Any, **__: Any) -> NoReturn:
    raise PermissionError(1, "Operation not permitted")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["die", folder, links, *pieces]:
            if links == "no-links":
                os.link = _no_links
            _die_at_every_step(Path(folder), go_on_in_pieces if pieces else go_on)
        case ["write", path]:
            _write_for_ever(Path(path))
        case ["scatter", path, seed]:
            _scatter_for_ever(Path(path), int(seed))
