"""Circuit breakers in the store: asked and told in one transaction each, so that all processes share one truth."""

from __future__ import annotations

import sqlite3

from launcher_gui.recovery import breaker as rules
from launcher_gui.recovery.breaker import Admission, Breaker, BreakerPolicy, BreakerState
from launcher_gui.recovery.operation import to_text
from launcher_gui.recovery.persistence import events

_COLUMNS = "scope, state, failures, opens, retry_at, generation, last_error, changed_at"


def every(db: sqlite3.Connection) -> list[Breaker]:
    """Return all breakers, by scope."""
    return [_breaker(row) for row in db.execute(f"SELECT {_COLUMNS} FROM breakers ORDER BY scope")]


def get(db: sqlite3.Connection, scope: str) -> Breaker:
    """Return the breaker of ``scope``; one that nobody has written yet is closed."""
    row = db.execute(f"SELECT {_COLUMNS} FROM breakers WHERE scope = ?", (scope,)).fetchone()
    return Breaker(scope) if row is None else _breaker(row)


def admit(db: sqlite3.Connection, scope: str, policy: BreakerPolicy, now: float) -> Admission:
    """Ask whether a call to ``scope`` may be made."""
    before = get(db, scope)
    admission = rules.admit(before, policy, now)
    _keep(db, before, admission.breaker, now)
    return admission


def record_success(db: sqlite3.Connection, scope: str, generation: int, now: float) -> None:
    """Tell that a call admitted in ``generation`` succeeded."""
    before = get(db, scope)
    _keep(db, before, rules.record_success(before, generation, now), now)


def record_failure(
    db: sqlite3.Connection, scope: str, policy: BreakerPolicy, generation: int, error: str, now: float
) -> None:
    """Tell that a call admitted in ``generation`` failed with ``error``."""
    before = get(db, scope)
    _keep(db, before, rules.record_failure(before, policy, generation, error, now), now)


def reset(db: sqlite3.Connection, scope: str, now: float) -> bool:
    """Close the breaker of ``scope`` as a person asked; return whether there was one."""
    if db.execute("SELECT 1 FROM breakers WHERE scope = ?", (scope,)).fetchone() is None:
        return False
    before = get(db, scope)
    _keep(db, before, rules.reset(before, now), now)
    return True


def _keep(db: sqlite3.Connection, before: Breaker, after: Breaker, now: float) -> None:
    if after == before:
        return
    db.execute(
        f"INSERT OR REPLACE INTO breakers ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            after.scope,
            after.state,
            after.failures,
            after.opens,
            after.retry_at,
            after.generation,
            to_text(after.last_error),
            after.changed_at,
        ),
    )
    if after.state is not before.state:
        events.append(db, now, f"breaker {after.state}", scope=after.scope, error=after.last_error)


def _breaker(row: tuple[object, ...]) -> Breaker:
    scope, state, *rest = row
    return Breaker(str(scope), BreakerState(str(state)), *rest)  # type: ignore[arg-type]
