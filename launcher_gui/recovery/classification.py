"""Classifies exceptions: by status, class and error number, never by guessing from the text.

This is the public interface. The tables for statuses, classes and numbers are in http_status.py, error_types.py and
system_errors.py; ``docs/what-is-retried.md`` is generated from them. For another library, override
``ErrorClassifier.classify`` or ``classify_error``.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from launcher_gui.recovery.classify.error_types import of_type
from launcher_gui.recovery.classify.exception_introspection import (
    TEXT_LIMIT,
    attribute,
    causes,
    links,
    name_of,
    text_of,
)
from launcher_gui.recovery.classify.failure import Classification, Disposition, ErrorCategory, of_category, transient
from launcher_gui.recovery.classify.http_status import classify_answer
from launcher_gui.text.message import Message

__all__ = [
    "TEXT_LIMIT",
    "Classification",
    "Disposition",
    "ErrorCategory",
    "ErrorClassifier",
    "of_category",
]


class ErrorClassifier:
    """Classifies exceptions.

    An exception with a ``Message`` in its attribute ``message`` is described by that.

    Override ``classify_error`` to choose the category, or ``classify`` for a complete classification.

    Attributes:
        now: Returns POSIX seconds, for a date to wait for in a response without a Date field.
    """

    now: Callable[[], float] = staticmethod(time.time)

    def classify(self, error: BaseException) -> Classification:
        """Return the classification of ``error``; if its own class is unknown, that of its ``__cause__``.

        Without a cause, the exception that was being handled when it was raised (``__context__``) counts if it is a
        fault of the other side: an error that hides a lost connection counts as one. Any other context is a
        coincidence: a KeyError that was handled before does not make the error a programming error.
        """
        known = self._found(error)
        asked = (id(self), id(error))
        if not isinstance(error, Exception) or not self._chooses_category() or asked in _asked():
            return known
        _asked().add(asked)  # an overridden classify_error may call classify
        try:
            category = ErrorCategory(self.classify_error(error))
        finally:
            _asked().discard(asked)
        return known if category is known.category else of_category(category, name_of(error))

    def words(self, error: BaseException, failure: Classification) -> Message | str:
        """Return what happened: the error's own message if it has one or its text says more, else the reason."""
        own = attribute(error, "message")
        if type(own) is Message and own:
            return own
        speaks = failure.category in {ErrorCategory.UNKNOWN, ErrorCategory.VALIDATION} or _is_for_people(error)
        return (text_of(error) if speaks else "") or failure.reason

    def failure_kind(self, error: BaseException) -> str:  # noqa: ARG002 for classifiers that name one
        """Return the failure kind that is recorded with the attempt, for programs that offer remedies by it."""
        return ""

    def detail(self, error: BaseException) -> str:
        """Return the technical details of ``error``: its class and text and those of its causes."""
        return " ← ".join(f"{name_of(link)}: {text_of(link)}" for link in causes(error))[:TEXT_LIMIT]

    def classify_error(self, error: Exception) -> ErrorCategory:
        """Return the category of ``error``; if you override this, the classification follows from the category."""
        return (self._found(error) if self._chooses_category() else self.classify(error)).category

    def _found(self, error: BaseException) -> Classification:
        for link, is_by_chance in links(error):
            known = classify_answer(link, self.now) or of_type(link)
            if known is not None and not (is_by_chance and not _is_outside(known)):
                return known
        return transient(ErrorCategory.UNKNOWN, name_of(error))

    def _chooses_category(self) -> bool:
        return type(self).classify_error is not ErrorClassifier.classify_error


def _is_outside(known: Classification) -> bool:
    return known.host_fault or known.disposition is Disposition.THROTTLED


def _is_for_people(error: BaseException) -> bool:
    return attribute(error, "detail") is not None


_questions = threading.local()


def _asked() -> set[tuple[int, int]]:
    """Return the errors whose category this thread is currently computing."""
    found: set[tuple[int, int]] = _questions.__dict__.setdefault("asked", set())
    return found
