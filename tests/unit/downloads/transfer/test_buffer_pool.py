"""Memory for blocks: large enough, used by one download at a time, and limited when unused."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.transfer.buffer_pool import KEPT_BYTES, BufferPool


@given(st.lists(st.tuples(st.integers(1, 4 * 1024 * 1024), st.booleans()), max_size=60))
def test_nobody_shares_a_block(story: list[tuple[int, bool]]) -> None:
    """Whatever the order of calls, each block is large enough and used once; the kept memory is limited."""
    memory, held = BufferPool(), list[memoryview]()
    for size, give in story:
        if give and held:
            memory.give_back(held.pop())
        else:
            block = memory.take(size)
            assert len(block) >= size
            assert all(block is not other for other in held)
            held.append(block)
        assert memory._kept_bytes <= KEPT_BYTES
        assert memory._kept_bytes == sum(len(block) for kept in memory._kept.values() for block in kept)


def test_what_was_given_back_is_taken_again() -> None:
    """The next request of the same size reuses the block."""
    memory = BufferPool()
    block = memory.take(1_000_000)
    memory.give_back(block)
    assert memory.take(900_000) is block
