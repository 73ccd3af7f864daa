"""Injects failures and kills into system calls, and checks what a real program does and leaves.

A few are part of the tests. All of them::

    python -m tests.faults.injected

It needs strace, whose ``inject`` lets the n-th call of a process fail.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher_gui.recovery.operation import Operation, OperationState
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from tests.faults.campaign import broken_promises
from tests.support.store.history import faults

ROOT = Path(__file__).parents[2]
STRACE = shutil.which("strace") or ""
CALLS = 24
KINDS = ("loop", "server", "plain")
ERRORS = ("EIO", "ENOSPC")

FAILING = {"pwrite64": range(1, 800, 23), "fdatasync": range(1, 37, 3), "ftruncate": range(1, 19, 2)}
"""Which calls of which system call the full run tampers with: the program makes some 800, 36 and 18 of them."""


@dataclass(frozen=True)
class Ran:
    """The result of a program whose system calls were modified.

    Attributes:
        status: Its exit status; negative if a signal ended it.
        told: What it told.
        errors: What it wrote to its standard error.
        operations: What the store holds of it afterwards, once a sweep has seen that it is gone.
        left_running: How many operations it left as if it still worked on them.
    """

    status: int
    told: list[dict[str, Any]]
    errors: str
    operations: list[Operation]
    left_running: int

    @property
    def returned(self) -> dict[int, int]:
        """Return the result of each call."""
        return {line["n"]: line["result"] for line in self.told if line["told"] == "returned"}


def run(kind: str, tampering: str, path: Path, *, fresh: bool = False) -> Ran:
    """Run a program with ``tampering`` (in strace's syntax), and check its store.

    Args:
        kind: Which program.
        tampering: What happens to which of its system calls.
        path: Its store.
        fresh: Whether the program makes the store; else it is there already.

    Raises:
        AssertionError: If the store is damaged, or its history does not explain its rows.
    """
    if not fresh:
        SQLitePersistence(path).connect().close()
    command = [sys.executable, "-m", "tests.faults.injected_actor", kind, str(path)]
    done = subprocess.run(
        [STRACE, "-f", "-qq", "-o", os.devnull, "-e", f"inject={tampering}", *command],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    store = SQLitePersistence(path)
    with contextlib.closing(store.connect()) as session:
        left = len(session.tx.operations.in_states([state for state in OperationState if state.active]))
        wrong, history = faults(session.tx, {})
        killed = done.returncode < 0
        wrong += broken_promises(told, history) if killed else []
        session.write(lambda tx: tx.owners.sweep(time.time()))
        wrong += faults(session.tx, {})[0]
        assert not wrong, f"{kind}, {tampering}:\n" + "\n".join(wrong)
        return Ran(done.returncode, told, done.stderr, session.tx.operations.in_states(tuple(OperationState)), left)


def check_failing_once(ran: Ran) -> None:
    """Check that one failed system call broke no call of the function and falsified no record."""
    assert ran.status == 0, ran.errors
    assert ran.returned == {n: n for n in range(CALLS)}
    assert ran.left_running == 0, f"outcomes were lost: {ran.errors}"
    unrecorded = CALLS - len(ran.operations)
    assert unrecorded <= 1 + ran.errors.count("runs without being recorded"), ran.errors
    for operation in ran.operations:
        assert operation.state is OperationState.COMPLETED
        assert [operation.result] == operation.arguments["args"]


def check_failing_on(ran: Ran) -> None:
    """Check that a permanently failing disk broke no call, and that all recorded successes are real."""
    assert ran.status == 0, ran.errors
    assert ran.returned == {n: n for n in range(CALLS)}
    for operation in ran.operations:
        assert operation.state in {OperationState.COMPLETED, OperationState.INTERRUPTED}


def main() -> None:
    """Let each of the first calls fail once, fail permanently, and kill."""
    count = 0
    for kind, call, fresh in itertools.product(KINDS, FAILING, (False, True)):
        for number in FAILING[call]:
            with tempfile.TemporaryDirectory() as folder:
                error = ERRORS[number % 2]
                once, on, killed = (Path(folder) / f"{name}.sqlite3" for name in ("once", "on", "killed"))
                check_failing_once(run(kind, f"{call}:error={error}:when={number}", once, fresh=fresh))
                check_failing_on(run(kind, f"{call}:error={error}:when={number}+", on, fresh=fresh))
                run(kind, f"{call}:signal=KILL:when={number}", killed, fresh=fresh)
                count += 3
        print(f"{kind} {call}: {count} so far", flush=True)  # noqa: T201
    print(f"{count} programs were tampered with, nothing was lost")  # noqa: T201


if __name__ == "__main__":
    main()
