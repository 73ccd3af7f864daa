"""The ports of the store: what a database has to offer so that the rest of the program can use it.

A transaction body is a function of a ``Transaction``, run by ``Store.write`` or ``Store.read``::

    operation = await store.write(lambda tx: tx.operations.claim(operation_id, owner_id, now))

The ports speak in operations, attempts, events, commands and so on. No connection, cursor or SQL passes through them.
"""

from launcher_gui.recovery.store.ports.coordination import (
    Breakers,
    Budgets,
    Commands,
    CrashCounts,
    Owners,
    Settings,
)
from launcher_gui.recovery.store.ports.history import Attempts, Events, History, ProgressPort
from launcher_gui.recovery.store.ports.store import Session, Shared, Store, Transaction, Watch, Writer
from launcher_gui.recovery.store.ports.work import Claims, Operations, Queue

__all__ = [
    "Attempts",
    "Breakers",
    "Budgets",
    "Claims",
    "Commands",
    "CrashCounts",
    "Events",
    "History",
    "Operations",
    "Owners",
    "ProgressPort",
    "Queue",
    "Session",
    "Settings",
    "Shared",
    "Store",
    "Transaction",
    "Watch",
    "Writer",
]
