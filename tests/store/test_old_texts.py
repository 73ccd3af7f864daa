"""The sentences of older stores: each is recognised as its code, with what differed in it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from launcher_gui.recovery.operation import EventKind, OperationState
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.old_sentences import SENTENCES
from launcher_gui.recovery.store.sqlite.old_texts import recognised
from launcher_gui.recovery.store.tables.message_columns import columns, restored
from launcher_gui.text.catalogue import TEMPLATES
from launcher_gui.text.message import FOREIGN, Message, english, fields, localize

OPERATION = "0123456789abcdef"


@pytest.mark.parametrize(("sentence", "code"), SENTENCES.items())
def test_each_sentence_has_a_template_for_all_that_differs_in_it(sentence: str, code: str) -> None:
    """A code that is gone, or whose template takes another parameter, would show the sentence without its figures."""
    known = fields(TEMPLATES[code])
    assert known <= fields(sentence)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (
            "waiting 3.9 s, then attempt 2 of 9: connection reset",
            "waiting 3.9 s, then attempt 2 of 9: connection reset",
        ),
        (
            "waiting 60 s: example.org failed 5 times in a row",
            "waiting 1 min 00 s: example.org failed 5 times in a row",
        ),
        ("example.org is failing: 503", "example.org is not responding properly: 503"),
        (
            (
                "not retried: the disk is full. Free at least 3.8 GB on the disk of /models, then resume: what came so "
                "far is kept"
            ),
            "not retried: the disk is full. Free at least 3.8 GB on the disk of /models, then resume",
        ),
        (
            (
                "given up: 6 processes that worked on it were lost one after the other, and it came no further; find "
                "out what ends them, then resume it"
            ),
            "stopped: the program quit unexpectedly 6 times without making progress",
        ),
        ("kept 614 kB: the server confirmed that the file is unchanged (ETag)", "resumed at 614.0 kB (file unchanged"),
        ("refused: it had already finished", "it has already finished"),
        ("it is paused", "it is paused"),
        (
            "the window (process 12) has not been heard of for 17 s",
            "the window (process 12) has not responded for 17 s",
        ),
    ],
)
def test_a_sentence_says_the_same_afterwards(sentence: str, text: str) -> None:
    """Causes, figures and remedies are parts of the message by themselves."""
    fact = recognised(sentence)
    assert fact.code != FOREIGN
    assert text in english(fact)


@pytest.mark.parametrize("sentence", ["x", "[Errno 5] it broke. Somehow.", "waiting for what no version ever wrote"])
def test_what_is_not_known_stays_as_it_is(sentence: str) -> None:
    """A text of a library or of a user's own strategy is a text from elsewhere."""
    assert (recognised(sentence).code, english(recognised(sentence))) == (FOREIGN, sentence)


@pytest.mark.parametrize("code", TEMPLATES)
def test_every_code_that_a_store_can_hold_is_shown(code: str) -> None:
    """Whatever lies in a row is read back as it was written and has words."""
    names = fields(TEMPLATES[code])
    fact = Message(code, tuple(sorted((name, 7 if name == "n" else 3.0) for name in names)))
    text, stored, params = columns(fact)
    if code != FOREIGN:
        assert restored(text, stored, params) == fact
    assert text == english(fact)
    assert localize(restored(text, stored, params))


async def test_a_store_of_sentences_is_converted_whole(path: Path) -> None:
    """Rows, failure kinds and events of format 4 have their codes in format 5, and their English beside."""
    path.parent.mkdir(parents=True)
    db = sqlite3.connect(path)
    db.executescript((Path(__file__).parent / "format-4.sql").read_text(encoding="utf-8"))
    decision = "not retried: 403 (Forbidden). Choose another folder"
    db.execute(
        "UPDATE attempts SET error = 'example.org answered 403 (Forbidden)', decision = ?,"
        " detail = '[token needed] HttpStatusError: 403', resume_note = 'kept 4 MB: the SHA-256 will prove the file'"
        " WHERE number = 1",
        (decision,),
    )
    told = json.dumps({"reason": "403 (Forbidden)", "decision": decision})
    db.execute("INSERT INTO events VALUES (2, 1.0, ?, 'operation failed', ?)", (OPERATION, told))
    db.execute("INSERT INTO events VALUES (3, 1.0, ?, 'attempt went on', '{\"number\": 2}')", (OPERATION,))
    db.commit()
    db.close()
    async with SQLitePersistence(path) as store:
        operation = await store.read(lambda tx: tx.operations.require(OPERATION))
        first = (await store.read(lambda tx: tx.attempts.of(OPERATION)))[0]
        breaker = (await store.read(lambda tx: tx.breakers.every()))[0]
        failed, resumed = await store.read(lambda tx: tx.events.since(1))
    assert (operation.state, operation.decision.code) == (OperationState.PAUSED, "stop.paused")
    assert first.error == Message("http.answered", (("host", "example.org"), ("status", "403 (Forbidden)")))
    assert (first.failure_kind, first.detail) == ("token_needed", "HttpStatusError: 403")
    assert first.decision.code == "decision.with_remedy"
    assert first.resume_note.get("kept_bytes") == 4_000_000
    assert breaker.last_error.code == "connection.reset"
    assert (failed.kind, failed.message("decision")) == (EventKind.OPERATION_FAILED, first.decision)
    assert resumed.kind == EventKind.ATTEMPT_RESUMED
    with sqlite3.connect(path) as rows:
        assert rows.execute("SELECT decision FROM attempts WHERE number = 1").fetchone() == (decision,)
    rows.close()
