"""The retry budget, a pure token account: when many calls to a scope fail at once, most of them stop retrying.

Retries help with single failures and hurt a service that is down. Each retry spends tokens of an account that all calls
to a scope share; successes refund them. An empty account allows no retry; first attempts are always allowed.

The amounts are those of botocore's standard retry mode (botocore/retries/quota.py and standard.py): an account of 500,
14 tokens for a retry, 5 for one that the server asked for; a success refunds the cost of the retry before it, or 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from launcher_gui.recovery.classification import Disposition

RETRY_COST = 14
"""Tokens that a retry costs."""

THROTTLED_RETRY_COST = 5
"""Tokens that a retry costs if the server asked for it: it is busy, not failing."""

SUCCESS_REFUND = 1
"""Tokens that a success without a retry refunds."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The account of one scope.

    Attributes:
        scope: Whose calls share it.
        spent: Tokens missing from a full account. The capacity is a setting and is not kept here.
    """

    scope: str
    spent: int = 0


@dataclass(frozen=True, slots=True)
class Spending:
    """Whether a retry may be made.

    Attributes:
        budget: The account after asking.
        granted: Whether the retry may be made.
    """

    budget: Budget
    granted: bool


def cost_of(disposition: Disposition) -> int:
    """Return what a retry after such a failure costs, in tokens."""
    return THROTTLED_RETRY_COST if disposition is Disposition.THROTTLED else RETRY_COST


def spend(budget: Budget, capacity: int, cost: int) -> Spending:
    """Spend ``cost`` tokens of an account with ``capacity``, if they are there."""
    if budget.spent + cost > capacity:
        return Spending(budget, granted=False)
    return Spending(replace(budget, spent=budget.spent + cost), granted=True)


def refund(budget: Budget, amount: int) -> Budget:
    """Return the account with ``amount`` tokens refunded, never above its capacity."""
    return replace(budget, spent=max(0, budget.spent - amount)) if budget.spent else budget
