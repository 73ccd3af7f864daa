"""How the set-up speaks: to stderr, so that a program's own output stays clean, and one exception for the end."""

from __future__ import annotations

import sys


class SetUpError(Exception):
    """The set-up cannot go on; the message says what a person can do about it."""


def say(text: str) -> None:
    """Tell the person what is being done."""
    print(text, file=sys.stderr, flush=True)
