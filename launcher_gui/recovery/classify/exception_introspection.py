"""Safe inspection of exceptions.

Exceptions are third-party code: their attributes and text may raise, have any type and any length, and their causes may
form an endless chain. Nothing here raises, and everything here terminates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard, TypeVar

T = TypeVar("T")

MOST_LINKS = 64
"""The most exceptions of one chain that are inspected."""

TEXT_LIMIT = 4000
"""The most characters of an exception's text that are kept."""


def attribute(holder: object, name: str) -> Any:
    """Return an attribute, ``None`` if it is missing or raises."""
    try:
        return getattr(holder, name, None)
    except Exception:  # noqa: BLE001 a property may raise anything
        return None


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Return whether ``value`` is of that type; ``isinstance`` also consults the value itself, which may raise."""
    return issubclass(type(value), kind)


def whole_number(value: object) -> int | None:
    """Return ``value`` as a plain ``int``, ``None`` if it is not one."""
    return int.__int__(value) if is_a(value, int) and type(value) is not bool else None


def plain_text(value: object) -> str:
    """Return ``value`` as a plain ``str``, cut to ``TEXT_LIMIT``; empty if it is not one."""
    return str.__getitem__(value, slice(TEXT_LIMIT)) if is_a(value, str) else ""


def text_of(error: BaseException) -> str:
    """Return the beginning of the text of ``error``, empty if that raises."""
    try:
        # __str__ may return a subclass of str, whose methods are not to be trusted either.
        return str.__getitem__(str(error), slice(TEXT_LIMIT)).strip()
    except Exception:  # noqa: BLE001 the same
        return ""


def name_of(error: BaseException) -> str:
    """Return the name of the class of ``error``."""
    name = attribute(type(error), "__name__")
    return name[:200] if type(name) is str and name else "an error without a name"


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield ``error`` and its explicit causes, each once, ``MOST_LINKS`` at most."""
    return (link for link, by_chance in links(error) if not by_chance)


def links(error: BaseException) -> Iterator[tuple[BaseException, bool]]:
    """Yield ``error`` and its causes, each once, with whether the path to it used a ``__context__``.

    A ``__cause__`` was set by the code that raised the error. A ``__context__``, used if there is no cause and no
    ``from None``, merely was being handled at the time.
    """
    seen: set[int] = set()
    link: Any = error
    by_chance = False
    while issubclass(type(link), BaseException) and id(link) not in seen and len(seen) < MOST_LINKS:
        seen.add(id(link))
        yield link, by_chance
        cause = attribute(link, "__cause__")
        if cause is None and not attribute(link, "__suppress_context__"):
            cause, by_chance = attribute(link, "__context__"), True
        link = cause
