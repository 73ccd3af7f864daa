"""Looking at exceptions that may not want to be looked at.

An exception is somebody else's code: its attributes and its text may raise, have any type and any length, and its
causes may be without end. Nothing here raises, and everything here ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard, TypeVar

T = TypeVar("T")

MOST_LINKS = 64
"""How many exceptions of one failure are looked at."""

TEXT_LIMIT = 4000
"""Characters of an exception's text that are kept."""


def attribute(holder: object, name: str) -> Any:
    """Return an attribute, ``None`` where there is none or it will not say."""
    try:
        return getattr(holder, name, None)
    except Exception:  # noqa: BLE001 a property may raise whatever it likes
        return None


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Return whether ``value`` is of that kind; ``isinstance`` also asks the value itself, which may raise."""
    return issubclass(type(value), kind)


def whole_number(value: object) -> int | None:
    """Return ``value`` as a number that behaves like one, ``None`` if it is none."""
    return int.__int__(value) if is_a(value, int) and type(value) is not bool else None


def plain_text(value: object) -> str:
    """Return ``value`` as a text that behaves like one, cut to ``TEXT_LIMIT``; empty if it is none."""
    return str.__getitem__(value, slice(TEXT_LIMIT)) if is_a(value, str) else ""


def text_of(error: BaseException) -> str:
    """Return the beginning of the text of ``error``, empty if it will not say."""
    try:
        # What __str__ returns may be of a kind of its own, whose methods are not to be trusted either.
        return str.__getitem__(str(error), slice(TEXT_LIMIT)).strip()
    except Exception:  # noqa: BLE001 the same
        return ""


def name_of(error: BaseException) -> str:
    """Return the name of the class of ``error``."""
    name = attribute(type(error), "__name__")
    return name[:200] if type(name) is str and name else "an error without a name"


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield ``error`` and what its makers say was its cause, each once, ``MOST_LINKS`` at most."""
    return (link for link, by_chance in links(error) if not by_chance)


def links(error: BaseException) -> Iterator[tuple[BaseException, bool]]:
    """Yield ``error`` and what it came from, each once, and whether the way to it led over a ``__context__``.

    A ``__cause__`` was named by whoever raised the error. A ``__context__``, looked at where there is no cause and
    nobody wrote ``from None``, only was being handled at the time.
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
