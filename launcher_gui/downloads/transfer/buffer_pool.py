"""Memory for blocks: mapped from the system, and reused by the next download instead of being released at once.

The heap would be fragmented by the blocks of many threads. The first access to a page costs a virtual machine more than
everything that is done with it afterwards: for a file of one MiB, four milliseconds.
"""

from __future__ import annotations

import mmap

LEAST_BYTES = 64 * 1024
KEPT_BYTES = 32 * 1024 * 1024
"""How much unused memory is kept: the blocks of eight downloads."""


class BufferPool:
    """The blocks of one event loop."""

    def __init__(self) -> None:
        self._kept: dict[int, list[memoryview]] = {}
        self._kept_bytes = 0

    def take(self, size: int) -> memoryview:
        """Return at least ``size`` bytes, whose length is a power of two; their content is undefined."""
        size = 1 << (max(size, LEAST_BYTES) - 1).bit_length()
        kept = self._kept.get(size)
        if kept:
            self._kept_bytes -= size
            return kept.pop()
        return memoryview(mmap.mmap(-1, size))

    def give_back(self, block: memoryview) -> None:
        """Keep ``block``, which is no longer used, for the next request of its size."""
        if self._kept_bytes + len(block) <= KEPT_BYTES:
            self._kept_bytes += len(block)
            self._kept.setdefault(len(block), []).append(block)
