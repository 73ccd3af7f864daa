"""Pause, resume, cancel and remove, by buttons, menu and keys, on real downloads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from launcher_gui.models.operation_columns import Column
from launcher_gui.ui.common.dialogs import RemoveQuestion
from tests.support.builders.files import MIB, ONE_MIB, Content, sha256_of
from tests.support.gui import gestures
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.program import size

NAME = "model.safetensors"
MODEL = Content(4 * MIB)
HALF = 2 * MIB
STALLED = Serve(ending=Stall(HALF), content=MODEL)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


async def _half_way(person: Person, server: MisbehavingServer, folder: Path) -> None:
    """Add a download that comes half way and then neither goes on nor fails, and select it."""
    server.script(STALLED, then=Serve(content=MODEL))
    await person.adds(server.url(), folder, sha256=MODEL.sha256)
    await person.until(lambda: person.row(NAME) is not None and size(folder / f"{NAME}.part") == HALF, "half of it")
    person.select(NAME)


def _button(name: str) -> Callable[[Person], None]:
    return lambda person: person.press(name)


def _entry(text: str) -> Callable[[Person], None]:
    return lambda person: gestures.choose(gestures.open_context_menu(person.window, 0), text)


def _keys(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Callable[[Person], None]:
    return lambda person: person.key(key, modifier)


def _menu(text: str) -> Callable[[Person], None]:
    return lambda person: gestures.choose(gestures.open_menu(person.window, "Edit"), text)


@pytest.mark.parametrize(
    ("pause", "resume"),
    [
        (_button("Pause"), _button("Resume")),
        (_entry("Pause"), _entry("Resume")),
        (_menu("Pause"), _menu("Resume")),
        (_keys(Qt.Key.Key_Space), _keys(Qt.Key.Key_Space)),
        (_keys(Qt.Key.Key_P, CTRL), _keys(Qt.Key.Key_P, CTRL | SHIFT)),
    ],
    ids=["buttons", "context menu", "menu", "space", "shortcuts"],
)
async def test_pause_stops_and_resume_goes_on_from_there(
    misbehaving: MisbehavingServer,
    store_path: Path,
    tmp_path: Path,
    pause: Callable[[Person], None],
    resume: Callable[[Person], None],
) -> None:
    """By every way of asking: the partial data stays, and only the rest is downloaded."""
    async with at_desk(store_path) as person:
        await _half_way(person, misbehaving, tmp_path)
        pause(person)
        await person.sees(NAME, "Paused")
        assert person.cell(NAME, Column.NEXT) == "Paused at 2.1 MB"
        resume(person)
        await person.sees(NAME, "Done")
    assert misbehaving.log[1].header("Range") == f"bytes={HALF}-"
    assert sha256_of(tmp_path / NAME) == MODEL.sha256


@pytest.mark.parametrize(
    "cancel", [_button("Cancel"), _entry("Cancel"), _keys(Qt.Key.Key_Period, CTRL)], ids=["button", "menu", "key"]
)
async def test_cancel_gives_up_and_keeps_what_has_come(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, cancel: Callable[[Person], None]
) -> None:
    """A cancelled download stands still with its bytes, and Resume still takes it up again."""
    async with at_desk(store_path) as person:
        await _half_way(person, misbehaving, tmp_path)
        cancel(person)
        await person.sees(NAME, "Cancelled")
        assert (tmp_path / f"{NAME}.part").stat().st_size == HALF
        person.press("Resume")
        await person.sees(NAME, "Done")


@pytest.mark.parametrize("discard", [False, True], ids=["keeping", "discarding"])
@pytest.mark.parametrize("remove", [_button("Remove…"), _keys(Qt.Key.Key_Delete)], ids=["button", "key"])
async def test_remove_takes_it_off_the_list_and_deletes_only_if_told(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, remove: Callable[[Person], None], discard: bool
) -> None:
    """The question says how much could go; it goes if the box is ticked, and stays otherwise."""
    async with at_desk(store_path) as person:
        await _half_way(person, misbehaving, tmp_path)
        person.press("Pause")
        await person.sees(NAME, "Paused")
        remove(person)
        question = await person.dialog(RemoveQuestion)
        assert question.checkBox().text() == "Also delete 2.1 MB of partial data"
        if discard:
            gestures.click(question.checkBox())
        gestures.answer(question, "Remove")
        await person.sees_no(NAME)
    assert (tmp_path / f"{NAME}.part").exists() is not discard


async def test_removing_what_is_done_leaves_the_file(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A finished download goes from the list, its file stays."""
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Done")
        person.select(NAME)
        person.press("Remove…")
        gestures.answer(await person.dialog(RemoveQuestion), "Remove")
        await person.sees_no(NAME)
    assert sha256_of(tmp_path / NAME) == ONE_MIB.sha256


async def test_one_click_pauses_all_that_are_selected(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Ctrl+A and Pause stop running and queued downloads, and do not change finished ones."""
    names = [f"{number}.safetensors" for number in range(5)]
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Done")
        for name in names:
            misbehaving.add(f"/{name}", MODEL)
            misbehaving.script(STALLED, path=f"/{name}")
            await person.adds(misbehaving.url(f"/{name}"), tmp_path)
            await person.sees_row(name)
        person.key(Qt.Key.Key_A, CTRL)
        person.press("Pause")
        for name in names:
            await person.sees(name, "Paused")
        assert person.cell(NAME, Column.STATE) == "Done"


async def test_what_is_refused_is_said(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path) -> None:
    """A button never does nothing: when data cannot be deleted, the download stays and the banner says why."""
    async with at_desk(store_path) as person:
        await _half_way(person, misbehaving, tmp_path)
        person.press("Pause")
        await person.sees(NAME, "Paused")
        part = tmp_path / f"{NAME}.part"
        part.unlink()
        (part / "in the way").mkdir(parents=True)
        person.press("Remove…")
        question = await person.dialog(RemoveQuestion)
        gestures.click(question.checkBox())
        gestures.answer(question, "Remove")
        await person.until(lambda: person.notice() != "", "a refusal")
        assert person.notice().startswith(f"Remove is not possible for {NAME}: the partial data could not be deleted")
        assert person.cell(NAME, Column.STATE) == "Paused"
