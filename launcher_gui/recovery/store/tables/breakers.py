"""Circuit breakers and retry budgets in the store: asked and told in one transaction each, one truth for all processes.

What changes a breaker returns it before and after, so that whoever asked can tell of the change.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any, NamedTuple

from launcher_gui.recovery.operation import EventKind, to_json
from launcher_gui.recovery.rules import breaker as rules
from launcher_gui.recovery.rules import retry_budget as account
from launcher_gui.recovery.rules.breaker import (
    Admission,
    Breaker,
    BreakerPolicy,
    BreakerState,
    CallCounts,
    Probe,
    Ticket,
)
from launcher_gui.recovery.rules.retry_budget import Budget
from launcher_gui.recovery.store.tables import events
from launcher_gui.recovery.store.tables.events import told
from launcher_gui.recovery.store.tables.message_columns import columns, restored
from launcher_gui.text.message import Message

_COLUMNS = (
    "scope, state, failures, times_opened, retry_at, generation, last_error, error_code, error_params, changed_at,"
    " window_state"
)


class Change(NamedTuple):
    """A breaker before and after something happened; both are the same where that changed nothing."""

    before: Breaker
    after: Breaker


def every(db: sqlite3.Connection) -> list[Breaker]:
    """Return all breakers, by scope."""
    return [_breaker(row) for row in db.execute(f"SELECT {_COLUMNS} FROM breakers ORDER BY scope")]


def get(db: sqlite3.Connection, scope: str) -> Breaker:
    """Return the breaker of ``scope``; one that nobody has written yet is closed."""
    row = db.execute(f"SELECT {_COLUMNS} FROM breakers WHERE scope = ?", (scope,)).fetchone()
    return Breaker(scope) if row is None else _breaker(row)


def admit(db: sqlite3.Connection, scope: str, policy: BreakerPolicy, now: float) -> tuple[Admission, Change]:
    """Ask whether a call to ``scope`` may be made."""
    before = get(db, scope)
    admission = rules.admit(before, policy, now)
    return admission, _kept(db, before, admission.breaker, now)


def record(
    db: sqlite3.Connection,
    scope: str,
    policy: BreakerPolicy,
    ticket: Ticket,
    now: float,
    error: Message | None,
    duration_s: float,
) -> Change:
    """Tell that a call with ``ticket`` succeeded, or failed with ``error``, after ``duration_s``."""
    before = get(db, scope)
    return _kept(db, before, rules.record(before, policy, ticket, now, error, duration_s), now)


def abandon(db: sqlite3.Connection, scope: str, ticket: Ticket, now: float) -> Change:
    """Tell that a call with ``ticket`` was ended before it had a result."""
    before = get(db, scope)
    return _kept(db, before, rules.abandon(before, ticket), now)


def reset(db: sqlite3.Connection, scope: str, now: float, by: str = "") -> Change | None:
    """Close the breaker of ``scope`` as a person asked; ``None`` if there is none. The history tells ``by`` whom."""
    if db.execute("SELECT 1 FROM breakers WHERE scope = ?", (scope,)).fetchone() is None:
        return None
    before = get(db, scope)
    return _kept(db, before, rules.reset(before, now), now, by)


def isolate(db: sqlite3.Connection, scope: str, now: float, by: str = "") -> Change:
    """Hold the breaker of ``scope`` open, as a person asked, until somebody resets it; see ``reset``."""
    before = get(db, scope)
    return _kept(db, before, rules.isolate(before, now), now, by)


def spend(db: sqlite3.Connection, scope: str, capacity: int, cost: int) -> bool:
    """Take ``cost`` tokens from the retry budget of ``scope``; return whether it held them."""
    spending = account.spend(_budget(db, scope), capacity, cost)
    if spending.granted:
        db.execute("INSERT OR REPLACE INTO budgets (scope, spent) VALUES (?, ?)", (scope, spending.budget.spent))
    return spending.granted


def refund(db: sqlite3.Connection, scope: str, amount: int) -> None:
    """Put ``amount`` tokens back into the retry budget of ``scope``."""
    before = _budget(db, scope)
    after = account.refund(before, amount)
    if after != before:
        db.execute("UPDATE budgets SET spent = ? WHERE scope = ?", (after.spent, scope))


def _budget(db: sqlite3.Connection, scope: str) -> Budget:
    row = db.execute("SELECT spent FROM budgets WHERE scope = ?", (scope,)).fetchone()
    return Budget(scope, 0 if row is None else row[0])


def _kept(db: sqlite3.Connection, before: Breaker, after: Breaker, now: float, by: str = "") -> Change:
    if after == before:
        return Change(before, after)
    window_state = {
        "recent": after.recent,
        "probes": after.probes,
        "probed": after.probed,
        "proven": after.proven,
    }
    db.execute(
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
        events.append(db, now, EventKind(f"breaker_{after.state}"), scope=after.scope, **particulars)
    return Change(before, after)


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
