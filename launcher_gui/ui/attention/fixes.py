"""Carries out remedies: one method for each ``Remedy``, by a dialog or a signal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from launcher_gui.downloads.errors.remedies import FailureKind, Remedy
from launcher_gui.downloads.sources.all_sources import page_of, token_in
from launcher_gui.downloads.sources.source import Source
from launcher_gui.models.attention import Need, failure_kind_of
from launcher_gui.monitor.hosts import HostAction
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import CommandKind
from launcher_gui.text.formatting import human_size
from launcher_gui.ui.attention.fix_dialogs import ExternalStepDialog, InputDialog


@dataclass(frozen=True, slots=True)
class TokenEntered:
    """A token for a site; its failed downloads are retried.

    Attributes:
        site: The site.
        token: The token, as entered.
        ids: The downloads.
    """

    site: Source[Any]
    token: str
    ids: tuple[str, ...]

    def __repr__(self) -> str:
        """Return it without the token: output may be kept."""
        return f"TokenGiven(site={self.site}, ids={self.ids})"


@dataclass(frozen=True, slots=True)
class RelocateRequest:
    """Another link, folder or name for downloads; empty values stay.

    Attributes:
        ids: The downloads.
        url: The link.
        folder: The folder.
        name: The file's name.
    """

    ids: tuple[str, ...]
    url: str = ""
    folder: str = ""
    name: str = ""

    def __repr__(self) -> str:
        """Return it without the link, which may contain a secret."""
        return f"SentElsewhere(ids={self.ids}, folder={self.folder}, name={self.name})"


class Fixes(QObject):
    """Carries out what a need calls for, as far as a window can; the rest is requested by signals.

    Args:
        window: The parent of its dialogs.
    """

    asked = Signal(object)
    """``TokenEntered`` or ``RelocateRequest``: answer with ``accept`` or ``refuse``."""
    command = Signal(object, object)
    """``CommandKind`` and the ids of the operations."""
    host = Signal(object, str)
    """``HostAction`` and a host's name."""
    folder = Signal(str)
    """Open this folder in the file manager."""
    page = Signal(str)
    """Open this address in the browser."""
    space = Signal(str)
    """Report the free space in this folder: answer with ``show_space``."""
    settings = Signal(str, object)
    """Open the settings at these words; the operations with these ids are retried when they change."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._asking: InputDialog | None = None
        self._away: ExternalStepDialog | None = None
        self._folder, self._needed = "", ""
        self._deeds: dict[Remedy, Callable[[Need, OperationView], None]] = {
            Remedy.RETRY: self._again,
            Remedy.DISCARD: self._again,  # the window asks first, as always before data is discarded
            Remedy.GIVE_TOKEN: self._ask_token,
            Remedy.NEW_ADDRESS: self._ask_address,
            Remedy.CHOOSE_FOLDER: self._ask_folder,
            Remedy.CHOOSE_NAME: self._ask_name,
            Remedy.FREE_SPACE: self._show_space,
            Remedy.OPEN_PAGE: self._open_page,
            Remedy.OPEN_BROWSER: self._open_browser,
            Remedy.CHECK_CLOCK: self._check_clock,
            Remedy.OPEN_SETTINGS: self._open_settings,
        }

    def begin(self, need: Need) -> None:
        """Carry out the remedy of ``need``."""
        match need.fix:
            case HostAction():
                self.host.emit(need.fix, need.scope)
            case CommandKind():
                self.command.emit(need.fix, need.ids)
            case Remedy():
                self._deeds[need.fix](need, need.views[-1])

    def accept(self) -> None:
        """The last request has succeeded."""
        if self._asking is not None and self._asking.busy:
            self._asking.accept()

    def refuse(self, message: str) -> bool:
        """Show why the last request failed; return whether a dialog was there to show it."""
        if self._asking is None or not self._asking.busy:  # it was closed meanwhile, or is another one
            return False
        self._asking.refuse(message)
        return True

    def show_space(self, folder: str, free: int | None) -> None:
        """Show the free bytes in ``folder``."""
        if self._away is not None and folder == self._folder and free is not None:
            told = (self._needed, self.tr("Free now: {size}").format(size=human_size(free)))
            self._away.show_facts(" · ".join(part for part in told if part))

    def _again(self, need: Need, _view: OperationView) -> None:
        self.command.emit(CommandKind.RETRY, need.ids)

    def _open_settings(self, need: Need, view: OperationView) -> None:
        self.settings.emit(_words_for(view), need.ids)

    def _ask_token(self, need: Need, view: OperationView) -> None:
        site, _ = token_in(view.url)
        if site is None:
            told = self.tr("Paste a link that contains the token or password. It is used once and never stored.")
            self._ask_link(need, view, told)
            return
        told = self.tr("Paste it here. It is saved in the system's keyring and sent only to {site}.").format(
            site=site.label
        )
        dialog = self._ask(need, told, self.tr("Token"), self.tr("Use this token"))
        dialog.edit.setEchoMode(QLineEdit.EchoMode.Password)
        dialog.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        dialog.add_link(self.tr("Get a token"), lambda: self.page.emit(site.token_page))
        dialog.add_link(self.tr("Open the model's page"), lambda: self.page.emit(page_of(view.url)))
        dialog.submitted.connect(lambda text: self.asked.emit(TokenEntered(site, text, need.ids)))
        dialog.open()

    def _ask_address(self, need: Need, view: OperationView) -> None:
        self._ask_link(need, view, self.tr("Paste a link to the same file."))

    def _ask_link(self, need: Need, view: OperationView, told: str) -> None:
        kept = self.tr("If it is the same file, the download continues from where it stopped.")
        dialog = self._ask(need, f"{told} {kept}", self.tr("Link"), self.tr("Use this link"))
        dialog.edit.setPlaceholderText("https://")
        dialog.add_link(self.tr("Open the model's page"), lambda: self.page.emit(page_of(view.url)))
        dialog.submitted.connect(lambda text: self.asked.emit(RelocateRequest(need.ids, url=text)))
        dialog.open()

    def _ask_folder(self, need: Need, view: OperationView) -> None:
        told = self.tr("The partial file moves along if its present folder can be reached.")
        dialog = self._ask(need, told, self.tr("Folder"), self.tr("Move here"))
        dialog.browse_folders(self.tr("Choose a folder"))
        dialog.edit.setText(view.folder)
        dialog.edit.selectAll()
        dialog.submitted.connect(lambda text: self.asked.emit(RelocateRequest(need.ids, folder=text)))
        dialog.open()

    def _ask_name(self, need: Need, view: OperationView) -> None:
        told = self.tr("The partial data is kept under the new name. The other file is not changed.")
        dialog = self._ask(need, told, self.tr("File name"), self.tr("Use this name"))
        name = PurePath(view.name)
        dialog.edit.setText(f"{name.stem}-2{name.suffix}")
        dialog.edit.setSelection(0, len(name.stem) + 2)
        dialog.submitted.connect(lambda text: self.asked.emit(RelocateRequest(need.ids, name=text)))
        dialog.open()

    def _show_space(self, need: Need, view: OperationView) -> None:
        self._folder, self._needed = view.folder, self._needed_words(view)
        self.folder.emit(view.folder)
        told = self.tr("The folder is open. Free some space on its disk, then retry.")
        dialog = self._stand_by(need, told, self.tr("Retry"))
        dialog.add_choice(self.tr("Choose another folder…"), lambda: self._ask_folder(need, view), closes=True)
        dialog.show_facts(self._needed)
        dialog.looked_at.connect(lambda: self.space.emit(self._folder))
        dialog.open()
        self.space.emit(view.folder)

    def _needed_words(self, view: OperationView) -> str:
        needed = view.attempts[-1].error.get("needed_bytes") if view.attempts else None
        return self.tr("Needed: {size}").format(size=human_size(needed)) if isinstance(needed, int) else ""

    def _open_page(self, need: Need, view: OperationView) -> None:
        page = page_of(view.url)
        self.page.emit(page)
        licence = failure_kind_of(view) is FailureKind.LICENCE
        told = self.tr("The page is open in your browser: {page}").format(page=page)
        again = self.tr("I've accepted it: retry") if licence else self.tr("Retry")
        dialog = self._stand_by(need, told, again)
        dialog.add_choice(self.tr("Open it again"), lambda: self.page.emit(page))
        dialog.open()

    def _open_browser(self, need: Need, view: OperationView) -> None:
        self.page.emit(view.url)
        told = self.tr("The link is open in your browser. Sign in there if asked, then retry.")
        dialog = self._stand_by(need, told, self.tr("Retry"))
        dialog.add_choice(self.tr("Open it again"), lambda: self.page.emit(view.url))
        dialog.open()

    def _check_clock(self, need: Need, _view: OperationView) -> None:
        told = self.tr(
            "Certificates are valid between two dates, so a wrong clock makes valid ones look invalid. "
            "If the clock is right, the certificate has expired or someone may be intercepting the "
            "connection."
        )
        dialog = self._stand_by(need, told, self.tr("Retry"))

        def tell_time() -> None:
            now = QLocale().toString(QDateTime.currentDateTime(), QLocale.FormatType.LongFormat)
            dialog.show_facts(self.tr("This computer's clock: {now}").format(now=now))

        tell_time()
        dialog.looked_at.connect(tell_time)
        dialog.open()

    def _ask(self, need: Need, told: str, label: str, agree: str) -> InputDialog:
        dialog = InputDialog(need.label, need.title, f"{need.detail} {told}".strip(), label, agree, self._window)
        dialog.finished.connect(self._forget)
        self._asking = dialog
        return dialog

    def _stand_by(self, need: Need, told: str, again: str) -> ExternalStepDialog:
        dialog = ExternalStepDialog(need.label, need.title, f"{need.detail} {told}".strip(), again, self._window)
        dialog.back.connect(lambda: self.command.emit(CommandKind.RETRY, need.ids))
        dialog.finished.connect(self._forget_away)
        self._away = dialog
        return dialog

    def _forget(self) -> None:
        if self.sender() is self._asking:
            self._asking = None

    def _forget_away(self) -> None:
        if self.sender() is self._away:
            self._away = None


def _words_for(view: OperationView) -> str:
    """Return the words that find the setting a failure is about."""
    setting = str(view.attempts[-1].error.get("setting") or "") if view.attempts else ""
    return "proxy" if failure_kind_of(view) is FailureKind.PROXY or "proxy" in setting.lower() else setting
