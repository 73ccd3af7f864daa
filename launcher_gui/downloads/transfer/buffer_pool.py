"""Memory for blocks: taken from the system, and kept for the next download rather than given back at once.

Not from the heap, where blocks of many threads leave holes. A page that is touched for the first time costs a
virtual machine more than all that is done with it afterwards: for a file of one MiB, four milliseconds.
"""

from __future__ import annotations

import mmap

LEAST_BYTES = 64 * 1024
KEPT_BYTES = 32 * 1024 * 1024
"""So much is kept while nobody needs it: the blocks of eight downloads."""


class BufferPool:
    """The blocks of one event loop."""

    def __init__(self) -> None:
        self._kept: dict[int, list[memoryview]] = {}
        self._kept_bytes = 0

    def take(self, size: int) -> memoryview:
        """Return at least ``size`` bytes, whose length is a power of two; what is in them is anybody's."""
        size = 1 << (max(size, LEAST_BYTES) - 1).bit_length()
        kept = self._kept.get(size)
        if kept:
            self._kept_bytes -= size
            return kept.pop()
        return memoryview(mmap.mmap(-1, size))

    def give_back(self, block: memoryview) -> None:
        """Keep ``block``, which nobody uses any more, for the next one who takes as much."""
        if self._kept_bytes + len(block) <= KEPT_BYTES:
            self._kept_bytes += len(block)
            self._kept.setdefault(len(block), []).append(block)
