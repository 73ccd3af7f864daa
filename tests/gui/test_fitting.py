"""Fitting: no text is cut at 1280x720 in any language, and everything is usable on half of that (200 % scaling)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QHeaderView, QLabel, QSizePolicy, QWidget

from launcher_gui.ui.common.theme import apply_theme
from tests.support.gui import tour
from tests.support.gui.speaking import speaking

SMALL = QSize(640, 360)


@pytest.fixture(params=["en", "de"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """The program as it looks and speaks."""
    apply_theme(qapp, Qt.ColorScheme.Light)
    with speaking(qapp, request.param):
        yield
    qapp.setStyleSheet("")
    qapp.setPalette(qapp.style().standardPalette())


def test_nothing_is_cut(spoken: None, settings: QSettings) -> None:
    """Buttons, labels and the titles of columns show all that they say."""
    for place in tour.places(settings):
        widgets = [w for w in place.widget.findChildren(QWidget) if w.isVisible() and not w.visibleRegion().isEmpty()]
        assert [text for widget in widgets for text in _cut(widget)] == [], place.name


def test_everything_is_usable_on_a_small_screen(spoken: None, settings: QSettings) -> None:
    """The window and its dialogs can be made as small as a screen of 1280x720 is at 200 %."""
    for place in tour.places(settings):
        least = place.widget.minimumSizeHint().expandedTo(place.widget.minimumSize())
        assert least.boundedTo(SMALL) == least, f"{place.name}: {least}"


def _cut(widget: QWidget) -> Iterator[str]:
    match widget:
        case QAbstractButton() if widget.text() and widget.width() < widget.minimumSizeHint().width():
            yield widget.text()
        case QLabel() if not widget.wordWrap() and widget.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Ignored:
            if widget.width() < widget.fontMetrics().horizontalAdvance(widget.text()):
                yield widget.text()
        case QHeaderView() if widget.orientation() == Qt.Orientation.Horizontal:
            for section in range(widget.count()):
                title = str(widget.model().headerData(section, Qt.Orientation.Horizontal))
                if not widget.isSectionHidden(section) and widget.sectionSize(section) < _room(widget, title):
                    yield title


def _room(header: QHeaderView, title: str) -> int:
    return header.fontMetrics().horizontalAdvance(title) + 2 * 10
