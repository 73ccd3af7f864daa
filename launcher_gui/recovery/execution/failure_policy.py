"""Calls a function's classifier and strategy. They are third-party code, so their errors must not break a run."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.strategies import BaseStrategy, ExponentialStrategy, Strategy, overrides_should_retry
from launcher_gui.text.message import NOTHING, Message, as_message, message

_OF_CONNECTIONS = frozenset({ErrorCategory.NETWORK, ErrorCategory.TIMEOUT})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known about a failure.

    Attributes:
        failure: Its classification.
        words: What happened.
        detail: Technical details.
        kind: The failure kind that the classifier names, empty if it names none.
    """

    failure: Classification
    words: Message
    detail: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FailurePolicy:
    """Calls classifier and strategy, and falls back to defaults if they fail.

    Attributes:
        classifier: Classifies exceptions.
        strategy: Chooses waits; ``None`` for exponential backoff with the configured values.
        excluded: Errors that do not count against the circuit breaker, whatever their classification.
        offline_reason: Returns what this machine lacks for calls to a scope; empty for nothing.
    """

    classifier: ErrorClassifier = field(default_factory=ErrorClassifier)
    strategy: Strategy | None = None
    excluded: tuple[type[BaseException], ...] = ()
    offline_reason: Callable[[str], Message | str] | None = None

    def verdict(self, error: Exception) -> Assessment:
        """Return what is known about ``error``."""
        failure = self._classified(error)
        for classifier in (self.classifier, ErrorClassifier()):
            try:
                words, detail = as_message(classifier.words(error, failure)), classifier.detail(error)
                return Assessment(failure, words, detail, str(classifier.failure_kind(error)))
            except Exception:  # noqa: BLE001 the same
                _log.exception("a classifier found no words for %s", type(error).__name__)
        return Assessment(failure, failure.reason, "")

    def backoff(self, failures: int, waited: float | None, config: RecoveryConfig) -> float:
        """Return the seconds to wait after ``failures`` failures, if the previous wait was ``waited`` seconds."""
        if self.strategy is not None:
            try:
                if isinstance(self.strategy, BaseStrategy):
                    return float(self.strategy.next_delay(failures, waited))
                return float(self.strategy.delay(failures))
            except Exception:  # noqa: BLE001 the same
                _log.exception("a strategy failed; waiting as the configuration says instead")
        return ExponentialStrategy(config.initial_delay, config.backoff_factor, config.max_delay, config.jitter).delay(
            failures
        )

    def word(self, error: Exception, failures: int, config: RecoveryConfig) -> bool | None:
        """Return whether a strategy wants to retry, ``None`` if it leaves that to the classifier."""
        if not overrides_should_retry(self.strategy):
            return None
        try:
            return bool(self.strategy.should_retry(error, failures, config.max_retries + 1))  # type: ignore[union-attr]
        except Exception:  # noqa: BLE001 the same
            _log.exception("a strategy failed; the classifier decides instead")
            return None

    def lack(self, failure: Classification, scope: str) -> Message:
        """Return what this machine lacks for calls to ``scope``, if that can have caused ``failure``."""
        curable = failure.disposition is Disposition.TRANSIENT
        if self.offline_reason is None or not curable or failure.category not in _OF_CONNECTIONS:
            return NOTHING
        try:
            return as_message(self.offline_reason(scope))
        except Exception:  # noqa: BLE001 the same
            _log.exception("what this machine lacks could not be found out")
            return NOTHING

    def _classified(self, error: Exception) -> Classification:
        known = Classification(ErrorCategory.UNKNOWN, Disposition.TRANSIENT, message("failure.unknown"))
        for classifier in (self.classifier, ErrorClassifier()):
            try:
                known = classifier.classify(error)
                break
            except Exception:  # noqa: BLE001 the same
                _log.exception("a classifier failed at %s", type(error).__name__)
        return replace(known, host_fault=False) if isinstance(error, self.excluded) else known
