"""The accounts page of the settings: for each site, its token, where that comes from, and whether it works."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from launcher_gui.downloads.sources import all_sources
from launcher_gui.downloads.sources.source import Source
from launcher_gui.downloads.sources.tokens import TokenSource, TokenState
from launcher_gui.text.message import localize


class TokenAction(StrEnum):
    """What can be done about a site's token."""

    SHOW = "show"
    SAVE = "save"
    DELETE = "delete"
    TEST = "test"
    CREATE = "create"  # opens the site's page for new tokens


@dataclass(frozen=True, slots=True)
class AccountAsk:
    """A request about a site's token.

    Attributes:
        site: The site.
        wish: The action.
        token: The token to save, as entered.
    """

    site: Source[Any]
    wish: TokenAction
    token: str = ""

    def __repr__(self) -> str:
        """Return it without the token: output may be kept."""
        return f"AccountAsk(site={self.site}, wish={self.wish})"


class AccountsPage(QWidget):
    """The sites with the state of their tokens."""

    asked = Signal(object)
    """``AccountAsk``: answer with ``show_state`` and ``show_answer``."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = {site: AccountRow(site) for site in all_sources.SOURCES}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 10)
        layout.setSpacing(14)
        note = QLabel(self.tr("Tokens are saved in the system's keyring and sent only to their own site."))
        note.setProperty("tone", "muted")
        note.setWordWrap(True)
        layout.addWidget(note)
        for row in self.rows.values():
            row.asked.connect(self.asked)
            layout.addWidget(row)

    def matches(self, text: str) -> bool:
        """Return whether a search for ``text`` matches this page."""
        sites = " ".join(f"{site} {site.label} {site.token_variable}" for site in self.rows)
        told = f"accounts token key password keyring {sites}".casefold()
        return all(word in told for word in text.casefold().split())

    def ask_states(self) -> None:
        """Request the source of each token."""
        for site in self.rows:
            self.asked.emit(AccountAsk(site, TokenAction.SHOW))

    def show_state(self, state: TokenState) -> None:
        """Show where a site's token comes from."""
        self.rows[state.site].show_state(state)

    def show_answer(self, site: Source[Any], words: str, *, good: bool) -> None:
        """Show the result of a request."""
        self.rows[site].show_answer(words, good=good)


class AccountRow(QWidget):
    """One site: the state of its token, and the actions for it."""

    asked = Signal(object)
    """``AccountAsk``."""

    def __init__(self, site: Source[Any]) -> None:
        super().__init__()
        self._site = site
        self.state, self.answer = QLabel(self.tr("Asking the keyring…")), QLabel()
        self.edit = _TokenEdit()
        self.keep, self.forget = QPushButton(self.tr("Save")), QPushButton(self.tr("Remove"))
        self.test, self.page = QPushButton(self.tr("Test")), QPushButton(self.tr("Get a token"))
        self._lay_out()
        self.edit.textChanged.connect(self._review)
        self.edit.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.forget.clicked.connect(lambda: self._ask(TokenAction.DELETE))
        self.test.clicked.connect(lambda: self._ask(TokenAction.TEST))
        self.page.clicked.connect(lambda: self.asked.emit(AccountAsk(site, TokenAction.CREATE)))
        self._has_token = self._fixed = False
        self._review()

    def show_state(self, state: TokenState) -> None:
        """Show where the token comes from, and enable changes where they are possible here."""
        self._has_token = state.source is not TokenSource.NONE
        self._fixed = state.source is TokenSource.ENVIRONMENT
        self.state.setText(self._words(state))
        self.edit.setPlaceholderText(self.tr("Paste another token") if self._has_token else self.tr("Paste a token"))
        self._review()

    def show_answer(self, words: str, *, good: bool) -> None:
        """Show the result of a request; a refused token can be corrected."""
        self._say(words, "good" if good else "bad")
        self._review()

    def _words(self, state: TokenState) -> str:
        problem = localize(state.keyring_problem)
        match state.source:
            case TokenSource.ENVIRONMENT:
                return self.tr("Set by {name} (environment variable).").format(name=state.site.token_variable)
            case TokenSource.KEYRING:
                return self.tr("Token saved in the system's keyring.")
            case TokenSource.LINK:
                return self.tr("Token from a link, used until you quit.")
            case TokenSource.RUN:
                told = self.tr("Token used until you quit; it could not be saved in the system's keyring: {why}.")
                return told.format(why=problem)
            case _ if problem:
                return self.tr("No token saved: {why}. A token will be forgotten when you quit.").format(why=problem)
            case _:
                return self.tr("No token. Public files do not need one.")

    def _keep(self) -> None:
        if self.keep.isEnabled():
            token = self.edit.text()
            self.edit.clear()  # shown no longer than necessary
            self._ask(TokenAction.SAVE, token)

    def _ask(self, wish: TokenAction, token: str = "") -> None:
        self._say(self.tr("Asking {site}…").format(site=self._site.label) if wish is TokenAction.TEST else "", "muted")
        self.test.setEnabled(False)
        self.asked.emit(AccountAsk(self._site, wish, token))

    def _say(self, words: str, tone: str) -> None:
        self.answer.setText(words)
        self.answer.setProperty("tone", tone)
        self.answer.style().polish(self.answer)

    def _review(self) -> None:
        self.edit.setEnabled(not self._fixed)
        self.keep.setEnabled(not self._fixed and bool(self.edit.text().strip()))
        self.forget.setEnabled(self._has_token and not self._fixed)
        self.test.setEnabled(self._has_token)

    def _lay_out(self) -> None:
        site = self._site
        name = QLabel(site.label)
        name.setProperty("tone", "title")
        self.state.setWordWrap(True)
        self.answer.setWordWrap(True)
        self.answer.setMinimumHeight(self.answer.fontMetrics().lineSpacing())  # nothing jumps when it appears
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # nothing to focus while it is empty
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.edit.setAccessibleName(self.tr("Token for {site}").format(site=site.label))
        self.edit.setAccessibleDescription(self.tr("Saved in the system's keyring and never shown"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.edit, 1)
        self.edit.setMinimumWidth(120)
        for button in (self.keep, self.test, self.forget):
            line.addWidget(button)
        for button in (self.keep, self.test, self.forget, self.page):
            button.setAutoDefault(False)
            button.setAccessibleName(f"{site.label}: {button.text()}")
        above = QHBoxLayout()
        above.addWidget(name)
        above.addStretch(1)
        above.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(above)
        layout.addWidget(self.state)
        layout.addLayout(line)
        layout.addWidget(self.answer)


class _TokenEdit(QLineEdit):
    """A line edit that handles Enter itself: it saves the token and does not close the dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Handle Enter; pass on other keys."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
