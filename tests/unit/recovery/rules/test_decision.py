"""The decision after a failure: properties over every failure, count and configuration."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.rules.decision import Decision, because, decide, over_budget
from launcher_gui.text.message import foreign, message

waits = st.one_of(st.none(), st.floats(), st.floats(0, 10_000))
configs = st.builds(
    RecoveryConfig,
    max_retries=st.integers(0, 50),
    max_delay=st.floats(0, 86_400),
    max_retry_after=st.floats(0, 86_400),
)
CURABLE = (Disposition.TRANSIENT, Disposition.THROTTLED)

Situation = tuple[Classification, int, int, float, RecoveryConfig]
"""The arguments of ``decide``."""


@st.composite
def situations(
    draw: st.DrawFn,
    dispositions: tuple[Disposition, ...] = tuple(Disposition),
    asked: st.SearchStrategy[float | None] = waits,
) -> Situation:
    """Return any failure, with any count, under any configuration."""
    failure = Classification(
        category=draw(st.sampled_from(ErrorCategory)),
        disposition=draw(st.sampled_from(dispositions)),
        reason=draw(st.sampled_from(["connection reset", "the disk is full", "x"])),
        fix=draw(st.sampled_from(["", "Free some space, then resume."])),
        retry_after_s=draw(asked),
    )
    number = draw(st.integers(1, 1_000))
    return failure, number, draw(st.integers(1, min(60, number))), draw(st.floats()), draw(configs)


@given(situations(dispositions=(Disposition.PERMANENT,)))
def test_permanent_failures_are_never_retried(situation: Situation) -> None:
    """A permanent failure is not retried, whatever the budget."""
    failure, decision = situation[0], decide(*situation)
    assert not decision.retry
    assert str(failure.reason) in str(decision.words)
    assert str(failure.fix).removesuffix(".") in str(decision.words)


@given(situations())
def test_no_more_retries_than_allowed_without_progress(situation: Situation) -> None:
    """After the allowed retries without progress the next failure is final."""
    _, _, in_a_row, _, config = situation
    if decide(*situation).retry:
        assert in_a_row <= config.max_retries


@given(situations(CURABLE, st.floats(0, 2_000) | st.just(math.inf)), st.floats(0, 2_000))
def test_what_the_server_asks_for_is_honoured_up_to_the_cap(situation: Situation, most: float) -> None:
    """A Retry-After within the limit is the wait; a longer one ends the operation."""
    failure, number, in_a_row, backoff, _ = situation
    config = RecoveryConfig(max_retries=in_a_row, max_retry_after=most)
    asked, decision = failure.retry_after_s, decide(failure, number, in_a_row, backoff, config)
    assert asked is not None
    assert decision.retry == (asked <= config.max_retry_after)
    if decision.retry:
        assert decision.wait_s == asked
        assert "the server asked for it" in str(decision.words)


@given(situations())
def test_every_wait_can_be_waited(situation: Situation) -> None:
    """NaN, negative and infinite waits are never chosen."""
    decision = decide(*situation)
    assert math.isfinite(decision.wait_s)
    assert decision.wait_s >= 0


@given(situations())
def test_the_words_agree_with_the_choice(situation: Situation) -> None:
    """The text states the wait and the next attempt, or why there is none."""
    number = situation[1]
    decision = decide(*situation)
    if decision.retry:
        assert str(decision.words).startswith("waiting ")
        assert f"then attempt {number + 1} of " in str(decision.words)
    else:
        assert str(decision.words).startswith(("not retried: ", "gave up after "))
    assert not str(decision.words).endswith(".")
    assert "nan" not in str(decision.words)


@given(st.integers(1, 500), st.integers(0, 50), st.data())
def test_the_announced_limit_is_where_it_ends(number: int, retries: int, data: st.DataObject) -> None:
    """Without progress the announced last attempt is the last."""
    in_a_row = data.draw(st.integers(1, number))
    failure = Classification(ErrorCategory.NETWORK, Disposition.TRANSIENT, "connection reset")
    config = RecoveryConfig(max_retries=retries)
    decision = decide(failure, number, in_a_row, 1.0, config)
    limit = number
    while decision.retry:
        announced = int(str(decision.words).split(" of ")[1].split(":")[0])
        number, in_a_row = number + 1, in_a_row + 1
        limit = announced
        decision = decide(failure, number, in_a_row, 1.0, config)
    assert number == limit


def test_three_retries_are_four_attempts() -> None:
    """As in the contract, max_retries=3 allows attempts 1 to 4."""
    failure = Classification(ErrorCategory.NETWORK, Disposition.TRANSIENT, "connection reset")
    decisions = [decide(failure, n, n, 1.0, RecoveryConfig(max_retries=3)) for n in range(1, 5)]
    assert [d.retry for d in decisions] == [True, True, True, False]
    assert decisions[0] == Decision(
        True, 1.0, because(message("decision.wait", wait_s=1.0, number=2, limit=4), foreign("connection reset"))
    )
    assert str(decisions[3].words) == "gave up after 4 attempts: no progress in the last 4"


RESET = Classification(ErrorCategory.NETWORK, Disposition.TRANSIENT, "connection reset")
FULL = Classification(ErrorCategory.RESOURCE, Disposition.PERMANENT, "the disk is full", "Free some space.")
THREE = RecoveryConfig(max_retries=3)


@given(situations(), st.none() | st.booleans(), st.floats(0, 1e9))
def test_what_is_not_retried_is_not_waited_for(situation: Situation, word: bool | None, left: float) -> None:
    """A decision against another attempt has no wait."""
    decision = decide(*situation, word=word, left_s=left)
    assert decision.retry or decision.wait_s == 0


def test_a_strategys_word_counts_before_the_classifiers() -> None:
    """A strategy overrides the classifier both ways, within the limit."""
    assert decide(RESET, 1, 1, 1.0, THREE, word=False) == Decision(
        retry=False, wait_s=0.0, words=because(message("decision.not_retried"), foreign("connection reset"))
    )
    assert decide(FULL, 1, 1, 1.0, THREE, word=True).retry
    assert not decide(FULL, 1, 1, 1.0, THREE).retry
    assert not decide(RESET, 4, 4, 1.0, THREE, word=True).retry


def test_a_wait_has_to_end_within_the_time_allowed() -> None:
    """A wait that uses up the total time is refused; a shorter one is not."""
    assert decide(RESET, 1, 1, 5.0, THREE, left_s=5.1).retry
    assert not decide(RESET, 1, 1, 5.0, THREE, left_s=1.0).retry
    over = decide(RESET, 1, 1, 5.0, THREE, left_s=5.0)
    assert (over.retry, over.exhausted) == (False, True)
    assert str(over.words) == "gave up: waiting another 5 s would exceed the total time limit"


@pytest.mark.parametrize(
    ("decision", "exhausted"),
    [
        (decide(RESET, 4, 4, 1.0, THREE), True),
        (over_budget("host"), True),
        (decide(FULL, 1, 1, 1.0, THREE), False),
        (decide(RESET, 1, 1, 1.0, THREE, word=False), False),
    ],
)
def test_what_was_used_up_is_told_apart(decision: Decision, exhausted: bool) -> None:
    """Exhausted attempts, time and budget differ from permanent errors and a strategy's refusal."""
    assert (decision.retry, decision.exhausted) == (False, exhausted)


@pytest.mark.parametrize(
    ("number", "retries", "words"),
    [
        (1, 0, "not retried: retries are set to 0"),
        (2, 1, "gave up after 2 attempts: no progress in the last 2"),
        (9, 1, "gave up after 9 attempts: no progress in the last 2"),
    ],
)
def test_how_often_it_was_tried_is_counted_in_words(number: int, retries: int, words: str) -> None:
    """Counts of attempts read naturally."""
    assert str(decide(RESET, number, retries + 1, 1.0, RecoveryConfig(max_retries=retries)).words) == words


@pytest.mark.parametrize(
    ("wait", "shown"), [(0.0, "0 s"), (2.5, "2.5 s"), (3.0, "3 s"), (9.96, "10.0 s"), (10.4, "10 s"), (12.4, "12 s")]
)
def test_waits_are_told_as_exactly_as_they_matter(wait: float, shown: str) -> None:
    """Waits have tenths below ten seconds, then whole seconds; zero is a wait."""
    decision = decide(RESET, 1, 1, wait, THREE)
    assert decision.wait_s == wait
    assert str(decision.words).startswith(f"waiting {shown}, then")


@given(situations(dispositions=CURABLE))
def test_what_does_not_count_is_always_tried_again(situation: Situation) -> None:
    """A failure of this machine alone is never the last and adds no wait."""
    failure = replace(situation[0], counts=False)
    decision = decide(failure, *situation[1:])
    assert decision.retry
    assert decision.wait_s == 0
    assert str(failure.reason) in str(decision.words)
