"""The tasks that the tests' workers run; the environment tells where broker, store and log are."""

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
    """Append a line to what was done."""
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
    """Work on ten pieces, slowly where a file says so, from where an earlier worker was."""
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
    """Fail so many times before it succeeds."""
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
    """Do something with what another task made; an ordinary task."""
    note("shouted")
    return f"{made['part']}!"


@app.task  # type: ignore[untyped-decorator] # the same
def together(made: list[Any]) -> int:
    """Do something with what several tasks made; an ordinary task."""
    note("together")
    return len(made)


@app.task(base=RecoverableTask)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store)
def deadly() -> None:
    """End every process that tries it."""
    note("deadly")
    os.kill(os.getpid(), signal.SIGKILL)


@app.task(base=RecoverableTask, time_limit=1)  # type: ignore[untyped-decorator] # the same
@recoverable(persistence=store)
def stubborn() -> None:
    """Never end, and take no hint."""
    note("stubborn began")
    while True:
        time.sleep(0.05)


@app.task(base=RecoverableTask, soft_time_limit=1)  # type: ignore[untyped-decorator] # the same
@recoverable(persistence=store)
def patient() -> None:
    """Never end, supervised in another way than the base's own."""
    note("patient began")
    while True:
        time.sleep(0.05)


@app.task(base=RecoverableTask, acks_late=False)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store)
def early(progress_tracker: ProgressTracker) -> int:
    """Wait while a file says so; the broker forgets the message when the task begins."""
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
    """Take what JSON has no form for, though Celery has one."""
    note("on that day")
    return day.year


@app.task(base=RecoverableTask)  # type: ignore[untyped-decorator] # the same
@RecoverableTask.apply_recovery(persistence=store, initial_delay=3600.0, max_delay=3600.0)
def waiting() -> None:
    """Fail, and wait for an hour before it is tried again."""
    note("waiting")
    if not (folder / "there").exists():
        raise ConnectionError
