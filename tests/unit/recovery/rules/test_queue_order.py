"""Moves within a queue: the new order and the numbers that define it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launcher_gui.recovery.rules.queue_order import Move, placed, reordered

LINE = ["a", "b", "c", "d", "e"]


@st.composite
def moves(draw: st.DrawFn) -> tuple[list[str], list[str], Move, str | None]:
    """Return a queue, the moved operations, and their destination."""
    order = [str(number) for number in range(draw(st.integers(1, 12)))]
    chosen = [each for each in order if draw(st.booleans())]
    return order, chosen, draw(st.sampled_from(Move)), draw(st.sampled_from([None, *order]))


@pytest.mark.parametrize(
    ("chosen", "move", "before", "after"),
    [
        ("d", Move.FRONT, None, "dabce"),
        ("bd", Move.FRONT, None, "bdace"),
        ("bd", Move.BACK, None, "acebd"),
        ("c", Move.UP, None, "acbde"),
        ("cd", Move.UP, None, "acdbe"),
        ("ab", Move.UP, None, "abcde"),
        ("ad", Move.UP, None, "abdce"),
        ("bc", Move.DOWN, None, "adbce"),
        ("de", Move.DOWN, None, "abcde"),
        ("e", Move.BEFORE, "b", "aebcd"),
        ("ad", Move.BEFORE, "c", "badce"),
        ("bc", Move.BEFORE, "b", "abcde"),
        ("ab", Move.BEFORE, None, "cdeab"),
    ],
)
def test_each_move(chosen: str, move: Move, before: str | None, after: str) -> None:
    """Each move gives the expected order."""
    assert "".join(reordered(LINE, list(chosen), move, before)) == after


@given(moves())
def test_a_move_moves_nobody_else(told: tuple[list[str], list[str], Move, str | None]) -> None:
    """A move loses and duplicates none, and keeps the order within moved and others."""
    order, chosen, move, before = told
    after = reordered(order, chosen, move, before)
    assert sorted(after) == sorted(order)
    for group in (set(chosen), set(order) - set(chosen)):
        assert [each for each in after if each in group] == [each for each in order if each in group]


@given(moves())
def test_up_and_down_move_by_one(told: tuple[list[str], list[str], Move, str | None]) -> None:
    """Up passes one other where possible, and down mirrors it."""
    order, chosen, _, _ = told
    up = reordered(order, chosen, Move.UP)
    for at, each in enumerate(order):
        ahead = any(other not in chosen for other in order[:at])
        assert each not in chosen or up.index(each) == at - ahead
    assert reordered(order[::-1], chosen[::-1], Move.DOWN) == up[::-1]


@given(moves(), st.data())
@example((["0", "1", "2"], ["2"], Move.UP, None), None)
def test_positions_say_the_order(
    told: tuple[list[str], list[str], Move, str | None], data: st.DataObject | None
) -> None:
    """New positions define the new order; with gaps only the moved ones change."""
    order, chosen, move, before = told
    after = reordered(order, chosen, move, before)
    near = [1.0, 1.0, 1.0000000000000002, 2.0, 1e9]  # equal, next to one another, far apart
    drawn = near[: len(order)] if data is None else [data.draw(st.sampled_from(near)) for _ in order]
    before_it = dict(zip(order, sorted(drawn), strict=True))
    found = placed(after, before_it, set(chosen))
    stand = [(before_it | found)[each] for each in after]
    assert all(one < two for one, two in pairwise(stand))
    assert found.keys() <= set(chosen) or found.keys() == set(order)


@given(moves())
def test_with_room_only_the_moved_get_another_place(told: tuple[list[str], list[str], Move, str | None]) -> None:
    """In a queue of thousands a move changes only the moved rows."""
    order, chosen, move, before = told
    places = {each: 1_700_000_000.0 + at for at, each in enumerate(order)}
    assert placed(reordered(order, chosen, move, before), places, set(chosen)).keys() == set(chosen)


def test_a_place_between_two_lasts_for_many_moves() -> None:
    """Repeated moves renumber the queue only once in twenty."""
    order, places, renewed = ["a", "b", "c"], {"a": 1.7e9, "b": 1.7e9 + 1, "c": 1.7e9 + 2}, 0
    for _ in range(100):
        order = reordered(order, [order[2]], Move.UP)
        found = placed(order, places, {order[1]})
        renewed += len(found) == 3
        places |= found
        assert sorted(places, key=places.__getitem__) == order
    assert 0 < renewed < 10
