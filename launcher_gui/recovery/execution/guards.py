"""What guards calls to a scope, as a run sees it: its circuit breaker and its retry budget, here or in the store.

Both are there to spare a failing host. Where the store is busy or its disk full, those of this process stand in:
neither a call nor the record of its outcome may suffer for the guard.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.exceptions import StoreUnusableError
from launcher_gui.recovery.execution.journal import Store
from launcher_gui.recovery.hooks import BreakerMoved, Hook, tell
from launcher_gui.recovery.rules import breaker as breaker_rules
from launcher_gui.recovery.rules import retry_budget as budget_rules
from launcher_gui.recovery.rules.breaker import Admission, Breaker, BreakerPolicy, BreakerState, Ticket
from launcher_gui.recovery.rules.retry_budget import Budget
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.tables import breakers
from launcher_gui.text.message import Message

PATIENCE_S = 0.5
"""How long a call waits for its guard in the store before that of this process stands in."""

_log = logging.getLogger(__name__)

Hooks = Callable[[], Iterable[Hook]]

_UNREACHABLE = (sqlite3.Error, StoreUnusableError)


class BreakerGuard(Protocol):
    """A circuit breaker."""

    async def admit(self, policy: BreakerPolicy) -> Admission:
        """Ask whether a call may be made."""
        ...

    async def record(self, policy: BreakerPolicy, ticket: Ticket, error: Message | None, duration_s: float) -> None:
        """Tell that a call with ``ticket`` succeeded, or failed with ``error``, after ``duration_s``."""
        ...

    async def abandon(self, ticket: Ticket) -> None:
        """Tell that a call with ``ticket`` was ended before it had a result."""
        ...


class BudgetGuard(Protocol):
    """A retry budget."""

    async def spend(self, capacity: int, cost: int) -> bool:
        """Take ``cost`` tokens from an account of ``capacity``; return whether it held them."""
        ...

    async def refund(self, amount: int) -> None:
        """Put ``amount`` tokens back."""
        ...


class LocalScope:
    """The breaker and the budget of one scope in this process, shared by all functions that name it.

    Args:
        scope: The scope.
    """

    def __init__(self, scope: str) -> None:
        self.lock = threading.Lock()  # held while a state is computed, never across a call
        self.breaker = Breaker(scope)
        self.budget = Budget(scope)
        self.is_well = True
        """Whether a call may be made and a success changes nothing, unless the policy looks at every call."""

    def keep(self, breaker: Breaker) -> None:
        """Keep a breaker; the lock is held."""
        self.breaker = breaker
        self._look()

    def keep_budget(self, budget: Budget) -> None:
        """Keep a budget; the lock is held."""
        self.budget = budget
        self._look()

    def _look(self) -> None:
        closed = self.breaker.state is BreakerState.CLOSED and not self.breaker.failures
        self.is_well = closed and not self.budget.spent


@dataclass(frozen=True, slots=True)
class LocalBreakerGuard:
    """A breaker of this process alone."""

    shared: LocalScope
    clock: Clock
    hooks: Hooks

    async def admit(self, policy: BreakerPolicy) -> Admission:
        """Ask whether a call may be made."""
        with self.shared.lock:
            before = self.shared.breaker
            admission = breaker_rules.admit(before, policy, self.clock.now())
            self.shared.keep(admission.breaker)
        tell_move(self.hooks(), before, admission.breaker)
        return admission

    async def record(self, policy: BreakerPolicy, ticket: Ticket, error: Message | None, duration_s: float) -> None:
        """Tell that a call with ``ticket`` succeeded, or failed with ``error``, after ``duration_s``."""
        now = self.clock.now()
        self.change(lambda breaker: breaker_rules.record(breaker, policy, ticket, now, error, duration_s))

    async def abandon(self, ticket: Ticket) -> None:
        """Tell that a call with ``ticket`` was ended before it had a result."""
        self.change(lambda breaker: breaker_rules.abandon(breaker, ticket))

    def change(self, rule: Callable[[Breaker], Breaker]) -> Breaker:
        """Return the breaker that ``rule`` makes of the present one, which is kept."""
        with self.shared.lock:
            before = self.shared.breaker
            after = rule(before)
            self.shared.keep(after)
        tell_move(self.hooks(), before, after)
        return after


@dataclass(slots=True)
class StoreBreakerGuard:
    """A breaker that all processes of a store share, as one run sees it."""

    store: Store
    scope: str
    clock: Clock
    local: LocalBreakerGuard
    _is_local: bool = False

    async def admit(self, policy: BreakerPolicy) -> Admission:
        """Ask whether a call may be made."""
        try:
            admission, change = await self.store.write_within(
                PATIENCE_S, breakers.admit, self.scope, policy, self.clock.now()
            )
        except _UNREACHABLE as error:
            self._unreachable(error)
            self._is_local = True
            return await self.local.admit(policy)
        self._is_local = False
        tell_move(self.local.hooks(), *change)
        return admission

    async def record(self, policy: BreakerPolicy, ticket: Ticket, error: Message | None, duration_s: float) -> None:
        """Tell that a call with ``ticket`` succeeded, or failed with ``error``, after ``duration_s``."""
        if self._is_local:
            await self.local.record(policy, ticket, error, duration_s)
            return
        try:
            change = await self.store.write_within(
                PATIENCE_S, breakers.record, self.scope, policy, ticket, self.clock.now(), error, duration_s
            )
        except _UNREACHABLE as busy:
            self._unreachable(busy)
        else:
            tell_move(self.local.hooks(), *change)

    async def abandon(self, ticket: Ticket) -> None:
        """Tell that a call with ``ticket`` was ended before it had a result."""
        if self._is_local:
            await self.local.abandon(ticket)
            return
        try:
            await self.store.write_within(PATIENCE_S, breakers.abandon, self.scope, ticket, self.clock.now())
        except _UNREACHABLE as busy:
            self._unreachable(busy)

    def _unreachable(self, error: Exception) -> None:
        _log.warning("the circuit breaker of %s could not be reached in the store: %s", self.scope, error)


@dataclass(frozen=True, slots=True)
class LocalBudgetGuard:
    """A retry budget of this process alone."""

    shared: LocalScope

    async def spend(self, capacity: int, cost: int) -> bool:
        """Take ``cost`` tokens from an account of ``capacity``; return whether it held them."""
        with self.shared.lock:
            spending = budget_rules.spend(self.shared.budget, capacity, cost)
            self.shared.keep_budget(spending.budget)
        return spending.granted

    async def refund(self, amount: int) -> None:
        """Put ``amount`` tokens back."""
        with self.shared.lock:
            self.shared.keep_budget(budget_rules.refund(self.shared.budget, amount))


@dataclass(frozen=True, slots=True)
class StoreBudgetGuard:
    """A retry budget that all processes of a store share."""

    store: Store
    scope: str
    local: LocalBudgetGuard

    async def spend(self, capacity: int, cost: int) -> bool:
        """Take ``cost`` tokens from an account of ``capacity``; return whether it held them."""
        try:
            return await self.store.write_within(PATIENCE_S, breakers.spend, self.scope, capacity, cost)
        except _UNREACHABLE as error:
            _log.warning("the retry budget of %s could not be reached in the store: %s", self.scope, error)
            return await self.local.spend(capacity, cost)

    async def refund(self, amount: int) -> None:
        """Put ``amount`` tokens back."""
        try:
            await self.store.write_within(PATIENCE_S, breakers.refund, self.scope, amount)
        except _UNREACHABLE as error:
            _log.warning("the retry budget of %s could not be reached in the store: %s", self.scope, error)


def policy_of(config: RecoveryConfig) -> BreakerPolicy:
    """Return what a configuration says of circuit breakers."""
    return BreakerPolicy(
        config.circuit_breaker_threshold,
        config.circuit_breaker_timeout,
        config.circuit_breaker_failure_rate,
        config.circuit_breaker_window,
        config.circuit_breaker_minimum_calls,
        config.circuit_breaker_slow_call,
        config.circuit_breaker_probes,
    )


def tell_move(hooks: Iterable[Hook], before: Breaker, after: Breaker) -> None:
    """Tell ``hooks`` if a breaker changed its state."""
    if after.state is not before.state:
        tell(hooks, BreakerMoved(after.scope, before.state, after.state, after.last_error))
