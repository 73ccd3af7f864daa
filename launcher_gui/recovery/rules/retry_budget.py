"""The retry budget as a pure account: when many calls to a scope fail at once, most of them stop retrying.

Retries help against single failures and hurt a service that is down. Each one takes tokens from an account that all
calls of a scope share; successes put tokens back. An empty account allows no retry and never forbids a first attempt.

The amounts are those of botocore's standard retry mode (botocore/retries/quota.py and standard.py): an account of 500,
14 tokens for a retry, 5 for one that a server asked for; a success pays back what the retry before it took, or 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from launcher_gui.recovery.classification import Disposition

RETRY_COST = 14
"""Tokens that a retry takes."""

THROTTLED_RETRY_COST = 5
"""Tokens that a retry takes which the other side has asked for: it is not failing, it is busy."""

SUCCESS_REFUND = 1
"""Tokens that a success pays in which no retry came before."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The account of one scope.

    Attributes:
        scope: Whose calls share it.
        spent: Tokens that are missing from a full account. What it may hold is a setting, so it is not kept here.
    """

    scope: str
    spent: int = 0


@dataclass(frozen=True, slots=True)
class Spending:
    """The answer to "may I retry?".

    Attributes:
        budget: The account after asking.
        granted: Whether the retry may be made.
    """

    budget: Budget
    granted: bool


def cost_of(disposition: Disposition) -> int:
    """Return the tokens that a retry after such a failure takes."""
    return THROTTLED_RETRY_COST if disposition is Disposition.THROTTLED else RETRY_COST


def spend(budget: Budget, capacity: int, cost: int) -> Spending:
    """Ask for ``cost`` tokens of an account that holds ``capacity`` when it is full."""
    if budget.spent + cost > capacity:
        return Spending(budget, granted=False)
    return Spending(replace(budget, spent=budget.spent + cost), granted=True)


def refund(budget: Budget, amount: int) -> Budget:
    """Return the account after ``amount`` tokens came back; it never holds more than when it is full."""
    return replace(budget, spent=max(0, budget.spent - amount)) if budget.spent else budget
