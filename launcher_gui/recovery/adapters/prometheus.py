"""A hook that exports metrics to Prometheus. Needs the extra ``prometheus``.

Labels are functions, kinds of failure, states and scopes, never operations or URLs, because each new value of a label
creates a time series that is kept forever. Functions and scopes beyond a limit are counted together.
"""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram

from launcher_gui.recovery.hooks import AttemptFailed, BreakerMoved, Fact, OperationEnded
from launcher_gui.recovery.rules.breaker import BreakerState

OTHER = "other"
"""The label of all functions, or scopes, beyond the limit."""

STATE_VALUES = {
    BreakerState.CLOSED: 0,
    BreakerState.HALF_OPEN: 1,
    BreakerState.OPEN: 2,
    BreakerState.ISOLATED: 3,
}
"""The value of the gauge for each state of a breaker."""

_DURATIONS_S = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14_400)
_WAITS_S = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900)


class PrometheusHook:
    """Counts failed attempts, waits and ended operations, measures durations, and shows breakers.

    State changes of breakers beyond the limit are counted, but have no gauge: one gauge for all would be wrong.

    Args:
        registry: Where the metrics are registered; a registry accepts one such hook.
        most_names: How many functions, and how many scopes, get labels of their own.
    """

    def __init__(self, registry: CollectorRegistry = REGISTRY, most_names: int = 200) -> None:
        self._functions = _Names(most_names)
        self._scopes = _Names(most_names)
        self._failed = Counter(
            "recovery_attempts_failed",
            "Attempts that failed, by function and kind of failure.",
            ("function", "category", "outcome"),
            registry=registry,
        )
        self._waits = Histogram(
            "recovery_wait_seconds",
            "Waits that were chosen between attempts.",
            ("function",),
            registry=registry,
            buckets=_WAITS_S,
        )
        self._ended = Counter(
            "recovery_operations_ended",
            "Operations that are over, by function and state.",
            ("function", "state"),
            registry=registry,
        )
        self._durations = Histogram(
            "recovery_operation_duration_seconds",
            "How long operations took, waits included.",
            ("function", "state"),
            registry=registry,
            buckets=_DURATIONS_S,
        )
        self._breakers = Gauge(
            "recovery_breaker_state",
            "State of a circuit breaker: "
            + ", ".join(f"{value} {state.replace('_', '-')}" for state, value in STATE_VALUES.items())
            + ".",
            ("scope",),
            registry=registry,
        )
        self._moves = Counter(
            "recovery_breaker_moves",
            "Changes of state of circuit breakers, by the state that they came to.",
            ("scope", "state"),
            registry=registry,
        )

    def __call__(self, fact: Fact, /) -> None:
        """Count ``fact``."""
        match fact:
            case AttemptFailed():
                function = self._functions.label(fact.call.function)
                outcome = "retrying" if fact.decision.retry else "failed"
                self._failed.labels(function, str(fact.failure.category), outcome).inc()
                if fact.decision.retry:
                    self._waits.labels(function).observe(fact.decision.wait_s)
            case OperationEnded():
                labels = (self._functions.label(fact.call.function), str(fact.state))
                self._ended.labels(*labels).inc()
                self._durations.labels(*labels).observe(fact.duration_s)
            case BreakerMoved():
                scope = self._scopes.label(place_of(fact.scope))
                self._moves.labels(scope, str(fact.after)).inc()
                if scope != OTHER:
                    self._breakers.labels(scope).set(STATE_VALUES[fact.after])
            case _:
                pass


def place_of(scope: str) -> str:
    """Return the host if the scope is a URL, else the scope."""
    if "://" not in scope:
        return scope
    try:
        return urlsplit(scope).hostname or OTHER
    except ValueError:
        return OTHER


class _Names:
    """The values that a label may have."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: set[str] = set()
        self._lock = threading.Lock()

    def label(self, name: str) -> str:
        with self._lock:
            if name in self._known:
                return name
            if len(self._known) >= self._most:
                return OTHER
            self._known.add(name)
            return name
