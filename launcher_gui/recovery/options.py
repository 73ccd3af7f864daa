"""How a function is recovered: what can be said in its decorator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from launcher_gui.recovery.classification import ErrorClassifier
from launcher_gui.recovery.clock import Clock
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.incarnation import Incarnation
from launcher_gui.recovery.integration import get_recovery_integrator
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence
from launcher_gui.recovery.strategies import Strategy

Scope = str | Callable[..., str]

_FIELDS = (
    "max_retries",
    "initial_delay",
    "backoff_factor",
    "max_delay",
    "timeout",
    "total_timeout",
    "circuit_breaker_threshold",
    "circuit_breaker_timeout",
)


@dataclass(frozen=True, slots=True)
class Options:
    """The arguments of ``recoverable``.

    Attributes:
        max_retries: As the field of that name in ``RecoveryConfig``, and so the others of its names below.
            ``max_retries=3`` allows 4 attempts, counted anew each time the work comes further.
        initial_delay: See ``max_retries``.
        backoff_factor: See ``max_retries``.
        max_delay: See ``max_retries``.
        timeout: See ``max_retries``; for async functions only.
        total_timeout: See ``max_retries``.
        strategy: Chooses the waits instead of exponential backoff.
        classifier: Tells what kind of failure an exception is.
        persistence: The store that every attempt is recorded in.
        state_serializer: Turns the function's one argument into JSON data, so that it can be resumed elsewhere.
        state_deserializer: Turns that data back.
        circuit_breaker_threshold: See ``max_retries``.
        circuit_breaker_timeout: See ``max_retries``.
        circuit_breaker_scope: What the breaker guards: a name, or a function of the call's arguments.
        wait_for_breaker: Wait while the breaker is open instead of raising ``CircuitBreakerOpenError``.
        exclusive_key: A function of the call's arguments that names what only one unfinished operation may work on.
        name: What the function is registered as; its module and qualified name by default.
        config: Returns the configuration, asked before each decision; the process's shared one by default.
        incarnation: This process as an owner, where the program has one already.
        clock: Time.
    """

    max_retries: int | None = None
    initial_delay: float | None = None
    backoff_factor: float | None = None
    max_delay: float | None = None
    timeout: float | None = None
    total_timeout: float | None = None
    strategy: Strategy | None = None
    classifier: ErrorClassifier | None = None
    persistence: SQLitePersistence | None = None
    state_serializer: Callable[[Any], dict[str, Any]] | None = None
    state_deserializer: Callable[[dict[str, Any]], Any] | None = None
    circuit_breaker_threshold: int | None = None
    circuit_breaker_timeout: float | None = None
    circuit_breaker_scope: Scope | None = None
    wait_for_breaker: bool = False
    exclusive_key: Callable[..., str] | None = None
    name: str | None = None
    config: Callable[[], RecoveryConfig] | None = None
    incarnation: Incarnation | None = None
    clock: Clock | None = None

    def effective(self) -> RecoveryConfig:
        """Return the configuration as it is now, the decorator's own arguments first.

        Raises:
            InvalidInputError: If a value is not one that its field allows.
        """
        base = self.config() if self.config is not None else get_recovery_integrator().config()
        given = {field: value for field in _FIELDS if (value := getattr(self, field)) is not None}
        return replace(base, **given) if given else base
