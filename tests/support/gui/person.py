"""A person in front of the real window: the whole program on this test's loop, looked at and clicked."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from launcher_gui.app.window_app import WindowApp
from launcher_gui.desktop.single_instance import Asked, Instance
from launcher_gui.downloads.service import DownloadService
from launcher_gui.downloads.transfer.network_state import NetworkState
from launcher_gui.models.attempt_table import AttemptColumn, AttemptRole
from launcher_gui.models.operation_columns import Column
from launcher_gui.monitor.projection import OperationView
from launcher_gui.ui.add.add_dialog import AddDialog
from launcher_gui.ui.common.dialogs import QuitQuestion
from launcher_gui.ui.downloads.attempts_view import AttemptsTable
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.gui import gestures

W = TypeVar("W", bound=QWidget)

_PATIENCE_S = 15.0
_GLANCE_S = 0.05
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_VISIBLE_CHANGES = frozenset({QEvent.Type.UpdateRequest, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.EnabledChange})


class _Eye(QObject):
    """Notices that something on screen has changed."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = asyncio.Event()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in _VISIBLE_CHANGES:
            self.changed.set()
        return False


class Person:
    """Reads the window and acts on it as a user does; opened by ``at_desk``.

    Attributes:
        desk: The program.
        ended: The program's run: done when the window has closed.
    """

    def __init__(self, desk: WindowApp, ended: asyncio.Task[None], eye: _Eye) -> None:
        self.desk = desk
        self.ended = ended
        self._eye = eye

    @property
    def window(self) -> MainWindow:
        """The window."""
        return self.desk.window

    async def until(self, met: Callable[[], bool], what: str = "", within: float = _PATIENCE_S) -> None:
        """Look whenever something on screen changes, until ``met``.

        Raises:
            AssertionError: It did not come to that in time; says what is on screen instead.
        """
        try:
            async with asyncio.timeout(within):
                while not met():
                    self._eye.changed.clear()
                    # A file or a server can change without the screen; for those a glance now and then.
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._eye.changed.wait(), _GLANCE_S)
        except TimeoutError:
            raise AssertionError(f"not seen in {within} s: {what or met}; on screen:\n{self.screen()}") from None

    async def sees(self, name: str, state: str, within: float = _PATIENCE_S) -> None:
        """Wait until the list shows the download ``name`` in ``state``."""
        await self.until(lambda: self.cell(name, Column.STATE) == state, f"{name}: {state}", within)

    async def sees_row(self, name: str) -> None:
        """Wait until the list shows the download ``name``."""
        await self.until(lambda: self.row(name) is not None, name)

    async def sees_no(self, name: str) -> None:
        """Wait until the list does not show the download ``name``."""
        await self.until(lambda: self.row(name) is None, f"no {name}")

    async def dialog(self, kind: type[W]) -> W:
        """Wait until a dialog of ``kind`` is in sight and return it."""
        await self.until(lambda: any(d.isVisible() for d in self.window.findChildren(kind)), kind.__name__)
        return gestures.in_sight(self.window, kind)

    def row(self, name: str) -> int | None:
        """Return the row of the list that shows the download ``name``."""
        model = self.window.table.model()
        return next((r for r in range(model.rowCount()) if model.index(r, Column.NAME).data() == name), None)

    def view(self, row: int) -> OperationView:
        """Return what the list knows of the download in ``row``."""
        return self.window.model.view_at(row)

    def cell(self, name: str, column: Column) -> str:
        """Return what the list says about the download ``name`` in ``column``; nothing if it is not there."""
        row = self.row(name)
        return "" if row is None else str(self.window.table.model().index(row, column).data())

    def select(self, name: str) -> None:
        """Click the download ``name`` in the list."""
        row = self.row(name)
        assert row is not None, f"{name} is not in the list:\n{self.screen()}"
        gestures.click_row(self.window, row)

    def press(self, button: str) -> None:
        """Click a button of the toolbar."""
        gestures.click(gestures.tool(self.window, button))

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key with the list in focus."""
        self.window.table.setFocus()
        QTest.keyClick(self.window.table, key, modifier)

    def fact(self, name: str) -> str:
        """Return one of the facts in the details."""
        edits = self.window.details.findChildren(QLineEdit)
        return next(edit.text() for edit in edits if edit.accessibleName() == name)

    def attempts(self, column: AttemptColumn) -> list[str]:
        """Return what the attempts in the details say in ``column``, the first attempt first."""
        model = gestures.child(self.window.details, AttemptsTable).model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    def notice(self) -> str:
        """Return what the banner above the list says; nothing if it is not in sight."""
        labels = self.window.banner.findChildren(QLabel)
        return " ".join(label.text() for label in labels if label.isVisible() and label.text())

    async def sees_link(self, url: str) -> AddDialog:
        """Wait until the add dialog asks for ``url`` and return it."""
        await self.until(lambda: self.adding() and gestures.in_sight(self.window, AddDialog).form.url == url, url)
        return gestures.in_sight(self.window, AddDialog)

    async def fills_in(self, url: str, folder: Path | str, name: str = "", sha256: str = "") -> AddDialog:
        """Open the add dialog by its button, fill it in and submit it."""
        self.press("Add…")
        dialog = await self.dialog(AddDialog)
        for label, text in (("Link", url), ("Folder", str(folder)), ("File name", name), ("SHA-256", sha256)):
            gestures.fill(dialog, label, text)
        gestures.submit(dialog)
        return dialog

    async def adds(self, url: str, folder: Path | str, name: str = "", sha256: str = "") -> None:
        """Add a download through the dialog and wait until it is accepted."""
        await self.fills_in(url, folder, name, sha256)
        await self.until(lambda: not self.adding(), "the dialog has closed")

    def adding(self) -> bool:
        """Return whether an add dialog is in sight."""
        return any(dialog.isVisible() for dialog in self.window.findChildren(AddDialog))

    async def refusal(self, dialog: AddDialog) -> tuple[str, str]:
        """Wait until the dialog refuses and return beside which field, and the words; no field is its foot."""
        await self.until(lambda: not dialog.busy, "an answer in the dialog")
        (words,) = (x.text() for x in dialog.findChildren(QLabel) if x.property("tone") == "bad" and x.isVisible())
        edits = [*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)]
        blamed = [e.accessibleName() for e in edits if e.accessibleDescription() == words]
        return (blamed[0] if blamed else ""), words

    async def quits(self) -> None:
        """Close the window, agree if it asks, and wait until the program has ended."""
        self.window.close()
        await self.until(lambda: self.ended.done() or self.asked_to_quit(), "the end, or the question")
        if self.asked_to_quit():
            gestures.answer(gestures.in_sight(self.window, QuitQuestion), "Quit")
        await asyncio.wait_for(self.ended, _PATIENCE_S)

    def asked_to_quit(self) -> bool:
        """Return whether the question is in sight that is asked before quitting."""
        return not self.ended.done() and any(q.isVisible() for q in self.window.findChildren(QuitQuestion))

    def everything(self) -> str:
        """Return all texts of the window: visible ones, tool tips, and those for screen readers."""
        said = [w.toolTip() + w.accessibleName() + w.accessibleDescription() + w.statusTip() for w in self._widgets()]
        said += [w.text() for w in self._widgets() if isinstance(w, QLabel | QLineEdit | QAbstractButton)]
        said += [w.toPlainText() for w in self._widgets() if isinstance(w, QPlainTextEdit)]
        for model in (self.window.model, gestures.child(self.window.details, AttemptsTable).model()):
            cells = [model.index(r, c) for r in range(model.rowCount()) for c in range(model.columnCount())]
            said += [str(cell.data(role)) for cell in cells for role in (*_SPOKEN, *AttemptRole)]
        return "\n".join(said)

    def _widgets(self) -> list[QWidget]:
        return [self.window, *self.window.findChildren(QWidget)]

    def screen(self) -> str:
        """Return all words that can be seen, for messages."""
        model = self.window.table.model()
        rows = [" | ".join(str(model.index(row, c).data()) for c in Column) for row in range(model.rowCount())]
        labels = [label.text() for label in self.window.findChildren(QLabel) if label.isVisible() and label.text()]
        fields = [edit.text() for edit in self.window.findChildren(QLineEdit) if edit.isVisible() and edit.text()]
        return "\n".join((*rows, *labels, *fields))


@contextlib.asynccontextmanager
async def at_desk(
    store: Path,
    layout: Path | None = None,
    asked_for: Asked = None,
    instance: Instance | None = None,
    machine: NetworkState | None = None,
) -> AsyncIterator[Person]:
    """Start the program on ``store`` and seat a person at it; what is still open at the end is closed by them."""
    where = store.parent / "window.ini" if layout is None else layout
    settings = QSettings(str(where), QSettings.Format.IniFormat)
    desk = WindowApp(DownloadService(str(store), "window", None, machine), settings, asked_for, instance)
    eye = _Eye()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(eye)
    ended = asyncio.create_task(desk.run(), name="the program")
    person = Person(desk, ended, eye)
    try:
        await person.until(desk.window.isVisible, "the window")
        desk.window.activateWindow()
        await person.until(desk.window.isActiveWindow, "the window in front")
        yield person
        if not ended.done():
            await person.quits()
        ended.result()
    finally:
        application.removeEventFilter(eye)
        if not ended.done():  # the test has failed already: do not ask anybody
            desk.window.quit_confirmed.emit()
            await asyncio.wait_for(ended, _PATIENCE_S)
