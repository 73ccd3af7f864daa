"""The language of this process, for the rooms that speak to people and must not know Qt.

Words are written where they are said, in English, and pass through ``translate`` or ``counted``; figures and times
pass through ``number``, ``clock`` and ``date_and_clock``. Unless the window says otherwise, all of them come out in
English: so they do in the command line, in reports and for whoever uses the library.

``packaging/translations.py`` collects the words; it sees literals only, the context before the words.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Language(Protocol):
    """How words, figures and times are said."""

    def translate(self, context: str, text: str, comment: str, n: int) -> str:
        """Return ``text`` as it is said; ``n`` decides on the plural and stands for ``%n``, -1 for neither."""

    def number(self, value: float, digits: int) -> str:
        """Return ``value`` with so many digits after the point."""

    def clock(self, at: datetime) -> str:
        """Return the time of the day, with its seconds."""

    def date_and_clock(self, at: datetime) -> str:
        """Return the date and the time of the day."""


class English:
    """English as it stands in the code. Where "(s)" stands, it is an s or nothing."""

    def translate(self, _context: str, text: str, _comment: str, n: int) -> str:
        """Return ``text``, with its plural if there is a number."""
        return text if n < 0 else text.replace("(s)", "" if n == 1 else "s").replace("%n", str(n))

    def number(self, value: float, digits: int) -> str:
        """Return ``value`` with a point, and commas between the thousands."""
        return f"{value:,.{digits}f}"

    def clock(self, at: datetime) -> str:
        """Return it as 14:03:21."""
        return f"{at:%H:%M:%S}"

    def date_and_clock(self, at: datetime) -> str:
        """Return it as 2026-01-31 14:03."""
        return f"{at:%Y-%m-%d %H:%M}"


ENGLISH: Language = English()


class _Current:
    """The language of the process: it has one, as it has one clock."""

    language: Language = ENGLISH


def set_language(language: Language) -> None:
    """Let this process speak ``language`` from now on; what has been said stays as it is."""
    _Current.language = language


def current() -> Language:
    """Return the language of this process."""
    return _Current.language


def translate(context: str, text: str, comment: str = "") -> str:
    """Return ``text`` in the language of this process.

    Args:
        context: Where it is said; the same words may be said otherwise elsewhere.
        text: The English words.
        comment: What tells it from the same words of the same context.
    """
    return _Current.language.translate(context, text, comment, -1)


def counted(context: str, text: str, n: int) -> str:
    """Return ``text`` with ``n`` for its ``%n``, in the plural that goes with it: "%n attempt(s)"."""
    return _Current.language.translate(context, text, "", n)


def marked(_context: str, text: str) -> str:
    """Return ``text`` as it is: it stands in a table, and whoever says it translates it by then."""
    return text


def number(value: float, digits: int) -> str:
    """Return ``value`` with so many digits after the point, as people write it."""
    return _Current.language.number(value, digits)


def decimal_point() -> str:
    """Return what parts the whole of a number from its fraction."""
    return number(0.5, 1)[1]


def clock(at: datetime) -> str:
    """Return the time of the day as people write it, with its seconds."""
    return _Current.language.clock(at)


def date_and_clock(at: datetime) -> str:
    """Return the date and the time of the day as people write them."""
    return _Current.language.date_and_clock(at)
