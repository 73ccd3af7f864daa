"""Long text in little room: wrapped, or cut where it tells least, and never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from launcher_gui.models.attempt_table import AttemptColumn
from launcher_gui.recovery.operation import OperationState
from launcher_gui.ui.common.text import without_beginning, wrapped
from launcher_gui.ui.common.value_label import ElidedLine
from launcher_gui.ui.downloads.attempts_view import AttemptsTable
from launcher_gui.ui.downloads.details import DetailsPane
from launcher_gui.ui.main_window.window_layout import first_size
from tests.support.gui.gestures import child
from tests.support.store.projections import NOW, attempt, view

SENTENCE = "not retried: 404 (Not Found). Check the link: the file may have been moved or removed"


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    return qapp.font()


def test_a_sentence_is_wrapped_at_words(font: QFont) -> None:
    """Put together again, the lines are the sentence, and each fits."""
    lines = wrapped(SENTENCE, font, 160, 12)
    assert " ".join(lines) == SENTENCE
    assert max(QFontMetrics(font).horizontalAdvance(line) for line in lines) <= 160


def test_what_does_not_fit_is_marked(font: QFont) -> None:
    """The last line that there is room for says that there was more."""
    lines = wrapped(SENTENCE, font, 160, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_a_figure_keeps_its_unit(font: QFont) -> None:
    """However narrow it gets, no line begins with a unit."""
    text = "Paused at 900.0 MB, in 12 s or 3 min 20 s"
    lines = [line for width in range(60, 400, 7) for line in wrapped(text, font, width, 20)]
    assert [line for line in lines if line.startswith(("MB", "s ", "min"))] == []


@pytest.mark.parametrize("text", ["", "modèle 🦊🦊🦊 fertig " * 6, "x" * 300])
def test_any_text_can_be_wrapped(font: QFont, text: str) -> None:
    """Nothing is lost or doubled, whatever Qt and Python count as a character."""
    assert "".join(wrapped(text, font, 100, 100)).replace(" ", "") == text.replace(" ", "")


def test_a_folder_loses_its_beginning_first(font: QFont) -> None:
    """Where a path is too long, whole parts go from the left; the last one always stays."""
    metrics = QFontMetrics(font)
    path = "/home/ada/ComfyUI/models/checkpoints"
    assert without_beginning(path, metrics, 1000) == path
    assert without_beginning(path, metrics, metrics.horizontalAdvance("…/models/checkpoints")) == "…/models/checkpoints"
    assert without_beginning(path, metrics, 1) == "…/checkpoints"


def test_a_long_fact_shows_both_its_ends(qtbot: QtBot) -> None:
    """A link that does not fit is painted without its middle, and whole as soon as somebody goes into it."""
    line = ElidedLine()
    qtbot.addWidget(line)
    line.resize(160, 26)
    line.setText("https://huggingface.co/Comfy-Org/flux1-dev/resolve/main/flux1-dev-fp8.safetensors")
    line.show()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    line.clearFocus()
    elided = line.grab().toImage()
    line.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(line.hasFocus)
    assert line.grab().toImage() != elided
    assert line.text().endswith("fp8.safetensors")


def test_attempts_show_every_cause_and_decision_in_full(qtbot: QtBot) -> None:
    """In a narrow window rows grow instead of sentences being cut, and no column leaves the window."""
    pane = DetailsPane()
    qtbot.addWidget(pane)
    pane.resize(900, 400)
    pane.show_view(view(OperationState.FAILED, attempts=[attempt(1), attempt(2, decision=SENTENCE)]), NOW)
    pane.show()
    table = child(pane, AttemptsTable)
    lines = wrapped(SENTENCE, table.font(), table.columnWidth(AttemptColumn.DECISION) - 20, 100)
    assert len(lines) > 2
    assert table.rowHeight(1) >= len(lines) * table.fontMetrics().lineSpacing()
    assert not table.horizontalScrollBar().isVisible()
    pane.resize(1800, 400)
    qtbot.waitUntil(lambda: table.rowHeight(1) < len(lines) * table.fontMetrics().lineSpacing())


@pytest.mark.parametrize("screen", [QSize(1280, 720), QSize(1280, 800), QSize(800, 600), QSize(3840, 2160)])
def test_the_window_fits_its_screen(screen: QSize) -> None:
    """At a first start nothing lies outside the screen, with or without somebody who manages windows."""
    size = first_size(screen)
    assert size.width() < screen.width()
    assert size.height() < screen.height()
    assert size.boundedTo(QSize(1400, 900)) == size
