"""Letting the program speak a language for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from launcher_gui.text import i18n
from launcher_gui.ui.common.language import WindowLanguage, use_language


@contextmanager
def speaking(application: QApplication, language: str) -> Iterator[None]:
    """Let everything that is made meanwhile speak ``language``."""
    before, locale = set(application.findChildren(QTranslator)), QLocale()
    use_language(application, language)
    try:
        yield
    finally:
        _forget(application, before, locale)


class Brackets(QTranslator):
    """Puts every text that it is asked for into brackets: what stands outside of any was never asked for."""

    def translate(self, _context: str, text: str, _comment: str | None = None, n: int = -1) -> str:
        """Return ``text`` in brackets."""
        return f"⟦{text.replace('%n', str(n))}⟧"


@contextmanager
def in_brackets(application: QApplication) -> Iterator[None]:
    """Let everything that is made meanwhile say what goes through the translation in brackets."""
    before, locale = set(application.findChildren(QTranslator)), QLocale()
    application.installTranslator(Brackets(application))
    i18n.set_language(WindowLanguage(QLocale.c()))
    try:
        yield
    finally:
        _forget(application, before, locale)


def _forget(application: QApplication, before: set[QTranslator], locale: QLocale) -> None:
    for translator in set(application.findChildren(QTranslator)) - before:
        application.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)
    i18n.set_language(i18n.English())
