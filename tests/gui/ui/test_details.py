"""The details pane: facts that can be copied, attempts with their reasons, the technical side on demand."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from launcher_gui.models.attempt_table import AttemptColumn
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.ui.downloads.attempts_view import AttemptsTable
from launcher_gui.ui.downloads.details import DetailsPane
from tests.support.store.projections import NOW, attempt, view


def pane(qtbot: QtBot, shown: OperationView | None) -> DetailsPane:
    made = DetailsPane()
    qtbot.addWidget(made)
    made.resize(1100, 320)
    made.show_view(shown, NOW)
    made.show()
    return made


def named(parent: QWidget, kind: type[QWidget], name: str) -> QWidget:
    return next(w for w in parent.findChildren(kind) if w.accessibleName() == name)


def fact(parent: DetailsPane, name: str) -> str:
    edit = named(parent, QLineEdit, name)
    assert isinstance(edit, QLineEdit)
    return edit.text()


def technical(parent: DetailsPane) -> QPlainTextEdit:
    edit = parent.findChild(QPlainTextEdit)
    assert edit is not None
    return edit


def toggle(parent: DetailsPane) -> QToolButton:
    return next(b for b in parent.findChildren(QToolButton) if b.isCheckable())


def words(parent: DetailsPane) -> set[str]:
    return {x.text() for x in parent.findChildren(QLabel) if x.isVisible()}


def waiting(**facts: object) -> OperationView:
    return view(
        OperationState.WAITING,
        **({"attempts": [attempt(1), attempt(2)], "retry_at": NOW + 12, "reason": "connection reset"} | facts),
    )


def test_nothing_selected_says_what_to_do(qtbot: QtBot) -> None:
    """Without a selection the pane explains itself."""
    assert any("Select a download" in text for text in words(pane(qtbot, None)))


def test_facts_are_shown(qtbot: QtBot) -> None:
    """Where it comes from, where it goes and who works on it can be read."""
    shown = pane(qtbot, waiting(sha256="ab" * 32))
    assert fact(shown, "Link") == "https://huggingface.co/models/model.safetensors"
    assert fact(shown, "Destination") == "/models/checkpoints/model.safetensors"
    assert fact(shown, "SHA-256") == "ab" * 32
    assert fact(shown, "Host") == "huggingface.co"
    assert fact(shown, "Running in") == "Window (PID 4711)"


def test_a_fact_can_be_copied(qtbot: QtBot) -> None:
    """One click puts the link into the clipboard."""
    shown = pane(qtbot, waiting())
    qtbot.mouseClick(named(shown, QToolButton, "Copy: Link"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "https://huggingface.co/models/model.safetensors"


def test_a_selection_in_a_fact_outlives_an_update(qtbot: QtBot) -> None:
    """Text that somebody is selecting is not pulled away by progress."""
    shown = pane(qtbot, waiting())
    edit = named(shown, QLineEdit, "Link")
    assert isinstance(edit, QLineEdit)
    edit.setSelection(0, 5)
    shown.show_view(waiting(done=5), NOW + 1)
    assert edit.selectedText() == "https"


def test_the_sentence_counts_down(qtbot: QtBot) -> None:
    """What happens next is said above the attempts, and time passes in it."""
    shown = pane(qtbot, waiting())
    assert "Waiting to retry · Retrying in 12 s: connection reset" in words(shown)
    shown.tick(NOW + 5)
    assert "Waiting to retry · Retrying in 7 s: connection reset" in words(shown)


def test_attempts_carry_cause_and_decision(qtbot: QtBot) -> None:
    """Each attempt says why it ended and what was decided."""
    shown = pane(qtbot, waiting())
    table = shown.findChild(AttemptsTable)
    assert table is not None
    row = [table.model().index(1, column).data() for column in AttemptColumn]
    assert row[AttemptColumn.NUMBER] == "2"
    assert row[AttemptColumn.OUTCOME] == "Failed"
    assert row[AttemptColumn.CAUSE] == "Connection reset"
    assert row[AttemptColumn.DECISION] == "waiting 4 s: the network may recover"


def test_technical_detail_unfolds(qtbot: QtBot) -> None:
    """The technical side is folded away until it is asked for, then speaks of the last attempt that has one."""
    shown = pane(qtbot, waiting(attempts=[attempt(1), attempt(2, detail="Errno 2"), attempt(3, detail="")]))
    assert not technical(shown).isVisible()
    qtbot.mouseClick(toggle(shown), Qt.MouseButton.LeftButton)
    assert technical(shown).isVisible()
    assert technical(shown).toPlainText().startswith("Errno 2\n\nattempt: 2\n")


def test_technical_detail_follows_the_chosen_attempt(qtbot: QtBot) -> None:
    """Choosing an attempt shows its own detail."""
    shown = pane(qtbot, waiting(attempts=[attempt(1, detail="Errno 1"), attempt(2, detail="Errno 2")]))
    table = shown.findChild(AttemptsTable)
    assert table is not None
    qtbot.mouseClick(toggle(shown), Qt.MouseButton.LeftButton)
    place = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert technical(shown).toPlainText().startswith("Errno 1\n\nattempt: 1\n")


def test_what_went_well_is_recorded_too(qtbot: QtBot) -> None:
    """Without an error the record of the attempt and its operation is there to be copied."""
    shown = pane(qtbot, view(OperationState.COMPLETED, attempts=[attempt(1, AttemptOutcome.SUCCEEDED)]))
    qtbot.mouseClick(toggle(shown), Qt.MouseButton.LeftButton)
    assert "outcome: succeeded" in technical(shown).toPlainText()
    assert "operation: op-1" in technical(shown).toPlainText()


def test_another_operation_starts_afresh(qtbot: QtBot) -> None:
    """The attempt chosen for one operation is not chosen for the next."""
    shown = pane(qtbot, waiting())
    table = shown.findChild(AttemptsTable)
    assert table is not None
    table.selectRow(0)
    shown.show_view(waiting(operation_id="op-2"), NOW)
    assert table.currentIndex() == QModelIndex()
