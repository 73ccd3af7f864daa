"""The language of this process, for packages that must not depend on Qt.

Strings are written in English in place and pass through ``translate`` or ``counted``; figures and times pass through
``number``, ``clock`` and ``date_and_clock``. Without the window, everything is English: in the command line, in reports
and for users of the library.

``packaging/translations.py`` collects the strings; it sees literals only, with the context as the first argument.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Language(Protocol):
    """How text, figures and times are written."""

    def translate(self, context: str, text: str, comment: str, n: int) -> str:
        """Return the translation of ``text``; ``n`` decides on the plural and replaces ``%n``, -1 for neither."""

    def number(self, value: float, digits: int) -> str:
        """Return ``value`` with that many decimals."""

    def clock(self, at: datetime) -> str:
        """Return the time of day with seconds."""

    def date_and_clock(self, at: datetime) -> str:
        """Return the date and the time of day."""


class English:
    """English as in the code; "(s)" becomes an s or nothing."""

    def translate(self, _context: str, text: str, _comment: str, n: int) -> str:
        """Return ``text`` in the plural for ``n``."""
        return text if n < 0 else text.replace("(s)", "" if n == 1 else "s").replace("%n", str(n))

    def number(self, value: float, digits: int) -> str:
        """Return ``value`` with a decimal point and commas between thousands."""
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
    """Set the language of this process; text that was made before stays."""
    _Current.language = language


def current() -> Language:
    """Return the language of this process."""
    return _Current.language


def translate(context: str, text: str, comment: str = "") -> str:
    """Return ``text`` in the language of this process.

    Args:
        context: The context; the same text can have another translation elsewhere.
        text: The English text.
        comment: Distinguishes it from the same text in the same context.
    """
    return _Current.language.translate(context, text, comment, -1)


def counted(context: str, text: str, n: int) -> str:
    """Return ``text`` with ``n`` in place of ``%n``, in its plural form: "%n attempt(s)"."""
    return _Current.language.translate(context, text, "", n)


def marked(_context: str, text: str) -> str:
    """Return ``text`` unchanged: it is in a table and translated when shown."""
    return text


def number(value: float, digits: int) -> str:
    """Return ``value`` with that many decimals, in the format of the language."""
    return _Current.language.number(value, digits)


def decimal_point() -> str:
    """Return the decimal separator."""
    return number(0.5, 1)[1]


def clock(at: datetime) -> str:
    """Return the time of day with seconds, in the format of the language."""
    return _Current.language.clock(at)


def date_and_clock(at: datetime) -> str:
    """Return the date and the time of day, in the format of the language."""
    return _Current.language.date_and_clock(at)
