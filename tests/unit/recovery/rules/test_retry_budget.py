"""The retry budget against a model: never overdrawn, never more than full, and shares between everybody."""

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
    """Retries are asked for and successes pay back, against an account kept in tokens."""

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
    """500 tokens at 14 a retry: the 36th is refused until something succeeds."""
    budget, granted = Budget("host"), 0
    while (spending := spend(budget, 500, RETRY_COST)).granted:
        budget, granted = spending.budget, granted + 1
    assert granted == 35
    assert spend(refund(budget, RETRY_COST), 500, RETRY_COST).granted


def test_the_amounts_are_those_of_botocore() -> None:
    """A retry takes 14 tokens, one that was asked for 5; a success in which no retry came before pays 1."""
    assert [cost_of(kind) for kind in Disposition] == [14, 5, 14]
    assert SUCCESS_REFUND == 1


def test_the_last_tokens_can_be_spent() -> None:
    """An account that holds just what a retry takes allows it, and one token less does not."""
    assert spend(Budget("host", 86), CAPACITY, 14) == Spending(Budget("host", 100), granted=True)
    assert spend(Budget("host", 87), CAPACITY, 14) == Spending(Budget("host", 87), granted=False)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_smaller_capacity_counts_at_once(spent: int, capacity: int) -> None:
    """Who lowers the setting is obeyed at the next question, whatever was spent before."""
    assert spend(Budget("host", spent), capacity, RETRY_COST).granted == (spent + RETRY_COST <= capacity)


def test_what_was_asked_for_costs_less() -> None:
    """A retry that the other side asked for is no sign of a failing service."""
    assert cost_of(Disposition.THROTTLED) < cost_of(Disposition.TRANSIENT)


def test_a_success_on_a_full_account_changes_nothing() -> None:
    """Nothing has to be written for a service that is well."""
    budget = Budget("host")
    assert refund(budget, 1) is budget
