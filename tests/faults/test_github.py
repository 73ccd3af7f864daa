"""Files of GitHub releases: the digest from the API, the token for the API alone, rate limits waited for."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from email.utils import formatdate
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.remedies import FailureKind, recorded_failure_kind
from launcher_gui.downloads.sources.github import GITHUB
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import ONE_MIB, Content
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.sites import GITHUB_TOKEN, GitHub, Release

RELEASES = "https://github.com/ada/nets/releases"
DATE = formatdate(1893456000, usegmt=True)
FILE = f"{RELEASES}/download/v1.0/4x.pth"


@pytest.fixture
async def github(misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[GitHub]:
    """GitHub with a release, reached as an Enterprise server is."""
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    async with GitHub(misbehaving) as site:
        monkeypatch.setenv("GITHUB_SERVER_URL", site.origin)
        monkeypatch.setenv("GITHUB_API_URL", f"{site.origin}/api/v3")
        site.publish("ada/nets", "v1.0", Release({"4x.pth": ONE_MIB}))
        yield site


@pytest.mark.parametrize("address", [FILE, f"{RELEASES}/latest/download/4x.pth"])
async def test_a_release_file_is_proven_by_its_digest(
    github: GitHub, misbehaving: MisbehavingServer, tmp_path: Path, address: str
) -> None:
    """The digest of the API is checked, and the newest release is pinned by its tag."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(address)
        assert desk.files == ["4x.pth"]
    assert told.state is OperationState.COMPLETED
    assert told.operation.arguments["sha256"] == ONE_MIB.sha256
    assert told.operation.arguments["pinned"] == FILE
    assert github.asked[-1] == ("GET", "/ada/nets/releases/download/v1.0/4x.pth")
    assert len(misbehaving.log) == 1


async def test_an_older_release_without_digests(github: GitHub, tmp_path: Path) -> None:
    """A file without a digest comes as from any server."""
    github.publish("ada/nets", "v0/old", Release({"2x.pth": Content(2000)}, digests=False))
    async with downloads(tmp_path) as desk:
        told = await desk.get(f"{RELEASES}/download/v0/old/2x.pth")
    assert told.state is OperationState.COMPLETED
    assert told.operation.arguments["sha256"] is None


async def test_the_token_goes_to_the_api_alone(
    github: GitHub, misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token raises the limit of the API; neither the file's address nor the content network get it."""
    github.limit = (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(time.time()) + 3600)})
    monkeypatch.setenv("GITHUB_TOKEN", GITHUB_TOKEN)
    async with downloads(tmp_path) as desk:
        assert (await desk.get(FILE)).state is OperationState.COMPLETED
        account = await desk.service.check_token(GITHUB)
    assert (account.accepted, str(account.words)) == (True, "GitHub knows you as ada.")
    sent = [(request.path, request.header("authorization")) for request in github.log]
    assert sent[:2] == [
        ("/api/v3/repos/ada/nets/releases/tags/v1.0", f"Bearer {GITHUB_TOKEN}"),
        ("/ada/nets/releases/download/v1.0/4x.pth", None),
    ]
    assert [request.header("authorization") for request in misbehaving.log] == [None]


@pytest.mark.parametrize(
    ("status", "fields", "wait_s"),
    [
        (429, {"Retry-After": "7"}, 7.0),
        (403, {"Retry-After": "7"}, 7.0),
        (
            403,
            {
                "x-ratelimit-remaining": "0",
                "x-ratelimit-reset": "1893456007",
                "Date": formatdate(1893456000, usegmt=True),
            },
            7.0,
        ),
    ],
)
async def test_a_rate_limit_is_waited_for(
    github: GitHub, tmp_path: Path, status: int, fields: dict[str, str], wait_s: float
) -> None:
    """The wait is the one that GitHub names, and the remedy is a token."""
    github.limit = (status, fields)
    async with downloads(tmp_path) as desk:
        operation_id = await desk.add(FILE)
        told = await desk.in_state(operation_id, OperationState.WAITING)
    assert recorded_failure_kind(told.last.failure_kind) is FailureKind.THROTTLED
    assert str(told.last.error) == "GitHub has received too many requests (rate limited)"
    assert told.operation.retry_at is not None
    assert told.last.ended_at is not None
    assert told.operation.retry_at - told.last.ended_at == pytest.approx(wait_s, abs=1)


@pytest.mark.parametrize(
    ("address", "token", "kind", "error", "fix"),
    [
        (
            f"{RELEASES}/download/v1.0/8x.pth",
            None,
            FailureKind.NOT_FOUND,
            "the release of ada/nets has no file 8x.pth",
            f"Look for the file at {RELEASES}/tag/v1.0",
        ),
        (
            f"{RELEASES}/download/v9/4x.pth",
            None,
            FailureKind.NOT_FOUND,
            "ada/nets has no such public release",
            f"Look for the file at {RELEASES}",
        ),
        (
            FILE,
            "ghp_wrong",
            FailureKind.TOKEN_REFUSED,
            "GitHub did not accept the token",
            (
                "Create a new token at https://github.com/settings/tokens, add it in Settings > Accounts (or set "
                "GITHUB_TOKEN), then resume"
            ),
        ),
    ],
)
async def test_refusals(
    github: GitHub,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    token: str | None,
    kind: FailureKind,
    error: str,
    fix: str,
) -> None:
    """Each refusal has its reason and its remedy, and is not retried."""
    if token is not None:
        monkeypatch.setenv("GITHUB_TOKEN", token)
    async with downloads(tmp_path) as desk:
        told = await desk.get(address)
    assert (str(told.last.error), recorded_failure_kind(told.last.failure_kind)) == (error, kind)
    assert str(told.operation.decision) == f"not retried: {error}. {fix}"
    assert len(told.attempts) == 1
