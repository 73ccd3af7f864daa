"""What the store and the core say, in the language of the process.

A cause, a decision or an answer is recorded once, in English, because it is a fact that several processes share, that
reports carry and that a person searches for; the recovery library knows no language. It is put into other words only
where it is shown: recognised as one of ``PHRASES``, translated, and what differs from time to time put back in.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from launcher_gui.monitor.phrases import PHRASES
from launcher_gui.text import i18n
from launcher_gui.text.message import Message

_FIELD = re.compile(r"\{(\w+)\}")
_SENTENCES = frozenset({"cause", "why", "host"})
"""Fields that hold words themselves."""

_FIGURES = frozenset({"time", "most", "size", "needed"})
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def said(fact: str | Message) -> str:
    """Return a recorded ``fact`` in the language of this process; what nobody knows stays as it is."""
    text = str(fact)
    sample = i18n.translate("recorded", PHRASES[0])
    return text if sample == PHRASES[0] else _said(text, sample)


@lru_cache(maxsize=2048)
def _said(text: str, language: str) -> str:
    """Return ``text`` in the language in which the first phrase reads ``language``."""
    body = text.removesuffix(".")
    end = text[len(body) :]
    if body in _known():
        return i18n.translate("recorded", body) + end
    for mark in ("; ", ". "):  # a cause, what was decided, and what a person can do
        first, found, rest = body.partition(mark)
        if found:
            return _said(first, language) + mark + _said(rest, language) + end
    for phrase, pattern in _patterns():
        if (match := pattern.fullmatch(body)) is not None:
            fields = {name: _field(name, value, language) for name, value in match.groupdict().items()}
            return i18n.translate("recorded", phrase).format(**fields) + end
    return text


def _field(name: str, value: str, language: str) -> str:
    if name in _SENTENCES:
        return _said(value, language)
    return _POINT.sub(i18n.decimal_point(), value) if name in _FIGURES else value


@cache
def _known() -> frozenset[str]:
    return frozenset(phrase for phrase in PHRASES if not _FIELD.search(phrase))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the phrases with fields, those that say most by themselves first."""
    with_fields = [phrase for phrase in PHRASES if _FIELD.search(phrase)]
    with_fields.sort(key=lambda phrase: len(_FIELD.sub("", phrase)), reverse=True)
    return tuple((phrase, _pattern(phrase)) for phrase in with_fields)


def _pattern(phrase: str) -> re.Pattern[str]:
    parts = _FIELD.split(phrase)  # words and names of fields in turn
    texts = [re.escape(part) if number % 2 == 0 else f"(?P<{part}>.+?)" for number, part in enumerate(parts)]
    return re.compile("".join(texts), re.DOTALL)
