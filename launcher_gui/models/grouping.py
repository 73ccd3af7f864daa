"""How rows are grouped: neighbours into runs, steps below their operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from launcher_gui.monitor.projection import OperationView


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return ``rows`` as runs of neighbours, (first, last), in ascending order."""
    found: list[tuple[int, int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def grouped(views: Sequence[OperationView]) -> list[OperationView]:
    """Return ``views`` in order of arrival, with each step below its operation."""
    here = {view.id for view in views}
    steps: dict[str, list[OperationView]] = {}
    for view in views:
        if view.base.operation.parent_id in here:
            steps.setdefault(view.base.operation.parent_id or "", []).append(view)
    if not steps:
        return list(views)

    def family(view: OperationView) -> Iterator[OperationView]:
        yield view
        for step in steps.get(view.id, ()):
            yield from family(step)

    return [member for view in views if view.base.operation.parent_id not in here for member in family(view)]
