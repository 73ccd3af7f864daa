"""The window: it shows what the projection says and passes on what a person asks for.

Everything comes in through ``show_projection`` and ``tick`` and goes out through signals; the window never changes
what it shows because a button was pressed, only because the store says so.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QSplitter, QToolBar, QVBoxLayout, QWidget

from launcher_gui.models.operation_table import OperationTableModel
from launcher_gui.models.selection import partial_bytes, takers, toggle
from launcher_gui.monitor.hosts import HostAction, HostRow
from launcher_gui.monitor.projection import Projection
from launcher_gui.monitor.wording import summary
from launcher_gui.panels import language
from launcher_gui.panels.about import AboutSheet
from launcher_gui.panels.actions import Actions
from launcher_gui.panels.add_dialog import AddDialog, Validate
from launcher_gui.panels.banner import Banner
from launcher_gui.panels.details import DetailsPane
from launcher_gui.panels.dialogs import QuitQuestion, RemoveQuestion, ShortcutSheet
from launcher_gui.panels.empty_state import EmptyState
from launcher_gui.panels.links import link_in, links_in
from launcher_gui.panels.list_page import ListPage
from launcher_gui.panels.operations_view import OperationsView
from launcher_gui.panels.resources import app_icon, icon
from launcher_gui.panels.settings_dialog import SettingsDialog
from launcher_gui.panels.theme import theme_of
from launcher_gui.panels.workspace import View, Workspace
from launcher_gui.recovery.operation import CommandKind
from launcher_gui.settings.schema import Settings

_ROOMY = QSize(1360, 860)
_SHARE_OF_SCREEN = 0.94
_LEAST_FOR_DETAILS = 480
"""A window lower than this, as on a small screen at 200 %, has no room for the details."""


class MainWindow(QMainWindow):
    """The list of downloads, the details of one, and all that can be asked for."""

    add_requested = Signal(object)
    """``AddForm``: add this download; answer with ``add_accepted`` or ``add_refused``."""
    command_requested = Signal(object, object)
    """``CommandKind`` and a tuple of operation ids."""
    remove_requested = Signal(object, bool)
    """A tuple of operation ids, and whether to discard their unfinished data."""
    host_requested = Signal(object, str)
    """``HostAction`` and a host's name: do this about it."""
    folder_requested = Signal(str)
    """Open this folder in the system's file manager."""
    auto_resume_toggled = Signal(bool)
    """Whether interrupted downloads go on by themselves at start."""
    settings_changed = Signal(object)
    """A mapping of setting to value: change these; answer with ``set_settings``."""
    close_requested = Signal()
    """The window was asked to close; it stays until the program ends."""
    quit_confirmed = Signal()
    """Quit although downloads are running."""

    def __init__(self, settings: QSettings, validate: Validate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._validate = validate
        self._default_folder = ""
        self._links: list[str] = []
        self._add_dialog: AddDialog | None = None
        self._quit_question: QuitQuestion | None = None
        self._closing = False
        self._shown_settings = Settings(), frozenset[str]()
        self.setWindowTitle(self.tr("ComfyUI Launcher Recovery Monitor"))
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.model = OperationTableModel(self)
        self.window_actions = Actions(self)
        self.table = OperationsView(self.model)
        self.details = DetailsPane()
        self.banner = Banner()
        self._store_busy = self._tells_of_store = False
        self._empty = EmptyState(self.window_actions.add)
        self.list_page = ListPage(self.model, self.table)
        self.workspace = Workspace(self.list_page, self._empty)
        self._totals = QLabel()
        self._lay_out()
        self._make_toolbar()
        self._make_menus()
        self._connect()
        self._restore_layout()
        self._recolour()
        self._selection_changed()

    def show_projection(self, projection: Projection, changed: frozenset[str]) -> None:
        """Show ``projection``, of which the operations in ``changed`` are new, different or gone."""
        before = dict(self.model.counts)
        self.model.show(projection, changed)
        if before != self.model.counts:
            self.list_page.refresh()
        self.workspace.show_projection(projection, changed)
        self._show_details()
        self._show_totals()
        if not changed.isdisjoint(v.id for v in self.table.selected):
            self._selection_changed()

    def tick(self, now: float) -> None:
        """Let time pass: countdowns, speeds, times left."""
        self.model.tick(now)
        self.details.tick(now)
        self.workspace.tick(now)
        self._show_totals()

    def set_default_folder(self, folder: str) -> None:
        """Offer ``folder`` in the add dialog."""
        self._default_folder = folder

    def set_settings(self, settings: Settings, fixed: frozenset[str]) -> None:
        """Show the settings as they are, of which the environment holds some ``fixed``; they can be changed now."""
        self._shown_settings = settings, fixed
        if language.SETTING not in fixed:
            self._settings.setValue(language.SETTING, settings.language)
        self.window_actions.settings.setEnabled(not self._closing)
        self.set_auto_resume(settings.auto_resume)
        for dialog in self.findChildren(SettingsDialog):
            dialog.show_settings(settings)

    def set_auto_resume(self, on: bool) -> None:
        """Show whether interrupted downloads go on at start, which can be changed from then on.

        Does not emit ``auto_resume_toggled``.
        """
        self.window_actions.auto_resume.setChecked(on)
        self.window_actions.auto_resume.setEnabled(not self._closing)

    def ask_for(self, words: tuple[str, ...]) -> None:
        """Ask for the files behind ``words`` in the add dialog, one after the other; without any, for one."""
        self._add_links(tuple(map(link_in, words)) or ("",))

    def show_store_busy(self, *, busy: bool) -> None:
        """Say that another program holds the store for as long as that is so; it goes away by itself."""
        if busy and not self._store_busy:
            self.show_notice(
                self.tr("The store is busy: another program holds it."),
                self.tr("Downloads go on. What happens and what you ask for is written down as soon as it lets go."),
            )
            self._tells_of_store = True
        elif self._tells_of_store and not busy:
            self.banner.hide()
        self._store_busy = busy

    def show_notice(self, text: str, detail: str = "") -> None:
        """Say something above the list until it is dismissed."""
        self._tells_of_store = False
        self.banner.show_notice(text, detail)

    def add_accepted(self) -> None:
        """The download that was asked for is in the list: close the dialog, go on to the next link."""
        if self._add_dialog is not None and self._add_dialog.busy:
            self._add_dialog.accepted_by_core()
            if self._links:
                self._open_add(self._links.pop(0))

    def add_refused(self, field: str, message: str) -> None:
        """The download cannot be added: say why beside ``field`` of the form, or at its foot."""
        if self._add_dialog is not None and self._add_dialog.busy:
            self._add_dialog.refuse(field, message)
        else:  # the dialog was dismissed before the answer came
            self.show_notice(message)

    def confirm_quit(self, active: int) -> None:
        """Ask whether to quit while ``active`` downloads run; emits ``quit_confirmed`` if so."""
        if self._quit_question is not None:
            self._quit_question.raise_()
            return
        question = QuitQuestion(self, active, auto_resume=self.window_actions.auto_resume.isChecked())
        question.agreed.connect(self.quit_confirmed)
        question.finished.connect(self._forget_quit_question)
        self._quit_question = question
        question.open()

    def show_closing(self) -> None:
        """Show that the work is being saved; nothing can be asked for any more."""
        self._save_layout()
        self.setAcceptDrops(False)
        self.window_actions.disable_all()
        self._central.setEnabled(False)
        self._totals.setText(self.tr("Saving…"))
        self._totals.setAccessibleName("")
        self._closing = True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Never close by itself: the program saves its work first."""
        event.ignore()
        self._save_layout()
        self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Welcome links."""
        if links_in(event.mimeData()):
            self._empty.set_hot(hot=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Forget the links that left."""
        self._empty.set_hot(hot=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Ask for what was dropped."""
        self._empty.set_hot(hot=False)
        event.acceptProposedAction()
        self._add_links(links_in(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make room."""
        super().resizeEvent(event)
        self._show_details()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw the icons anew when the colours change."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "window_actions"):
            self._recolour()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self.workspace)
        self._splitter.addWidget(self.details)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setHandleWidth(7)
        self._splitter.setCollapsible(0, False)
        self._splitter.setSizes([420, 260])
        self._splitter.setMinimumHeight(self.workspace.minimumSizeHint().height())  # the details can go
        self._central = QWidget()
        layout = QVBoxLayout(self._central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self._splitter, 1)
        self.setCentralWidget(self._central)
        self._totals.setContentsMargins(12, 4, 12, 4)
        self.statusBar().addPermanentWidget(self._totals)
        # Without a window manager nobody else keeps it on the screen.
        self.resize(first_size(QGuiApplication.primaryScreen().availableSize()))

    def _make_toolbar(self) -> None:
        bar = QToolBar(self.tr("Toolbar"), self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addAction(self.window_actions.add)
        bar.addSeparator()
        bar.addActions(list(self.window_actions.commands.values()))
        bar.addSeparator()
        bar.addActions([self.window_actions.remove, self.window_actions.folder])
        for action in bar.actions():
            if not action.isSeparator():
                button = bar.widgetForAction(action)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setAccessibleName(action.text().replace("&", ""))
        bar.widgetForAction(self.window_actions.add).setObjectName("primary")
        bar.setIconSize(QSize(20, 20))
        self.addToolBar(bar)

    def _make_menus(self) -> None:
        do, bar = self.window_actions, self.menuBar()
        file = bar.addMenu(self.tr("&File"))
        file.addActions([do.add, do.paste])
        file.addSeparator()
        file.addActions([do.auto_resume, do.settings])
        file.addSeparator()
        file.addAction(do.quit)
        edit = bar.addMenu(self.tr("&Edit"))
        edit.addActions([*do.commands.values(), do.toggle])
        edit.addSeparator()
        edit.addActions([do.remove, do.folder])
        edit.addSeparator()
        edit.addActions([do.copy_link, do.select_all, do.find])
        view = bar.addMenu(self.tr("&View"))
        view.addActions(list(do.views.values()))
        view.addSeparator()
        view.addAction(do.details)
        self._columns = view.addMenu(self.tr("&Columns"))
        help_ = bar.addMenu(self.tr("&Help"))
        help_.addActions([do.shortcuts, do.about])
        self.table.addActions(list(do.belong_to_list()))

    def _connect(self) -> None:
        do = self.window_actions
        do.add.triggered.connect(lambda: self._open_add(""))
        do.paste.triggered.connect(self._paste)
        do.folder.triggered.connect(self._request_folder)
        do.auto_resume.triggered.connect(self.auto_resume_toggled)
        do.settings.triggered.connect(self._open_settings)
        do.quit.triggered.connect(self.close)
        do.copy_link.triggered.connect(self._copy_links)
        do.select_all.triggered.connect(self.table.selectAll)
        do.find.triggered.connect(self._find)
        do.toggle.triggered.connect(self._toggle)
        for kind, action in do.commands.items():
            action.triggered.connect(lambda _checked=False, k=kind: self._command(k))
        do.remove.triggered.connect(self._ask_remove)
        do.details.toggled.connect(self._show_details)
        for way, action in do.views.items():
            action.triggered.connect(lambda _checked=False, w=way: self.workspace.show_view(w))
        do.shortcuts.triggered.connect(self._show_shortcuts)
        do.about.triggered.connect(lambda: AboutSheet(self).open())
        self._columns.aboutToShow.connect(lambda: self.table.fill_column_menu(self._columns))
        self.table.chosen.connect(self._selection_changed)
        self.list_page.resume_requested.connect(lambda ids: self.command_requested.emit(CommandKind.RESUME, ids))
        self.workspace.picked.connect(self._pick)
        self.workspace.host_asked.connect(self._ask_host)
        self.table.customContextMenuRequested.connect(self._show_context_menu)

    def _open_settings(self) -> None:
        dialog = SettingsDialog(*self._shown_settings, self)
        dialog.applied.connect(self.settings_changed)
        dialog.open()

    def _find(self) -> None:
        self.workspace.show_view(View.LIST)
        self.list_page.bar.text.setFocus()

    def _show_details(self) -> None:
        """Show the details if they are wanted, and there are room and something that they could be about."""
        room = self.height() >= _LEAST_FOR_DETAILS
        self.window_actions.details.setEnabled(room and not self._closing)
        self.details.setVisible(room and self.window_actions.details.isChecked() and self.model.rowCount() > 0)

    def _ask_host(self, action: HostAction, row: HostRow) -> None:
        """Ask the store; a probe is a waiting download that is to ask at once."""
        if action is not HostAction.PROBE:
            self.host_requested.emit(action, row.scope)
        elif ids := takers(row.waiting, CommandKind.RETRY):
            self.command_requested.emit(CommandKind.RETRY, ids[:1])

    def _pick(self, operation_id: str, attempt: int) -> None:
        self.list_page.reveal(operation_id)
        self.table.select(operation_id)
        self.details.show_attempt(attempt)

    def _selection_changed(self) -> None:
        if not self._closing:
            self.window_actions.apply_to(self.table.selected)
        focused = self.table.focused
        self.details.show_view(focused, self.model.now)
        self.workspace.select(focused.id if focused is not None else "")

    def _show_totals(self) -> None:
        if not self._closing:
            words = summary(self.model.counts, self.model.total_rate)
            self._totals.setText(words)
            self._totals.setAccessibleName(self.tr("Totals: {words}").format(words=words))

    def _command(self, kind: CommandKind) -> None:
        if ids := takers(self.table.selected, kind):
            self.command_requested.emit(kind, ids)

    def _toggle(self) -> None:
        if (asked := toggle(self.table.selected)) is not None:
            self.command_requested.emit(*asked)

    def _request_folder(self) -> None:
        if (view := self.table.focused) is not None and view.folder:
            self.folder_requested.emit(view.folder)

    def _copy_links(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(v.url for v in self.table.selected if v.url))

    def _ask_remove(self) -> None:
        ids = takers(self.table.selected, CommandKind.REMOVE)
        if not ids:
            return
        removed = [v for v in self.table.selected if v.id in ids]
        mark = icon("remove", theme_of(self.palette()).muted)
        question = RemoveQuestion(self, mark, [v.name for v in removed], partial_bytes(removed))
        question.agreed.connect(lambda discard: self.remove_requested.emit(ids, discard))
        question.open()

    def _paste(self) -> None:
        links = links_in(QGuiApplication.clipboard().mimeData())
        if not links:
            self.statusBar().showMessage(self.tr("There is no http or https link in the clipboard."), 6000)
        self._add_links(links)

    def _add_links(self, links: tuple[str, ...]) -> None:
        """Ask for the links one after the other."""
        self._links.extend(links)
        if self._add_dialog is None and self._links:
            self._open_add(self._links.pop(0))

    def _open_add(self, url: str) -> None:
        if self._add_dialog is not None:
            self._add_dialog.raise_()
            return
        dialog = AddDialog(self._validate, url, self._default_folder, self)
        dialog.submitted.connect(self.add_requested)
        dialog.finished.connect(self._forget_add_dialog)
        self._add_dialog = dialog
        dialog.open()

    def _forget_add_dialog(self, result: int) -> None:
        if self._add_dialog is not None:
            self._add_dialog.deleteLater()
        self._add_dialog = None
        if not result:
            self._links.clear()

    def _forget_quit_question(self) -> None:
        self._quit_question = None

    def _show_context_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        do = self.window_actions
        if self.table.selected:
            menu.addActions(list(do.commands.values()))
            menu.addSeparator()
            menu.addActions([do.remove, do.folder, do.copy_link])
        else:
            menu.addActions([do.add, do.paste])
        menu.popup(self.table.viewport().mapToGlobal(position))

    def _show_shortcuts(self) -> None:
        actions = [a for a in self.window_actions.all if not a.shortcut().isEmpty()]
        ShortcutSheet(self, actions).open()

    def _recolour(self) -> None:
        self.window_actions.recolour(theme_of(self.palette()))

    def _save_layout(self) -> None:
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/splitter", self._splitter.saveState())
        self._settings.setValue("window/columns", self.table.save_columns())
        self._settings.setValue("window/details", self.window_actions.details.isChecked())
        self._settings.setValue("window/view", int(self.workspace.view))

    def _restore_layout(self) -> None:
        for key, restore in (
            ("window/geometry", self.restoreGeometry),
            ("window/splitter", self._splitter.restoreState),
            ("window/columns", self.table.restore_columns),
        ):
            state = self._settings.value(key)
            if isinstance(state, QByteArray):
                restore(state)
        self.window_actions.details.setChecked(bool(self._settings.value("window/details", True, bool)))
        shown = str(self._settings.value("window/view", int(View.LIST)))
        self.workspace.show_view(next((v for v in View if str(int(v)) == shown), View.LIST))
        self._show_details()


def first_size(available: QSize) -> QSize:
    """Return the size at a first start: roomy, and never larger than a screen without a window manager shows."""
    share = QSize(int(available.width() * _SHARE_OF_SCREEN), int(available.height() * _SHARE_OF_SCREEN))
    return share.boundedTo(_ROOMY)
