"""Light and dark: the colours, and how Qt gets them.

A theme is a table of colours. Widgets never name a colour; they call ``theme_of`` with their palette, so that what is
painted by hand always matches what Qt paints.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.ui.common.resources import resource_folder


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one scheme, as ``#rrggbb``.

    Attributes:
        window: Background.
        base: Background of lists and fields.
        raised: Buttons and headers.
        text: Text.
        muted: Secondary text.
        faint: Disabled items, and tracks of bars.
        line: Borders.
        accent: What can be clicked, and running work.
        on_accent: Text on ``accent``.
        selected: Background of selected rows.
        good: Done.
        careful: Waiting or interrupted.
        bad: Failed.
        checking: Being checked or moved into place.
        notice: Background of the banner.
    """

    window: str
    base: str
    raised: str
    text: str
    muted: str
    faint: str
    line: str
    accent: str
    on_accent: str
    selected: str
    good: str
    careful: str
    bad: str
    checking: str
    notice: str

    def of_state(self, state: OperationState, phase: str = "") -> str:
        """Return the colour of an operation in ``state``; text and icon show the same."""
        if state is OperationState.RUNNING and phase in {"verifying", "installing"}:
            return self.checking
        return {
            OperationState.RUNNING: self.accent,
            OperationState.WAITING: self.careful,
            OperationState.INTERRUPTED: self.careful,
            OperationState.FAILED: self.bad,
            OperationState.COMPLETED: self.good,
        }.get(state, self.muted)

    def of_outcome(self, outcome: AttemptOutcome) -> str:
        """Return the colour of an attempt with that outcome; text and icon show the same."""
        return {
            AttemptOutcome.RUNNING: self.accent,
            AttemptOutcome.SUCCEEDED: self.good,
            AttemptOutcome.FAILED: self.bad,
            AttemptOutcome.INTERRUPTED: self.careful,
        }.get(outcome, self.muted)


LIGHT = Theme(
    window="#f3f5f8",
    base="#ffffff",
    raised="#ffffff",
    text="#1a1f27",
    muted="#5a6472",
    faint="#9aa3b0",
    line="#d9dee6",
    accent="#2f5fe0",
    on_accent="#ffffff",
    selected="#e3ebfd",
    good="#15803d",
    careful="#c46c00",
    bad="#c22536",
    checking="#7a3fd1",
    notice="#fff4dd",
)
DARK = Theme(
    window="#15181e",
    base="#1b1f27",
    raised="#252a34",
    text="#e7ebf1",
    muted="#9da8b8",
    faint="#687282",
    line="#303743",
    accent="#7aa5ff",
    on_accent="#0d1a38",
    selected="#29395a",
    good="#56d38a",
    careful="#f0b454",
    bad="#ff8088",
    checking="#bd9bff",
    notice="#3a301b",
)


_CHOSEN = "chosenTheme"


def theme_of(palette: QPalette) -> Theme:
    """Return the theme of ``palette``."""
    return LIGHT if palette.color(QPalette.ColorRole.Window).lightness() > 127 else DARK


def apply_theme(app: QApplication, scheme: Qt.ColorScheme) -> None:
    """Give ``app`` the light or dark look; an unknown scheme is light."""
    theme = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))


def follow_system(app: QApplication) -> None:
    """Give ``app`` the system's look, now and whenever that changes, unless another was chosen."""
    app.styleHints().colorSchemeChanged.connect(lambda scheme: apply_theme(app, _chosen_scheme(app, scheme)))
    apply_theme(app, _chosen_scheme(app, app.styleHints().colorScheme()))


def choose_theme(app: QApplication, theme: str) -> None:
    """Give ``app`` the chosen look: ``light``, ``dark``, or ``system``."""
    if theme != (app.property(_CHOSEN) or "system"):
        app.setProperty(_CHOSEN, theme)
        apply_theme(app, _chosen_scheme(app, app.styleHints().colorScheme()))


def _chosen_scheme(app: QApplication, of_system: Qt.ColorScheme) -> Qt.ColorScheme:
    fixed = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    return fixed.get(str(app.property(_CHOSEN)), of_system)


def _palette(theme: Theme) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for which, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.base),
        (role.AlternateBase, theme.window),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.Highlight, theme.selected),
        (role.HighlightedText, theme.text),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.Mid, theme.line),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    return palette


def _style_sheet(theme: Theme) -> str:
    colours = {name: getattr(theme, name) for name in Theme.__slots__}
    icons, look = resource_folder() / "icons", "dark" if theme is DARK else "light"
    tick, down = icons / f"tick-{look}.svg", icons / f"down-{look}.svg"
    return Template(_STYLE).substitute(colours, tick=tick.as_posix(), down=down.as_posix())


_STYLE = """
QToolTip { border: 1px solid $line; padding: 4px 6px; color: $text; background: $raised; }
QToolBar { border: none; border-bottom: 1px solid $line; background: $base; padding: 6px 8px; spacing: 2px; }
QToolBar::separator { background: $line; width: 1px; margin: 6px 8px; }
QToolBar QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 10px; color: $text; }
QToolBar QToolButton:hover { background: $window; border-color: $line; }
QToolBar QToolButton:pressed { background: $selected; }
QToolBar QToolButton:focus { border-color: $accent; }
QToolBar QToolButton:disabled { color: $faint; }
QToolBar QToolButton[popupMode="2"] { padding-right: 26px; }
QToolBar QToolButton::menu-indicator {
    image: url("$down"); width: 12px; height: 12px; subcontrol-origin: padding; subcontrol-position: right center;
    right: 8px;
}
QToolBar QToolButton#primary { background: $accent; border-color: $accent; color: $on_accent; }
QToolBar QToolButton#primary:focus { border-color: $text; }
QToolBar QToolButton#primary:disabled { background: $window; border-color: $line; color: $faint; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QMenu::indicator { width: 14px; height: 14px; border: 1px solid $faint; border-radius: 4px; }
QMenu::indicator { margin-left: 6px; }
QMenu::indicator:exclusive { border-radius: 8px; }
QCheckBox::indicator { background: $base; }
QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QMenu::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick");
}
QMenuBar { background: $base; padding: 2px 6px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $selected; }
QTabBar#views { background: $base; }
QTabBar#views::tab {
    padding: 7px 14px; margin-left: 4px; border: none; border-bottom: 2px solid transparent; color: $muted;
    background: $base;
}
QTabBar#views::tab:hover { color: $text; }
QTabBar#views::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar#views::tab:focus { background: $selected; color: $accent; }
QStatusBar { background: $base; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QSplitter::handle:vertical { background: $base; border-top: 1px solid $line; }
QTableView { border: none; background: $base; }
QGraphicsView { border: 1px solid transparent; }
QGraphicsView:focus, QScrollArea#scrolling:focus, QPlainTextEdit#technical:focus { border: 1px solid $accent; }
QLabel:focus { background: $selected; }
QHeaderView { background: $base; border: none; }
QHeaderView::section {
    background: $base; color: $muted; border: none; border-bottom: 1px solid $line; padding: 7px 10px;
}
QHeaderView::section:hover { color: $text; }
QPushButton {
    border: 1px solid $line; border-radius: 6px; padding: 5px 16px; min-height: 18px;
    background: $raised; color: $text;
}
QPushButton:hover { border-color: $faint; }
QPushButton:focus { border-color: $accent; }
QPushButton:pressed { background: $selected; }
QPushButton:default { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton:default:focus { border: 2px solid $muted; padding: 4px 15px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:disabled { background: $window; border-color: $line; color: $faint; }
QLineEdit {
    border: 1px solid $line; border-radius: 6px; padding: 5px 8px; min-height: 18px; background: $base; color: $text;
}
QLineEdit:focus { border-color: $accent; }
QComboBox {
    border: 1px solid $line; border-radius: 6px; padding: 5px 8px; min-height: 18px; background: $base; color: $text;
}
QComboBox:hover { border-color: $faint; }
QComboBox:focus { border-color: $accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { border: 1px solid $line; background: $raised; selection-background-color: $selected; }
QLineEdit[problem="true"] { border-color: $bad; }
QLineEdit:disabled { background: $window; color: $faint; }
QLineEdit#fact { border: 1px solid transparent; border-radius: 4px; padding: 1px 3px; background: transparent; }
QLineEdit#fact:focus { border-color: $accent; }
QToolButton#quiet { border: 1px solid transparent; border-radius: 4px; padding: 3px 6px; color: $muted; }
QToolButton#quiet:hover { background: $window; color: $text; }
QToolButton#quiet:focus { border-color: $accent; }
QToolButton#link { border: 1px solid transparent; border-radius: 4px; padding: 3px 0; color: $accent; }
QToolButton#link:hover { text-decoration: underline; }
QToolButton#link:focus { border-color: $accent; }
QToolButton#quiet:checked { background: $selected; color: $text; }
QPlainTextEdit#technical {
    border: 1px solid $line; border-radius: 6px; padding: 6px; background: $window; color: $muted;
}
QPlainTextEdit {
    border: 1px solid $line; border-radius: 6px; padding: 3px 4px; background: $base; color: $text;
}
QPlainTextEdit:focus { border-color: $accent; }
QPlainTextEdit[problem="true"] { border-color: $bad; }
QPlainTextEdit:disabled { background: $window; color: $faint; }
QComboBox[problem="true"] { border-color: $bad; }
QComboBox:disabled { background: $window; color: $faint; }
QComboBox QLineEdit { border: none; padding: 0; min-height: 18px; background: transparent; }
QTableView#draft { border: 1px solid $line; border-radius: 6px; }
QTableView#draft::item { padding: 0 7px; }
QLabel#key {
    border: 1px solid $line; border-bottom-width: 2px; border-radius: 5px; padding: 1px 7px; background: $raised;
}
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="title"] { font-weight: 600; }
QLabel#qt_msgbox_label { font-weight: 600; }
QLabel#qt_msgbox_informativelabel { color: $muted; }
QLabel[tone="headline"] { font-size: 17pt; font-weight: 600; }
QFrame#banner { background: $notice; border: none; border-bottom: 1px solid $line; }
QFrame#attention { background: $base; border: none; border-bottom: 1px solid $line; border-left: 4px solid $careful; }
QFrame#dropzone { border: 2px dashed $line; border-radius: 16px; background: $base; }
QFrame#dropzone[hot="true"] { border-color: $accent; background: $selected; }
QWidget#details { background: $base; }
QScrollArea#scrolling, QWidget#scrolled { background: transparent; }
QWidget#bar { background: $base; }
QWidget#settings { background: $window; }
QScrollArea { background: $window; }
QWidget#aside { background: $base; border-left: 1px solid $line; }
QListWidget { border: 1px solid $line; border-radius: 6px; background: $base; padding: 2px; }
QListWidget::item { padding: 5px 6px; border-radius: 4px; color: $text; }
QListWidget::item:hover { background: $window; }
QListWidget::item:selected { background: $selected; }
QListWidget:focus { border-color: $accent; }
"""
