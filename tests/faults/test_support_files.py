"""The content of the test servers and the description of their behaviour are the same everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import (
    BEHAVE,
    Answer,
    Behaviour,
    Drop,
    ETag,
    Framing,
    HangUp,
    Ranges,
    Redirect,
    RetryAfter,
    Script,
    Serve,
    Silence,
    decode,
    encode,
)


def test_content_is_the_same_however_it_is_read(tmp_path: Path) -> None:
    """Parts of any size equal the complete file and its digest."""
    content = Content(MIB + 12_345, seed=3)
    whole = content.read()
    assert len(whole) == content.size
    assert content.read(300_000, 900_001) == whole[300_000:900_001]
    assert b"".join(content.pieces(largest=7777)) == whole
    assert sha256_of(content.write_to(tmp_path / "made" / "file")) == content.sha256


def test_content_differs_by_seed_and_by_place() -> None:
    """No two files or blocks are equal, so misplaced bytes are noticed."""
    assert Content(seed=1).read() != Content(seed=2).read()
    pieces = list(Content(4 * MIB).pieces())
    assert len(set(pieces)) == len(pieces)


@pytest.mark.parametrize(
    "behaviour",
    [
        Serve(ending=Drop(5, reset=False), ranges=Ranges.WRONG_START, content=Content(7, 8), headers=(("A", "b"),)),
        Serve(framing=Framing.CLOSE, etag=ETag.WEAK, rate=5, gzip=True, disposition="x"),
        Answer(503, retry_after=RetryAfter(5, as_date=True)),
        Redirect("/elsewhere", 308),
        HangUp(reset=False),
        Silence(),
    ],
)
def test_behaviours_travel(behaviour: Behaviour) -> None:
    """A script survives a JSON round trip."""
    script = Script((behaviour, BEHAVE), then=behaviour)
    assert decode(json.loads(json.dumps(encode(script)))) == script
