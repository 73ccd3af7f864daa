"""The language of the window, and how Qt and the packages below get it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLibraryInfo, QLocale, QTime, QTranslator
from PySide6.QtWidgets import QApplication

from launcher_gui.text import i18n
from launcher_gui.ui.common.resources import resource_folder

SETTING = "language"
"""The settings key of the window's copy of the language, which is needed before the store is open."""

_ENGLISH = "en"


def use_language(application: QApplication, wanted: str) -> None:
    """Set the language of the program; call once, before the window is made.

    Args:
        application: Gets Qt's own translations.
        wanted: A language such as "de"; empty for the first available one of the system.
    """
    language = chosen(wanted, QLocale.system().uiLanguages(), languages())
    locale = _locale(language)
    QLocale.setDefault(locale)
    for folder, file in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{language}"),
        (str(resource_folder() / "translations"), language),
    ):
        translator = QTranslator(application)
        if translator.load(file, folder):  # Qt has no translation into its own language
            application.installTranslator(translator)
    i18n.set_language(WindowLanguage(locale))


def languages() -> frozenset[str]:
    """Return the available languages."""
    return frozenset(path.stem for path in (resource_folder() / "translations").glob("*.qm"))


def chosen(wanted: str, system: Iterable[str], known: Collection[str]) -> str:
    """Return the wanted language, else the first available one of the system, else English."""
    asked = [wanted] if wanted else list(system)
    bare = (re.split("[-_.]", name.strip().lower())[0] for name in asked)
    return next((name for name in bare if name in known), _ENGLISH)


def _locale(language: str) -> QLocale:
    """Return the locale of figures and times: the system's, if it is of the same language."""
    system, plain = QLocale.system(), QLocale("en_GB" if language == _ENGLISH else language)
    return system if system.language() == plain.language() else plain


class WindowLanguage:
    """Texts from Qt's translators; figures and times as ``locale`` writes them."""

    def __init__(self, locale: QLocale) -> None:
        self._locale = locale
        short = locale.timeFormat(QLocale.FormatType.ShortFormat)
        self._clock = re.sub(
            "(.)mm", r"\1mm\1ss", short, count=1
        )  # Qt's own format with seconds includes the time zone

    def translate(self, context: str, text: str, comment: str, n: int) -> str:
        """Return ``text`` translated."""
        return QCoreApplication.translate(context, text, comment or None, n)

    def number(self, value: float, digits: int) -> str:
        """Return ``value`` with that many decimals."""
        return self._locale.toString(float(value), "f", digits)

    def clock(self, at: datetime) -> str:
        """Return the time of day with seconds."""
        return self._locale.toString(QTime(at.hour, at.minute, at.second), self._clock)

    def date_and_clock(self, at: datetime) -> str:
        """Return the date and the time of day."""
        moment = QDateTime(at.year, at.month, at.day, at.hour, at.minute, at.second)
        return self._locale.toString(moment, QLocale.FormatType.ShortFormat)
