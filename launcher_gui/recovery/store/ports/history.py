"""What has happened: attempts, progress and events, and how long they are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from launcher_gui.recovery.operation import Attempt, Event, Progress
from launcher_gui.recovery.store.records import AttemptEnd, StateChange
from launcher_gui.text.message import Message


class Attempts(Protocol):
    """Attempts, each changed in one transaction with its operation."""

    def of(self, operation_id: str) -> list[Attempt]:
        """Return the attempts of an operation, by number."""
        ...

    def of_all(self) -> dict[str, list[Attempt]]:
        """Return the attempts of every operation that has any, by number."""
        ...

    def of_these(self, ids: Sequence[str]) -> dict[str, list[Attempt]]:
        """Return the attempts of these operations, by number."""
        ...

    def begin(self, operation_id: str, owner_id: str, retries_left: int, now: float) -> int:
        """Begin the next attempt of an operation and return its number.

        Raises:
            OwnershipLostError: If the operation does not belong to that owner, or no longer.
        """
        ...

    def explain(
        self, operation_id: str, owner_id: str, number: int, resumed_from: int, note: Message, now: float
    ) -> None:
        """Record from where a running attempt resumes and why."""
        ...

    def end(
        self,
        operation_id: str,
        owner_id: str,
        number: int,
        ended: AttemptEnd,
        standing: StateChange,
        progress: Progress | None,
        now: float,
    ) -> None:
        """Record how an attempt ended, the progress until then, and the state of the operation after it.

        Raises:
            OwnershipLostError: If the operation does not belong to that owner, or no longer.
        """
        ...


class ProgressPort(Protocol):
    """The newest progress of each operation, with a tick that tells readers what is new."""

    def save(self, progress: Mapping[str, Progress], owner_id: str | None = None) -> frozenset[str]:
        """Record the progress of operations. It appends no event: readers follow the tick.

        Returns:
            Those for which nothing was recorded, because they do not belong to ``owner_id``, or no longer.
        """
        ...

    def since(self, tick: int) -> tuple[dict[str, Progress], int]:
        """Return the progress recorded after ``tick``, and the newest tick."""
        ...

    def last_tick(self) -> int:
        """Return the newest tick, 0 if no progress has been recorded."""
        ...


class Events(Protocol):
    """Facts in the past tense, appended in the transaction of the change that they describe."""

    def append(self, now: float, kind: str, operation_id: str = "", **data: object) -> None:
        """Append an event about an operation, or about the store."""
        ...

    def since(self, seq: int) -> list[Event]:
        """Return the events after ``seq``, in order."""
        ...

    def of_kind(self, kind: str) -> list[Event]:
        """Return the events of a kind, in order."""
        ...

    def newest_by_operation(self, ids: Collection[str], most: int) -> dict[str, list[Event]]:
        """Return the newest events about each of these operations, at most ``most`` each, in order."""
        ...

    def latest(self, kind: str, operation_id: str) -> Event | None:
        """Return the newest event of that kind about an operation, ``None`` if there is none."""
        ...

    def newest(self, kinds: Sequence[str], most: int) -> list[Event]:
        """Return the newest ``most`` events of ``kinds``, in order, among the latest events only."""
        ...

    def newest_about(self, ids: Collection[str] | None, after: int, most: int) -> list[Event]:
        """Return the newest ``most`` events after ``after`` about these operations, or all, in order.

        Only the latest events are searched.
        """
        ...

    def last_seq(self) -> int:
        """Return the sequence number of the newest event ever appended, 0 if there was none."""
        ...

    def trimmed(self) -> int:
        """Return the sequence number up to which events may be missing because of trimming, 0 if none was trimmed."""
        ...


class History(Protocol):
    """Trimming of old events and answered commands. Each call handles one batch, so that no writer waits long.

    Events about unfinished operations are kept. Operations and their attempts stay until they are removed.
    """

    def take_turn(self, now: float, interval_s: float) -> bool:
        """Return whether it is time to trim again; of all processes that ask, the first one gets ``True``."""
        ...

    def trim_events(self, after: int, before: float | None) -> int | None:
        """Remove events older than ``before``, or of any age, from the batch that follows ``after``.

        Returns:
            The sequence number to continue from, ``None`` when done.
        """
        ...

    def trim_commands(self, after: int, before: float) -> int | None:
        """Remove commands answered before ``before`` from the batch that follows ``after``.

        Returns:
            The id to continue from, ``None`` when done.
        """
        ...

    def used_bytes(self) -> int:
        """Return the size of the store's contents."""
        ...
