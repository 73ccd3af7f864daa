"""The tasks that the tests' workers run; the environment names broker, store and log."""

from __future__ import annotations

import datetime
import os
import signal
import time
from pathlib import Path
from typing import Any

from celery import Celery

from launcher_gui.recovery import ProgressTracker, SQLitePersistence, recoverable
from launcher_gui.recovery.adapters import celery as adapter
from launcher_gui.recovery.adapters.celery import RecoverableTask

adapter.LOOK_S = 0.2

app = Celery("tests", broker=os.environ["BROKER"], backend=os.environ["BROKER"])
app.conf.update(worker_hijack_root_logger=False, worker_prefetch_multiplier=1)

store = SQLitePersistence(os.environ["STORE"])
folder = Path(os.environ["FOLDER"])


def note(line: str) -> None:
    """Append a line to the log of finished work."""
    with (folder / "done").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


@recoverable
def fetch(name: str) -> str:
    """Fetch one part."""
    note(f"fetched {name}")
    return name.upper()


@app.task(base=RecoverableTask)  # type: ignore[untyped-decorator] # Celery ships no types
@RecoverableTask.apply_recovery(persistence=store, initial_delay=0.0)
def process_model_download(model_info: dict[str, Any], progress_tracker: ProgressTracker) -> dict[str, Any]:
    """Process ten pieces, slowly if a file says so, from where an earlier worker stopped."""
    part = fetch(model_info["name"])
    begun = progress_tracker.latest.done
    note(f"begins at {begun}")
    for piece in range(begun, 10):
        progress_tracker.update(piece, 10)
        note(f"piece {piece}")
        while piece == 5 and (folder / "hold").exists():
            time.sleep(0.02)
            progress_tracker.update(piece, 10)
    progress_tracker.complete()
    return {"part": part, "begun": begun}


@app.task(base=RecoverableTask)  # type: ignore[untyped-decorator] # Celery ships no types
@RecoverableTask.apply_recovery(persistence=store, initial_delay=0.0)
def flaky(fails: int) -> str:
    """Fail several times, then succeed."""
    note("tried")
    if (folder / "done").read_text(encoding="utf-8").count("tried") <= fails:
        raise ConnectionError
    return "done"


@app.task(base=RecoverableTask, soft_time_limit=1)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store)
def endless() -> None:
    """Never end."""
    note("endless began")
    while True:
        time.sleep(0.05)


@app.task  # type: ignore[untyped-decorator] # the same
def shout(made: dict[str, Any]) -> str:
    """Use another task's result, as an ordinary task."""
    note("shouted")
    return f"{made['part']}!"


@app.task  # type: ignore[untyped-decorator] # the same
def together(made: list[Any]) -> int:
    """Use several tasks' results, as an ordinary task."""
    note("together")
    return len(made)


@app.task(base=RecoverableTask)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store)
def deadly() -> None:
    """Kill every process that runs it."""
    note("deadly")
    os.kill(os.getpid(), signal.SIGKILL)


@app.task(base=RecoverableTask, time_limit=1)  # type: ignore[untyped-decorator] # the same
@recoverable(persistence=store)
def stubborn() -> None:
    """Never end, and ignore requests to stop."""
    note("stubborn began")
    while True:
        time.sleep(0.05)


@app.task(base=RecoverableTask, soft_time_limit=1)  # type: ignore[untyped-decorator] # the same
@recoverable(persistence=store)
def patient() -> None:
    """Never end, supervised by a decorator of its own."""
    note("patient began")
    while True:
        time.sleep(0.05)


@app.task(base=RecoverableTask, acks_late=False)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store)
def early(progress_tracker: ProgressTracker) -> int:
    """Wait while a file says so, with a message that is acknowledged early."""
    begun = progress_tracker.latest.done
    note(f"early began at {begun}")
    progress_tracker.update(begun + 1)
    while (folder / "hold").exists():
        time.sleep(0.02)
    return begun


@app.task(base=RecoverableTask)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store)
def count_down(number: int) -> int:
    """Call itself, as ordinary functions do."""
    return 0 if number == 0 else 1 + int(count_down(number - 1))


@app.task(base=RecoverableTask)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store)
def on_day(day: datetime.date) -> int:
    """Take an argument that Celery can serialise and JSON cannot."""
    note("on that day")
    return day.year


@app.task(base=RecoverableTask)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store, initial_delay=3600.0, max_delay=3600.0)
def waiting() -> None:
    """Fail, and wait an hour before the retry."""
    note("waiting")
    if not (folder / "there").exists():
        raise ConnectionError
