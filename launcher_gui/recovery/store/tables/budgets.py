"""Retry budgets, shared by all processes that use the store."""

from __future__ import annotations

from launcher_gui.recovery.rules import retry_budget as rules
from launcher_gui.recovery.rules.retry_budget import Budget
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.tables.table import Table


class BudgetsTable(Table, ports.Budgets):
    """Retry budgets in SQLite."""

    def spend(self, scope: str, capacity: int, cost: int) -> bool:
        spending = rules.spend(self._budget(scope), capacity, cost)
        if spending.granted:
            self._db.execute(
                "INSERT OR REPLACE INTO budgets (scope, spent) VALUES (?, ?)", (scope, spending.budget.spent)
            )
        return spending.granted

    def refund(self, scope: str, amount: int) -> None:
        before = self._budget(scope)
        after = rules.refund(before, amount)
        if after != before:
            self._db.execute("UPDATE budgets SET spent = ? WHERE scope = ?", (after.spent, scope))

    def _budget(self, scope: str) -> Budget:
        row = self._db.execute("SELECT spent FROM budgets WHERE scope = ?", (scope,)).fetchone()
        return Budget(scope, 0 if row is None else row[0])
