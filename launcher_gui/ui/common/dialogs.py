"""Questions and messages of the window; opened, never executed, so nothing waits for the answer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QWidget,
)

from launcher_gui.text.formatting import human_size
from launcher_gui.ui.common.resources import app_icon

_MARK = QSize(48, 48)


def pick_folder(parent: QWidget, title: str, start: str, picked: Callable[[str], object]) -> None:
    """Let the user browse for a folder, starting at ``start``, and pass it to ``picked``."""
    picker = QFileDialog(parent, title, start)
    picker.setFileMode(QFileDialog.FileMode.Directory)
    picker.setOption(QFileDialog.Option.ShowDirsOnly)
    picker.fileSelected.connect(picked)
    picker.open()


@contextlib.contextmanager
def handing_back(dialog: QDialog) -> Iterator[None]:
    """Return the keyboard to the window below when ``dialog`` closes: not every window manager does so."""
    active, below = dialog.isActiveWindow(), dialog.parentWidget()
    yield
    if active and below is not None:
        below.activateWindow()


class _Note(QMessageBox):
    """A message box that deletes itself when it closes."""

    def __init__(self, parent: QWidget, mark: QIcon) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIconPixmap(mark.pixmap(_MARK))
        self.setTextFormat(Qt.TextFormat.PlainText)  # a name from a server must not be parsed as markup
        self.setContentsMargins(12, 8, 12, 8)  # beside those of its layout

    def done(self, result: int) -> None:
        """Close."""
        with handing_back(self):
            super().done(result)

    def _offer(self, yes: str, no: str) -> QAbstractButton:
        """Add the two answers and return the button of the first, which Enter presses; Escape is the other."""
        agree = self.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        self.setEscapeButton(self.addButton(no, QMessageBox.ButtonRole.RejectRole))
        self.setDefaultButton(agree)
        return agree


class RemoveQuestion(_Note):
    """Asks whether to remove downloads, and whether to delete their partial data; keeping it is the default."""

    agreed = Signal(bool)
    """Remove them; true to delete their partial data too."""

    def __init__(self, parent: QWidget, mark: QIcon, names: Sequence[str], partial: int) -> None:
        super().__init__(parent, mark)
        self.setWindowTitle(self.tr("Remove"))
        many = self.tr("Remove %n download(s) from the list?", "", len(names))
        one = self.tr("Remove {name} from the list?").format(name=names[0])
        self.setText(one if len(names) == 1 else many)
        self.setInformativeText(self.tr("Finished files are not deleted."))
        self._discard = QCheckBox(self.tr("Also delete {size} of partial data").format(size=human_size(partial)))
        if partial:
            self.setCheckBox(self._discard)
        self._agree = self._offer(self.tr("Remove"), self.tr("Cancel"))
        self.buttonClicked.connect(self._answered)

    def _answered(self, button: QAbstractButton) -> None:
        if button is self._agree:
            self.agreed.emit(self._discard.isChecked())


class DiscardQuestion(_Note):
    """Asks whether to discard partial data that cannot be used; keeping it is the default."""

    agreed = Signal()
    """Discard it and start over."""

    def __init__(self, parent: QWidget, mark: QIcon, names: Sequence[str], partial: int, why: str) -> None:
        super().__init__(parent, mark)
        self.setWindowTitle(self.tr("Discard and start over"))
        many = self.tr("Discard the partial data of {count} downloads?").format(count=len(names))
        one = self.tr("Discard the partial data of {name}?").format(name=names[0])
        self.setText(one if len(names) == 1 else many)
        self.setInformativeText(f"{why}. " + self.tr("The file will be downloaded again from the beginning."))
        size = human_size(partial)
        self._agree = self._offer(self.tr("Discard {size} and start over").format(size=size), self.tr("Cancel"))
        keep = self.escapeButton()
        if isinstance(keep, QPushButton):  # an irreversible action takes more than Enter
            self.setDefaultButton(keep)
        self.buttonClicked.connect(self._answered)

    def _answered(self, button: QAbstractButton) -> None:
        if button is self._agree:
            self.agreed.emit()


class QuitQuestion(_Note):
    """Asks whether to quit while downloads run, and says what happens to them."""

    agreed = Signal()
    """Quit."""
    never_again = Signal()
    """Quit without asking from now on; emitted before ``agreed``."""

    def __init__(self, parent: QWidget, active: int, *, auto_resume: bool) -> None:
        super().__init__(parent, app_icon())
        self.setWindowTitle(self.tr("Quit"))
        self.setText(self.tr("%n download(s) still running.", "", active))
        goes_on = self.tr("Progress is saved. Downloads continue the next time you open the program.")
        waits = self.tr("Progress is saved. Use Resume to continue.")
        self.setInformativeText(goes_on if auto_resume else waits)
        self._quietly = QCheckBox(self.tr("Do not ask again"))
        self.setCheckBox(self._quietly)
        self._agree = self._offer(self.tr("Quit"), self.tr("Don't quit"))
        self.buttonClicked.connect(self._answered)

    def _answered(self, button: QAbstractButton) -> None:
        if button is self._agree:
            if self._quietly.isChecked():
                self.never_again.emit()
            self.agreed.emit()
