"""A broken transfer resumes where it stopped if the bytes are proven right, and starts over otherwise."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.naming import partial_path
from launcher_gui.downloads.rules.resume import Recorded
from launcher_gui.recovery.classification import ErrorCategory
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from tests.support.builders.downloading import Told, downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import (
    Answer,
    Behaviour,
    Drop,
    ETag,
    Framing,
    HangUp,
    Ranges,
    Serve,
    Silence,
    Stall,
)
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.serving import etag_of

KEPT = 600 * KIB
"""Where the first answer breaks off: not at the end of a block."""

CHANGED = Content(MIB, seed=9)
SHORTER = Content(1000, seed=9)
BREAKS_OFF = Serve(Drop(KEPT))


async def _broken_off(server: MisbehavingServer, root: Path, *steps: Behaviour, hashed: bool = False) -> Told:
    """Return a download whose server follows ``steps`` and then behaves."""
    server.script(*steps)
    async with downloads(root) as desk:
        told = await desk.get(server.url(), sha256=ONE_MIB.sha256 if hashed else None)
        assert told.state is OperationState.COMPLETED, told
        assert desk.files == ["model.safetensors"]
    return told


def _asked(server: MisbehavingServer) -> list[str | None]:
    """Return the range of each request."""
    return [request.header("range") for request in server.log]


@pytest.mark.parametrize("framing", [Framing.LENGTH, Framing.CHUNKED])
@pytest.mark.parametrize("reset", [True, False])
async def test_goes_on_after_a_drop(
    misbehaving: MisbehavingServer, tmp_path: Path, reset: bool, framing: Framing
) -> None:
    """After a drop only the rest is requested, if the file is unchanged."""
    told = await _broken_off(misbehaving, tmp_path, Serve(Drop(KEPT, reset=reset), framing=framing))
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256
    first, second = misbehaving.log
    assert (first.header("range"), first.header("accept-encoding")) == (None, "identity")
    assert (second.header("range"), second.header("if-range")) == (f"bytes={KEPT}-", etag_of(ONE_MIB))
    assert (second.status, second.sent) == (206, MIB - KEPT)
    broken, last = told.attempts
    assert (broken.outcome, broken.category) == (AttemptOutcome.FAILED, ErrorCategory.NETWORK)
    assert str(broken.error) == "connection closed early"
    assert str(broken.decision).startswith("waiting 0 s, then attempt 2 of 4")
    assert (last.outcome, last.resumed_from) == (AttemptOutcome.SUCCEEDED, KEPT)
    assert str(last.resume_note) == "resumed at 614.4 kB (file unchanged on the server)"


async def test_every_drop_brings_it_further(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """More drops than retries still finish the file while each makes progress."""
    told = await _broken_off(misbehaving, tmp_path, *[Serve(Drop(100 * KIB))] * 10)
    assert [attempt.resumed_from for attempt in told.attempts] == [count * 100 * KIB for count in range(11)]
    assert sum(request.sent for request in misbehaving.log) == MIB


@pytest.mark.parametrize("behaviour", [HangUp(), HangUp(reset=False), Answer(500)])
async def test_gives_up_when_nothing_comes(
    misbehaving: MisbehavingServer, tmp_path: Path, behaviour: Behaviour
) -> None:
    """Attempts without progress count, send one request each, and the last one says so."""
    misbehaving.script(then=behaviour)
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
        assert desk.files == []
    assert told.state is OperationState.FAILED
    assert str(told.operation.decision) == "gave up after 4 attempts: no progress in the last 4"
    assert len(told.attempts) == len(misbehaving.log) == 4


@pytest.mark.parametrize(("behaviour", "kept"), [(Serve(Stall(300 * KIB)), 300 * KIB), (Silence(), 0)])
async def test_goes_on_after_silence(
    misbehaving: MisbehavingServer, tmp_path: Path, behaviour: Behaviour, kept: int
) -> None:
    """After the stall timeout the missing bytes are requested."""
    misbehaving.script(behaviour)
    async with downloads(tmp_path, stall_timeout=0.2) as desk:
        told = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
    assert told.state is OperationState.COMPLETED
    assert told.attempts[0].category == ErrorCategory.TIMEOUT
    assert str(told.attempts[0].error) == "no data received for 0.2 s"
    assert told.last.resumed_from == kept


@pytest.mark.parametrize(
    ("lie", "why"),
    [
        (Serve(ranges=Ranges.WRONG_START), "the server sent the wrong part of the file"),
        (Serve(ranges=Ranges.WRONG_TOTAL), "the file on the server has changed"),
        (Serve(ranges=Ranges.WRONG_LENGTH), "the server's partial response contradicts itself"),
        (Serve(ranges=Ranges.NO_CONTENT_RANGE), "the server's partial response contradicts itself"),
        (Serve(ranges=Ranges.IGNORED), "the server does not support resuming"),
        (Serve(etag=ETag.NONE, last_modified=False, ranges=Ranges.IF_RANGE_IGNORED), "the server did not confirm"),
        (Answer(416), "the server did not confirm that the file is unchanged"),
    ],
)
async def test_never_splices_a_lie(misbehaving: MisbehavingServer, tmp_path: Path, lie: Behaviour, why: str) -> None:
    """An incorrect partial response is not used; the file starts over, and that is reported."""
    told = await _broken_off(misbehaving, tmp_path, BREAKS_OFF, lie)
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256
    assert told.last.resumed_from == 0
    assert str(told.last.resume_note).startswith(f"restarted from zero, 614.4 kB lost: {why}")


@pytest.mark.parametrize("after", [CHANGED, SHORTER])
@pytest.mark.parametrize("ranges", [Ranges.HONEST, Ranges.IF_RANGE_IGNORED])
async def test_starts_over_when_the_file_changed(
    misbehaving: MisbehavingServer, tmp_path: Path, after: Content, ranges: Ranges
) -> None:
    """Bytes of an old and a new file are never joined."""
    told = await _broken_off(misbehaving, tmp_path, BREAKS_OFF, *[Serve(content=after, ranges=ranges)] * 2)
    assert sha256_of(tmp_path / "models" / "model.safetensors") == after.sha256
    assert str(told.last.resume_note) == "restarted from zero, 614.4 kB lost: the file on the server has changed"


async def test_keeps_the_bytes_until_better_ones_come(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A server that lies and then fails costs no existing bytes."""
    misbehaving.script(BREAKS_OFF, Serve(ranges=Ranges.WRONG_START), Answer(500))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
    assert [attempt.resumed_from for attempt in told.attempts] == [0, 0, KEPT]
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


WEAK = Serve(etag=ETag.WEAK, last_modified=False)
BARE = Serve(etag=ETag.NONE, last_modified=False)
DATED = Serve(etag=ETag.NONE)
NO_EVIDENCE = "restarted from zero, 614.4 kB lost: the server gives no way to tell whether the file is unchanged"
BY_HASH = "resumed at 614.4 kB (SHA-256 will be checked)"
BY_DATE = "resumed at 614.4 kB (file unchanged on the server, by its date)"


@pytest.mark.parametrize(
    ("server", "hashed", "note"),
    [
        (WEAK, False, NO_EVIDENCE),
        (WEAK, True, BY_HASH),
        (BARE, False, NO_EVIDENCE),
        (BARE, True, BY_HASH),
        (DATED, False, BY_DATE),
        (DATED, True, BY_DATE),
    ],
)
async def test_resumes_on_evidence_only(
    misbehaving: MisbehavingServer, tmp_path: Path, server: Serve, hashed: bool, note: str
) -> None:
    """A weak ETag is no proof; a date or a SHA-256 is."""
    dropping = Serve(Drop(KEPT), etag=server.etag, last_modified=server.last_modified)
    told = await _broken_off(misbehaving, tmp_path, dropping, server, hashed=hashed)
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256
    assert str(told.last.resume_note) == note
    assert _asked(misbehaving) == [None, f"bytes={KEPT}-" if note != NO_EVIDENCE else None]


async def test_splicing_without_validators_is_caught_by_the_hash(
    misbehaving: MisbehavingServer, tmp_path: Path
) -> None:
    """The SHA-256 catches a silent change of the file."""
    silent = {"etag": ETag.NONE, "last_modified": False}
    misbehaving.script(Serve(Drop(KEPT), **silent), then=Serve(content=CHANGED, **silent))  # type: ignore[arg-type]
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
        assert desk.files == ["model.safetensors.quarantine"]
    assert told.state is OperationState.FAILED


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    """A complete partial file that is not installed, and its destination."""
    destination = tmp_path / "models" / "model.safetensors"
    destination.parent.mkdir()
    return destination


def _stage(destination: Path, recorded: Recorded, content: Content = ONE_MIB) -> None:
    with Staging.open(destination) as staging:
        staging.begin(recorded, 0)
        staging.write(memoryview(content.read()))
        staging.checkpoint()


@pytest.mark.parametrize("answer", [None, Answer(416, headers=(("Content-Range", f"bytes */{MIB}"),))])
async def test_whole_already(
    misbehaving: MisbehavingServer, tmp_path: Path, staged: Path, answer: Behaviour | None
) -> None:
    """For a complete partial file one byte is requested, to confirm that the file is unchanged."""
    if answer is not None:
        misbehaving.script(answer)
    _stage(staged, Recorded(misbehaving.url(), MIB, etag_of(ONE_MIB), None))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
    assert told.state is OperationState.COMPLETED
    assert told.last.resumed_from == MIB
    assert sha256_of(staged) == ONE_MIB.sha256
    assert _asked(misbehaving) == [f"bytes={MIB - 1}-"]


@pytest.mark.parametrize("total", ["*", "999", str(MIB + 1)])
async def test_416_of_another_length_proves_nothing(
    misbehaving: MisbehavingServer, tmp_path: Path, staged: Path, total: str
) -> None:
    """A 416 with another length starts the download over."""
    misbehaving.script(Answer(416, headers=(("Content-Range", f"bytes */{total}"),)))
    _stage(staged, Recorded(misbehaving.url(), MIB, etag_of(ONE_MIB), None), Content(MIB, seed=5))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
    assert str(told.last.resume_note).startswith("restarted from zero, 1.0 MB lost")
    assert sha256_of(staged) == ONE_MIB.sha256


async def test_builds_on_nothing_that_came_from_elsewhere(
    misbehaving: MisbehavingServer, tmp_path: Path, staged: Path
) -> None:
    """Bytes from another address are not continued, even with equal length and ETag."""
    _stage(staged, Recorded(misbehaving.url("/other"), MIB, etag_of(ONE_MIB), None), Content(MIB, seed=5))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
    assert str(told.last.resume_note) == "restarted from zero, 1.0 MB lost: the saved data is from another link"
    assert sha256_of(staged) == ONE_MIB.sha256


async def test_partial_that_nothing_vouches_for(misbehaving: MisbehavingServer, tmp_path: Path, staged: Path) -> None:
    """Bytes without a sidecar are quarantined, never overwritten."""
    partial_path(staged).write_bytes(b"mine")
    async with downloads(tmp_path) as desk:
        await desk.get(misbehaving.url())
        assert desk.files == ["model.safetensors", "model.safetensors.quarantine"]
    assert staged.with_name("model.safetensors.quarantine").read_bytes() == b"mine"
    assert sha256_of(staged) == ONE_MIB.sha256


async def test_goes_on_in_the_next_life(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """The next process resumes the download and continues the numbering of attempts."""
    misbehaving.script(BREAKS_OFF, then=HangUp())
    async with downloads(tmp_path) as desk:
        failed = await desk.get(misbehaving.url())
    assert failed.state is OperationState.FAILED
    assert failed.operation.progress.done == KEPT
    misbehaving.script()
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
    assert told.operation.id == failed.operation.id
    assert told.last.number == len(failed.attempts) + 1
    assert told.last.resumed_from == KEPT
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


async def test_refused_port(tmp_path: Path, refused_port: int) -> None:
    """A refused connection is reported and retried."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(f"http://127.0.0.1:{refused_port}/model.bin")
    assert str(told.attempts[0].error) == "connection refused"
    assert str(errno.ECONNREFUSED) in told.attempts[0].detail
    assert len(told.attempts) == 4


async def test_unknown_host(tmp_path: Path) -> None:
    """An unknown host is named, with a remedy."""
    async with downloads(tmp_path, max_retries=0) as desk:
        told = await desk.get("http://models.invalid/model.bin")
    assert str(told.last.error) == "the host models.invalid was not found"
    assert str(told.operation.decision) == (
        "not retried: retries are set to 0. Check the spelling of the link and your network connection"
    )
