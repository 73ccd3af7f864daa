"""What a screen reader is told: every control has a name and a role, and no two on a page share a name by accident.

This asks Qt in the same process; ``test_accessibility_bus.py`` asks from outside, as a screen reader does.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QTextDocumentFragment
from PySide6.QtWidgets import QDialog, QLabel, QTableView, QWidget

from launcher_gui import ui
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.gui import tour

R = QAccessible.Role

CONTROLS = frozenset(
    {R.Button, R.CheckBox, R.RadioButton, R.EditableText, R.ComboBox, R.SpinBox, R.Slider, R.ScrollBar}
    | {R.Table, R.List, R.Tree, R.PageTabList, R.ButtonMenu, R.ButtonDropDown}
)
WHOLE = frozenset({R.Table, R.List, R.Tree, R.ComboBox, R.SpinBox})
"""Controls whose parts are theirs alone."""


def test_every_control_has_a_name_and_a_role(settings: QSettings) -> None:
    """Every control has a name of its own for screen readers."""
    for place in tour.places(settings):
        nameless = [_told(c) for c in _controls(_interface(place.widget)) if not _name(c) or c.role() is R.NoRole]
        assert nameless == [], place.name


def test_no_two_controls_on_a_page_share_a_name(settings: QSettings) -> None:
    """Two that sound alike are two that nobody can choose between."""
    for place in tour.places(settings):
        names = Counter((_name(c), c.role()) for c in _controls(_interface(place.widget)))
        assert [name for name, times in names.items() if times > 1] == [], place.name


def test_a_name_does_not_hide_what_a_label_says(settings: QSettings) -> None:
    """A label that was given a name still says its text: a screen reader reads the one or the other."""
    for place in tour.places(settings):
        for label in place.widget.findChildren(QLabel):
            shown = QTextDocumentFragment.fromHtml(label.text()).toPlainText()  # without signs that stand for colours
            said = re.findall(r"[\w./]+", shown)
            assert not label.accessibleName() or all(word in label.accessibleName() for word in said), place.name


def test_every_cell_that_says_something_is_read_with_its_column(settings: QSettings) -> None:
    """A figure without its column is a riddle."""
    for place in tour.places(settings):
        for table in (t for t in place.widget.findChildren(QTableView) if t.isVisible()):
            model = table.model()
            for column in range(model.columnCount()):
                index = model.index(0, column)
                if index.data():
                    title = str(model.headerData(column, Qt.Orientation.Horizontal))
                    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"{title}: {index.data()}", place.name


def test_every_dialog_is_looked_at(settings: QSettings) -> None:
    """A dialog that the program gains is on the tour that these tests take."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    known = {kind for kind in _kinds(QDialog) if kind.__module__.startswith(ui.__name__)}
    seen = {type(place.widget) for place in tour.places(settings)}
    assert {kind.__name__ for kind in known - seen if not kind.__name__.startswith("_")} == set()
    assert MainWindow in seen


def _kinds(base: type[QWidget]) -> Iterator[type[QWidget]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def _controls(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    widget = interface.object()
    hands_on = isinstance(widget, QWidget) and widget.focusProxy() is not None
    if interface.role() in CONTROLS or (bool(interface.state().focusable) and not hands_on):
        yield interface
    if interface.role() in WHOLE:
        return
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child.isValid() and not child.state().invisible:
            yield from _controls(child)


def _name(control: QAccessibleInterface) -> str:
    """Return by what it is known: its label, if any, else its name; Qt calls a combo box by what is chosen."""
    labels = [other for other, relation in control.relations() if relation is QAccessible.RelationFlag.Label]
    if control.role() is R.ComboBox and not labels:
        return ""
    return (labels[0] if labels else control).text(QAccessible.Text.Name)


def _told(control: QAccessibleInterface) -> str:
    return f"{control.role().name} {type(control.object()).__name__} {control.text(QAccessible.Text.Name)}"
