"""Steps: supervised calls within a recorded one, which are not repeated once they have succeeded.

While an attempt of a recorded operation runs, each supervised call that it makes is recorded as a step of it, in the
same store. A step is identified by its function, its arguments, and whether it is the first, second ... such call of
the attempt. When the operation is retried or resumed, by any process, a step that succeeded returns its recorded
result.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from launcher_gui.recovery.operation import to_json
from launcher_gui.recovery.store.ports import Store


@dataclass(slots=True)
class Parent:
    """The attempt of a recorded operation within which calls are made.

    Attributes:
        operation_id: The operation.
        owner_id: The owner of the operation and of its steps.
        store: The store that records it.
    """

    operation_id: str
    owner_id: str
    store: Store
    _seen: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def step_id(self, function: str, arguments: dict[str, object]) -> str:
        """Return the id of the next step that calls ``function`` with ``arguments``: the same in every attempt."""
        call = f"{self.operation_id} {function} {to_json(arguments)}"
        with self._lock:  # steps may be called from threads
            turn = self._seen[call] = self._seen.get(call, 0) + 1
        return hashlib.sha256(f"{call} {turn}".encode()).hexdigest()[:16]

    def shares(self, store: Store) -> bool:
        """Return whether ``store`` is the one that records this operation."""
        return store is self.store or (store.path == self.store.path and not store.in_memory)


_current: ContextVar[Parent | None] = ContextVar("parent", default=None)

current = _current.get
"""The attempt within which the current call is made, ``None`` outside of any."""


@contextmanager
def within(parent: Parent) -> Iterator[None]:
    """Make supervised calls in this context steps of ``parent``."""
    token = _current.set(parent)
    try:
        yield
    finally:
        _current.reset(token)
