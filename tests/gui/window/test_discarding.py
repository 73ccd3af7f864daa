"""Much partial data is discarded only after a question, and the answer is obeyed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from launcher_gui.models.operation_columns import Column
from launcher_gui.ui.common.dialogs import DiscardQuestion
from tests.support.builders.files import KIB, ONE_MIB, Content, sha256_of
from tests.support.gui import gestures
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Drop, Serve
from tests.support.servers.misbehaving import MisbehavingServer

NAME = "model.safetensors"
KEPT = 600 * KIB
CHANGED = Content(ONE_MIB.size, seed=9)
DISCARD = "Discard 614.4 kB and start over"


@pytest.fixture(autouse=True)
def asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask about more than 100 kB."""
    monkeypatch.setenv("RECOVERY_ASK_BEFORE_DISCARDING", "0.1")


async def _changed(person: Person, server: MisbehavingServer, folder: Path) -> None:
    """Add a download whose file becomes another one when half of it is here, wait until it fails, and select it."""
    server.script(Serve(Drop(KEPT)), then=Serve(content=CHANGED))
    await person.adds(server.url(), folder)
    await person.sees(NAME, "Failed")
    person.select(NAME)


def _in_the_details(person: Person) -> QPushButton:
    return person.window.details.fix


@pytest.mark.parametrize(
    "asked",
    [
        lambda person: person.press("Resume"),
        lambda person: person.press("Retry now"),
        lambda person: person.key(Qt.Key.Key_Space),
        lambda person: gestures.click(person.window.list_page.bar.resume),
        lambda person: gestures.click(_in_the_details(person)),
    ],
    ids=["resume", "retry", "space", "resume all failed", "details"],
)
async def test_asks_and_does_it(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, asked: Callable[[Person], None]
) -> None:
    """Every way to go on asks first, with how much goes and why; who agrees gets the new file."""
    async with at_desk(store_path) as person:
        await _changed(person, misbehaving, tmp_path)
        assert "the file on the server has changed" in person.cell(NAME, Column.NEXT)
        asked(person)
        question = await person.dialog(DiscardQuestion)
        assert "the file on the server has changed" in question.informativeText()
        assert len(misbehaving.log) == 2
        gestures.answer(question, DISCARD)
        await person.sees(NAME, "Done")
    assert sha256_of(tmp_path / NAME) == CHANGED.sha256


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
async def test_keeps(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, key: Qt.Key) -> None:
    """Keeping is what Escape and Enter mean: nothing is asked of the server and nothing goes."""
    async with at_desk(store_path) as person:
        await _changed(person, misbehaving, tmp_path)
        person.press("Resume")
        question = await person.dialog(DiscardQuestion)
        QTest.keyClick(question, key)
        await person.until(lambda: not person.window.findChildren(DiscardQuestion), "the question is gone")
        assert person.cell(NAME, Column.STATE) == "Failed"
        assert len(misbehaving.log) == 2
        assert (tmp_path / f"{NAME}.part").read_bytes() == ONE_MIB.read(0, KEPT)


async def test_offered_only_where_it_applies(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path) -> None:
    """The details offer to discard what such a download has, and nothing else."""
    async with at_desk(store_path) as person:
        assert not _in_the_details(person).isVisible()
        await _changed(person, misbehaving, tmp_path)
        assert _in_the_details(person).isVisible()
        assert _in_the_details(person).text() == "Discard and start over"
        gestures.click(_in_the_details(person))
        gestures.answer(await person.dialog(DiscardQuestion), DISCARD)
        await person.sees(NAME, "Done")
        await person.until(lambda: not _in_the_details(person).isVisible(), "the offer is gone")
