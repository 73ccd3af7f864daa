"""The timeline as a person uses it: opened, looked at, clicked, moved about in by mouse and keyboard."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from launcher_gui.monitor.projection import Changes, Projection
from launcher_gui.ui.downloads.attempts_view import AttemptsTable
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.main_window.workspace import View
from launcher_gui.ui.timeline.timeline_paint import ROW
from launcher_gui.ui.timeline.timeline_view import TimelineView
from tests.support.gui.crowd import MIRROR, day
from tests.support.gui.gestures import child, click, click_row
from tests.support.store.projections import NOW, record


@pytest.fixture
def timeline(qtbot: QtBot, window: MainWindow) -> TimelineView:
    """The timeline of a day in which everything happens, opened by its shortcut."""
    projection = day()
    window.tick(NOW)
    window.show_projection(projection, frozenset(projection.views))
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.view is View.TIMELINE
    window.tick(NOW)
    QApplication.processEvents()
    return window.workspace.timeline


def place(timeline: TimelineView, operation_id: str, at: float) -> QPoint:
    """Return where a moment of a lane lies in the plot."""
    row = timeline.model.row_of(operation_id)
    assert row is not None
    box = timeline._box.sceneBoundingRect()
    x = timeline._box.mapViewToScene(QPointF(at, 0)).x()
    return QPoint(int(x), int(box.top() + (row + 0.5) * ROW - timeline._scroll.value()))


def plot(timeline: TimelineView) -> QWidget:
    viewport = timeline._plot.viewport()
    assert isinstance(viewport, QWidget)
    return viewport


def test_a_click_on_an_attempt_selects_it_everywhere(qtbot: QtBot, window: MainWindow, timeline: TimelineView) -> None:
    """The list, the details and the table of attempts follow the click."""
    qtbot.mouseClick(plot(timeline), Qt.MouseButton.LeftButton, pos=place(timeline, "op-2", NOW - 250))
    assert [view.id for view in window.table.selected] == ["op-2"]
    attempts = child(window.details, AttemptsTable)
    assert attempts.currentIndex().row() == 1
    assert timeline.picture(100).selected == timeline.model.row_of("op-2")  # type: ignore[union-attr]


def test_a_click_beside_the_bars_selects_the_operation(
    qtbot: QtBot, window: MainWindow, timeline: TimelineView
) -> None:
    """The whole lane, its name included, stands for its operation."""
    at = place(timeline, "op-8", NOW - 250)
    qtbot.mouseClick(plot(timeline), Qt.MouseButton.LeftButton, pos=QPoint(30, at.y()))
    assert [view.id for view in window.table.selected] == ["op-8"]


def test_a_click_on_a_host_tells_its_name(qtbot: QtBot, timeline: TimelineView) -> None:
    """A host's lane is no operation's."""
    row = next(r for r, lane in enumerate(timeline.model.lanes) if lane.id == MIRROR)
    y = int(timeline._box.sceneBoundingRect().top() + (row + 0.5) * ROW)
    with qtbot.waitSignal(timeline.host_picked) as told:
        qtbot.mouseClick(plot(timeline), Qt.MouseButton.LeftButton, pos=QPoint(60, y))
    assert told.args == [MIRROR]


def test_the_selection_of_the_list_is_that_of_the_timeline(window: MainWindow, timeline: TimelineView) -> None:
    """Whoever comes from the list finds the row again."""
    window.workspace.show_view(View.LIST)
    click_row(window, 2)
    window.workspace.show_view(View.TIMELINE)
    picture = timeline.picture(100)
    assert picture is not None
    assert picture.selected == timeline.model.row_of("op-3")


def test_the_arrows_go_from_lane_to_lane(qtbot: QtBot, window: MainWindow, timeline: TimelineView) -> None:
    """Up and down select operations and pass over hosts."""
    for _ in range(5):
        qtbot.keyClick(timeline._plot, Qt.Key.Key_Down)
    assert [view.id for view in window.table.selected] == ["op-m0"]
    qtbot.keyClick(timeline._plot, Qt.Key.Key_Up)
    assert [view.id for view in window.table.selected] == ["op-4"]


def test_now_is_followed_until_somebody_looks_elsewhere(qtbot: QtBot, timeline: TimelineView) -> None:
    """The view follows the present until it is panned, and again after End."""
    first = timeline._box.viewRange()[0][0]
    timeline.tick(NOW + 30)
    assert timeline._box.viewRange()[0][0] == pytest.approx(first + 30)
    qtbot.keyClick(timeline._plot, Qt.Key.Key_Left)
    stands = timeline._box.viewRange()[0][0]
    timeline.tick(NOW + 60)
    assert timeline._box.viewRange()[0][0] == stands
    qtbot.keyClick(timeline._plot, Qt.Key.Key_End)
    assert timeline.follows
    assert timeline._box.viewRange()[0][1] > NOW + 60


def test_the_buttons_zoom(timeline: TimelineView) -> None:
    """Each button does what it says."""

    def shown() -> float:
        first, last = timeline._box.viewRange()[0]
        return float(last - first)

    before = shown()
    buttons = {b.accessibleName()[:9]: b for b in timeline.findChildren(QToolButton)}
    click(buttons["Show less"])
    assert shown() < before
    click(buttons["Show more"])
    click(buttons["Show more"])
    assert shown() > before
    click(buttons["Show all "])
    begins = timeline.model.begins()
    assert begins is not None
    assert timeline._box.viewRange()[0][0] < begins
    assert not timeline.follows


def test_the_wheel_zooms_around_the_mouse(timeline: TimelineView) -> None:
    """With Ctrl the moment under the mouse stays where it is."""
    timeline.pan(-0.1)
    at = place(timeline, "op-2", NOW - 250)
    turned = QWheelEvent(
        QPointF(at), QPointF(plot(timeline).mapToGlobal(at)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = timeline._time_at(QPointF(at))
    QApplication.sendEvent(plot(timeline), turned)
    assert timeline._time_at(QPointF(at)) == pytest.approx(before, abs=1)
    assert timeline._span_s < 600


def test_a_tip_tells_the_decision(timeline: TimelineView) -> None:
    """The tooltip of a wait has its reason and the time left; that of a mark the request."""
    assert "Retrying in 1 min 14 s: connection reset" in timeline.tip_at(QPointF(place(timeline, "op-2", NOW - 5)))
    assert "Pause (Window): done" in timeline.tip_at(QPointF(place(timeline, "op-4", NOW - 261)))


def test_many_lanes_scroll(window: MainWindow, timeline: TimelineView) -> None:
    """What has no room is a turn of the wheel away, and what is selected comes to sight."""
    rows = tuple(record(f"more-{n}", scope="") for n in range(80))
    crowd = day().apply(Changes(rows))
    window.show_projection(crowd, frozenset(crowd.views))
    assert timeline._scroll.isVisible()
    window.table.select("more-79")
    picture, row = timeline.picture(100), timeline.model.row_of("more-79")
    assert picture is not None
    assert row in picture.rows(len(timeline.model.lanes))


def test_an_empty_timeline_says_what_will_be_there(qtbot: QtBot, window: MainWindow) -> None:
    """With nothing to show it teaches instead of drawing an empty plot."""
    window.show_projection(Projection(), frozenset())
    window.workspace.show_view(View.TIMELINE)
    assert window.workspace.timeline._hint.isVisible()


def test_it_can_be_painted_in_both_themes(window: MainWindow, timeline: TimelineView) -> None:
    """Every sign of the day is on the picture: it is more than one colour, and no warning fell."""
    picture = timeline.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)
    }
    assert len(colours) > 8


def test_the_view_is_remembered(qtbot: QtBot, window: MainWindow, settings: QSettings, timeline: TimelineView) -> None:
    """Who left at the timeline comes back to it."""
    window.close()
    again = MainWindow(settings, lambda _form: {})
    qtbot.addWidget(again)
    assert again.workspace.view is View.TIMELINE


def test_who_never_looks_at_it_does_not_wait_for_it() -> None:
    """The window opens without loading what only the timeline needs."""
    look = "import sys, launcher_gui.app.window_app; print({'pyqtgraph', 'numpy'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "set()"
