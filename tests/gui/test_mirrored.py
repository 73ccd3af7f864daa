"""From right to left: what has a direction turns round, what is data keeps its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QGraphicsView
from pytestqt.qtbot import QtBot

from launcher_gui.models.operation_columns import Column
from launcher_gui.recovery.operation import OperationState
from launcher_gui.ui.common.text import direction_of
from launcher_gui.ui.common.theme import LIGHT, apply_theme
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.main_window.workspace import View
from launcher_gui.ui.timeline.timeline_items import NAMES, NamesItem
from tests.support.gui import crowd
from tests.support.store.projections import NOW, project, record

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.fixture(params=[LEFT, RIGHT], ids=["left to right", "right to left"])
def direction(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Qt.LayoutDirection]:
    """The application as it looks, in one reading direction or the other."""
    apply_theme(qapp, Qt.ColorScheme.Light)
    qapp.setLayoutDirection(request.param)
    yield request.param
    qapp.setLayoutDirection(LEFT)
    qapp.setStyleSheet("")
    qapp.setPalette(qapp.style().standardPalette())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("/models/checkpoints", LEFT),
        ("3.2 / 6.9 GB", LEFT),
        ("45 %", LEFT),
        ("", LEFT),
        ("12 ملف model.bin", RIGHT),
        ("קובץ", RIGHT),
    ],
)
def test_a_text_is_read_as_its_first_letter_is(text: str, read: Qt.LayoutDirection) -> None:
    """A path and a figure with its unit stay whole wherever they stand."""
    assert direction_of(text) == read


def test_a_bar_fills_in_the_reading_direction(qtbot: QtBot, settings: QSettings, direction: Qt.LayoutDirection) -> None:
    """Progress begins where reading begins."""
    window = _open(qtbot, settings)
    shown = project(record(state=OperationState.PAUSED, done=1, total=4))
    window.show_projection(shown, frozenset(shown.views))
    cell = window.table.visualRect(window.table.model().index(0, Column.PROGRESS))
    image = window.table.viewport().grab(cell).toImage()
    line = [image.pixelColor(x, image.height() // 2) for x in range(image.width())]
    filled = [x for x, colour in enumerate(line) if colour == QColor(LIGHT.muted)]
    seen = [x for x, colour in enumerate(line) if colour != QColor(LIGHT.base)]
    beginning = filled[0] - seen[0] if direction == LEFT else seen[-1] - filled[-1]
    assert beginning <= 2
    assert len(filled) < len(seen) / 2


def test_the_timeline_keeps_its_direction(qtbot: QtBot, settings: QSettings, direction: Qt.LayoutDirection) -> None:
    """Time runs to the right, and the names stand before it, in every language."""
    window = _open(qtbot, settings)
    window.show_projection(crowd.day(), frozenset(crowd.day().views))
    window.workspace.show_view(View.TIMELINE)
    window.tick(NOW)
    QApplication.processEvents()
    (plot,) = window.workspace.timeline.findChildren(QGraphicsView)
    names = next(item for item in plot.scene().items() if isinstance(item, NamesItem))
    assert names.boundingRect().left() == 0
    assert names.boundingRect().width() == NAMES


def _open(qtbot: QtBot, settings: QSettings) -> MainWindow:
    window = MainWindow(settings, lambda _form: {})
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    return window
