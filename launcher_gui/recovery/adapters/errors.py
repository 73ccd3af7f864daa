"""What may be told of an error outside of the store: its class and its cause. Its text is not: it may hold secrets."""

from __future__ import annotations

from launcher_gui.recovery.classification import TEXT_LIMIT, Classification, ErrorClassifier


def cause_of(error: BaseException, failure: Classification | None = None) -> str:
    """Return the cause in a few words ("connection reset").

    Args:
        error: What was raised.
        failure: What the function's own classifier knows about it; the library's is asked where that is not at hand.
    """
    return str((failure or ErrorClassifier().classify(error)).reason)[:TEXT_LIMIT]


def class_and_cause(error: BaseException, failure: Classification | None = None) -> str:
    """Return the class as well ("ConnectionResetError: connection reset"); see ``cause_of``."""
    name, cause = type(error).__name__, cause_of(error, failure)
    return name if cause == name else f"{name}: {cause}"[:TEXT_LIMIT]
