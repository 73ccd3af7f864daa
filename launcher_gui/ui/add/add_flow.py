"""How links reach the window: buttons, keys, drops and other starts all lead to the one add dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QWidget

from launcher_gui.downloads.link_preview import DestinationInfo, LinkPreview
from launcher_gui.models.drafts import AddForm
from launcher_gui.ui.add.add_dialog import AddDialog, Validate
from launcher_gui.ui.add.links import link_in, links_in, list_files_in


class AddFlow(QObject):
    """Opens the dialog, one at a time, and passes its requests and answers on.

    Args:
        window: The parent of the dialog.
        validate: Returns the problems of a form.
        recent: Returns recently used folders, the latest first.
    """

    submitted = Signal(object)
    """``AddForm`` items to add; answer with ``show_answer``."""
    looked_for = Signal(object)
    """``AddForm`` items to look up in place of all earlier ones; none when the dialog has closed."""
    list_wanted = Signal(object)
    """Paths of lists to read; answer with ``add_text``."""

    def __init__(self, window: QWidget, validate: Validate, recent: Callable[[], Sequence[str]]) -> None:
        super().__init__(window)
        self._window, self._validate, self.recent = window, validate, recent
        self._later: list[str] = []
        self.folder = ""
        """The folder that is offered."""
        self.dialog: AddDialog | None = None

    def open(self, text: str = "") -> None:
        """Open the dialog; ``text`` holds the links that are known, one per line."""
        if self.dialog is not None:
            self._add_to(self.dialog, text)
            return
        dialog = AddDialog(self._validate, text, self.folder, self._window)
        dialog.offer_folders(self.recent())
        dialog.submitted.connect(self.submitted)
        dialog.looked_for.connect(self.looked_for)
        dialog.list_wanted.connect(self.list_wanted)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()
        dialog.look()

    def ask_for(self, words: Sequence[str]) -> None:
        """Open the dialog for the links in ``words``, or empty."""
        self.open("\n".join(map(link_in, words)))

    def take(self, data: QMimeData | None) -> bool:
        """Open the dialog for what was pasted or dropped; return whether it contained a link."""
        links, lists = links_in(data), list_files_in(data)
        if links:
            self.open("\n".join(links))
        if lists:
            self.list_wanted.emit(lists)
        return bool(links or lists)

    def add_text(self, text: str) -> None:
        """Open the dialog for the contents of a list."""
        self.open(text)

    def show_prospect(self, url: str, prospect: LinkPreview | None) -> None:
        """Show what the server reports about the file at ``url``, or that it is being asked."""
        if self.dialog is not None:
            self.dialog.show_prospect(url, prospect)

    def show_surroundings(self, around: DestinationInfo) -> None:
        """Show what is known about the destinations."""
        if self.dialog is not None:
            self.dialog.show_surroundings(around)

    def show_answer(self, refusals: Mapping[AddForm, tuple[str, str]]) -> bool:
        """Show what could not be added; return whether a dialog was waiting for it."""
        dialog = self.dialog
        if dialog is None or not dialog.busy:  # closed before the answer arrived
            return False
        dialog.show_answer(refusals)
        if self._later:
            text = "\n".join(self._later)
            self._later.clear()
            self.open(text)
        return True

    def _add_to(self, dialog: AddDialog, text: str) -> None:
        if dialog.busy:
            self._later += [text] if text else []
        elif text:
            dialog.add_links(text.split("\n")) if "\n " not in text else dialog.add_text(text)
        dialog.raise_()
        dialog.activateWindow()

    def _forget(self, result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
        if not result:
            self._later.clear()
        self.looked_for.emit(())
