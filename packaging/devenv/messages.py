"""The set-up's messages, on stderr so that a program's own output stays clean, and the exception that ends it."""

from __future__ import annotations

import sys


class SetUpError(Exception):
    """The set-up cannot continue; the message says what to do about it."""


def say(text: str) -> None:
    """Print one message."""
    print(text, file=sys.stderr, flush=True)
