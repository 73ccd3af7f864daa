"""Notifications: each fact once, grouped, and only facts after the start."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.monitor.notifications import GATHER_S, Notification, Notifications
from launcher_gui.monitor.projection import OperationRecord
from launcher_gui.recovery.operation import OperationState
from tests.support.store.projections import NOW, project, record

S = OperationState


def after(news: Notifications, *records: OperationRecord, now: float = NOW) -> Notifications:
    projection = project(*records)
    return news.after(projection, projection.views, now, anew=not news.states)


def told(news: Notifications) -> tuple[Notification, ...]:
    return news.told(NOW + GATHER_S)[1]


def test_what_was_so_before_is_no_news() -> None:
    """A window that opens on a store full of failures does not report them."""
    news = after(Notifications(), record("op-1", S.FAILED), record("op-2", S.COMPLETED))
    assert told(after(news, record("op-1", S.FAILED), record("op-2", S.COMPLETED))) == ()


def test_what_there_is_may_come_in_parts() -> None:
    """The second part of the first read is not news; a known operation that has ended meanwhile is."""
    news = after(Notifications(), record("op-1", S.RUNNING))
    older = project(record("op-1", S.COMPLETED), record("op-2", S.COMPLETED), record("op-3", S.FAILED))
    (notice,) = told(news.after(older, older.views, NOW, anew=True))
    assert notice.title.endswith("finished")


def test_one_that_finishes_is_named_with_its_place() -> None:
    """A single notification names the operation and its location."""
    news = after(
        after(Notifications(), record("op-1", S.RUNNING, name="a.bin")), record("op-1", S.COMPLETED, name="a.bin")
    )
    (notice,) = told(news)
    assert (notice.trouble, notice.title) == (False, "a.bin finished")
    assert notice.body.startswith("Saved to ")


def test_forty_failures_are_one_notification() -> None:
    """Several are counted, three are named, and a common reason is given."""
    ids = [f"op-{number}" for number in range(40)]
    news = after(Notifications(), *(record(i, S.RUNNING, name=f"{i}.bin") for i in ids))
    news = after(news, *(record(i, S.FAILED, name=f"{i}.bin", reason="503 (Unavailable)") for i in ids))
    (notice,) = told(news)
    assert (notice.trouble, notice.title) == (True, "40 downloads need attention")
    assert notice.body.startswith("op-0.bin, op-1.bin, op-2.bin and 37 more: 503")


def test_news_wait_for_those_that_follow() -> None:
    """The first of a series is not reported alone, and nothing is reported twice."""
    news = after(
        after(Notifications(), record("op-1", S.RUNNING), record("op-2", S.RUNNING)), record("op-1", S.COMPLETED)
    )
    assert news.told(NOW + GATHER_S / 2)[1] == ()
    news = after(news, record("op-2", S.COMPLETED), now=NOW + 1)
    left, notices = news.told(NOW + GATHER_S)
    assert [notice.title for notice in notices] == ["2 downloads finished"]
    assert left.told(NOW + 99) == (left, ())


def test_one_that_fails_again_is_told_again() -> None:
    """A manual retry that fails is reported."""
    news = after(after(Notifications(), record("op-1", S.FAILED)), record("op-1", S.RUNNING))
    assert len(told(after(news, record("op-1", S.FAILED)))) == 1


@given(st.lists(st.sampled_from(list(S)), max_size=20))
def test_every_end_is_told_once(states: list[OperationState]) -> None:
    """Whatever an operation does, the number of reports equals the number of reportable ends."""
    news, count, before = after(Notifications(), record("op-1", S.QUEUED)), 0, S.QUEUED
    for state in states:
        news, notices = after(news, record("op-1", state)).told(NOW + GATHER_S)
        count += len(notices)
        before, ended = state, before is not state and state in {S.COMPLETED, S.FAILED}
        count -= ended
    assert count == 0
