"""The queue as a person handles it in the window, on real downloads: order, the hours, and who asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from launcher_gui.models.operation_columns import Column
from launcher_gui.monitor.hosts import HostAction
from tests.support.builders.files import MIB, ONE_MIB, Content, sha256_of
from tests.support.builders.hours import not_now
from tests.support.gui import gestures
from tests.support.gui.person import at_desk
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.program import size

MODEL = Content(4 * MIB)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVERY_CONCURRENT_DOWNLOADS", "1")


async def test_what_is_moved_to_the_front_comes_next(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """The column says the order, a key changes it, and the file that was moved comes before the others."""
    for name in ("first", "second", "third"):
        misbehaving.add(f"/{name}.bin", ONE_MIB)
    misbehaving.script(Serve(ending=Stall(MIB // 2), content=ONE_MIB), then=Serve(content=ONE_MIB), path="/first.bin")
    async with at_desk(store_path) as person:
        for name in ("first", "second", "third"):
            await person.adds(misbehaving.url(f"/{name}.bin"), tmp_path)
        await person.until(lambda: person.cell("third.bin", Column.QUEUE) == "2", "two in the queue")
        person.select("third.bin")
        person.key(Qt.Key.Key_Home, CTRL)
        await person.until(lambda: person.cell("third.bin", Column.QUEUE) == "1", "third.bin in front")
        person.select("second.bin")
        gestures.choose(gestures.open_queue_menu(person.window), "Low priority")
        await person.until(lambda: person.cell("second.bin", Column.QUEUE) == "2 · low", "second.bin low")
        told = await person.desk._service.store.read(lambda tx: tx.events.since(0))
        assert {e.data["by"] for e in told if e.kind == "operation_moved"} == {"window"}
        person.select("first.bin")
        person.press("Cancel")
        await person.sees("second.bin", "Done")
    assert [request.path for request in misbehaving.log] == ["/first.bin", "/third.bin", "/second.bin"]


async def test_the_hours_end_and_a_person_goes_on(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """What runs is parked and says until when; Retry now lets it go on at once, from where it was."""
    name = "model.safetensors"
    misbehaving.script(Serve(ending=Stall(2 * MIB), content=MODEL), then=Serve(content=MODEL))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path, sha256=MODEL.sha256)
        await person.until(lambda: size(tmp_path / f"{name}.part") == 2 * MIB, "half of it")
        hours, words = not_now()
        person.window.settings_changed.emit({"download_hours": hours})
        await person.sees(name, "Queued")
        await person.until(lambda: person.cell(name, Column.NEXT) == words.capitalize(), words)
        person.select(name)
        person.press("Retry now")
        await person.sees(name, "Done")
    assert misbehaving.log[1].header("Range") == f"bytes={2 * MIB}-"
    assert sha256_of(tmp_path / name) == MODEL.sha256


async def test_a_host_that_is_held_back_in_the_window_says_by_whom(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """The history names the window, as it names the command line."""
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees("model.safetensors", "Done")
        person.window.host_requested.emit(HostAction.ISOLATE, "held.test")
        store = person.desk._service.store
        await person.until(lambda: "held.test" in person.window.workspace._projection.breakers, "the host")
        (isolated,) = await store.read(lambda tx: tx.events.of_kind("breaker_isolated"))
    assert isolated.data["by"] == "window"
