"""The circuit breaker against a model: random sequences of calls, results, lost probes and commands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from launcher_gui.recovery.rules.breaker import (
    MAX_OPEN_GROWTH,
    Admission,
    Breaker,
    BreakerPolicy,
    BreakerState,
    Ticket,
    abandon,
    admit,
    isolate,
    record,
    reset,
)
from launcher_gui.text.message import foreign

POLICY = BreakerPolicy(threshold=3, timeout_s=10.0, slow_call_s=30.0, probes=2, probe_lease_s=7.0)
SIMPLE = BreakerPolicy(threshold=3, timeout_s=10.0, probe_lease_s=7.0)
RATED = BreakerPolicy(threshold=1000, failure_rate=0.5, window_s=100.0, minimum_calls=4)
NOW = 1_000.0
CLOSED = Breaker("host")


@dataclass
class Model:
    """The expected breaker in the simplest terms: probes with leases, times opened, isolation."""

    state: BreakerState = BreakerState.CLOSED
    failures: int = 0
    opened: int = 0
    open_until: float = 0.0
    leases: dict[Ticket, float] = field(default_factory=dict)
    proven: int = 0

    def open(self, now: float) -> None:
        """Open it, each time twice as long, up to the cap."""
        self.open_until = now + POLICY.timeout_s * min(MAX_OPEN_GROWTH, 2**self.opened)
        self.state, self.opened, self.leases, self.proven = BreakerState.OPEN, self.opened + 1, {}, 0

    def lets_through(self, now: float) -> bool:
        """Return whether a call is allowed."""
        under_way = sum(now < until for until in self.leases.values())
        return {
            BreakerState.CLOSED: True,
            BreakerState.OPEN: now >= self.open_until,
            BreakerState.HALF_OPEN: under_way + self.proven < POLICY.probes,
            BreakerState.ISOLATED: False,
        }[self.state]


class BreakerStory(RuleBasedStateMachine):
    """Admitted calls whose results arrive late, in any order, or never."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.breaker = Breaker("host")
        self.model = Model()
        self.epoch = 0
        self.calls: list[tuple[Ticket, int, bool]] = []

    @rule(seconds=st.floats(0.1, 90, allow_nan=False))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def somebody_calls(self) -> None:
        admission = admit(self.breaker, POLICY, self.now)
        model = self.model
        assert admission.admitted == model.lets_through(self.now)
        if not admission.admitted:
            assert admission.breaker == self.breaker
            assert admission.retry_at == (model.open_until if model.state is BreakerState.OPEN else self.next_place())
            return
        if model.state is BreakerState.OPEN:
            self.epoch += 1  # whatever was under way before the probes no longer counts
            model.state = BreakerState.HALF_OPEN
        probing = model.state is BreakerState.HALF_OPEN
        if probing:
            model.leases = {ticket: until for ticket, until in model.leases.items() if self.now < until}
            model.leases[admission.ticket] = self.now + POLICY.probe_lease_s
        self.breaker = admission.breaker
        self.calls.append((admission.ticket, self.epoch, probing))

    def next_place(self) -> float | None:
        """Return when a half-open breaker surely has a free permit, ``None`` if it is isolated."""
        return min(self.model.leases.values(), default=None)

    @precondition(lambda self: self.model.state is not BreakerState.CLOSED)
    @rule()
    def a_person_calls_all_the_same(self) -> None:
        # "Retry now" asks nobody: the call belongs to the breaker as it stands, and what comes of it counts.
        self.calls.append((Ticket(self.breaker.generation), self.epoch, False))

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), how=st.sampled_from(["well", "slowly", "badly"]))
    def a_result_arrives(self, data: st.DataObject, how: str) -> None:
        ticket, epoch, is_probe = self.calls.pop(data.draw(st.integers(0, len(self.calls) - 1)))
        before, model = self.breaker, self.model
        took = 31.0 if how == "slowly" else 1.0
        self.breaker = record(before, POLICY, ticket, self.now, foreign("boom") if how == "badly" else None, took)
        lost = is_probe and ticket not in model.leases
        if epoch != self.epoch or lost or model.state is BreakerState.ISOLATED:
            assert self.breaker == before
        elif how != "well":
            model.failures += 1
            if model.state is not BreakerState.CLOSED or model.failures >= POLICY.threshold:
                model.open(self.now)
                self.epoch += 1
        elif model.state is BreakerState.HALF_OPEN and model.proven + 1 < POLICY.probes:
            model.leases.pop(ticket, None)
            model.proven += 1
        else:
            self.close_model(keeps_epoch=model.state is BreakerState.CLOSED)

    @precondition(lambda self: self.calls)
    @rule(data=st.data())
    def a_call_is_cancelled(self, data: st.DataObject) -> None:
        ticket, epoch, _ = self.calls.pop(data.draw(st.integers(0, len(self.calls) - 1)))
        before = self.breaker
        self.breaker = abandon(before, ticket)
        held_a_place = epoch == self.epoch and self.model.leases.pop(ticket, None) is not None
        assert held_a_place or self.breaker == before

    @rule()
    def a_person_isolates_it(self) -> None:
        self.breaker = isolate(self.breaker, self.now)
        self.model.state, self.model.leases, self.model.proven = BreakerState.ISOLATED, {}, 0
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
        assert self.breaker.state is self.model.state
        assert self.breaker.failures == self.model.failures
        assert self.breaker.times_opened == self.model.opened
        assert self.breaker.proven == self.model.proven
        assert len(self.breaker.probes) <= POLICY.probes  # a person's own comes on top, and takes nobody's place


BreakerStory.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestBreakerStory = BreakerStory.TestCase


def after(
    breaker: Breaker, policy: BreakerPolicy, *errors: str | None, now: float = NOW, each_s: float = 0.0
) -> Breaker:
    """Return the breaker after calls with these results, one every ``each_s`` seconds."""
    for number, error in enumerate(errors):
        breaker = record(
            breaker,
            policy,
            Ticket(breaker.generation),
            now + number * each_s,
            foreign(error) if error is not None else None,
        )
    return breaker


def opened(breaker: Breaker = CLOSED) -> Breaker:
    """Return the breaker after enough failures to open it."""
    return after(breaker, SIMPLE, *["boom"] * SIMPLE.threshold)


@given(st.integers(1, 100), st.floats(0.001, 86_400))
def test_it_opens_at_the_threshold_and_not_before(threshold: int, timeout_s: float) -> None:
    """It opens at the threshold of consecutive failures, and not one earlier."""
    policy = BreakerPolicy(threshold, timeout_s)
    breaker = after(CLOSED, policy, *["boom"] * (threshold - 1))
    assert breaker.state is BreakerState.CLOSED
    breaker = after(breaker, policy, "boom")
    assert breaker.state is BreakerState.OPEN
    assert breaker.retry_at == pytest.approx(NOW + timeout_s)


def test_a_success_breaks_the_row() -> None:
    """A success resets the count of consecutive failures."""
    assert after(CLOSED, SIMPLE, "boom", None, "boom").failures == 1


def test_an_open_breaker_lets_nobody_through_before_its_time() -> None:
    """Refused calls get the remaining time and change nothing."""
    breaker = opened()
    for now in (NOW, NOW + 5, NOW + 9.9):
        assert admit(breaker, SIMPLE, now) == Admission(
            breaker, admitted=False, ticket=Ticket(breaker.generation), retry_at=NOW + 10
        )
    assert admit(breaker, SIMPLE, NOW + 10).admitted


def test_a_failed_probe_is_one_more_failure() -> None:
    """Failed probes count as consecutive failures."""
    probe = admit(opened(), SIMPLE, NOW + 10)
    assert record(probe.breaker, SIMPLE, probe.ticket, NOW + 11, foreign("boom")).failures == opened().failures + 1


def test_a_ticket_of_before_frees_no_place() -> None:
    """An earlier generation's call does not free a current permit."""
    first = admit(opened(), SIMPLE, NOW + 10)
    again = record(first.breaker, SIMPLE, first.ticket, NOW + 10, foreign("boom"))
    second = admit(again, SIMPLE, NOW + 40)
    assert second.ticket.permit == first.ticket.permit
    assert abandon(second.breaker, first.ticket) == second.breaker


def test_only_one_probe_at_a_time() -> None:
    """A running probe excludes other calls."""
    probing = admit(opened(), SIMPLE, NOW + 10)
    assert probing.admitted
    assert not admit(probing.breaker, SIMPLE, NOW + 16.9).admitted


def test_a_lost_probe_gives_its_place_back() -> None:
    """A silent probe frees its permit with its lease, and its late result is ignored."""
    lost = admit(opened(), SIMPLE, NOW + 10)
    second = admit(lost.breaker, SIMPLE, NOW + 17)
    assert second.admitted
    assert record(second.breaker, SIMPLE, lost.ticket, NOW + 18, None) == second.breaker


def test_a_cancelled_probe_gives_its_place_back_at_once() -> None:
    """A cancelled probe frees its permit before its lease ends."""
    probing = admit(opened(), SIMPLE, NOW + 10)
    assert admit(abandon(probing.breaker, probing.ticket), SIMPLE, NOW + 10).admitted


def test_intervals_double_up_to_the_cap() -> None:
    """Each failed probe doubles the pause, up to eight times."""
    breaker, intervals = opened(), []
    for _ in range(6):
        assert breaker.retry_at is not None
        intervals.append(breaker.retry_at - breaker.changed_at)
        assert not admit(breaker, SIMPLE, breaker.retry_at - 0.1).admitted
        probe = admit(breaker, SIMPLE, breaker.retry_at)
        breaker = record(probe.breaker, SIMPLE, probe.ticket, breaker.retry_at, foreign("boom"))
    assert intervals == [10, 20, 40, 80, 80, 80]


def test_no_number_of_failed_probes_overflows() -> None:
    """A long outage still has a finite interval."""
    probe = admit(replace(opened(), times_opened=10**9), SIMPLE, NOW + 10)
    assert record(probe.breaker, SIMPLE, probe.ticket, NOW, foreign("boom")).retry_at == NOW + 80


def test_a_reset_forgets_the_escalation_but_not_the_last_error() -> None:
    """After a reset the pause is short again, and the last error stays."""
    breaker = reset(opened(), NOW)
    assert breaker.state is BreakerState.CLOSED
    assert str(breaker.last_error) == "boom"
    assert opened(breaker).retry_at == NOW + SIMPLE.timeout_s


def test_a_clock_set_back_does_not_lengthen_the_pause() -> None:
    """An impossibly late end comes from a corrected clock and is ignored."""
    assert admit(opened(), SIMPLE, NOW - 3600).admitted


def test_an_isolated_breaker_waits_for_a_person() -> None:
    """Neither time nor results end isolation."""
    breaker = isolate(CLOSED, NOW)
    held = admit(breaker, SIMPLE, NOW + 10**9)
    assert (held.admitted, held.retry_at) == (False, None)
    assert record(breaker, SIMPLE, held.ticket, NOW, None) == breaker
    assert admit(reset(breaker, NOW), SIMPLE, NOW).admitted


def test_a_share_of_failures_opens_it_without_a_row() -> None:
    """A failure rate of one half opens it without consecutive failures."""
    breaker = after(CLOSED, RATED, None, "boom", None)
    assert breaker.state is BreakerState.CLOSED
    assert after(breaker, RATED, "boom").state is BreakerState.OPEN


def test_a_share_of_many_calls_opens_it_too() -> None:
    """More calls than the minimum count as well."""
    well = after(CLOSED, RATED, *[None] * 6)
    assert after(well, RATED, *["boom"] * 5).state is BreakerState.CLOSED
    assert after(well, RATED, *["boom"] * 6).state is BreakerState.OPEN


def test_few_calls_say_nothing_about_a_share() -> None:
    """Below the minimum of calls there is no failure rate."""
    assert after(CLOSED, RATED, "boom", "boom", "boom").state is BreakerState.CLOSED


def test_the_share_forgets_what_is_older_than_the_window() -> None:
    """Old failures do not count with recent ones."""
    breaker = after(CLOSED, RATED, "boom", "boom", "boom")
    assert after(breaker, RATED, "boom", None, now=NOW + 101).state is BreakerState.CLOSED


def test_successes_of_long_ago_hide_no_failing_share() -> None:
    """Counts of an expired slice are not carried over."""
    well = after(CLOSED, RATED, *[None] * 50, each_s=1.0)
    assert [s.calls for s in well.recent] == [10] * 5
    assert after(well, RATED, *["boom"] * 4, now=NOW + 49 + 101).state is BreakerState.OPEN


def test_by_default_no_call_is_slow_and_no_share_is_looked_at() -> None:
    """By default only consecutive failures count."""
    breaker = record(CLOSED, BreakerPolicy(), Ticket(0), NOW, None, 86_400.0)
    assert breaker is CLOSED
    assert after(CLOSED, BreakerPolicy(), "boom", "boom", "boom", "boom").recent == ()


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 30) | st.floats(80, 120)), max_size=200))
def test_only_calls_in_the_window_count(calls: list[tuple[bool, float]]) -> None:
    """It opens by the calls of the last window, exact to a tenth."""
    breaker, now, past = CLOSED, NOW, list[tuple[float, bool]]()
    for failed, pause in calls:
        now += pause
        past.append((now, failed))
        breaker = record(breaker, RATED, Ticket(breaker.generation), now, foreign("boom") if failed else None)
        slices = int(now / 10.0)
        within = [bad for at, bad in past if int(at / 10.0) > slices - 10]
        failing = failed and len(within) >= 4 and sum(within) >= 0.5 * len(within)
        assert (breaker.state is BreakerState.OPEN) == failing
        assert len(breaker.recent) <= 10
        if failing:
            return


def test_a_result_from_before_a_reset_changes_nothing() -> None:
    """Generations never repeat, so earlier results are ignored."""
    breaker, tickets = CLOSED, [Ticket(0)]
    for _ in range(4):
        breaker = reset(opened(breaker), NOW)
        assert all(record(breaker, SIMPLE, late, NOW, foreign("boom")) is breaker for late in tickets)
        tickets.append(Ticket(breaker.generation))
    assert len(set(tickets)) == 5


def test_a_threshold_that_is_lowered_counts_at_once() -> None:
    """Above a lowered threshold the next failure opens it."""
    breaker = after(CLOSED, BreakerPolicy(threshold=10), *["boom"] * 6)
    assert after(breaker, BreakerPolicy(threshold=3), "boom").state is BreakerState.OPEN


def test_without_a_rate_a_success_changes_nothing() -> None:
    """A healthy host needs no writes."""
    assert record(CLOSED, SIMPLE, Ticket(0), NOW, None) is CLOSED


def test_a_clock_set_back_forgets_what_is_ahead() -> None:
    """Counts from before a clock correction leave the window."""
    breaker = after(CLOSED, RATED, "boom", "boom", "boom")
    assert len(after(breaker, RATED, "boom", now=NOW - 500).recent) == 1


def test_a_persons_own_success_lets_no_further_probe_through() -> None:
    """A success by Retry now counts, and running probes keep their permits."""
    policy = replace(SIMPLE, probes=2)
    first = admit(opened(), policy, NOW + 10)
    second = admit(first.breaker, policy, NOW + 10)
    proven = record(second.breaker, policy, Ticket(second.breaker.generation), NOW + 11, None)
    assert (proven.state, proven.proven) == (BreakerState.HALF_OPEN, 1)
    assert not admit(proven, policy, NOW + 11).admitted


def test_slow_calls_are_failures_where_a_limit_says_so() -> None:
    """Three slow calls open it, with that reason."""
    policy = replace(SIMPLE, slow_call_s=2.0)
    breaker = CLOSED
    for _ in range(3):
        breaker = record(breaker, policy, Ticket(breaker.generation), NOW, None, 2.5)
    assert (breaker.state, str(breaker.last_error)) == (BreakerState.OPEN, "took 2.5 s")


def test_several_probes_have_to_succeed() -> None:
    """With three probes the third success closes it, and a failure opens it again."""
    policy = replace(SIMPLE, probes=3)
    first = admit(opened(), policy, NOW + 10)
    second = admit(first.breaker, policy, NOW + 10)
    third = admit(second.breaker, policy, NOW + 10)
    assert not admit(third.breaker, policy, NOW + 10).admitted

    def outcome(*errors: str | None) -> BreakerState:
        breaker = third.breaker
        for admission, error in zip((first, second, third), errors, strict=False):
            breaker = record(
                breaker, policy, ticket_of(admission), NOW + 11, foreign(error) if error is not None else None
            )
        return breaker.state

    def ticket_of(admission: Admission) -> Ticket:
        return admission.ticket

    assert outcome(None, None) is BreakerState.HALF_OPEN
    assert outcome(None, None, None) is BreakerState.CLOSED
    assert outcome(None, "boom") is BreakerState.OPEN
