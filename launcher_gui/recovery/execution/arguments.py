"""Converts the arguments and the result of a call to JSON for the store, and inspects functions."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

from launcher_gui.recovery.operation import to_json
from launcher_gui.recovery.store.records import NOT_SAVED

Args = tuple[Any, ...]
Kwargs = dict[str, Any]

LONGEST_RESULT = 1024 * 1024
"""A longer JSON text of a result is not kept."""


def is_async(function: Callable[..., Any]) -> bool:
    """Return whether calling ``function`` returns an awaitable."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__)


def wants_tracker(function: Callable[..., Any]) -> bool:
    """Return whether ``function`` has a ``progress_tracker`` parameter."""
    try:
        return "progress_tracker" in inspect.signature(function).parameters
    except ValueError:  # implemented in C, without a signature
        return False


def name_of(function: Callable[..., Any]) -> str:
    """Return the name of a function, or of the class of a callable object."""
    named = function if hasattr(function, "__qualname__") else type(function)
    return f"{named.__module__}.{named.__qualname__}"


def serialised(args: Args, kwargs: Kwargs, serializer: Callable[[Any], dict[str, Any]] | None) -> dict[str, Any]:
    """Return the arguments as JSON data, or the reason why that is impossible: a call does not fail because of it."""
    try:
        if serializer is not None:
            saved = serializer(args[0] if args else next(iter(kwargs.values())))
        else:
            saved = {"args": list(args), "kwargs": kwargs}
        to_json(saved)
    except Exception as error:  # noqa: BLE001 a serializer must not break the call
        return {NOT_SAVED: f"its arguments cannot be stored as JSON ({type(error).__name__}: {error})"}
    return saved


def deserialised(saved: dict[str, Any], deserializer: Callable[[dict[str, Any]], Any] | None) -> tuple[Args, Kwargs]:
    """Return the arguments from the JSON data of ``serialised``."""
    if deserializer is not None:
        return (deserializer(saved),), {}
    return tuple(saved.get("args", ())), dict(saved.get("kwargs", {}))


def kept_result(result: object) -> str | None:
    """Return a result as JSON text, ``None`` if parsing that would not restore it or it is too long."""
    try:
        text = to_json(result)
        return text if len(text) <= LONGEST_RESULT and json.loads(text) == result else None
    except Exception:  # noqa: BLE001 any comparison may raise
        return None


def short_result(result: object) -> str | None:
    """Return a simple result as JSON text for display; ``None`` for other results."""
    return kept_result(result) if isinstance(result, str | int | float | bool) else None
