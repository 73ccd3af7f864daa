"""What needs attention: which operations need it, how they are grouped, and their texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind, Remedy
from launcher_gui.models.attention import Need, may_need_person, need_of, needs
from launcher_gui.monitor.hosts import HostAction
from launcher_gui.monitor.projection import Projection
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from tests.support.store import needy
from tests.support.store.projections import NOW, attempt, project, record, view


def found(projection: Projection, *, auto_resume: bool = False) -> dict[str, Need]:
    """Return the needs by the names of what they are about."""
    all_needs = needs(projection.views.values(), projection.breakers, auto_resume=auto_resume)
    return {" ".join(need.ids): need for need in all_needs}


def test_a_day_on_which_much_is_needed() -> None:
    """Each need is listed once with its remedy, needs with a common remedy are grouped, running work is left out."""
    told = found(needy.crowd())
    assert {ids: need.fix for ids, need in told.items()} == {
        "op-token-1 op-token-2": Remedy.GIVE_TOKEN,
        "op-disk": Remedy.FREE_SPACE,
        "op-taken": Remedy.CHOOSE_NAME,
        "op-held": HostAction.RELEASE,
        "op-gone": CommandKind.RESUME,
    }
    token, taken = told["op-token-1 op-token-2"], told["op-taken"]
    assert token.title.startswith("2 downloads: black-forest-labs/FLUX.1-dev is gated")
    assert token.detail.startswith("Accept the licence at https://huggingface.co/black-forest-labs/FLUX.1-dev, create")
    assert token.label == "Enter a token"
    assert taken.title == "4x-UltraSharp.pth already exists in /models/upscale_models"
    assert taken.detail == "Choose another name, or move the existing file."
    assert told["op-held"].title == "You paused civitai.com"
    assert told["op-gone"].title == "control_v11p_sd15_canny.pth was interrupted"


def test_what_goes_on_by_itself_needs_nobody() -> None:
    """Interrupted work needs no attention if the next start resumes it."""
    assert "op-gone" not in found(needy.crowd(), auto_resume=True)


def test_what_was_asked_for_is_not_asked_for_again() -> None:
    """A failed download that is being resumed, and a step of an operation, need no attention."""
    assert not may_need_person(view(OperationState.FAILED, pending=CommandKind.RETRY))
    assert not may_need_person(view(OperationState.FAILED, parent_id="whole"))
    assert may_need_person(view(OperationState.FAILED))
    assert need_of(view(OperationState.PAUSED)) is None


def test_a_failure_without_a_class_can_be_tried_again() -> None:
    """Operations of other functions have no failure kind; their remedy is a retry."""
    failed = project(record(state=OperationState.FAILED, reason="ValueError", attempts=[attempt(1, detail="boom")]))
    (need,) = found(failed).values()
    assert (need.fix, need.label) == (Remedy.RETRY, "Try again")
    nothing_said = project(record(state=OperationState.FAILED))
    (need,) = found(nothing_said).values()
    assert need.title == "model.safetensors: failed"


def test_something_new_is_told_by_another_mark() -> None:
    """Another failed attempt, or another download with the same failure, is news; a new version of the row is not."""
    first = found(project(needy.wants_token("a", "a.bin")))["a"]
    same = found(project(needy.wants_token("a", "a.bin")))["a"]
    again = found(project(needy.wants_token("a", "a.bin", tries=2)))["a"]
    more = found(project(needy.wants_token("a", "a.bin"), needy.wants_token("b", "b.bin")))["a b"]
    assert first.happened == same.happened
    assert len({first.happened, again.happened, more.happened}) == 3
    assert first.key == again.key == more.key


def test_a_host_that_nobody_waits_for_needs_nobody() -> None:
    """An isolated host is the user's choice; it needs attention only if downloads wait for it."""
    isolated = {"x.org": Breaker("x.org", BreakerState.ISOLATED, changed_at=NOW)}
    waiting = view(OperationState.WAITING, scope="x.org", decision="waiting until a person lets calls through")
    counting = view(OperationState.WAITING, scope="x.org", retry_at=NOW + 5)
    assert needs([counting], isolated, auto_resume=True) == ()
    assert [need.scope for need in needs([waiting], isolated, auto_resume=True)] == ["x.org"]
    assert needs([waiting], {}, auto_resume=True) == ()


@given(st.lists(st.tuples(st.sampled_from(FailureKind), st.sampled_from("ab"), st.sampled_from("xy")), max_size=12))
def test_every_failure_is_in_just_one_need(failures: list[tuple[FailureKind, str, str]]) -> None:
    """However failures are combined, each is listed once, and a group has one remedy."""
    rows = [
        needy.stopped(f"{n:02}", trouble, "it broke", "", scope=scope, folder=f"/{folder}", name=f"{n}.bin")
        for n, (trouble, scope, folder) in enumerate(failures)
    ]
    shown = project(*rows)
    told = needs(shown.views.values(), {}, auto_resume=True)
    assert sorted(i for need in told for i in need.ids) == sorted(shown.views)
    assert len({need.key for need in told}) == len(told)
    for need in told:
        assert {POLICIES[failures[int(i)][0]].action for i in need.ids} == {need.fix}
        if need.fix is Remedy.GIVE_TOKEN:
            assert len({one.operation.scope for one in need.views}) == 1
        elif need.fix not in {Remedy.FREE_SPACE, Remedy.CHOOSE_FOLDER, Remedy.CHECK_CLOCK, Remedy.OPEN_SETTINGS}:
            assert len(need.ids) == 1
