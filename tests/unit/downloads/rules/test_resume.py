"""The resume decision: old and new bytes become one file only on evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from launcher_gui.downloads.errors.http_errors import (
    CompressedAnswerError,
    HttpStatusError,
    RangeLieError,
    WrongContentError,
)
from launcher_gui.downloads.rules.headers import ContentRange, RemoteFile
from launcher_gui.downloads.rules.known_hash import Algorithm, KnownHash
from launcher_gui.downloads.rules.resume import (
    Recorded,
    RequestPlan,
    ResumeAction,
    ResumePlan,
    decide_resume,
    plan_request,
)
from launcher_gui.text.message import message

URL = "https://host.example/model.safetensors"
NAME = "model.safetensors"
UNCHANGED = "(file unchanged on the server)"
HASH = KnownHash(Algorithm.SHA256, "ab" * 32)
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
LATER = "Mon, 07 Nov 1994 08:49:37 GMT"
KEPT_ACTIONS = {ResumeAction.APPEND, ResumeAction.ALREADY_WHOLE, ResumeAction.REFUSE}

RECORDED = Recorded(URL, 1000, '"a"', DATE)
REMOTE = RemoteFile(
    url=URL,
    status=206,
    total=1000,
    etag='"a"',
    last_modified=DATE,
    content_type="application/octet-stream",
    content_encoding="",
    name=None,
    content_range=ContentRange(400, 999, 1000),
    content_length=600,
    chunked=False,
    retry_after_s=None,
)
WHOLE: dict[str, Any] = {"status": 200, "content_range": None, "content_length": 1000}
UNSATISFIED: dict[str, Any] = {
    "status": 416,
    "content_range": ContentRange(None, None, 1000),
    "content_length": 5,
    "etag": None,
}

GROWN: dict[str, Any] = {"content_range": ContentRange(400, 1999, 2000), "total": 2000, "content_length": 1600}
SHRUNK: dict[str, Any] = {"content_range": ContentRange(None, None, 999), "total": 999}


def decide(
    recorded: Recorded | None = RECORDED,
    staged: int = 400,
    sha256: KnownHash | None = None,
    name: str = NAME,
    **remote: Any,
) -> ResumePlan:
    plan = plan_request(recorded, staged, sha256, url=URL)
    return decide_resume(recorded, replace(REMOTE, **remote), plan, sha256, staged=staged, name=name)


# Requests


@pytest.mark.parametrize(
    ("recorded", "staged", "sha256", "headers"),
    [
        (RECORDED, 400, None, {"Range": "bytes=400-", "If-Range": '"a"'}),
        (replace(RECORDED, etag=None), 400, None, {"Range": "bytes=400-", "If-Range": DATE}),
        (replace(RECORDED, etag=None, last_modified=None), 400, HASH, {"Range": "bytes=400-"}),
        (replace(RECORDED, etag=None, last_modified=None), 400, None, {}),
        (replace(RECORDED, total=None), 400, None, {"Range": "bytes=400-", "If-Range": '"a"'}),
        (RECORDED, 1000, None, {"Range": "bytes=999-", "If-Range": '"a"'}),
        (RECORDED, 1001, None, {}),
        (RECORDED, 0, HASH, {}),
        (None, 400, HASH, {}),
        (replace(RECORDED, url=URL + "x"), 400, HASH, {}),
    ],
)
def test_what_is_asked_for(
    recorded: Recorded | None, staged: int, sha256: KnownHash | None, headers: dict[str, str]
) -> None:
    """The rest is requested only if something can prove that it is the rest, with the strongest condition."""
    plan = plan_request(recorded, staged, sha256, url=URL)
    assert plan.headers == headers
    assert (plan.offset > 0) == bool(headers)
    assert bool(plan.reason) == (staged > 0 and not headers)


# One behaviour at a time


@pytest.mark.parametrize(
    ("case", "action", "words"),
    [
        ({}, ResumeAction.APPEND, "resumed at 400 B (file unchanged on the server)"),
        ({"content_length": None, "chunked": True}, ResumeAction.APPEND, UNCHANGED),
        ({"last_modified": LATER}, ResumeAction.APPEND, UNCHANGED),
        (
            {"content_range": ContentRange(400, 500, 1000), "content_length": 101},
            ResumeAction.APPEND,
            "(file unchanged on the server)",
        ),
        (
            {"recorded": replace(RECORDED, etag=None)},
            ResumeAction.APPEND,
            "(file unchanged on the server, by its date)",
        ),
        (
            {"recorded": replace(RECORDED, etag=None), "etag": None},
            ResumeAction.APPEND,
            "(file unchanged on the server, by its date)",
        ),
        ({"recorded": replace(RECORDED, total=None)}, ResumeAction.APPEND, UNCHANGED),
        ({"sha256": HASH, "etag": None, "last_modified": None}, ResumeAction.APPEND, "(SHA-256 will be checked)"),
        ({"etag": '"b"'}, ResumeAction.ASK_AGAIN, "the file on the server has changed"),
        ({"etag": '"b"', "sha256": HASH}, ResumeAction.ASK_AGAIN, "has changed"),
        ({"etag": None}, ResumeAction.ASK_AGAIN, "did not confirm"),
        ({"etag": None, "last_modified": LATER}, ResumeAction.ASK_AGAIN, "has changed"),
        ({"recorded": replace(RECORDED, etag=None), "last_modified": LATER}, ResumeAction.ASK_AGAIN, "has changed"),
        ({"recorded": replace(RECORDED, etag=None), "last_modified": None}, ResumeAction.ASK_AGAIN, "did not confirm"),
        ({**GROWN}, ResumeAction.ASK_AGAIN, "has changed"),
        ({"content_range": ContentRange(0, 999, 1000), "content_length": 1000}, ResumeAction.ASK_AGAIN, "wrong part"),
        (
            {"content_range": ContentRange(399, 999, 1000), "content_length": 601},
            ResumeAction.ASK_AGAIN,
            "wrong part",
        ),
        (
            {"content_range": ContentRange(401, 999, 1000), "content_length": 599},
            ResumeAction.ASK_AGAIN,
            "wrong part",
        ),
        ({"content_length": 599}, ResumeAction.ASK_AGAIN, "contradicts itself"),
        ({"content_range": None, "total": None}, ResumeAction.ASK_AGAIN, "contradicts itself"),
        ({"content_range": ContentRange(400, 999, None), "total": None}, ResumeAction.ASK_AGAIN, "contradicts itself"),
        ({"content_range": ContentRange(None, None, 1000)}, ResumeAction.ASK_AGAIN, "contradicts itself"),
        ({**WHOLE}, ResumeAction.START_OVER, "the server does not support resuming"),
        ({**WHOLE, "status": 203}, ResumeAction.START_OVER, "does not support resuming"),
        ({**WHOLE, "etag": '"b"'}, ResumeAction.START_OVER, "the file on the server has changed"),
        ({**WHOLE, "total": 1001}, ResumeAction.START_OVER, "has changed"),
        ({**WHOLE, "etag": None, "last_modified": None, "total": None}, ResumeAction.START_OVER, "did not confirm"),
        (
            {**WHOLE, "recorded": replace(RECORDED, etag=None, last_modified=None)},
            ResumeAction.START_OVER,
            "gives no way",
        ),
        ({**WHOLE, "recorded": None}, ResumeAction.START_OVER, "no record"),
        ({**WHOLE, "recorded": replace(RECORDED, url=URL + "x")}, ResumeAction.START_OVER, "another link"),
        (
            {**WHOLE, "recorded": replace(RECORDED, url=URL + "x"), "staged": 1000},
            ResumeAction.START_OVER,
            "another link",
        ),
        ({**WHOLE, "staged": 0, "recorded": None}, ResumeAction.START_OVER, ""),
        (
            {"staged": 0, "content_range": ContentRange(0, 999, 1000), "content_length": 1000},
            ResumeAction.START_OVER,
            "",
        ),
        (
            {"staged": 1000, "content_range": ContentRange(999, 999, 1000), "content_length": 1},
            ResumeAction.ALREADY_WHOLE,
            "all 1.0 kB already downloaded (file unchanged on the server)",
        ),
        ({**WHOLE, "staged": 1000}, ResumeAction.ALREADY_WHOLE, UNCHANGED),
        ({**WHOLE, "staged": 1000, "etag": None}, ResumeAction.START_OVER, "did not confirm"),
        ({**WHOLE, "staged": 1000, "total": None}, ResumeAction.START_OVER, "does not support resuming"),
        ({**UNSATISFIED, "staged": 1000}, ResumeAction.ALREADY_WHOLE, "confirmed the file size"),
        ({**UNSATISFIED, "staged": 1000, "etag": '"b"'}, ResumeAction.ASK_AGAIN, "has changed"),
        ({**UNSATISFIED, "staged": 999}, ResumeAction.ASK_AGAIN, "did not confirm"),
        ({**UNSATISFIED, **SHRUNK, "staged": 1000}, ResumeAction.ASK_AGAIN, "has changed"),
        (
            {**UNSATISFIED, "staged": 1000, "total": None, "content_range": None},
            ResumeAction.ASK_AGAIN,
            "did not confirm",
        ),
    ],
)
def test_verdicts(case: dict[str, Any], action: ResumeAction, words: str) -> None:
    """Each kind of response has its decision and its note."""
    verdict = decide(**case)
    assert verdict.action == action
    assert words in str(verdict.note)
    assert bool(verdict.note) == bool(words)


@pytest.mark.parametrize(
    ("case", "error"),
    [
        ({"status": 404}, HttpStatusError),
        ({"status": 503}, HttpStatusError),
        ({"status": 204}, HttpStatusError),
        ({"status": 304}, HttpStatusError),
        ({"status": 416, "staged": 0}, HttpStatusError),
        ({**WHOLE, "content_type": "text/html"}, WrongContentError),
        ({**WHOLE, "content_type": "application/xhtml+xml", "staged": 0}, WrongContentError),
        ({**WHOLE, "content_encoding": "gzip"}, CompressedAnswerError),
        ({"content_encoding": "aws-chunked, br"}, CompressedAnswerError),
        ({"staged": 0}, RangeLieError),
        ({"staged": 0, "content_range": None}, RangeLieError),
    ],
)
def test_refusals(case: dict[str, Any], error: type[Exception]) -> None:
    """A wrong response is refused with its error, and the saved data is kept."""
    verdict = decide(**case)
    assert verdict.action == ResumeAction.REFUSE
    assert isinstance(verdict.error, error)
    assert verdict.discarded == 0


def test_a_web_page_is_welcome_under_its_own_name() -> None:
    """A web page is accepted if the user requests one."""
    assert decide(**WHOLE, content_type="text/html", name="notes.HTML").action == ResumeAction.START_OVER


def test_a_refusal_hands_on_the_wait() -> None:
    """The wait that a server asks for is in the error."""
    error = decide(status=429, retry_after_s=12.0).error
    assert isinstance(error, HttpStatusError)
    assert error.retry_after_s == 12.0


def test_asking_again_keeps_its_reason() -> None:
    """If the second response makes the loss final, the note still says what was wrong with the first."""
    first = decide(etag='"b"')
    assert first.again == RequestPlan(0, {}, message("http.changed"))
    whole = replace(REMOTE, **WHOLE)
    second = decide_resume(RECORDED, whole, first.again, None, staged=400, name=NAME)
    assert second.action == ResumeAction.START_OVER
    assert second.note == first.note


def test_a_gap_is_never_bridged() -> None:
    """A part that begins behind the last saved byte is not appended."""
    plan = RequestPlan(400, {"Range": "bytes=400-"})
    assert decide_resume(RECORDED, REMOTE, plan, None, staged=399, name=NAME).action == ResumeAction.ASK_AGAIN


# Any response

Case = tuple[Recorded | None, int, KnownHash | None, RequestPlan, RemoteFile, ResumePlan]

sizes = st.integers(0, 6)
etags = st.sampled_from([None, '"a"', '"b"'])
dates = st.sampled_from([None, DATE, LATER])
hashes = st.sampled_from([None, HASH])
parts = st.builds(
    lambda start, size, rest: ContentRange(start, start + size, None if rest is None else start + size + 1 + rest),
    sizes,
    sizes,
    st.none() | sizes,
)


def mostly(draw: st.DrawFn, usual: Any, unusual: st.SearchStrategy[Any]) -> Any:
    """Draw what an honest server would send, and sometimes something else."""
    return draw(unusual) if draw(st.integers(0, 9)) == 9 else usual


@st.composite
def answers(draw: st.DrawFn, known: Recorded, offset: int) -> RemoteFile:
    total = mostly(draw, known.total if known.total is not None else offset + 3, sizes)
    status = mostly(draw, 206 if offset else 200, st.sampled_from([200, 203, 206, 416, 204, 304, 404, 500]))
    honest = ContentRange(offset, total - 1, total) if status == 206 and offset < total else None
    if status == 416:
        honest = ContentRange(None, None, total)
    part = mostly(draw, honest, st.none() | parts | sizes.map(lambda size: ContentRange(None, None, size)))
    has_part = part is not None and part.start is not None
    return replace(
        REMOTE,
        status=status,
        total=(part.total if part else None) if status in {206, 416} else mostly(draw, total, st.none()),
        etag=mostly(draw, known.etag, etags),
        last_modified=mostly(draw, known.last_modified, dates),
        content_type=mostly(draw, "application/octet-stream", st.just("text/html")),
        content_encoding=mostly(draw, "", st.just("gzip")),
        content_range=part,
        content_length=mostly(draw, part.end - part.start + 1 if has_part else None, st.none() | sizes),
    )


# Decisions of one kind are a fraction of all; Hypothesis still needs a hundred of them.
of_one_kind = settings(suppress_health_check=[HealthCheck.filter_too_much])


@st.composite
def cases(draw: st.DrawFn, *, all_here: bool = False) -> Case:
    total = mostly(draw, draw(st.integers(1, 6)), st.none() | sizes)
    known = Recorded(mostly(draw, URL, st.just(URL + "x")), total, draw(etags), draw(dates))
    recorded, sha256 = mostly(draw, known, st.none()), draw(hashes)
    staged = mostly(draw, draw(st.integers(total if all_here else 1, total)) if total else 3, sizes)
    plan = plan_request(recorded, staged, sha256, url=URL)
    remote = draw(answers(known, plan.offset))
    verdict = decide_resume(recorded, remote, plan, sha256, staged=staged, name=NAME)
    return recorded, staged, sha256, plan, remote, verdict


@given(cases())
def test_every_byte_is_accounted_for(case: Case) -> None:
    """Kept and discarded bytes add up to the saved bytes, and a loss has a reason."""
    _, staged, _, _, _, verdict = case
    assert verdict.kept + verdict.discarded == staged
    assert verdict.kept == verdict.offset
    assert verdict.kept == 0 or verdict.action in KEPT_ACTIONS
    assert verdict.discarded == 0 or "lost" in str(verdict.note)


@of_one_kind
@given(cases())
def test_nothing_is_appended_without_evidence(case: Case) -> None:
    """Bytes are joined only if the part fits exactly and a validator, or a later hash, proves them."""
    recorded, staged, sha256, plan, remote, verdict = case
    assume(verdict.action == ResumeAction.APPEND)
    part = remote.content_range
    assert recorded is not None
    assert part is not None
    assert remote.status == 206
    assert recorded.url == URL
    assert 0 < verdict.offset == part.start == plan.offset == staged
    assert part.end is not None
    assert remote.total is not None
    assert part.end < remote.total
    assert recorded.total in {None, remote.total}
    assert remote.content_length in {None, part.end - part.start + 1}
    same_etag = recorded.etag is not None and recorded.etag == remote.etag
    same_date = recorded.etag is None and recorded.last_modified == remote.last_modified is not None
    assert same_etag or same_date or sha256 is not None
    assert None in {recorded.etag, remote.etag} or same_etag


@of_one_kind
@given(cases(all_here=True))
def test_whole_means_that_all_agree(case: Case) -> None:
    """A file counts as complete only if saved data, record and server agree on one length."""
    recorded, staged, _, _, remote, verdict = case
    assume(verdict.action == ResumeAction.ALREADY_WHOLE)
    assert recorded is not None
    assert recorded.url == URL
    assert verdict.offset == staged == recorded.total == remote.total


@of_one_kind
@given(cases())
def test_error_answers_are_never_written(case: Case) -> None:
    """Only 200, 203 and 206 may write bytes to the file, and never a web page or compressed bytes."""
    *_, remote, verdict = case
    assume(verdict.action in {ResumeAction.APPEND, ResumeAction.START_OVER})
    assert remote.status in {200, 203, 206}
    assert remote.content_type != "text/html"
    assert not remote.content_encoding


@of_one_kind
@given(cases())
def test_starting_over_begins_at_the_first_byte(case: Case) -> None:
    """What is written from offset 0 is a body that begins there."""
    *_, remote, verdict = case
    assume(verdict.action == ResumeAction.START_OVER)
    assert verdict.offset == 0
    assert remote.status != 206 or (remote.content_range is not None and remote.content_range.start == 0)


@given(cases())
def test_asking_for_the_whole_settles_it(case: Case) -> None:
    """The complete file is requested at most once, so there is no loop."""
    _, _, _, plan, _, verdict = case
    assert (verdict.again is not None) == (verdict.action == ResumeAction.ASK_AGAIN)
    assert verdict.action != ResumeAction.ASK_AGAIN or plan.offset > 0
    assert (verdict.error is not None) == (verdict.action == ResumeAction.REFUSE)
