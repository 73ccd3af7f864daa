"""Files from ModelScope: found in the list of files, proven by their SHA-256, refused with the reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.remedies import FailureKind, recorded_failure_kind
from launcher_gui.downloads.sources.modelscope import MODELSCOPE
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import MIB, ONE_MIB, Content
from tests.support.servers.behaviours import Serve
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.sites import COMMIT, ModelScope

PAGE = "https://www.modelscope.cn/models/ada/flux"
FILE = f"{PAGE}/resolve/master/unet/model.safetensors"


@pytest.fixture
async def modelscope(misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ModelScope]:
    """ModelScope with a file."""
    monkeypatch.delenv("MODELSCOPE_API_TOKEN", raising=False)
    async with ModelScope(misbehaving) as site:
        monkeypatch.setenv("RECOVERY_MODELSCOPE_ENDPOINT", site.origin)
        site.store("ada/flux", "unet/model.safetensors", ONE_MIB)
        yield site


@pytest.mark.parametrize(
    "address",
    [
        FILE,
        f"{PAGE}/file/view/master/unet/model.safetensors?status=1",
        "https://modelscope.cn/api/v1/models/ada/flux/repo?Revision=master&FilePath=unet%2Fmodel.safetensors",
    ],
)
async def test_addresses(modelscope: ModelScope, tmp_path: Path, address: str) -> None:
    """Every form of the address brings the file, from the commit that the list names, proven by its SHA-256."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(address)
        assert desk.files == ["model.safetensors"]
    assert told.state is OperationState.COMPLETED
    assert told.operation.arguments["sha256"] == ONE_MIB.sha256
    assert told.operation.arguments["pinned"] == f"{PAGE}/resolve/{COMMIT}/unet/model.safetensors"
    listing = "/api/v1/models/ada/flux/repo/files?Revision=master&Recursive=true"
    assert modelscope.asked == [("GET", listing), ("GET", f"/models/ada/flux/resolve/{COMMIT}/unet/model.safetensors")]


async def test_another_file_than_listed_is_refused(
    modelscope: ModelScope, misbehaving: MisbehavingServer, tmp_path: Path
) -> None:
    """A file that does not have the listed SHA-256 does not get its name."""
    misbehaving.script(then=Serve(content=Content(MIB, seed=9)), path="/ada/flux/unet/model.safetensors")
    async with downloads(tmp_path) as desk:
        told = await desk.get(FILE)
        assert desk.files == ["model.safetensors.quarantine"]
    assert recorded_failure_kind(told.last.failure_kind) is FailureKind.CHANGED


async def test_the_token_stays_at_the_site(
    modelscope: ModelScope, misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A private file needs the token, as the site's cookie; the content network never sees it."""
    modelscope.private.add("ada/flux")
    monkeypatch.setenv("MODELSCOPE_API_TOKEN", modelscope.token)
    async with downloads(tmp_path) as desk:
        assert (await desk.get(FILE)).state is OperationState.COMPLETED
        account = await desk.service.check_token(MODELSCOPE)
    assert (account.accepted, str(account.words)) == (True, "ModelScope knows you as ada.")
    sent = {(request.header("cookie"), request.header("authorization")) for request in misbehaving.log}
    assert sent == {(None, None)}


@pytest.mark.parametrize(
    ("address", "token", "kind", "error", "fix"),
    [
        (
            f"{PAGE}/resolve/master/missing.safetensors",
            None,
            FailureKind.NOT_FOUND,
            "ada/flux has no such file",
            f"Look for the file at {PAGE}",
        ),
        (
            "https://www.modelscope.cn/models/ada/other/resolve/master/x.safetensors",
            None,
            FailureKind.NOT_FOUND,
            "ModelScope has no public repository ada/other",
            "Check the link, or add a token in Settings > Accounts (or set MODELSCOPE_API_TOKEN)",
        ),
        (
            FILE,
            "ms-wrong",
            FailureKind.TOKEN_REFUSED,
            "ModelScope did not accept the token",
            (
                "Create a new token at https://modelscope.cn/my/myaccesstoken, add it in Settings > Accounts (or set "
                "MODELSCOPE_API_TOKEN), then resume"
            ),
        ),
    ],
)
async def test_refusals(
    modelscope: ModelScope,
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
        monkeypatch.setenv("MODELSCOPE_API_TOKEN", token)
    async with downloads(tmp_path) as desk:
        told = await desk.get(address)
    assert (str(told.last.error), recorded_failure_kind(told.last.failure_kind)) == (error, kind)
    assert str(told.operation.decision) == f"not retried: {error}. {fix}"
    assert len(told.attempts) == 1
