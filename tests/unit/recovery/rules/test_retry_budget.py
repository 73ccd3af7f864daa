"""The retry budget against a model: never negative, never above its size, shared by all callers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from launcher_gui.recovery.classification import Disposition
from launcher_gui.recovery.rules.retry_budget import (
    RETRY_COST,
    SUCCESS_REFUND,
    THROTTLED_RETRY_COST,
    Budget,
    Spending,
    cost_of,
    refund,
    spend,
)

CAPACITY = 100


class BudgetStory(RuleBasedStateMachine):
    """Requested retries and successes, against a count of tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.budget = Budget("host")
        self.tokens = CAPACITY

    @rule(cost=st.sampled_from([RETRY_COST, THROTTLED_RETRY_COST]))
    def somebody_retries(self, cost: int) -> None:
        spending = spend(self.budget, CAPACITY, cost)
        assert spending.granted == (self.tokens >= cost)
        if spending.granted:
            self.tokens -= cost
        self.budget = spending.budget

    @rule(amount=st.integers(1, 2 * CAPACITY))
    def somebody_succeeds(self, amount: int) -> None:
        self.budget = refund(self.budget, amount)
        self.tokens = min(CAPACITY, self.tokens + amount)

    @invariant()
    def both_hold_the_same(self) -> None:
        assert CAPACITY - self.budget.spent == self.tokens


BudgetStory.TestCase.settings = settings(max_examples=100, deadline=None)
TestBudgetStory = BudgetStory.TestCase


def test_a_full_account_of_the_usual_size_allows_35_retries() -> None:
    """500 tokens at 14 each refuse the 36th retry until a success."""
    budget, granted = Budget("host"), 0
    while (spending := spend(budget, 500, RETRY_COST)).granted:
        budget, granted = spending.budget, granted + 1
    assert granted == 35
    assert spend(refund(budget, RETRY_COST), 500, RETRY_COST).granted


def test_the_amounts_are_those_of_botocore() -> None:
    """A retry costs 14 tokens, a requested one 5; a success without retries returns 1."""
    assert [cost_of(kind) for kind in Disposition] == [14, 5, 14]
    assert SUCCESS_REFUND == 1


def test_the_last_tokens_can_be_spent() -> None:
    """A budget with exactly a retry's cost allows it, with one token less it does not."""
    assert spend(Budget("host", 86), CAPACITY, 14) == Spending(Budget("host", 100), granted=True)
    assert spend(Budget("host", 87), CAPACITY, 14) == Spending(Budget("host", 87), granted=False)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_smaller_capacity_counts_at_once(spent: int, capacity: int) -> None:
    """A lowered setting applies to the next retry."""
    assert spend(Budget("host", spent), capacity, RETRY_COST).granted == (spent + RETRY_COST <= capacity)


def test_what_was_asked_for_costs_less() -> None:
    """A retry that the server requested does not indicate a failing service."""
    assert cost_of(Disposition.THROTTLED) < cost_of(Disposition.TRANSIENT)


def test_a_success_on_a_full_account_changes_nothing() -> None:
    """A healthy service needs no writes."""
    budget = Budget("host")
    assert refund(budget, 1) is budget
