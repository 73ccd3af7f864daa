"""``@recoverable``: the main entry point of the library."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, Protocol, TypeVar, cast, overload

from launcher_gui.recovery.execution import steps
from launcher_gui.recovery.execution.options import Options
from launcher_gui.recovery.execution.plan import FirstFailure
from launcher_gui.recovery.execution.recoverable import Recoverable
from launcher_gui.recovery.integration import get_recovery_integrator

P = ParamSpec("P")
T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
Given = ParamSpec("Given")


class Decorator(Protocol):
    """The type of ``recoverable(...)`` for type checkers: it preserves a function's type."""

    def __call__(self, function: F, /) -> F:
        """Return ``function`` under supervision."""
        ...


class Recover(Protocol[Given]):
    """The type of ``recoverable`` for editors and type checkers: bare, or with the arguments of ``Options``."""

    @overload
    def __call__(self, function: F, /) -> F: ...
    @overload
    def __call__(self, /, *args: Given.args, **options: Given.kwargs) -> Decorator: ...


def _taking(_options: Callable[Given, Options]) -> Callable[[Callable[..., Any]], Recover[Given]]:
    """Give a function the signature of ``Options``, so that the arguments are declared only there."""
    return lambda function: cast("Recover[Given]", function)


@_taking(Options)
def recoverable(function: Callable[..., Any] | None = None, /, **options: Any) -> Any:
    """Supervise a function, async or not: retry it, guard it with a circuit breaker, and record it.

    Use it bare or with arguments. Values that are not given come from the environment (``RECOVERY_<FIELD>``), else from
    ``update_config``, else from the defaults of ``RecoveryConfig``. After the last attempt the function's own exception
    is raised, with a note (PEP 678) about the attempts.

    The supervised function has an attribute ``recovery``, its ``Recoverable``, which prepares and resumes operations.

    Args:
        function: The function, when used bare.
        **options: The fields of ``Options``, which documents them.

    Returns:
        The supervised function, with the signature and type of the original.

    Raises:
        TypeError: If the decorated object is a generator, cannot be called, or an option is unknown.
        InvalidInputError: If an option's value is not allowed.
    """
    chosen = Options(**options)

    def supervise(target: Callable[..., Any]) -> Callable[..., Any]:
        return _supervised(target, chosen)

    return supervise if function is None else supervise(function)


def _supervised(function: Any, options: Options) -> Callable[..., Any]:
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError(
            f"{function.__qualname__} is a generator: what it has yielded cannot be taken back by trying again. "
            "Supervise the function that does the work for each item instead."
        )
    if not callable(function) or inspect.isclass(function):
        raise TypeError(f"recoverable supervises functions; {function!r} is not one")
    recovery: Recoverable[..., Any] = Recoverable(function, options)
    wrapper = _async_wrapper(function, recovery) if recovery.is_async else _wrapper(function, recovery)
    wrapper.recovery = recovery  # type: ignore[attr-defined]
    return wrapper


def _async_wrapper(
    function: Callable[..., Coroutine[Any, Any, Any]], recovery: Recoverable[..., Any]
) -> Callable[..., Any]:
    """Return an async function with a fast path: a first success that needs no record creates no objects."""
    shared, current, monotonic, is_step = get_recovery_integrator(), steps.current, recovery.monotonic, recovery.is_step

    @functools.wraps(function)
    async def supervised(*args: Any, **kwargs: Any) -> Any:
        if recovery.judged_in != shared.version:
            recovery.judge()
        if not (recovery.is_plain and recovery.guard.is_well) or (is_step and current() is not None):
            return await recovery.call(args, kwargs)
        began, generation = monotonic(), recovery.guard.breaker.generation
        try:
            return await function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 the classifier decides how to treat it
            first = FirstFailure(error, monotonic() - began, generation)
        return await recovery.call(args, kwargs, first)

    return supervised


def _wrapper(function: Callable[..., Any], recovery: Recoverable[..., Any]) -> Callable[..., Any]:
    """Return a synchronous function with a fast path: a first success that needs no record creates no objects."""
    shared, current, monotonic, is_step = get_recovery_integrator(), steps.current, recovery.monotonic, recovery.is_step

    @functools.wraps(function)
    def supervised(*args: Any, **kwargs: Any) -> Any:
        if recovery.judged_in != shared.version:
            recovery.judge()
        if not (recovery.is_plain and recovery.guard.is_well) or (is_step and current() is not None):
            return recovery.call_blocking(args, kwargs)
        began, generation = monotonic(), recovery.guard.breaker.generation
        try:
            return function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 the classifier decides how to treat it
            first = FirstFailure(error, monotonic() - began, generation)
        return recovery.call_blocking(args, kwargs, first)

    return supervised


def recovery_of(function: Callable[..., Any]) -> Recoverable[..., Any]:
    """Return the ``Recoverable`` of a supervised function.

    Raises:
        TypeError: If it is not supervised.
    """
    found = getattr(function, "recovery", None)
    if not isinstance(found, Recoverable):
        raise TypeError(f"{function!r} is not supervised by recoverable")
    return cast("Recoverable[..., Any]", found)
