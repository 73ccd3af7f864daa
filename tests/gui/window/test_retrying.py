"""Failures in the window: the reason, the wait, the next attempt; and what is not retried."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher_gui.models.attempt_table import AttemptColumn
from launcher_gui.models.operation_columns import Column
from tests.support.builders.files import KIB, ONE_MIB, sha256_of
from tests.support.gui import gestures
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Answer, Drop, RetryAfter, Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer

NAME = "model.safetensors"
DROPPED = Serve(ending=Drop(256 * KIB))


def _kept(folder: Path) -> list[Path]:
    """Return what lies in ``folder`` of the download."""
    return [path for path in folder.iterdir() if path.name.startswith(NAME)]


def _seconds(person: Person) -> int:
    """Return how long the list says that the wait still takes."""
    words = person.cell(NAME, Column.NEXT)
    assert words.startswith("Retrying in "), words
    return int(words.split()[2])


async def test_a_dropped_connection_is_retried_by_itself(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A dropped connection is resumed automatically, and the attempts show it."""
    misbehaving.script(DROPPED)
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path, sha256=ONE_MIB.sha256)
        await person.sees(NAME, "Done")
        person.select(NAME)
        assert person.attempts(AttemptColumn.OUTCOME) == ["Failed", "Succeeded"]
        assert person.attempts(AttemptColumn.CAUSE)[0] == "Connection closed early"
        assert person.attempts(AttemptColumn.DECISION)[0].endswith(" s, then attempt 2 of 9")
        assert person.attempts(AttemptColumn.RESUMED_FROM)[1].startswith("Resumed at 262.1 kB")
    assert misbehaving.log[1].header("Range") == f"bytes={256 * KIB}-"
    assert sha256_of(tmp_path / NAME) == ONE_MIB.sha256


async def test_a_wait_counts_down_and_retry_now_ends_it(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list says how long it waits and why, live; a click on Retry now and it waits no longer."""
    monkeypatch.setenv("RECOVERY_INITIAL_DELAY", "50")
    misbehaving.script(DROPPED)
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Waiting to retry")
        assert person.cell(NAME, Column.NEXT).endswith("s: connection closed early")
        before = _seconds(person)
        assert 40 < before <= 50
        await person.until(lambda: _seconds(person) < before, "the countdown")
        person.select(NAME)
        person.press("Retry now")
        await person.sees(NAME, "Done")


async def test_a_wait_that_the_server_asks_for_is_told_as_such(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A Retry-After is waited for, and the decision says who asked."""
    misbehaving.script(Answer(503, retry_after=RetryAfter(40)))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Waiting to retry")
        assert 30 < _seconds(person) <= 40
        person.select(NAME)
        assert "the server asked for it" in person.attempts(AttemptColumn.DECISION)[0]
        gestures.choose(gestures.open_context_menu(person.window, 0), "Retry now")
        await person.sees(NAME, "Done")


async def test_a_server_that_falls_silent_is_given_up_and_asked_again(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence ends the attempt after the time that the settings allow, and the next one resumes."""
    monkeypatch.setenv("RECOVERY_STALL_TIMEOUT", "0.2")
    misbehaving.script(Serve(ending=Stall(512 * KIB)))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Done")
        person.select(NAME)
        assert person.attempts(AttemptColumn.CAUSE)[0] == "No data received for 0.2 s"
    assert misbehaving.log[1].header("Range") == f"bytes={512 * KIB}-"


async def test_what_cannot_get_better_fails_at_once_and_says_what_to_do(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A 404 is not tried again; the list says why and what to do, and Resume tries once it is mended."""
    misbehaving.script(Answer(404))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Failed")
        person.select(NAME)
        said = person.cell(NAME, Column.NEXT)
        assert "404" in said
        assert "Check the link" in said
        assert len(misbehaving.log) == 1
        person.press("Resume")
        await person.sees(NAME, "Done")


async def test_a_wrong_sha256_keeps_the_bytes_and_says_where(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """The wrong file is not installed, not downloaded again and not deleted."""
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path, sha256="ab" * 32)
        await person.sees(NAME, "Failed")
        assert "SHA-256 does not match" in person.cell(NAME, Column.NEXT)
        person.select(NAME)
        (kept,) = _kept(tmp_path)
        assert kept.name in person.attempts(AttemptColumn.CAUSE)[0]
    assert sha256_of(kept) == ONE_MIB.sha256
    assert len(misbehaving.log) == 1
