"""The dialog that adds downloads: links, a folder, and what is known about each before it is added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.downloads.link_preview import DestinationInfo, LinkPreview
from launcher_gui.models.drafts import AddForm, Draft, DraftRow, draft_of, row_of, totals
from launcher_gui.ui.add.add_fields import Field, FolderBox, LinksBox
from launcher_gui.ui.add.draft_view import DraftView
from launcher_gui.ui.add.links import links_in
from launcher_gui.ui.common.dialogs import handing_back, pick_folder
from launcher_gui.ui.common.scrolling import SHARE_OF_SCREEN, Scrolling

Validate = Callable[[AddForm], Mapping[str, str]]
"""Returns the problems of a form, by field name; no I/O, since it runs at every keystroke."""

_WIDTH, _LEAST_WIDTH = 740, 440
_MARGINS, _SPACING = (24, 20), 12
_SHOWN_AFTER_MS = 50


class AddDialog(QDialog):
    """Asks for downloads and stays open until all have been added."""

    submitted = Signal(object)
    """A tuple of ``AddForm`` to add; answer with ``show_answer``."""
    looked_for = Signal(object)
    """A tuple of ``AddForm`` to look up, emitted at every keystroke; answer with ``show_prospect`` and
    ``show_surroundings`` after the last one.
    """
    list_wanted = Signal(object)
    """A tuple of paths of lists to read; answer with ``add_text``."""

    def __init__(self, validate: Validate, text: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add download"))
        self._validate = validate
        self.busy = False  # submitted and not answered yet
        self._draft = Draft()
        self._refusals: dict[AddForm, str] = {}
        self._prospects: dict[str, LinkPreview] = {}
        self._asked: set[str] = set()
        self._behind = False
        self._copied: tuple[str, ...] = ()
        self._around = DestinationInfo()
        self._links, self._folder = LinksBox(), FolderBox()
        self._fields = {
            "url": Field(
                self.tr("Links"), self._links, self.tr("One link per line: https://…  [SHA-256]  [file name]")
            ),
            "folder": Field(self.tr("Folder"), self._folder.line, self.tr("Folder for the files"), self._folder),
            "name": Field(self.tr("File name (optional)"), QLineEdit(), self.tr("Same as in the link")),
            "sha256": Field(self.tr("SHA-256 (optional)"), QLineEdit(), self.tr("Checked after download; or blake3:…")),
        }
        self._fields["sha256"].edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._single = QWidget()
        self._view = DraftView()
        self._totals, self._refusal = QLabel(), QLabel()
        self._clipboard, self._list = _quiet(""), _quiet(self.tr("Load from file…"))
        self._suggestion = _quiet("")
        self._browse = QPushButton(self.tr("Browse…"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._form = QWidget()
        self._layout = QVBoxLayout(self._form)
        self._lay_out()
        self._connect()
        self._fill(text, folder)

    @property
    def forms(self) -> tuple[AddForm, ...]:
        """The contents of the fields, as one form for each download."""
        folder = self._folder.line.text()
        if not self._draft.is_plain:
            return self._draft.forms
        url = self._draft.forms[0].url if self._draft.forms else self._links.text().strip()
        return (AddForm(url, folder, self._fields["name"].edit.text(), self._fields["sha256"].edit.text()),)

    @property
    def form(self) -> AddForm:
        """The first form."""
        return self.forms[0]

    @property
    def rows(self) -> Sequence[DraftRow]:
        """What is known about each download, as shown."""
        return self._view.draft.rows

    def add_text(self, text: str) -> None:
        """Append lines to the links."""
        before = self._links.text().rstrip()
        self._links.setPlainText(f"{before}\n{text.strip()}" if before else text.strip())

    def add_links(self, links: Sequence[str]) -> None:
        """Append those of ``links`` that are not there yet."""
        known = {form.url for form in self._draft.forms}
        if fresh := [link for link in links if link not in known]:
            self.add_text("\n".join(fresh))

    def offer_folders(self, folders: Sequence[str]) -> None:
        """Offer recently used folders."""
        self._folder.offer(folders)

    def look(self) -> None:
        """Request a look-up of the present links."""
        problems = self._draft.problems or {}
        self.looked_for.emit(tuple(f for n, f in enumerate(self.forms) if f.url and n not in problems))

    def show_prospect(self, url: str, prospect: LinkPreview | None) -> None:
        """Show what the server reports about the file at ``url``; ``None`` while it is being asked."""
        self._asked.add(url)
        if prospect is not None:
            self._prospects[url] = prospect
        if not self._behind:  # a thousand answers that arrive together are shown together
            self._behind = True
            QTimer.singleShot(_SHOWN_AFTER_MS, self, self._show_rows)

    def show_surroundings(self, around: DestinationInfo) -> None:
        """Show what is known about the destinations."""
        self._around = around
        self._show_rows()

    def show_answer(self, refusals: Mapping[AddForm, tuple[str, str]]) -> None:
        """Close if all were added; otherwise keep those in ``refusals``, each with its field and message."""
        if not refusals:
            self.accept()
            return
        added = len(self.forms) - len(refusals)
        self._set_busy(busy=False)
        if len(self.forms) == 1:
            ((field, message),) = refusals.values()
            self._refuse(field, message)
            return
        self._refusals = {form: message for form, (_, message) in refusals.items()}
        self._links.setPlainText("\n".join(form.line for form in refusals))
        some = self.tr("{added} added. The rest could not be added; see below.").format(added=added)
        self._say(some if added else self.tr("Nothing could be added; see below."))
        self._review()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Open as large as the text needs, within the screen."""
        self.resize(min(_WIDTH, int(self.screen().availableSize().width() * SHARE_OF_SCREEN)), 0)
        self._fit()
        super().showEvent(event)

    def done(self, result: int) -> None:
        """Close."""
        with handing_back(self):
            super().done(result)

    def _refuse(self, field: str, message: str) -> None:
        """Let the user correct the form; ``message`` appears at ``field``, or at the foot if there is no such field."""
        if field in self._fields and (field in {"url", "folder"} or self._draft.is_plain):
            self._fields[field].refusal = message
            self._fields[field].edit.setFocus()
        else:
            self._say(message)
        self._review()

    def _say(self, message: str) -> None:
        self._refusal.setText(message)
        self._refusal.show()

    def _lay_out(self) -> None:
        self._refusal.setProperty("tone", "bad")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self._totals.setProperty("tone", "muted")
        self._totals.setContentsMargins(0, 4, 0, 0)
        self._browse.setAutoDefault(False)
        self._browse.setAccessibleName(self.tr("Browse for a folder"))
        self._suggestion.setObjectName("link")
        self._suggestion.hide()
        layout, fields = self._layout, self._fields
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head, place, inside = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self._single)
        head.addWidget(fields["url"].label, 1)
        head.addWidget(self._clipboard)
        head.addWidget(self._list)
        place.addWidget(self._folder, 1)
        place.addWidget(self._browse)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for name in ("name", "sha256"):
            inside.addWidget(fields[name].label)
            inside.addWidget(fields[name].edit)
            inside.addWidget(fields[name].problem)
        layout.addLayout(head)
        layout.addWidget(self._links)
        layout.addWidget(fields["url"].problem)
        layout.addWidget(fields["folder"].label)
        layout.addLayout(place)
        layout.addWidget(self._suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        below: tuple[QWidget, ...] = (fields["folder"].problem, self._single, self._view, self._totals, self._refusal)
        for widget in below:
            layout.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*_MARGINS, *_MARGINS)
        whole.setSpacing(_SPACING)
        scrolling = Scrolling(self._form, self.tr("Scroll the form"))
        scrolling.setMinimumWidth(_LEAST_WIDTH)
        whole.addWidget(scrolling)
        whole.addWidget(self._buttons)

    def _connect(self) -> None:
        self._links.textChanged.connect(lambda: self._edited(self._fields["url"]))
        self._folder.editTextChanged.connect(lambda _text: self._edited(self._fields["folder"]))
        for name in ("name", "sha256"):
            self._fields[name].edit.textChanged.connect(lambda _text, n=name: self._edited(self._fields[n]))
        self._links.links_dropped.connect(self.add_links)
        self._links.lists_dropped.connect(self.list_wanted)
        self._clipboard.clicked.connect(lambda: self.add_links(self._copied))
        QGuiApplication.clipboard().dataChanged.connect(self._look_at_clipboard)
        self._list.clicked.connect(self._pick_list)
        self._suggestion.clicked.connect(lambda: self._folder.setEditText(self._suggestion.property("folder")))
        self._browse.clicked.connect(self._pick_folder)
        self._buttons.accepted.connect(self._submit)
        self._buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._ok.click)

    def _fill(self, text: str, folder: str) -> None:
        self._folder.setEditText(folder)
        self._links.setPlainText(text)
        for name, field in self._fields.items():
            field.touched = name == "url" and bool(text)
        self._fields["folder" if text else "url"].edit.setFocus()
        self._set_busy(busy=False)
        self._look_at_clipboard()
        self._review()

    def _look_at_clipboard(self) -> None:
        """Read the clipboard once; reading it at every keystroke would make another program answer each time."""
        self._copied = links_in(QGuiApplication.clipboard().mimeData())
        self._offer_clipboard()

    def _offer_clipboard(self) -> None:
        known = {form.url for form in self._draft.forms}
        count = len([link for link in self._copied if link not in known])
        many = self.tr("Paste {count} links from the clipboard").format(count=count)
        self._clipboard.setText(self.tr("Paste the link from the clipboard") if count == 1 else many)
        self._clipboard.setVisible(count > 0)

    def _edited(self, field: Field) -> None:
        field.touched = True
        field.refusal = ""
        self._refusal.hide()
        self._review()

    def _review(self) -> None:
        self._draft = draft_of(self._links.text(), self._folder.line.text())
        plain = self._draft.is_plain and -1 not in (self._draft.problems or {})
        self._single.setVisible(plain)
        problems = dict(self._validate(self.form)) if plain else self._problems_of_list()
        for name, field in self._fields.items():
            field.show_problem(field.refusal or (problems.get(name, "") if field.touched else ""))
        self._ok.setEnabled(not problems and not self.busy)
        self._ok.setText(self._word())
        self._offer_clipboard()
        self._show_rows()
        self.look()

    def _problems_of_list(self) -> dict[str, str]:
        problems = self._draft.problems or {}
        if -1 in problems or not self._draft.forms:
            return {"url": problems.get(-1, "")}
        if folder := self._validate(self._draft.forms[0]).get("folder"):
            return {"folder": folder}
        many = self.tr("{count} lines are not valid links.").format(count=len(problems))
        one = self.tr("One line is not a valid link.")
        return {"url": one if len(problems) == 1 else many} if problems else {}

    def _show_rows(self) -> None:
        self._behind = False
        problems = self._draft.problems or {}
        rows = [
            row_of(
                form,
                self._refusals.get(form, problems.get(number, "")),
                self._prospects.get(form.url),
                self._around,
                asking=form.url in self._asked,
            )
            for number, form in enumerate(self.forms)
            if form.url
        ]
        usable = bool(rows) and (len(rows) > 1 or 0 not in problems)
        self._view.show_rows(rows if usable else ())
        words, fits = totals(rows, self._around.free.get(self._folder_of_forms()))
        self._totals.setVisible(usable)
        self._totals.setText(words)
        self._totals.setAccessibleName(self.tr("Totals: {words}").format(words=words))
        if self._totals.property("tone") != (tone := "muted" if fits else "bad"):
            self._totals.setProperty("tone", tone)
            self._totals.style().polish(self._totals)
        self._suggest()
        self._grow()

    def _folder_of_forms(self) -> str:
        return next(iter(self._around.free), "")

    def _suggest(self) -> None:
        """Offer the folder that suits all files that have one, if they agree."""
        names = [row.name for row in self.rows]
        fitting = {self._around.suggested[name] for name in names if name in self._around.suggested}
        folder = fitting.pop() if len(fitting) == 1 else ""
        self._suggestion.setVisible(bool(folder) and folder != self._folder.line.text())
        self._suggestion.setText(self.tr("Use ComfyUI's folder: {folder}").format(folder=folder))
        self._suggestion.setProperty("folder", folder)

    def _grow(self) -> None:
        """Grow with the content, which a dialog does not do by itself."""
        if not self.isVisible():  # it opens in its right size
            return
        self._layout.activate()
        self._fit()

    def _fit(self) -> None:
        """Be as high as the form needs; on a small screen it scrolls."""
        inside = self.width() - 2 * _MARGINS[0]
        around = 2 * _MARGINS[1] + _SPACING + self._buttons.sizeHint().height()
        form = self._layout.totalHeightForWidth(inside) if self._layout.hasHeightForWidth() else 0
        wanted = max(self.height(), max(form, self._layout.totalSizeHint().height()) + around)
        self.resize(self.width(), min(wanted, int(self.screen().availableSize().height() * SHARE_OF_SCREEN)))

    @property
    def _ok(self) -> QPushButton:
        return self._buttons.button(QDialogButtonBox.StandardButton.Ok)

    def _word(self) -> str:
        if self.busy:
            return self.tr("Adding…")
        count = len(self._draft.forms)
        return self.tr("Add {count} downloads").format(count=count) if count > 1 else self.tr("Add download")

    def _submit(self) -> None:
        self._set_busy(busy=True)
        self._refusals = {}
        self.submitted.emit(self.forms)

    def _set_busy(self, *, busy: bool) -> None:
        """Disable the form until the answer arrives."""
        self.busy = busy
        for field in self._fields.values():
            field.shown.setEnabled(not busy)
            field.edit.setEnabled(not busy)
        for button in (self._browse, self._clipboard, self._list, self._suggestion):
            button.setEnabled(not busy)
        self._ok.setEnabled(not busy)
        self._ok.setText(self._word())

    def _pick_folder(self) -> None:
        pick_folder(self, self.tr("Choose a folder"), self._folder.line.text(), self._folder.setEditText)

    def _pick_list(self) -> None:
        picker = QFileDialog(self, self.tr("Choose a list of links"), self._folder.line.text())
        picker.setNameFilter(self.tr("Lists (*.txt *.lst *.list);;All files (*)"))
        picker.setFileMode(QFileDialog.FileMode.ExistingFile)
        picker.fileSelected.connect(lambda path: self.list_wanted.emit((path,)))
        picker.open()


def _quiet(text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("quiet")
    button.setText(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
