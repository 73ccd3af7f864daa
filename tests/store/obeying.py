"""A program that fails while the settings of its store allow retries, and prints its attempts."""

from __future__ import annotations

import asyncio
import sys

from launcher_gui.recovery import SQLitePersistence, recoverable
from launcher_gui.recovery.strategies import FixedStrategy

store = SQLitePersistence(sys.argv[2])


def fail() -> None:
    """Report the attempt."""
    print("tried", flush=True)  # noqa: T201
    raise ConnectionError("as ever")


@recoverable(persistence=store, strategy=FixedStrategy(0.02))
async def fail_async() -> None:
    """Fail on an event loop."""
    fail()


@recoverable(persistence=store, strategy=FixedStrategy(0.02))
def fail_plainly() -> None:
    """Fail without an event loop."""
    fail()


try:
    if sys.argv[1] == "async":
        asyncio.run(fail_async())
    else:
        fail_plainly()
except ConnectionError:
    print("gave up", flush=True)  # noqa: T201
