"""The running hash equals hashlib's however it is fed, saved and resumed."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launcher_gui.downloads.partial import running_hash
from launcher_gui.downloads.partial.running_hash import STATE_BYTES, RunningHash, marks_within
from tests.support.builders.files import KIB, Content

BETWEEN_MARKS = 4 * KIB
CONTENT = Content(50 * KIB + 7)
DATA = bytearray(CONTENT.read())


@pytest.fixture(autouse=True)
def frequent_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_hash, "MARK_BYTES", BETWEEN_MARKS)


def hashed(data: bytearray, marks: bytes = b"", *cuts: int) -> RunningHash:
    """Return the hash of ``data``, fed in pieces that end at ``cuts``, after ``marks``."""
    running = RunningHash(marks)
    for start, end in zip([running.position, *cuts], [*cuts, len(data)], strict=True):
        running.update(memoryview(data)[start:end])
    return running


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, len(DATA)), max_size=6).map(sorted))
def test_is_hashlibs_however_it_is_fed(cuts: list[int]) -> None:
    """Neither the pieces nor the marks between them change the hash."""
    running = hashed(DATA, b"", *cuts)
    assert running.hexdigest() == hashlib.sha256(DATA).hexdigest()
    assert running.position == len(DATA)


@given(st.integers(0, len(DATA)))
def test_goes_on_from_any_mark(offset: int) -> None:
    """A later process needs only the marks and the data received after the last of them."""
    marks = marks_within(hashed(DATA).marks, offset)
    running = RunningHash(marks)
    assert running.position == offset // BETWEEN_MARKS * BETWEEN_MARKS
    assert hashed(DATA, marks).hexdigest() == hashlib.sha256(DATA).hexdigest()


@given(st.integers(0, 12 * BETWEEN_MARKS - 1))
def test_marks_tell_which_block_was_damaged(at: int) -> None:
    """A changed byte is found between the two marks around it, and nowhere else."""
    marks, damaged = hashed(DATA).marks, bytearray(DATA)
    damaged[at] ^= 1
    wrong = []
    for number in range(len(marks) // STATE_BYTES):
        end = (number + 1) * BETWEEN_MARKS
        block = hashed(damaged[:end], marks[: number * STATE_BYTES])
        if block.marks != marks_within(marks, end):
            wrong.append(number)
    assert wrong == [at // BETWEEN_MARKS]


def test_a_position_beyond_four_gigabytes_is_counted() -> None:
    """The upper word of the number of bits is part of the hash, too (FIPS 180-4, section 5.1.1)."""
    library = running_hash._openssl()
    assert library is not None
    begun = running_hash._OpenSSLHash(library)
    block = memoryview(bytearray(1024 * 1024))
    for _ in range(520):
        begun.update(block)
    resumed = running_hash._OpenSSLHash(library)
    resumed.set_state(begun.state(), 520 * len(block))
    assert resumed._context.bits_high == begun._context.bits_high == 1
    assert resumed.hexdigest() == begun.hexdigest()


def test_without_openssl_hashes_and_leaves_no_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without access to the state, marks are ignored, and the hash begins at the first byte."""
    marks = hashed(DATA).marks
    monkeypatch.setattr(running_hash, "_openssl", lambda: None)
    running = RunningHash(marks)
    assert running.position == 0
    running.update(memoryview(DATA))
    assert running.hexdigest() == hashlib.sha256(DATA).hexdigest()
    assert running.marks == b""


def test_this_python_gives_its_state_away() -> None:
    """The state is accessible here; otherwise the tests above would check nothing."""
    assert len(hashed(DATA).marks) == len(DATA) // BETWEEN_MARKS * STATE_BYTES
