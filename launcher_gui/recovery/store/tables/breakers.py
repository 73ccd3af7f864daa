"""Circuit breakers, shared by all processes that use the store."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from launcher_gui.recovery.operation import EventKind, to_json
from launcher_gui.recovery.rules import breaker as rules
from launcher_gui.recovery.rules.breaker import (
    Admission,
    Breaker,
    BreakerPolicy,
    BreakerState,
    CallCounts,
    Probe,
    Ticket,
)
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import BreakerChange
from launcher_gui.recovery.store.tables.events import told
from launcher_gui.recovery.store.tables.message_columns import columns, restored
from launcher_gui.recovery.store.tables.table import Table
from launcher_gui.text.message import Message

_COLUMNS = (
    "scope, state, failures, times_opened, retry_at, generation, last_error, error_code, error_params, changed_at,"
    " window_state"
)


class BreakersTable(Table, ports.Breakers):
    """Circuit breakers in SQLite."""

    def every(self) -> list[Breaker]:
        return [_breaker(row) for row in self._db.execute(f"SELECT {_COLUMNS} FROM breakers ORDER BY scope")]

    def get(self, scope: str) -> Breaker:
        row = self._db.execute(f"SELECT {_COLUMNS} FROM breakers WHERE scope = ?", (scope,)).fetchone()
        return Breaker(scope) if row is None else _breaker(row)

    def admit(self, scope: str, policy: BreakerPolicy, now: float) -> tuple[Admission, BreakerChange]:
        before = self.get(scope)
        admission = rules.admit(before, policy, now)
        return admission, self._save(before, admission.breaker, now)

    def record(
        self,
        scope: str,
        policy: BreakerPolicy,
        ticket: Ticket,
        now: float,
        error: Message | None,
        duration_s: float,
    ) -> BreakerChange:
        before = self.get(scope)
        return self._save(before, rules.record(before, policy, ticket, now, error, duration_s), now)

    def abandon(self, scope: str, ticket: Ticket, now: float) -> BreakerChange:
        before = self.get(scope)
        return self._save(before, rules.abandon(before, ticket), now)

    def reset(self, scope: str, now: float, by: str = "") -> BreakerChange | None:
        if self._db.execute("SELECT 1 FROM breakers WHERE scope = ?", (scope,)).fetchone() is None:
            return None
        before = self.get(scope)
        return self._save(before, rules.reset(before, now), now, by)

    def isolate(self, scope: str, now: float, by: str = "") -> BreakerChange:
        before = self.get(scope)
        return self._save(before, rules.isolate(before, now), now, by)

    def _save(self, before: Breaker, after: Breaker, now: float, by: str = "") -> BreakerChange:
        if after == before:
            return BreakerChange(before, after)
        window_state = {
            "recent": after.recent,
            "probes": after.probes,
            "probed": after.probed,
            "proven": after.proven,
        }
        self._db.execute(
            f"INSERT OR REPLACE INTO breakers ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                after.scope,
                after.state,
                after.failures,
                after.times_opened,
                after.retry_at,
                after.generation,
                *columns(after.last_error),
                after.changed_at,
                to_json(window_state),
            ),
        )
        if after.state is not before.state:
            particulars = {**told(error=after.last_error), **({"by": by} if by else {})}
            self._tx.events.append(now, EventKind(f"breaker_{after.state}"), scope=after.scope, **particulars)
        return BreakerChange(before, after)


def _breaker(row: tuple[Any, ...]) -> Breaker:
    scope, state, failures, times_opened, retry_at, generation, text, code, params, changed_at, window_state = row
    kept = json.loads(window_state)
    last_error = restored(text, code, params)
    return replace(
        Breaker(scope, BreakerState(state), failures, times_opened, retry_at, generation, last_error, changed_at),
        recent=tuple(CallCounts(*entry) for entry in kept.get("recent", ())),
        probes=tuple(Probe(*entry) for entry in kept.get("probes", ())),
        probed=kept.get("probed", 0),
        proven=kept.get("proven", 0),
    )
