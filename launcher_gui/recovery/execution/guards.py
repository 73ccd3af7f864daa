"""The guards of a scope, as a run uses them: its circuit breaker and its retry budget.

Both protect a failing host. With a store, all processes share them; without one, and while the store is busy or its
disk full, those of this process are used: a guard must not fail a call or lose its outcome.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.exceptions import StoreError
from launcher_gui.recovery.hooks import BreakerMoved, Hook, tell
from launcher_gui.recovery.rules import breaker as breaker_rules
from launcher_gui.recovery.rules import retry_budget as budget_rules
from launcher_gui.recovery.rules.breaker import Admission, Breaker, BreakerPolicy, BreakerState, Ticket
from launcher_gui.recovery.rules.retry_budget import Budget
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.ports import Transaction, Writer
from launcher_gui.recovery.store.records import BreakerChange
from launcher_gui.text.message import Message

PATIENCE_S = 0.5
"""How long a call waits for its guard in the store before that of this process is used."""

T = TypeVar("T")

_log = logging.getLogger(__name__)

Hooks = Callable[[], Iterable[Hook]]


class LocalScope:
    """The breaker and the budget of one scope in this process, shared by all functions that name it.

    Args:
        scope: The scope's name.
    """

    def __init__(self, scope: str) -> None:
        self.name = scope
        self.lock = threading.Lock()  # held while a state is computed, never across a call
        self.breaker = Breaker(scope)
        self.budget = Budget(scope)
        self.is_well = True
        """Whether calls are admitted and a success changes nothing, unless the policy counts every call."""

    def keep(self, breaker: Breaker) -> None:
        """Replace the breaker; the caller holds the lock."""
        self.breaker = breaker
        self._look()

    def keep_budget(self, budget: Budget) -> None:
        """Replace the budget; the caller holds the lock."""
        self.budget = budget
        self._look()

    def _look(self) -> None:
        closed = self.breaker.state is BreakerState.CLOSED and not self.breaker.failures
        self.is_well = closed and not self.budget.spent


@dataclass(slots=True)
class BreakerGuard:
    """The circuit breaker of a scope.

    Attributes:
        local: The scope in this process.
        clock: The clock.
        hooks: The hooks to call after a change of state.
        store: The store in which all processes share the breaker, if any.
    """

    local: LocalScope
    clock: Clock
    hooks: Hooks
    store: Writer | None = None
    _is_local: bool = False

    async def admit(self, policy: BreakerPolicy) -> Admission:
        """Ask whether a call may be made."""
        now = self.clock.now()
        answer = await self._in_store(lambda tx: tx.breakers.admit(self.local.name, policy, now))
        self._is_local = answer is None
        if answer is not None:
            admission, change = answer
            self._tell(change)
            return admission
        with self.local.lock:
            before = self.local.breaker
            admission = breaker_rules.admit(before, policy, now)
            self.local.keep(admission.breaker)
        self._tell(BreakerChange(before, admission.breaker))
        return admission

    async def record(self, policy: BreakerPolicy, ticket: Ticket, error: Message | None, duration_s: float) -> None:
        """Record that a call with ``ticket`` succeeded, or failed with ``error``, after ``duration_s``."""
        now = self.clock.now()
        if self.store is None or self._is_local:
            self.change(lambda breaker: breaker_rules.record(breaker, policy, ticket, now, error, duration_s))
            return
        name = self.local.name
        self._tell(await self._in_store(lambda tx: tx.breakers.record(name, policy, ticket, now, error, duration_s)))

    async def abandon(self, ticket: Ticket) -> None:
        """Record that a call with ``ticket`` ended without a result."""
        if self.store is None or self._is_local:
            self.change(lambda breaker: breaker_rules.abandon(breaker, ticket))
            return
        now = self.clock.now()
        self._tell(await self._in_store(lambda tx: tx.breakers.abandon(self.local.name, ticket, now)))

    def change(self, rule: Callable[[Breaker], Breaker]) -> Breaker:
        """Replace the breaker of this process by the result of ``rule``, and return it."""
        with self.local.lock:
            before = self.local.breaker
            after = rule(before)
            self.local.keep(after)
        self._tell(BreakerChange(before, after))
        return after

    async def _in_store(self, body: Callable[[Transaction], T]) -> T | None:
        return await _in_store(self.store, f"circuit breaker of {self.local.name}", body)

    def _tell(self, change: BreakerChange | None) -> None:
        if change is not None and change.after.state is not change.before.state:
            before, after = change
            tell(self.hooks(), BreakerMoved(after.scope, before.state, after.state, after.last_error))


@dataclass(frozen=True, slots=True)
class BudgetGuard:
    """The retry budget of a scope.

    Attributes:
        local: The scope in this process.
        store: The store in which all processes share the budget, if any.
    """

    local: LocalScope
    store: Writer | None = None

    async def spend(self, capacity: int, cost: int) -> bool:
        """Take ``cost`` tokens from a budget of ``capacity``; return whether there were enough."""
        granted = await self._in_store(lambda tx: tx.budgets.spend(self.local.name, capacity, cost))
        if granted is not None:
            return granted
        with self.local.lock:
            spending = budget_rules.spend(self.local.budget, capacity, cost)
            self.local.keep_budget(spending.budget)
        return spending.granted

    async def refund(self, amount: int) -> None:
        """Put ``amount`` tokens back."""
        if self.store is not None:
            await self._in_store(lambda tx: tx.budgets.refund(self.local.name, amount))
            return
        with self.local.lock:
            self.local.keep_budget(budget_rules.refund(self.local.budget, amount))

    async def _in_store(self, body: Callable[[Transaction], T]) -> T | None:
        return await _in_store(self.store, f"retry budget of {self.local.name}", body)


async def _in_store(store: Writer | None, what: str, body: Callable[[Transaction], T]) -> T | None:
    """Return the result of ``body`` in the store; ``None`` if there is no store or it fails."""
    if store is None:
        return None
    try:
        return await store.write(body, wait_s=PATIENCE_S)
    except StoreError as error:
        _log.warning("the %s could not be reached in the store: %s", what, error)
        return None


def policy_of(config: RecoveryConfig) -> BreakerPolicy:
    """Return the circuit breaker policy of a configuration."""
    return BreakerPolicy(
        config.circuit_breaker_threshold,
        config.circuit_breaker_timeout,
        config.circuit_breaker_failure_rate,
        config.circuit_breaker_window,
        config.circuit_breaker_minimum_calls,
        config.circuit_breaker_slow_call,
        config.circuit_breaker_probes,
    )
