"""What adapters may publish about an error: its class and its cause, not its text, which may contain secrets."""

from __future__ import annotations

from launcher_gui.recovery.classification import TEXT_LIMIT, Classification, ErrorClassifier


def cause_of(error: BaseException, failure: Classification | None = None) -> str:
    """Return the cause in a few words ("connection reset").

    Args:
        error: The exception.
        failure: Its classification by the function's own classifier; the library's is used if there is none.
    """
    return str((failure or ErrorClassifier().classify(error)).reason)[:TEXT_LIMIT]


def class_and_cause(error: BaseException, failure: Classification | None = None) -> str:
    """Return the class and the cause ("ConnectionResetError: connection reset"); see ``cause_of``."""
    name, cause = type(error).__name__, cause_of(error, failure)
    return name if cause == name else f"{name}: {cause}"[:TEXT_LIMIT]
