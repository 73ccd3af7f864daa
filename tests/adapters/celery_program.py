"""The tasks that the tests' workers run; the environment tells where broker, store and log are."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from celery import Celery

from launcher_gui.recovery import ProgressTracker, SQLitePersistence, recoverable
from launcher_gui.recovery.adapters import celery as adapter
from launcher_gui.recovery.adapters.celery import RecoverableTask

adapter.LOOK_S = 0.2

app = Celery("tests", broker=os.environ["BROKER"], backend=os.environ["BROKER"])
app.conf.update(worker_hijack_root_logger=False, broker_connection_retry_on_startup=True)

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
