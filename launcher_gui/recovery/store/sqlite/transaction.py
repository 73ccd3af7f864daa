"""The tables of a store on one connection."""

from __future__ import annotations

import sqlite3

from launcher_gui.recovery.store.tables.attempts import AttemptsTable
from launcher_gui.recovery.store.tables.breakers import BreakersTable
from launcher_gui.recovery.store.tables.budgets import BudgetsTable
from launcher_gui.recovery.store.tables.claims import ClaimsTable
from launcher_gui.recovery.store.tables.commands import CommandsTable
from launcher_gui.recovery.store.tables.crash_counts import CrashCountsTable
from launcher_gui.recovery.store.tables.events import EventsTable
from launcher_gui.recovery.store.tables.operations import OperationsTable
from launcher_gui.recovery.store.tables.owners import OwnersTable
from launcher_gui.recovery.store.tables.progress import ProgressTable
from launcher_gui.recovery.store.tables.queue import QueueTable
from launcher_gui.recovery.store.tables.retention import HistoryTable
from launcher_gui.recovery.store.tables.settings import SettingsTable


class SQLiteTransaction:
    """What transaction bodies are given. One serves all transactions of its connection, which follow one another.

    Args:
        db: The connection.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.operations = OperationsTable(self)
        self.claims = ClaimsTable(self)
        self.queue = QueueTable(self)
        self.attempts = AttemptsTable(self)
        self.progress = ProgressTable(self)
        self.events = EventsTable(self)
        self.history = HistoryTable(self)
        self.commands = CommandsTable(self)
        self.owners = OwnersTable(self)
        self.crash_counts = CrashCountsTable(self)
        self.breakers = BreakersTable(self)
        self.budgets = BudgetsTable(self)
        self.settings = SettingsTable(self)
