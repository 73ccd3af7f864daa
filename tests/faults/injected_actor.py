"""A program with failing system calls: calls a recorded function several times and prints the results.

Run as ``python -m tests.faults.injected_actor KIND STORE``.
"""

from __future__ import annotations

import asyncio
import logging
import sys

from launcher_gui.recovery import SQLitePersistence, recoverable
from launcher_gui.recovery.log_hook import operations_log
from launcher_gui.recovery.store.sqlite import database
from launcher_gui.recovery.store.sqlite.inline_database import ServerPersistence
from tests.faults.campaign_actor import Soon, hear, say
from tests.faults.injected import CALLS


class Work:
    """The function's work: every third call needs two attempts."""

    def __init__(self) -> None:
        self.failed: set[int] = set()

    def __call__(self, n: int) -> int:
        """Return ``n`` in the second attempt at the latest."""
        if n % 3 == 1 and n not in self.failed:
            self.failed.add(n)
            raise ConnectionResetError
        return n


async def on_a_loop(store: SQLitePersistence) -> None:
    """Make the calls like a program with an event loop."""
    work = Work()

    @recoverable(name="work", persistence=store, strategy=Soon(), hooks=(hear,))
    async def call(n: int) -> int:
        return work(n)

    for n in range(CALLS):
        say(told="returned", n=n, result=await call(n))
    await store.close()


def without_one(store: SQLitePersistence) -> None:
    """Make the calls like a program without an event loop."""
    call = recoverable(name="work", persistence=store, strategy=Soon(), hooks=(hear,))(Work().__call__)
    for n in range(CALLS):
        say(told="returned", n=n, result=call(n))
    store.close_blocking()


def main() -> None:
    """Play the role from the command line."""
    kind, path = sys.argv[1:]
    operations_log.setLevel(logging.ERROR)
    database.WAL_LIMIT_BYTES = 16 * 1024
    database.COMMITS_BETWEEN_LOOKS = 8
    match kind:
        case "loop":
            asyncio.run(on_a_loop(SQLitePersistence(path)))
        case "server":
            asyncio.run(on_a_loop(ServerPersistence(path)))
        case "plain":
            without_one(SQLitePersistence(path))


if __name__ == "__main__":
    main()
