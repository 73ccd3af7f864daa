"""The window's language: which one it is, and that all of it is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QAbstractItemModel, QLocale, QSettings, Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from launcher_gui.monitor import operation_text
from launcher_gui.recovery.operation import CommandKind
from launcher_gui.settings.form import FormField, pages, problem_of, to_text, value_of
from launcher_gui.settings.schema import Settings
from launcher_gui.text import formatting
from launcher_gui.ui.common.language import SETTING, WindowLanguage, chosen
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.gui import tour
from tests.support.gui.speaking import in_brackets, speaking

AT = datetime(2026, 1, 31, 14, 3, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "system", "language"),
    [
        ("", ["de-AT", "en"], "de"),
        ("", ["fr-FR", "de"], "de"),
        ("", ["fr-FR"], "en"),
        ("", [], "en"),
        ("", ["C"], "en"),
        ("de_DE.UTF-8", ["en"], "de"),
        (" DE ", ["en"], "de"),
        ("xx", ["de"], "en"),
        ("-", ["de"], "en"),
    ],
)
def test_the_language_is_the_one_wanted_or_the_first_of_the_systems(
    wanted: str, system: list[str], language: str
) -> None:
    """What is set comes before the system's languages, and what nobody has translated is English."""
    assert chosen(wanted, system, {"de", "en"}) == language


@pytest.mark.parametrize(
    ("locale", "number", "clock", "date"),
    [
        ("de_DE", "1.234,5", "14:03:21", "31.01.26"),
        ("en_GB", "1,234.5", "14:03:21", "31/01/2026"),
        ("en_US", "1,234.5", "2:03:21 PM", "1/31/26"),
        ("da_DK", "1.234,5", "14.03.21", "31.01.2026"),
    ],
)
def test_figures_and_times_are_written_as_the_locale_has_it(locale: str, number: str, clock: str, date: str) -> None:
    """A time of the day has its seconds in every locale, because attempts are seconds apart."""
    language = WindowLanguage(QLocale(locale))
    assert language.number(1234.5, 1) == number
    assert re.sub(r"\s", " ", language.clock(AT)) == clock
    assert language.date_and_clock(AT).startswith(date)


def test_sizes_durations_and_counts_are_german_in_german(qapp: QApplication) -> None:
    """The rooms below the window say figures, units and plurals in its language, and English again when it is gone."""
    with speaking(qapp, "de"):
        assert formatting.human_rate(3_200_000) == "3,2 MB/s"
        assert formatting.human_duration(3_900) == "1 h 05 min"
        assert operation_text.button_label(CommandKind.RETRY) == "Jetzt versuchen"
    assert formatting.human_rate(3_200_000) == "3.2 MB/s"


def test_a_setting_is_typed_as_the_language_writes_it(qapp: QApplication) -> None:
    """Half a second is 0,5 in German; what is refused is refused in German."""
    with speaking(qapp, "de"):
        field = _field("initial_delay")
        assert (field.label, field.unit, to_text(0.5)) == ("Erste Wartezeit", "Sekunden", "0,5")
        assert value_of(field, "0,5") == value_of(field, "0.5") == 0.5
        assert (
            problem_of(field, "x") == "Die Eingabe ist keine Zahl. Verwenden Sie eine Zahl von 0 bis 86.400 Sekunden."
        )


def test_the_language_that_is_set_is_kept_for_the_next_start(window: MainWindow, settings: QSettings) -> None:
    """The window notes it where it can be read before the store is open, unless the environment says it."""
    window.set_settings(Settings(language="de"), frozenset())
    assert settings.value(SETTING) == "de"
    window.set_settings(Settings(language="en"), frozenset({"language"}))
    assert settings.value(SETTING) == "de"


def test_every_word_of_the_window_can_be_translated(qapp: QApplication, settings: QSettings) -> None:
    """No panel and no dialog says a word that is not asked of the translation; data, names and keys aside."""
    with in_brackets(qapp):
        for place in tour.places(settings):
            left = sorted({text for text in _texts(place.widget) if _is_english(text, place.data)})
            assert left == [], place.name


def test_the_window_speaks_german(qtbot: QtBot, qapp: QApplication, settings: QSettings) -> None:
    """Chosen once, German is in menus, columns, cells and Qt's own buttons alike."""
    with speaking(qapp, "de"):
        window = MainWindow(settings, lambda _form: {})
        qtbot.addWidget(window)
        assert window.window_actions.add.text() == "&Hinzufügen…"
        assert window.model.titles()[0:2] == ("Name", "Zustand")
        window.window_actions.about.trigger()
        (sheet,) = window.findChildren(QDialog)
        assert [b.text().replace("&", "") for b in sheet.findChildren(QAbstractButton)] == ["Schließen"]


def _field(name: str) -> FormField:
    return next(field for page in pages().values() for field in page if field.name == name)


def _texts(root: QWidget) -> Iterator[str]:
    for widget in (root, *root.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
        match widget:
            case QLabel() | QAbstractButton():
                yield QTextDocumentFragment.fromHtml(widget.text()).toPlainText()
            case QLineEdit():
                yield widget.placeholderText()
            case QComboBox():
                yield from (widget.itemText(number) for number in range(widget.count()))
            case QTabBar():
                yield from (widget.tabText(number) for number in range(widget.count()))
            case QTableView():
                yield from _cells(widget.model())
            case QListWidget():
                yield from (widget.item(number).text() for number in range(widget.count()))
            case QMessageBox():
                yield from (widget.text(), widget.informativeText())
    for action in root.findChildren(QAction):
        yield from (action.text(), action.statusTip())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount()):
            yield from (str(model.index(row, column).data(role) or "") for role in roles)


def _is_english(text: str, data: frozenset[str]) -> bool:
    """Return whether words are left once what was translated and what is data are taken out."""
    rest = text
    while (without := re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)) != rest:
        rest = without
    for known in sorted(data, key=len, reverse=True):
        rest = rest.replace(known, " ")
    return re.search(r"[A-Za-z]{3,}", rest) is not None
