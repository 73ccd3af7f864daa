"""The circuit breaker against a model: random stories of calls, results, lost probes and people."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from launcher_gui.recovery.breaker import (
    MAX_OPEN_GROWTH,
    Breaker,
    BreakerPolicy,
    BreakerState,
    admit,
    record_failure,
    record_success,
    reset,
)

POLICY = BreakerPolicy(threshold=3, timeout_s=10.0, probe_lease_s=7.0)
NOW = 1_000.0
CLOSED = Breaker("host")


@dataclass
class Model:
    """What the breaker is to do, told in the plainest way: when it opened, who probes, how often it opened."""

    failures: int = 0
    opened: int = 0
    open_until: float | None = None
    probe_until: float | None = None

    @property
    def closed(self) -> bool:
        """Whether every call goes through."""
        return self.open_until is None and self.probe_until is None

    def open(self, now: float) -> None:
        """Open it, each time for twice as long as before, up to the cap."""
        growth = min(MAX_OPEN_GROWTH, 2**self.opened)
        self.opened, self.open_until, self.probe_until = self.opened + 1, now + POLICY.timeout_s * growth, None


class BreakerStory(RuleBasedStateMachine):
    """Calls are admitted, and their results arrive late, in any order, or never."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.breaker = Breaker("host")
        self.model = Model()
        self.epoch = 0
        self.calls: list[tuple[int, int]] = []

    @rule(seconds=st.floats(0.1, 90, allow_nan=False))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def somebody_calls(self) -> None:
        admission = admit(self.breaker, POLICY, self.now)
        until = self.model.open_until if self.model.open_until is not None else self.model.probe_until
        expected = self.model.closed or until is None or self.now >= until
        assert admission.admitted == expected
        if not admission.admitted:
            assert admission.breaker == self.breaker
            assert admission.retry_at == until
            return
        if not self.model.closed:
            self.epoch += 1  # whatever was under way before this probe no longer counts
            self.model.open_until, self.model.probe_until = None, self.now + POLICY.probe_lease_s
        self.breaker = admission.breaker
        self.calls.append((admission.breaker.generation, self.epoch))

    @precondition(lambda self: not self.model.closed)
    @rule()
    def a_person_calls_all_the_same(self) -> None:
        # "Retry now" asks nobody: the call belongs to the breaker as it stands, and what comes of it counts.
        self.calls.append((self.breaker.generation, self.epoch))

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), succeeded=st.booleans())
    def a_result_arrives(self, data: st.DataObject, succeeded: bool) -> None:
        generation, epoch = self.calls.pop(data.draw(st.integers(0, len(self.calls) - 1)))
        before = self.breaker
        if succeeded:
            self.breaker = record_success(before, generation, self.now)
        else:
            self.breaker = record_failure(before, POLICY, generation, "boom", self.now)
        if epoch != self.epoch:
            assert self.breaker == before
        elif succeeded:
            self.close_model(keeps_epoch=self.model.closed)
        else:
            self.model.failures += 1
            if not self.model.closed or self.model.failures >= POLICY.threshold:
                self.model.open(self.now)
                self.epoch += 1

    @rule()
    def a_person_resets_it(self) -> None:
        self.breaker = reset(self.breaker, self.now)
        self.close_model(keeps_epoch=False)

    def close_model(self, *, keeps_epoch: bool) -> None:
        self.model = Model()
        self.epoch += 0 if keeps_epoch else 1

    @invariant()
    def both_stand_alike(self) -> None:
        states = {(True, False): BreakerState.OPEN, (False, True): BreakerState.HALF_OPEN}
        standing = (self.model.open_until is not None, self.model.probe_until is not None)
        assert self.breaker.state is states.get(standing, BreakerState.CLOSED)
        assert self.breaker.failures == self.model.failures
        assert self.breaker.opens == self.model.opened


BreakerStory.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestBreakerStory = BreakerStory.TestCase


def opened(breaker: Breaker = CLOSED, now: float = NOW) -> Breaker:
    """Return the breaker after as many failures as it takes."""
    for _ in range(POLICY.threshold):
        breaker = record_failure(breaker, POLICY, breaker.generation, "boom", now)
    return breaker


@given(st.integers(1, 100), st.floats(0.001, 86_400))
def test_it_opens_at_the_threshold_and_not_before(threshold: int, timeout_s: float) -> None:
    """As many failures in a row as the threshold says open it, one fewer does not."""
    policy = BreakerPolicy(threshold, timeout_s)
    breaker = CLOSED
    for _ in range(threshold - 1):
        breaker = record_failure(breaker, policy, breaker.generation, "boom", NOW)
    assert breaker.state is BreakerState.CLOSED
    breaker = record_failure(breaker, policy, breaker.generation, "boom", NOW)
    assert breaker.state is BreakerState.OPEN
    assert breaker.retry_at == pytest.approx(NOW + timeout_s)


def test_a_success_breaks_the_row() -> None:
    """Failures count in a row: a success in between begins the count anew."""
    breaker = record_failure(CLOSED, POLICY, 0, "boom", NOW)
    breaker = record_failure(record_success(breaker, 0, NOW), POLICY, 0, "boom", NOW)
    assert breaker.failures == 1


def test_only_one_probe_at_a_time() -> None:
    """While a probe is under way nobody else gets through."""
    probing = admit(opened(), POLICY, NOW + 10)
    assert probing.admitted
    assert not admit(probing.breaker, POLICY, NOW + 16.9).admitted


def test_a_lost_probe_gives_its_place_back() -> None:
    """A probe that never reports holds its place no longer than its lease."""
    probing = admit(opened(), POLICY, NOW + 10).breaker
    assert admit(probing, POLICY, NOW + 17).admitted


def test_intervals_double_up_to_the_cap() -> None:
    """Each failed probe doubles the time that the host is left alone, eightfold at most."""
    breaker, intervals = opened(), []
    for _ in range(6):
        assert breaker.retry_at is not None
        intervals.append(breaker.retry_at - breaker.changed_at)
        probe = admit(breaker, POLICY, breaker.retry_at).breaker
        breaker = record_failure(probe, POLICY, probe.generation, "boom", breaker.retry_at)
    assert intervals == [10, 20, 40, 80, 80, 80]


def test_no_number_of_failed_probes_overflows() -> None:
    """A host that has been down for years still has a finite interval."""
    probe = admit(replace(opened(), opens=10**9), POLICY, NOW + 10).breaker
    assert record_failure(probe, POLICY, probe.generation, "boom", NOW).retry_at == NOW + 80


def test_a_reset_forgets_the_escalation_but_not_the_last_error() -> None:
    """Once a person has closed it, it opens for the short time again and still tells what was wrong."""
    breaker = reset(opened(), NOW)
    assert breaker.state is BreakerState.CLOSED
    assert breaker.last_error == "boom"
    again = opened(breaker)
    assert again.retry_at == NOW + POLICY.timeout_s
