"""How a function is supervised: the options of its decorator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from launcher_gui.recovery.classification import ErrorClassifier
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.hooks import Hook
from launcher_gui.recovery.integration import get_recovery_integrator
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.ports import Store
from launcher_gui.recovery.strategies import Strategy
from launcher_gui.text.message import message

Scope = str | Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The arguments of ``recoverable``.

    Raises:
        InvalidInputError: If a hook or a class of exceptions is not one; numbers are checked with the configuration.

    Attributes:
        max_retries: The field of that name in ``RecoveryConfig``, like the others below that refer to this one.
            ``max_retries=3`` allows 4 attempts, counted again each time the work progresses.
        initial_delay: See ``max_retries``.
        backoff_factor: See ``max_retries``.
        max_delay: See ``max_retries``.
        timeout: See ``max_retries``; for async functions only.
        total_timeout: See ``max_retries``.
        strategy: Chooses the waits instead of exponential backoff.
        classifier: Classifies exceptions.
        persistence: The store that records every attempt, unless ``RECOVERY_PERSISTENCE_ENABLED`` is false.
        state_serializer: Converts the function's one argument to JSON data, so that another process can resume it.
        state_deserializer: Converts that data back.
        circuit_breaker_threshold: See ``max_retries``.
        circuit_breaker_timeout: See ``max_retries``.
        circuit_breaker_scope: The scope of breaker and retry budget: a name, or a function of the call's arguments. All
            functions with the same scope share them; by default a function has its own. There is a breaker if any of
            its options is given.
        circuit_breaker_failure_rate: See ``max_retries``.
        circuit_breaker_window: See ``max_retries``.
        circuit_breaker_minimum_calls: See ``max_retries``.
        circuit_breaker_slow_call: See ``max_retries``.
        circuit_breaker_probes: See ``max_retries``.
        circuit_breaker_excluded: Errors that do not count against the breaker.
        retry_budget: See ``max_retries``.
        offline_reason: Returns what this machine lacks for calls to a scope ("the network"), or an empty string.
            It must not block. While it lacks something, a failed connection counts neither as a retry nor against the
            breaker, and the next attempt waits until it is available again.
        wait_for_breaker: Wait while the breaker is open instead of raising ``CircuitBreakerOpenError``.
        wrap_exhausted: Raise ``RecoveryExhaustedError`` from the last error when no attempts are left.
        step: Whether a call within a recorded operation is a step of it: recorded with it, and not repeated after it
            has succeeded when the operation is retried or resumed.
        hooks: Hooks for the calls of this function, in addition to those of the process.
        exclusive_key: A function of the call's arguments that names what only one unfinished operation may work on.
        name: The registered name; module and qualified name of the function by default.
        config: Returns the configuration, called before each decision; the process's shared one by default.
        owner_lease: This process as an owner, if the program is registered already.
        clock: The clock.
    """

    max_retries: int | None = None
    initial_delay: float | None = None
    backoff_factor: float | None = None
    max_delay: float | None = None
    timeout: float | None = None
    total_timeout: float | None = None
    strategy: Strategy | None = None
    classifier: ErrorClassifier | None = None
    persistence: Store | None = None
    state_serializer: Callable[[Any], dict[str, Any]] | None = None
    state_deserializer: Callable[[dict[str, Any]], Any] | None = None
    circuit_breaker_threshold: int | None = None
    circuit_breaker_timeout: float | None = None
    circuit_breaker_scope: Scope | None = None
    circuit_breaker_failure_rate: float | None = None
    circuit_breaker_window: float | None = None
    circuit_breaker_minimum_calls: int | None = None
    circuit_breaker_slow_call: float | None = None
    circuit_breaker_probes: int | None = None
    circuit_breaker_excluded: tuple[type[BaseException], ...] = ()
    retry_budget: int | None = None
    offline_reason: Callable[[str], str] | None = None
    wait_for_breaker: bool = False
    wrap_exhausted: bool = False
    step: bool = True
    hooks: tuple[Hook, ...] = ()
    exclusive_key: Callable[..., str] | None = None
    name: str | None = None
    config: Callable[[], RecoveryConfig] | None = None
    owner_lease: OwnerLease | None = None
    clock: Clock | None = None

    def __post_init__(self) -> None:
        for hook in self.hooks:
            if not callable(hook):
                raise InvalidInputError("hooks", hook, message("input.not_callable"), message("fix.hooks"))
        for kind in cast("tuple[object, ...]", self.circuit_breaker_excluded):
            if not (isinstance(kind, type) and issubclass(kind, BaseException)):
                raise InvalidInputError(
                    "circuit_breaker_excluded", kind, message("input.not_exceptions"), message("fix.exceptions")
                )

    @property
    def has_breaker(self) -> bool:
        """Whether the decorator enables a circuit breaker."""
        return self.circuit_breaker_scope is not None or any(
            getattr(self, field) is not None for field in _OF_A_BREAKER
        )

    @property
    def shares_settings(self) -> bool:
        """Whether the function uses the shared settings of its store."""
        return self.config is None and self.persistence is not None and not self.persistence.in_memory


_FIELDS = tuple(option.name for option in fields(Options) if option.name in RecoveryConfig.__dataclass_fields__)
_OF_A_BREAKER = tuple(field for field in _FIELDS if field.startswith("circuit_breaker_"))


class EffectiveConfig:
    """The configuration of one function: the decorator's values override those of the program and the store.

    Args:
        options: The decorator's values.

    Raises:
        InvalidInputError: If a field does not allow its value.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._given = {field: value for field in _FIELDS if (value := getattr(options, field)) is not None}
        self._made: tuple[RecoveryConfig, RecoveryConfig] | None = None
        self()  # report an invalid value at the decorator, not at the first failure

    def __call__(self) -> RecoveryConfig:
        """Return the current configuration.

        Raises:
            InvalidInputError: If an environment variable has a value that its field does not allow.
        """
        base = self._base()
        if self._made is None or self._made[0] is not base:
            self._made = base, replace(base, **self._given)
        return self._made[1]

    def _base(self) -> RecoveryConfig:
        options = self._options
        if options.config is not None:
            return options.config()
        shared = get_recovery_integrator()
        if options.persistence is None or not options.shares_settings:
            return shared.config()
        return shared.config_in(options.persistence)
