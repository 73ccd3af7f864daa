"""Below the list: the log and the speed, by themselves and on the real core with a real download."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from launcher_gui.models.log_table import LogColumn
from launcher_gui.monitor.log import LogLine
from launcher_gui.monitor.projection import Changes
from launcher_gui.recovery.operation import Progress
from launcher_gui.settings.schema import Settings
from launcher_gui.ui.common.theme import apply_theme
from launcher_gui.ui.main_window.lower_pane import Aspect
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.builders.files import ONE_MIB
from tests.support.gui.crowd import day
from tests.support.gui.gestures import click
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Answer, Serve
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.projections import NOW

NAME = "model.safetensors"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def filled(window: MainWindow) -> MainWindow:
    """A window on a day in which everything happens."""
    projection = day()
    window.tick(NOW)
    window.show_projection(projection, frozenset(projection.views))
    return window


def line(seq: int, operation_id: str = "op-1") -> LogLine:
    return LogLine(seq, NOW + seq, operation_id, "", f"Line {seq}")


def told(window: MainWindow) -> list[str]:
    model = window.below.log.model
    return [model.index(row, LogColumn.WHAT).data() for row in range(model.rowCount())]


@pytest.mark.parametrize(("key", "aspect"), [(Qt.Key.Key_5, Aspect.LOG), (Qt.Key.Key_6, Aspect.SPEED)])
def test_each_aspect_has_a_key(qtbot: QtBot, filled: MainWindow, key: Qt.Key, aspect: Aspect) -> None:
    """A shortcut shows it and gives it the keyboard, also while the lower part is hidden."""
    filled.window_actions.details.trigger()
    qtbot.keyClick(filled, key, CTRL)
    assert filled.below.isVisible()
    assert filled.below.aspect is aspect
    focused = QApplication.focusWidget()
    assert focused is not None
    assert filled.below.isAncestorOf(focused)


def test_a_log_that_nobody_looks_at_asks_for_nothing(qtbot: QtBot, filled: MainWindow) -> None:
    """It is asked for when it is opened, once, and again only when the answer is there and something happened."""
    asked: list[tuple[object, int]] = []
    filled.log_asked.connect(lambda ids, after: asked.append((ids, after)))
    filled.table.select("op-2")
    assert asked == []
    filled.below.show_aspect(Aspect.LOG)
    assert asked == [(frozenset({"op-2"}), 0)]
    filled.show_projection(day(), frozenset())
    assert len(asked) == 1
    filled.show_log(frozenset({"op-2"}), [line(5)])
    assert asked[1:] == [(frozenset({"op-2"}), 5)]


def test_an_answer_about_something_else_is_passed_over(filled: MainWindow) -> None:
    """Who goes on to another download does not read the log of the one before under it."""
    filled.below.show_aspect(Aspect.LOG)
    filled.table.select("op-1")
    filled.show_log(None, [line(1)])
    assert told(filled) == []
    filled.show_log(frozenset({"op-1"}), [line(2)])
    assert told(filled) == ["Line 2"]


def test_the_log_can_be_copied(qtbot: QtBot, filled: MainWindow) -> None:
    """The button copies all, the key what is selected; both with time, host and name."""
    filled.below.show_aspect(Aspect.LOG)
    filled.show_log(None, [line(1), line(2)])
    log = filled.below.log
    click(next(b for b in log.findChildren(QToolButton) if b.text() == "Copy"))
    assert QGuiApplication.clipboard().text().count("sd_xl_base_1.0.safetensors") == 2
    log.table.selectRow(1)
    log.table.setFocus()
    QTest.keyClick(log.table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().endswith("Line 2")


def test_the_log_stays_where_somebody_reads(filled: MainWindow) -> None:
    """New lines come into sight at the end, and do not carry off a reader who is further up."""
    filled.below.show_aspect(Aspect.LOG)
    filled.show_log(None, [line(n) for n in range(1, 200)])
    bar = filled.below.log.table.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(3)
    filled.show_log(None, [line(200)])
    assert bar.value() == 3


def came(window: MainWindow) -> None:
    """Let ten seconds of a download pass."""
    projection = day()
    for second in range(11):
        at = NOW + second
        new = Progress(4 * 10**9 + second * 10**7, 7 * 10**9, "downloading", at)
        projection = projection.apply(Changes(progress={"op-1": new}))
        window.show_projection(projection, frozenset({"op-1"}))
        window.tick(at)


def test_the_speed_is_told_in_words(filled: MainWindow) -> None:
    """What the curves show is there for those who do not see them: all, the selected one and the limit."""
    came(filled)
    filled.set_settings(Settings(bandwidth_limit=60.0), frozenset())
    filled.table.select("op-1")
    filled.below.show_aspect(Aspect.SPEED)
    first, second, third = filled.below.speed.words.split("\n")
    assert first.startswith("All: 10.0 MB/s now")
    assert second.startswith("sd_xl_base_1.0.safetensors: 10.0 MB/s now")
    assert third == "Limit: 60.0 MB/s"


def test_without_any_speed_it_says_what_will_be_there(filled: MainWindow) -> None:
    """With nothing to show it teaches instead of drawing an empty plot."""
    filled.below.show_aspect(Aspect.SPEED)
    assert filled.below.speed._stack.currentIndex() == 0
    came(filled)
    assert filled.below.speed._stack.currentIndex() == 1


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_the_speed_can_be_painted(qapp: QApplication, filled: MainWindow, scheme: Qt.ColorScheme) -> None:
    """Curves, limit and attempts are drawn in either look without a word from Qt."""
    before = qapp.styleSheet(), qapp.palette()
    apply_theme(qapp, scheme)
    came(filled)
    filled.table.select("op-1")
    filled.below.show_aspect(Aspect.SPEED)
    filled.tick(NOW + 12)
    assert not filled.grab().isNull()
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])


def test_the_plot_is_loaded_when_it_is_looked_at() -> None:
    """Who never opens it does not wait for pyqtgraph."""
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; from PySide6.QtCore import QSettings\n"
        "from launcher_gui.ui.main_window.main_window import MainWindow\n"
        "app = QApplication([]); window = MainWindow(QSettings(), lambda _form: {}); window.show()\n"
        "assert 'pyqtgraph' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"QT_QPA_PLATFORM": "offscreen"}, cwd=Path.cwd())


async def test_the_log_tells_of_a_real_download(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A failed attempt, the wait and the success are read from the store while they happen."""
    misbehaving.script(Answer(503), then=Serve(content=ONE_MIB), path=f"/{NAME}")
    async with at_desk(store_path) as person:
        person.window.below.show_aspect(Aspect.LOG)
        await person.adds(misbehaving.url(f"/{NAME}"), tmp_path)
        await person.sees(NAME, "Done")
        await _reads(person, "Attempt 1 failed", "Attempt 2 succeeded", "Done")
        person.select(NAME)
        await _reads(person, "Added", "Attempt 2 succeeded")


async def _reads(person: Person, *words: str) -> None:
    def read() -> bool:
        return all(any(text.startswith(word) for text in told(person.window)) for word in words)

    await person.until(read, f"{words} in the log")
