"""The crash campaign: processes on one store are killed at random, and the history must explain every row.

A small one is part of the tests. The full one::

    python -m tests.faults.campaign 500 [SEED]
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.store.sqlite.connection import connect, consistently
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from tests.support.store.history import History, faults

ROOT = Path(__file__).parents[2]
ROLES = ("window", "window", "plain", "person")
RETRIES = 2
MOST_OPERATIONS = 8
LONGEST_LIFE_S = 0.4
PATIENCE_S = 60.0
ROUND = 20


@dataclass(frozen=True)
class Execution:
    """A period in which a process was inside an operation's function.

    Attributes:
        operation: Which.
        began: When, on the clock that processes share.
        ended: The same; when the process was killed, if that ended it.
    """

    operation: str
    began: float
    ended: float


class Actor:
    """A process of the campaign, and everything that it reported."""

    def __init__(self, role: str, path: Path, seed: int) -> None:
        self.role = role
        self.told: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.campaign_actor", role, str(path), str(seed)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.told.append(json.loads(line))

    def is_ready(self) -> bool:
        """Return whether it is working.

        Raises:
            AssertionError: If it has ended by itself.
        """
        assert self._process.poll() is None, f"the {self.role} ended with {self._process.returncode}"
        return bool(self.told)

    def kill(self) -> list[Execution]:
        """End it with SIGKILL; return when it was inside functions."""
        at = time.monotonic()
        self._process.kill()
        self._process.wait()
        self._listener.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
        return executions(self.told, at)


def executions(told: list[dict[str, Any]], killed_at: float) -> list[Execution]:
    """Return when a process was inside functions, by its own report."""
    open_since: dict[str, float] = {}
    found = []
    for line in told:
        if line["told"] == "begun":
            open_since[line["operation"]] = line["at"]
        elif line["told"] == "ended":
            found.append(Execution(line["operation"], open_since.pop(line["operation"]), line["at"]))
    return found + [Execution(operation, began, killed_at) for operation, began in open_since.items()]


def broken_promises(told: list[dict[str, Any]], history: History) -> list[str]:
    """Return facts that were reported as committed and are missing from the store."""
    wrong = []
    begun: Counter[str] = Counter()
    for line in told:
        life = history.lives.get(line.get("operation", ""))
        match line["told"]:
            case "command":
                answer = history.answers.get(line["command"])
                kept = line["state"] == "pending" or answer == (line["state"], line["answer"])
            case "added":
                kept = life is not None
            case "begun":
                begun[line["operation"]] += 1
                kept = life is not None and len(life.attempts) >= begun[line["operation"]]
            case "attempt_failed":
                kept = life is not None and life.attempts.get(line["number"]) == "failed"
            case "completed":
                kept = life is not None and life.attempts.get(line["number"]) == "succeeded"
            case _:
                kept = True
        if not kept:
            wrong.append(f"told and lost: {line}")
    return wrong


def overlaps(made: list[Execution]) -> list[str]:
    """Return where two processes were inside one operation's function at the same time."""
    by_operation: dict[str, list[Execution]] = {}
    for execution in made:
        by_operation.setdefault(execution.operation, []).append(execution)
    wrong = []
    for each in by_operation.values():
        each.sort(key=lambda execution: execution.began)
        wrong += [f"at once: {one}, {two}" for one, two in pairwise(each) if two.began < one.ended]
    return wrong


class Campaign:
    """Kills processes of a store and checks what they leave.

    Args:
        path: The store.
        seed: Of chance.
    """

    def __init__(self, path: Path, seed: int) -> None:
        self._path = path
        self._chance = random.Random(seed)
        SQLitePersistence(path).connect().close()
        self._actors = [self._new(role) for role in ROLES]
        self._dead: list[Actor] = []
        self._executions: list[Execution] = []
        self.history = History()

    def run(self, kills: int) -> None:
        """Kill the given number of processes one after another, with a check after each.

        Raises:
            AssertionError: If something was lost, done twice or is not explained, with the words of what it is.
        """
        try:
            for number in range(kills):
                victim = self._kill_one()
                self._look(f"after kill {number + 1}", [victim])
        finally:
            for actor in self._actors:
                self._executions += actor.kill()
        self._settle()
        self._look("at the end", [*self._dead, *self._actors])

    def summary(self) -> str:
        """Return the counts so far."""
        lives = self.history.lives.values()
        outcomes = Counter(str(outcome) for life in lives for outcome in life.attempts.values())
        return f"{len(lives)} operations, attempts {dict(outcomes)}, {len(self.history.answers)} commands answered"

    def _new(self, role: str) -> Actor:
        return Actor(role, self._path, self._chance.randrange(1_000_000))

    def _kill_one(self) -> Actor:
        index = self._chance.randrange(len(self._actors))
        victim = self._actors[index]
        # Most are killed at work; some in their first moments, when a store is opened and a file is looked at.
        if self._chance.random() < 0.85:
            deadline = time.monotonic() + PATIENCE_S
            while not victim.is_ready():
                assert time.monotonic() < deadline, f"the {victim.role} never began to work"
                time.sleep(0.005)
        time.sleep(self._chance.uniform(0.0, LONGEST_LIFE_S))
        self._executions += victim.kill()
        self._dead.append(victim)
        self._actors[index] = self._new(victim.role)
        return victim

    def _look(self, when: str, dead: list[Actor]) -> None:
        with contextlib.closing(connect(str(self._path))) as db:
            wrong, self.history = consistently(db, lambda: faults(SQLiteTransaction(db), {"work": RETRIES + 1}))
        wrong = wrong + overlaps(self._executions)
        for actor in dead:
            wrong += broken_promises(actor.told, self.history)
        assert not wrong, f"{when}:\n" + "\n".join(wrong[:20])

    def _settle(self) -> None:
        """Recover as the next process would, and check that nothing lacks an owner or an answer."""
        store = SQLitePersistence(self._path)
        with contextlib.closing(store.connect()) as session:
            session.write(lambda tx: _clear_up(tx, time.time()))
            assert session.tx.commands.pending() == []
            assert session.tx.db.execute("SELECT id FROM owners").fetchall() == []
            active = [state for state in OperationState if state.active]
            assert session.tx.operations.in_states(active) == []


def _clear_up(tx: SQLiteTransaction, now: float) -> None:
    tx.owners.sweep(now)
    for command in tx.commands.pending():
        tx.commands.obey_unowned(command, now)


def main() -> None:
    """Run the number of kills from the command line."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    # A store for every few: all of its history is read again after every kill.
    for number, done in enumerate(range(0, kills, ROUND)):
        with tempfile.TemporaryDirectory() as folder:
            campaign = Campaign(Path(folder) / "store.sqlite3", seed + number)
            campaign.run(min(ROUND, kills - done))
            print(f"{min(done + ROUND, kills)} kills; {campaign.summary()}", flush=True)  # noqa: T201
    print(f"{kills} kills, nothing lost")  # noqa: T201


if __name__ == "__main__":
    main()
