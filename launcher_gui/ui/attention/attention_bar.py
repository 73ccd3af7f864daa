"""The attention bar: one item that needs attention at a time, with its remedy.

Its height is constant, and it opens and closes with a short animation, so that nothing below it jumps.
"""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QPropertyAnimation, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStyle, QToolButton

from launcher_gui.models.attention import Need, may_need_person, needs
from launcher_gui.monitor.projection import OperationView, Projection
from launcher_gui.ui.common.resources import icon
from launcher_gui.ui.common.text import LEADING, wrapped
from launcher_gui.ui.common.theme import theme_of

HEIGHT = 60
_CALM_MS = 160
_DETAIL_LINES = 2


class AttentionBar(QFrame):
    """Steps through what needs attention."""

    fix_asked = Signal(object)
    """``Need``: carry out its remedy."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("attention")
        self.setAccessibleName(self.tr("Needs attention"))
        self._projection, self._auto_resume = Projection(), True
        self._candidates: dict[str, OperationView] = {}
        self._all: tuple[Need, ...] = ()
        self._needs: tuple[Need, ...] = ()
        self._later: dict[str, str] = {}
        self._current = ""
        self._mark, self._words = QLabel(), _Words()
        self._count = QLabel()
        self.previous, self.next = QToolButton(), QToolButton()
        self.fix, self.later = QPushButton(), QPushButton(self.tr("Dismiss"))
        self._calm = QPropertyAnimation(self, b"maximumHeight", self)
        self._lay_out()
        self._connect()
        self._recolour()
        self.setMaximumHeight(0)
        self.hide()

    @property
    def need(self) -> Need | None:
        """The present item."""
        return next((need for need in self._needs if need.key == self._current), None)

    @property
    def position(self) -> str:
        """The position among all items: "2 of 5"."""
        return self._count.text()

    def show_projection(self, projection: Projection, changed: frozenset[str]) -> None:
        """Show what needs attention in ``projection``; the operations in ``changed`` are new or different."""
        same_hosts = projection.breakers is self._projection.breakers
        self._projection = projection
        if not self._take_up(changed) and same_hosts:
            return
        self._review()

    def set_auto_resume(self, on: bool) -> None:
        """Set whether interrupted downloads resume automatically at the next start."""
        if on is not self._auto_resume:
            self._auto_resume = on
            self._review()

    def whole(self, need: Need) -> Need:
        """Return the group that ``need``, of one operation, belongs to: one remedy settles all of a group."""
        return next((one for one in self._all if one.key == need.key), need)

    def begin(self) -> None:
        """Give the keyboard to the remedy; if it has it already, go to the next item."""
        if self.fix.hasFocus():
            self._step(1)
        self.fix.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> str:
        """Return the dismissed items, as text."""
        return json.dumps(self._later)

    def restore(self, text: str) -> None:
        """Dismiss what was dismissed when ``text`` was saved, unless something new has happened to it."""
        try:
            found = json.loads(text or "{}")
        except ValueError:
            return
        if isinstance(found, dict):
            self._later = {str(key): str(happened) for key, happened in found.items()}

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw the icons in the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _take_up(self, changed: frozenset[str]) -> bool:
        """Note which operations may need attention; return whether any of them differs."""
        different = False
        for operation_id in changed:
            view = self._projection.views.get(operation_id)
            before = self._candidates.get(operation_id)
            if view is not None and may_need_person(view):
                different = different or before is None or before.record is not view.record
                self._candidates[operation_id] = view
            elif before is not None:
                different = True
                del self._candidates[operation_id]
        return different

    def _review(self) -> None:
        views = sorted(self._candidates.values(), key=lambda view: (view.operation.created_at, view.id))
        found = needs(views, self._projection.breakers, auto_resume=self._auto_resume)
        keys = {need.key for need in found}
        if self._projection.views:  # before everything is loaded, nothing counts as settled
            self._later = {key: happened for key, happened in self._later.items() if key in keys}
        before = [need.key for need in self._needs]
        self._all = found
        self._needs = tuple(n for n in found if n.key not in self._later or self._later[n.key] != n.happened)
        if self.need is None:
            # Continue at the position of the item that has gone, instead of starting again.
            place = before.index(self._current) if self._current in before else 0
            self._current = self._needs[min(place, len(self._needs) - 1)].key if self._needs else ""
        self._show()

    def _show(self) -> None:
        need = self.need
        if need is not None:
            place = [one.key for one in self._needs].index(need.key)
            self._count.setText(self.tr("{place} of {count}").format(place=place + 1, count=len(self._needs)))
            self._words.show_words(need.title, need.detail)
            self.fix.setText(need.label)
            self.fix.setAccessibleName(f"{need.label}: {need.title}")
            self.fix.setAccessibleDescription(need.detail)
            self.setAccessibleDescription(f"{self._count.text()}. {need.title}. {need.detail}")
        for widget in (self._count, self.previous, self.next):
            widget.setVisible(len(self._needs) > 1)
        self._open(wanted=need is not None)

    def _open(self, *, wanted: bool) -> None:
        if wanted == (self._calm.endValue() == HEIGHT):
            return
        self._calm.stop()
        animated = self.window().isVisible() and self.style().styleHint(QStyle.StyleHint.SH_Widget_Animate)
        self._calm.setDuration(_CALM_MS if animated else 0)
        self._calm.setStartValue(self.maximumHeight())
        self._calm.setEndValue(HEIGHT if wanted else 0)
        if wanted:
            self.show()
        elif any(widget.hasFocus() for widget in (self.fix, self.later, self.previous, self.next)):
            self.window().setFocus()
        self._calm.start()

    def _closed(self) -> None:
        if self._calm.endValue() == 0:
            self.hide()

    def _step(self, by: int) -> None:
        keys = [need.key for need in self._needs]
        if self._current in keys:
            self._current = keys[(keys.index(self._current) + by) % len(keys)]
            self._show()

    def _put_off(self) -> None:
        if (need := self.need) is not None:
            self._later[need.key] = need.happened
            self._review()

    def _ask(self) -> None:
        if (need := self.need) is not None:
            self.fix_asked.emit(need)

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.fix.clicked.connect(self._ask)
        self.later.clicked.connect(self._put_off)
        self._calm.finished.connect(self._closed)

    def _lay_out(self) -> None:
        self._count.setProperty("tone", "muted")
        for button, words in ((self.previous, self.tr("Previous")), (self.next, self.tr("Next"))):
            button.setObjectName("quiet")
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.fix.setDefault(True)
        self.later.setToolTip(self.tr("Hide until something changes"))
        self.fix.setAutoDefault(False)
        self.later.setAutoDefault(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(4)
        layout.addWidget(self._words, 1)
        layout.addSpacing(8)
        for widget in (self._count, self.previous, self.next, self.fix, self.later):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return its constant height."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return its present height; it may be as narrow as the window."""
        return QSize(0, min(self.maximumHeight(), HEIGHT))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Skip the animation while hidden."""
        if self._calm.state() is QPropertyAnimation.State.Running:
            self._calm.stop()
            self.setMaximumHeight(int(self._calm.endValue()))
        super().hideEvent(event)

    def _recolour(self) -> None:
        theme = theme_of(self.palette())
        self._mark.setPixmap(icon("person", theme.careful).pixmap(QSize(20, 20)))
        self.previous.setIcon(icon("previous", theme.muted))
        self.next.setIcon(icon("next", theme.muted))


class _Words(QLabel):
    """A title of one line and a detail of a few; a tooltip has the full text."""

    def __init__(self) -> None:
        super().__init__()
        self._title = self._detail = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_words(self, title: str, detail: str) -> None:
        """Show title and detail."""
        self._title, self._detail = title, detail
        self.setText(f"{title}\n{detail}")
        self.setToolTip(self.text())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return that it takes the space there is."""
        return QSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint as much as fits, vertically centred."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        theme, step = theme_of(self.palette()), self.fontMetrics().lineSpacing() + LEADING
        title = QFontMetrics(bold).elidedText(self._title, Qt.TextElideMode.ElideRight, self.width())
        details = wrapped(self._detail, self.font(), self.width(), _DETAIL_LINES) if self._detail else []
        alignment = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        top = (self.height() - (1 + len(details)) * step) // 2
        painter = QPainter(self)
        painter.setFont(bold)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRect(0, top, self.width(), step), alignment, title)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.muted))
        for number, line in enumerate(details, 1):
            painter.drawText(QRect(0, top + number * step, self.width(), step), alignment, line)
        painter.end()
