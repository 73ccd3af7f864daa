"""The main window: shows the projection and passes the user's requests on.

Everything arrives through ``show_projection`` and ``tick`` and leaves through signals; the window changes what it shows
only because the store says so, never because a button was pressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QSplitter, QVBoxLayout, QWidget

from launcher_gui.downloads.sources.source import Source
from launcher_gui.downloads.sources.tokens import TokenState
from launcher_gui.models.attention import need_of
from launcher_gui.models.operation_table import OperationTableModel
from launcher_gui.models.selection import partial_bytes, takers, toggle, would_discard
from launcher_gui.monitor.hosts import HostAction, HostRow
from launcher_gui.monitor.log import LogLine
from launcher_gui.monitor.operation_text import summary
from launcher_gui.monitor.projection import OperationView, Projection
from launcher_gui.recovery.operation import CommandKind
from launcher_gui.recovery.rules.applicable_commands import GOES_ON
from launcher_gui.settings.hours import parse_hours
from launcher_gui.settings.schema import Settings
from launcher_gui.text.message import localize
from launcher_gui.ui.add.add_dialog import Validate
from launcher_gui.ui.add.add_flow import AddFlow
from launcher_gui.ui.add.links import links_in, list_files_in
from launcher_gui.ui.attention.attention_bar import AttentionBar
from launcher_gui.ui.attention.fixes import Fixes
from launcher_gui.ui.common import language
from launcher_gui.ui.common.dialogs import DiscardQuestion, QuitQuestion, RemoveQuestion
from launcher_gui.ui.common.resources import app_icon, icon
from launcher_gui.ui.common.theme import theme_of
from launcher_gui.ui.downloads.details import DetailsPane
from launcher_gui.ui.downloads.empty_state import EmptyState
from launcher_gui.ui.downloads.list_page import ListPage
from launcher_gui.ui.downloads.operations_view import OperationsView
from launcher_gui.ui.main_window.about import AboutSheet
from launcher_gui.ui.main_window.actions import Actions
from launcher_gui.ui.main_window.banner import Banner
from launcher_gui.ui.main_window.lower_pane import Aspect, LowerPane
from launcher_gui.ui.main_window.queue_menu import QueueMenu
from launcher_gui.ui.main_window.shortcuts import ShortcutSheet
from launcher_gui.ui.main_window.window_layout import WindowLayout, first_size
from launcher_gui.ui.main_window.window_menus import make_menus, make_toolbar
from launcher_gui.ui.main_window.workspace import View, Workspace
from launcher_gui.ui.settings.settings_dialog import SettingsDialog

_MOST_FOLDERS = 10
_LEAST_FOR_DETAILS = 480
"""A window lower than this, as on a small screen at 200 %, has no space for the details."""


class MainWindow(QMainWindow):
    """The list of downloads, the details of one, and all actions."""

    command_requested = Signal(object, object)
    """``CommandKind`` and a tuple of operation ids."""
    remove_requested = Signal(object, bool)
    """A tuple of operation ids, and whether to delete their partial data."""
    queue_requested = Signal(object)
    """``QueueChange``: change the order of the queue."""
    discard_requested = Signal(object)
    """A tuple of operation ids: resume them and discard data that cannot be used."""
    host_requested = Signal(object, str)
    """``HostAction`` and a host's name: carry it out."""
    folder_requested = Signal(str)
    """Open this folder in the file manager."""
    auto_resume_toggled = Signal(bool)
    """Whether interrupted downloads resume at start."""
    log_asked = Signal(object, int)
    """Operation ids, ``None`` for all, and the event after which lines are wanted; answer with ``show_log``."""
    settings_changed = Signal(object)
    """A mapping of setting to value: change these; answer with ``set_settings``."""
    settings_asked = Signal(object)
    """``AccountAsk`` or ``Exchange``: a request of the settings dialog other than a change."""
    close_requested = Signal()
    """The user closed the window; it stays until the program ends."""
    quit_requested = Signal()
    """Quit the program."""
    never_asked_again = Signal()
    """The user does not want to be asked again when quitting."""
    quit_confirmed = Signal()
    """Quit although downloads are running."""

    def __init__(self, settings: QSettings, validate: Validate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.below = LowerPane(self.details, self.model)
        self.banner = Banner()
        self.attention, self.fixes = AttentionBar(), Fixes(self)
        self._store_busy = self._tells_of_store = False
        self._empty = EmptyState(self.window_actions.add)
        self.list_page = ListPage(self.model, self.table)
        self.workspace = Workspace(self.list_page, self._empty)
        self._totals = QLabel()
        self._queue_menu = QueueMenu(self.window_actions, lambda: self.table.selected, self)
        self._lay_out()
        make_toolbar(self, self.window_actions, self._queue_menu)
        self._columns = make_menus(self, self.window_actions, self._queue_menu)
        self.table.addActions(list(self.window_actions.belong_to_list()))
        self.adding = AddFlow(self, validate, self._recent_folders)
        self._connect()
        self._layout = WindowLayout(
            settings,
            self,
            self._splitter,
            self.table,
            self.list_page.bar,
            self.workspace,
            self.window_actions,
            self.attention,
            self.below,
        )
        self._layout.restore()
        self._show_details()
        self._recolour()
        self._selection_changed()

    def show_projection(self, projection: Projection, changed: frozenset[str]) -> None:
        """Show ``projection``; the operations in ``changed`` are new, different or gone."""
        before = dict(self.model.counts)
        self.model.show(projection, changed)
        if not before and self.table.sorted_by:
            self.table.sort_by(self.table.sorted_by)  # it was restored while there was nothing to sort
        if before != self.model.counts:
            self.list_page.refresh()
        self.workspace.show_projection(projection, changed)
        self.attention.show_projection(projection, changed)
        self.below.show_projection(projection)
        self._show_details()
        self._show_totals()
        if not changed.isdisjoint(v.id for v in self.table.selected):
            self._selection_changed()

    def tick(self, now: float) -> None:
        """Update countdowns, speeds and times left."""
        self.model.tick(now)
        self.details.tick(now)
        self.workspace.tick(now)
        self.below.tick(now)
        self._show_totals()

    def set_default_folder(self, folder: str) -> None:
        """Offer ``folder`` in the add dialog."""
        self.adding.folder = folder

    def set_settings(self, settings: Settings, fixed: frozenset[str]) -> None:
        """Show the present settings; those in ``fixed`` are set by the environment. They can be changed now."""
        self._shown_settings = settings, fixed
        hours = parse_hours(settings.download_hours)
        self.model.show_hours(hours)
        self.details.show_hours(hours)
        if language.SETTING not in fixed:
            self._layout.keep_language(settings.language)
        self.window_actions.settings.setEnabled(not self._closing)
        self.set_auto_resume(settings.auto_resume)
        self.below.show_limit(settings.bandwidth_limit)
        for dialog in self.findChildren(SettingsDialog):
            dialog.show_settings(settings)

    def set_auto_resume(self, on: bool) -> None:
        """Show whether interrupted downloads resume at start, and enable the choice.

        Does not emit ``auto_resume_toggled``.
        """
        self.window_actions.auto_resume.setChecked(on)
        self.attention.set_auto_resume(on)
        self.window_actions.auto_resume.setEnabled(not self._closing)

    def come_to_front(self) -> None:
        """Come to the front, whether hidden, minimised or covered."""
        self.show()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def show_store_busy(self, *, busy: bool) -> None:
        """Show that another program is using the store until it is free."""
        if busy and not self._store_busy:
            self.show_notice(
                self.tr("The download database is in use by another program."),
                self.tr("Downloads continue; changes are saved when it is free."),
            )
            self._tells_of_store = True
        elif self._tells_of_store and not busy:
            self.banner.hide()
        self._store_busy = busy

    def show_log(self, ids: frozenset[str] | None, lines: Sequence[LogLine]) -> None:
        """Show the lines that ``log_asked`` requested."""
        self.below.log.show_lines(ids, lines)

    def show_notice(self, text: str, detail: str = "") -> None:
        """Show a message above the list until it is dismissed."""
        self._tells_of_store = False
        self.banner.show_notice(text, detail)

    def confirm_quit(self, active: int) -> None:
        """Ask whether to quit while ``active`` downloads run; emits ``quit_confirmed`` if so."""
        if self._quit_question is not None:
            self._quit_question.raise_()
            return
        self.come_to_front()  # a question from the tray has to be seen
        question = QuitQuestion(self, active, auto_resume=self.window_actions.auto_resume.isChecked())
        question.never_again.connect(self.never_asked_again)
        question.agreed.connect(self.quit_confirmed)
        question.finished.connect(self._forget_quit_question)
        self._quit_question = question
        question.open()

    def show_closing(self) -> None:
        """Show that the work is being saved; all actions are disabled."""
        self._layout.save()
        self.setAcceptDrops(False)
        self.window_actions.disable_all()
        self._queue_menu.follow()
        self._central.setEnabled(False)
        self._totals.setText(self.tr("Saving…"))
        self._totals.setAccessibleName("")
        self._closing = True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Never close directly: the program saves its work first."""
        event.ignore()
        self._layout.save()
        self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept drags of links."""
        if links_in(event.mimeData()) or list_files_in(event.mimeData()):
            self._empty.set_hot(hot=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Forget the dragged links."""
        self._empty.set_hot(hot=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Add what was dropped."""
        self._empty.set_hot(hot=False)
        event.acceptProposedAction()
        self.adding.take(event.mimeData())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out again for the new size."""
        super().resizeEvent(event)
        self._show_details()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw the icons in the new colours."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "window_actions"):
            self._recolour()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self.workspace)
        self._splitter.addWidget(self.below)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setHandleWidth(7)
        self._splitter.setCollapsible(0, False)
        self._splitter.setSizes([420, 260])
        self._splitter.setMinimumHeight(self.workspace.minimumSizeHint().height())  # the details can be hidden
        self._central = QWidget()
        layout = QVBoxLayout(self._central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.attention)
        layout.addWidget(self._splitter, 1)
        self.setCentralWidget(self._central)
        self._totals.setContentsMargins(12, 4, 12, 4)
        self.statusBar().addPermanentWidget(self._totals)
        # Without a window manager, nothing else keeps it on the screen.
        self.resize(first_size(QGuiApplication.primaryScreen().availableSize()))

    def _connect(self) -> None:
        do = self.window_actions
        do.add.triggered.connect(lambda _checked: self.adding.open())
        do.paste.triggered.connect(self._paste)
        do.folder.triggered.connect(self._request_folder)
        do.auto_resume.triggered.connect(self.auto_resume_toggled)
        do.settings.triggered.connect(lambda: self._open_settings("", ()))
        do.attention.triggered.connect(self.attention.begin)
        self.attention.fix_asked.connect(self.fixes.begin)
        self.details.fix_asked.connect(lambda need: self.fixes.begin(self.attention.whole(need)))
        self.fixes.command.connect(self._give)
        self.fixes.host.connect(self.host_requested)
        self.fixes.folder.connect(self.folder_requested)
        self.fixes.settings.connect(self._open_settings)
        do.quit.triggered.connect(self._ask_to_quit)
        do.copy_link.triggered.connect(self._copy_links)
        do.select_all.triggered.connect(self.table.selectAll)
        do.find.triggered.connect(self._find)
        do.toggle.triggered.connect(self._toggle)
        for kind, action in do.commands.items():
            action.triggered.connect(lambda _checked=False, k=kind: self._command(k))
        self._queue_menu.asked.connect(self.queue_requested)
        self.table.order.dropped.connect(self._queue_menu.ask_before)
        do.remove.triggered.connect(self._ask_remove)
        do.details.toggled.connect(self._show_details)
        for way, action in do.views.items():
            action.triggered.connect(lambda _checked=False, w=way: self.workspace.show_view(w))
        for aspect, action in do.aspects.items():
            action.triggered.connect(lambda _checked=False, a=aspect: self._show_aspect(a))
        self.below.log_asked.connect(self.log_asked)
        do.shortcuts.triggered.connect(self._show_shortcuts)
        do.about.triggered.connect(lambda: AboutSheet(self).open())
        self._columns.aboutToShow.connect(lambda: self.table.fill_column_menu(self._columns))
        self.table.chosen.connect(self._selection_changed)
        self.list_page.resume_requested.connect(lambda ids: self._give(CommandKind.RESUME, ids))
        self.workspace.picked.connect(self._pick)
        self.workspace.host_asked.connect(self._ask_host)
        self.table.customContextMenuRequested.connect(self._show_context_menu)

    def _ask_to_quit(self) -> None:
        self._layout.save()
        self.quit_requested.emit()

    def _open_settings(self, words: str, retried: tuple[str, ...]) -> None:
        """Open the settings at ``words``; if they change, the operations in ``retried`` are retried."""
        dialog = SettingsDialog(*self._shown_settings, self)
        dialog.search.setText(words)
        dialog.applied.connect(self.settings_changed)
        dialog.asked.connect(self.settings_asked)
        if retried:
            dialog.accepted.connect(lambda: self.command_requested.emit(CommandKind.RETRY, retried))
        dialog.open()
        dialog.ask_states()

    def show_account(self, state: TokenState) -> None:
        """Show where the token of a site comes from now."""
        for dialog in self.findChildren(SettingsDialog):
            dialog.accounts.show_state(state)

    def show_account_answer(self, site: Source[Any], words: str, *, good: bool) -> None:
        """Show the result of a request about a site's token."""
        for dialog in self.findChildren(SettingsDialog):
            dialog.accounts.show_answer(site, words, good=good)

    def show_exchange(self, words: str, *, good: bool) -> None:
        """Show the result of an export or import of settings."""
        for dialog in self.findChildren(SettingsDialog):
            dialog.show_exchange(words, good=good)

    def _find(self) -> None:
        self.workspace.show_view(View.LIST)
        self.list_page.bar.text.setFocus()

    def _show_details(self) -> None:
        """Show the details if they are wanted, fit, and have something to show."""
        room = self.height() >= _LEAST_FOR_DETAILS
        self.window_actions.details.setEnabled(room and not self._closing)
        self.below.setVisible(room and self.window_actions.details.isChecked() and self.model.rowCount() > 0)

    def _show_aspect(self, aspect: Aspect) -> None:
        self.window_actions.details.setChecked(True)
        self.below.show_aspect(aspect)
        self.below.take_keyboard()

    def _ask_host(self, action: HostAction, row: HostRow) -> None:
        """Send the action to the store; a probe is a retry of one waiting download."""
        if action is not HostAction.PROBE:
            self.host_requested.emit(action, row.scope)
        elif ids := takers(row.waiting, CommandKind.RETRY):
            self.command_requested.emit(CommandKind.RETRY, ids[:1])

    def _pick(self, operation_id: str, attempt: int) -> None:
        self.list_page.reveal(operation_id)
        self.table.select(operation_id)
        self.details.show_attempt(attempt)

    def _selection_changed(self) -> None:
        selected = self.table.selected
        if not self._closing:
            self.window_actions.apply_to(selected)
            self._queue_menu.follow()
        focused = self.table.focused
        self.details.show_view(focused, self.model.now)
        self.workspace.select(focused.id if focused is not None else "")
        self.below.show_selection(selected, focused)

    def _show_totals(self) -> None:
        if not self._closing:
            words = summary(self.model.counts, self.model.total_rate)
            self._totals.setText(words)
            self._totals.setAccessibleName(self.tr("Totals: {words}").format(words=words))

    def _command(self, kind: CommandKind) -> None:
        self._give(kind, takers(self.table.selected, kind))

    def _toggle(self) -> None:
        if (asked := toggle(self.table.selected)) is not None:
            self._give(*asked)

    def _give(self, kind: CommandKind, ids: tuple[str, ...]) -> None:
        """Request ``kind``, after asking the user if it would discard partial data."""
        wanted = frozenset(ids)
        asking = [v for v in self.model.views if v.id in wanted and would_discard(v)] if kind in GOES_ON else []
        held = {v.id for v in asking}
        if at_once := tuple(i for i in ids if i not in held):
            self.command_requested.emit(kind, at_once)
        if asking:
            self._ask_discard(asking)

    def _ask_discard(self, views: Sequence[OperationView]) -> None:
        ids = takers(views, CommandKind.RESUME)
        if not ids:
            return
        names, why = [v.name for v in views], "; ".join(sorted({localize(v.operation.reason) for v in views}))
        mark = icon("warning", theme_of(self.palette()).careful)
        question = DiscardQuestion(self, mark, names, partial_bytes(views), why)
        question.agreed.connect(lambda: self.discard_requested.emit(ids))
        question.open()

    def _request_folder(self) -> None:
        if (view := self.table.focused) is not None and view.folder:
            self.folder_requested.emit(view.folder)

    def _copy_links(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(v.url for v in self.table.selected if v.url))

    def _ask_remove(self) -> None:
        ids = takers(self.table.selected, CommandKind.REMOVE)
        if not ids:
            return
        taken = frozenset(ids)
        removed = [v for v in self.table.selected if v.id in taken]
        mark = icon("remove", theme_of(self.palette()).muted)
        question = RemoveQuestion(self, mark, [v.name for v in removed], partial_bytes(removed))
        question.agreed.connect(lambda discard: self.remove_requested.emit(ids, discard))
        question.open()

    def _paste(self) -> None:
        if not self.adding.take(QGuiApplication.clipboard().mimeData()):
            self.statusBar().showMessage(self.tr("No link found in the clipboard."), 6000)

    def _recent_folders(self) -> tuple[str, ...]:
        """Return recent download folders, the latest first, and the default one."""
        latest = sorted(self.model.views, key=lambda view: view.base.operation.created_at, reverse=True)
        folders = dict.fromkeys([*(view.folder for view in latest if view.folder), self.adding.folder])
        return tuple(folder for folder in folders if folder)[:_MOST_FOLDERS]

    def _forget_quit_question(self) -> None:
        self._quit_question = None

    def _show_context_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        do = self.window_actions
        if self.table.selected:
            focused = self.table.focused
            if focused is not None and (need := need_of(focused)) is not None:
                menu.addAction(need.label, lambda: self.fixes.begin(self.attention.whole(need)))
                menu.addSeparator()
            menu.addActions(list(do.commands.values()))
            menu.addMenu(self._queue_menu)
            menu.addSeparator()
            menu.addActions([do.remove, do.folder, do.copy_link])
        else:
            menu.addActions([do.add, do.paste])
        menu.popup(self.table.viewport().mapToGlobal(position))

    def _show_shortcuts(self) -> None:
        menus = [action.menu() for action in self.menuBar().actions()]
        ShortcutSheet(self, [menu for menu in menus if isinstance(menu, QMenu)]).open()

    def _recolour(self) -> None:
        theme = theme_of(self.palette())
        self.window_actions.recolour(theme)
        self._queue_menu.setIcon(icon("queue", theme.text, theme.faint))
