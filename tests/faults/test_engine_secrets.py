"""A password or token in a URL reaches its server and appears in no file, message or log."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import Told, downloads
from tests.support.builders.files import KIB, ONE_MIB
from tests.support.servers.behaviours import Answer, Behaviour, Drop, HangUp, Redirect, Serve, Silence
from tests.support.servers.misbehaving import PATH, MisbehavingServer

SECRETS = ("s3cret", "t0ken", "mys1gnature")


def _url(server: MisbehavingServer, path: str = PATH) -> str:
    host = server.origin.removeprefix("http://")
    return f"http://me:{SECRETS[0]}@{host}{path}?token={SECRETS[1]}&X-Amz-Signature={SECRETS[2]}&rev=2#{SECRETS[1]}"


def _leaks(root: Path, told: Told, log: str) -> list[str]:
    """Return where a secret appears that should not."""
    places = {str(path): path.read_bytes().decode("latin-1") for path in root.rglob("*") if path.is_file()}
    places |= {"told": repr(told), "log": log}
    return [f"{secret} in {place}" for place, text in places.items() for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    "behaviour",
    [
        Serve(Drop(0)),
        Answer(401),
        Answer(500),
        Answer(200),
        HangUp(),
        Silence(),
        Serve(gzip=True),
        Redirect(PATH + f"?token={SECRETS[1]}"),
        Redirect(f"ftp://me:{SECRETS[0]}@x.test/?token={SECRETS[1]}"),
        Redirect(f"http://me:{SECRETS[0]}@x.invalid/?token={SECRETS[1]}"),
        Redirect(f"http://me:{SECRETS[0]}@[::1/?token={SECRETS[1]}"),
    ],
)
async def test_failures_keep_secrets(
    misbehaving: MisbehavingServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, behaviour: Behaviour
) -> None:
    """No failure records, reports or logs a secret."""
    caplog.set_level(logging.DEBUG)
    misbehaving.script(then=behaviour)
    async with downloads(tmp_path, max_retries=1, stall_timeout=0.2) as desk:
        told = await desk.get(_url(misbehaving))
        assert told.state is OperationState.FAILED
        assert told.operation.arguments["url"] == f"{misbehaving.url()}?rev=2"
        assert _leaks(tmp_path, told, caplog.text) == []
    assert _leaks(tmp_path, told, caplog.text) == []
    assert misbehaving.log[0].path == f"{PATH}?token={SECRETS[1]}&X-Amz-Signature={SECRETS[2]}&rev=2"
    assert (misbehaving.log[0].header("authorization") or "").startswith("Basic ")


async def test_secret_serves_every_attempt_of_its_process(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Every attempt of the process has the secret; the next process has not."""
    misbehaving.script(Serve(Drop(600 * KIB)), Serve(Drop(100 * KIB)), Answer(401))
    async with downloads(tmp_path) as desk:
        told = await desk.get(_url(misbehaving))
        assert len(told.attempts) == 3
    misbehaving.script(Answer(401))
    async with downloads(tmp_path) as desk:
        again = await desk.get(misbehaving.url(f"{PATH}?rev=2"))
        assert again.operation.id == told.operation.id
        given = await desk.get(_url(misbehaving))
        assert given.operation.id == told.operation.id
        assert (given.state, given.last.resumed_from) == (OperationState.COMPLETED, 700 * KIB)
    assert [SECRETS[1] in request.path for request in misbehaving.log] == [True, True, True, False, True]
    assert (tmp_path / "models" / "model.safetensors").stat().st_size == ONE_MIB.size


@pytest.mark.parametrize(
    "url",
    [
        f"ftp://me:{SECRETS[0]}@x.test/a",
        f"https://me:{SECRETS[0]}@/a?token={SECRETS[1]}",
        f"https://me:{SECRETS[0]}@x.test:99999/a?token={SECRETS[1]}",
        f"https://me:{SECRETS[0]}@x test/a?token={SECRETS[1]}",
        f"//me:{SECRETS[0]}@x.test/?token={SECRETS[1]}",
    ],
)
async def test_refusal_does_not_repeat_secrets(tmp_path: Path, url: str) -> None:
    """A refused URL is reported without its secrets."""
    async with downloads(tmp_path) as desk:
        with pytest.raises(InvalidInputError) as caught:
            desk.service.parse(url, str(tmp_path))
    assert not any(secret in str(caught.value) for secret in SECRETS)
