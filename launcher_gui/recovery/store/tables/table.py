"""What the tables of one transaction share."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction


class Table:
    """The statements of one table, run on the connection of a transaction.

    Args:
        tx: The transaction, through which a table reaches the others.
    """

    def __init__(self, tx: SQLiteTransaction) -> None:
        self._tx = tx
        self._db: sqlite3.Connection = tx.db


def marks(values: Collection[object]) -> str:
    """Return as many placeholders as there are ``values`` to bind."""
    return ",".join("?" * len(values))
