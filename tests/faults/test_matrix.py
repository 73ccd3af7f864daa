"""Every known misbehaviour of servers, alone and in random combinations, over every kind of connection.

The combinations have their small size here. For the full one, so many of them from a seed on::

    python -m tests.faults.test_matrix 2000 --seed 1
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import random
import ssl
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import aiohttp.connector
import pytest

from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules import segment_scheduler
from launcher_gui.downloads.rules.resume import Recorded
from launcher_gui.downloads.transfer import engine, receive, segments
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import (
    Answer,
    Behaviour,
    Drop,
    ETag,
    Framing,
    HangUp,
    Ranges,
    Redirect,
    Serve,
    Stall,
    Truncate,
)
from tests.support.servers.certificates import new_certificate, server_context
from tests.support.servers.matrix import BREAKS_OFF, CASES, DOCUMENT, Case, meet, row
from tests.support.servers.misbehaving import PATH, MisbehavingServer
from tests.support.servers.serving import etag_of

SEEDS = 12


def _name(case: Case) -> str:
    return case.server


@pytest.mark.parametrize("case", CASES, ids=_name)
async def test_misbehaviour(misbehaving: MisbehavingServer, tmp_path: Path, case: Case) -> None:
    """The program does what the case and the document say, and harms nothing."""
    told = await meet(case, misbehaving, tmp_path)
    assert row(case, told) in DOCUMENT.read_text(encoding="utf-8").splitlines()


def test_document_speaks_of_nothing_else() -> None:
    """The document has one line for each of at least 60 misbehaviours, and no other."""
    lines = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    headings = {case.about for case in CASES}
    assert len(lines) - len(headings) == len(CASES) == len({(case.about, case.server) for case in CASES}) >= 60


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ssl.SSLContext]:
    """A certificate for a local server, which the program trusts meanwhile."""
    certificate = new_certificate(tmp_path_factory.mktemp("tls"))
    trusting = ssl.create_default_context(cafile=str(certificate))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", trusting)
        yield server_context(certificate)


@pytest.mark.parametrize("case", CASES[::4], ids=_name)
async def test_misbehaviour_behind_encryption(tls: ssl.SSLContext, tmp_path: Path, case: Case) -> None:
    """The same over HTTPS, where an unannounced end differs from an announced one."""
    async with MisbehavingServer(tls=tls) as server:
        await meet(case, server, tmp_path, exactly=False)


@pytest.mark.parametrize("case", CASES[1::4], ids=_name)
async def test_misbehaviour_over_ipv6(tmp_path: Path, case: Case) -> None:
    """The same over IPv6."""
    async with MisbehavingServer(host="::1") as server:
        await meet(case, server, tmp_path)


async def test_never_led_out_of_encryption(tls: ssl.SSLContext, misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A redirect from https to http is refused without a request."""
    async with MisbehavingServer(tls=tls) as server:
        server.script(then=Redirect(misbehaving.url()))
        async with downloads(tmp_path) as desk:
            told = await desk.get(server.url())
    assert told.state is OperationState.FAILED
    assert str(told.last.error) == "the server redirected to an unencrypted link at 127.0.0.1"
    assert misbehaving.log == ()


async def test_stranger_with_a_certificate(tmp_path: Path) -> None:
    """A server with an untrusted certificate gets no request."""
    folder = tmp_path / "certificate"
    await asyncio.to_thread(folder.mkdir)
    context = server_context(await asyncio.to_thread(new_certificate, folder))
    async with MisbehavingServer(tls=context) as server, downloads(tmp_path) as desk:
        told = await desk.get(server.url())
    assert told.last.failure_kind == FailureKind.CERTIFICATE
    assert "certificate is not trusted" in str(told.last.error)
    assert len(told.attempts) == 1
    assert server.log == ()


async def test_rest_beyond_four_gibibytes(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Offsets above 32 bits work: only the last bytes of a 5 GiB file are requested."""
    content = Content(5 << 30)
    destination = tmp_path / "models" / "large.gguf"
    misbehaving.add("/large.gguf", content)
    await asyncio.to_thread(_stage_sparse, destination, misbehaving.url("/large.gguf"), content, content.size - 9)
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url("/large.gguf"))
    assert told.state is OperationState.COMPLETED
    assert told.last.resumed_from == content.size - 9
    (request,) = misbehaving.log
    assert (request.header("range"), request.sent) == (f"bytes={content.size - 9}-", 9)
    assert await asyncio.to_thread(_ending, destination, 9) == content.read(content.size - 9)


def _stage_sparse(destination: Path, url: str, content: Content, length: int) -> None:
    destination.parent.mkdir()
    with Staging.open(destination) as staging:
        staging.begin(Recorded(url, content.size, etag_of(content), None), 0)
        os.truncate(staging.path, length)


def _ending(path: Path, count: int) -> bytes:
    with path.open("rb") as file:
        file.seek(-count, os.SEEK_END)
        return file.read()


def _chance_behaviour(chance: random.Random) -> Behaviour:
    ending = chance.choice([None, None, Drop, Stall, Truncate])
    at = chance.choice([0, 1, chance.randrange(MIB), MIB - 1])
    choices: tuple[Behaviour, ...] = (
        Serve(
            ending=None if ending is None else ending(at),
            ranges=chance.choice(list(Ranges)),
            framing=chance.choice(list(Framing)),
            etag=chance.choice(list(ETag)),
            last_modified=chance.random() < 0.5,
            content=chance.choice([None, None, None, Content(MIB, seed=9), Content(MIB // 2, seed=8)]),
            gzip=chance.random() < 0.05,
        ),
        BREAKS_OFF,
        Answer(chance.choice([200, 400, 403, 404, 416, 429, 500, 503])),
        Redirect(PATH),
        HangUp(reset=chance.random() < 0.5),
    )
    return chance.choice(choices)


def _share_small_files(patch: pytest.MonkeyPatch) -> None:
    """Allow several connections for files of one MiB, as for large ones."""
    for module, name, size in (
        (segment_scheduler, "GRAIN_BYTES", 32 * KIB),
        (segment_scheduler, "LEAST_BYTES", 64 * KIB),
        (segments, "LEAST_BYTES", 64 * KIB),
        (engine, "WORTH_SHARING_BYTES", 128 * KIB),
        (receive, "BLOCK_BYTES", 32 * KIB),
        (receive, "LEAST_BLOCK_BYTES", 8 * KIB),
    ):
        patch.setattr(module, name, size)


async def _meet_by_chance(seed: int, root: Path) -> None:
    """Download from a server with random misbehaviour from ``seed``, until it succeeds.

    Whatever happens: what has the file's name is one of the server's files, whole; with a SHA-256 it is the right one;
    and nothing else lies about but what is kept to continue from.
    """
    chance = random.Random(seed)
    hashed = chance.random() < 0.5
    files = {ONE_MIB.sha256, *(Content(MIB, seed=9).sha256, Content(MIB // 2, seed=8).sha256)}
    async with MisbehavingServer() as server, downloads(root, stall_timeout=0.3, max_retries=2) as desk:
        server.script(*(_chance_behaviour(chance) for _ in range(chance.randrange(1, 9))))
        sha256 = ONE_MIB.sha256 if hashed else None
        for _ in range(12):
            told = await desk.get(server.url(), sha256=sha256)
            if told.state is OperationState.COMPLETED:
                break
            assert told.last.error, told
            assert told.operation.decision, told
            assert "model.safetensors" not in desk.files
        assert told.state is OperationState.COMPLETED, (seed, told)
        assert not [name for name in desk.files if name != "model.safetensors" and ".quarantine" not in name]
    found = sha256_of(root / "models" / "model.safetensors")
    assert found in ({ONE_MIB.sha256} if hashed else files), (seed, told)


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_chance_combinations(tmp_path: Path, seed: int) -> None:
    """Random sequences of misbehaviour never produce a wrong file, and a good server ends them."""
    await _meet_by_chance(seed, tmp_path)


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_chance_combinations_in_pieces(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with several connections that each meet another misbehaviour."""
    _share_small_files(monkeypatch)
    await _meet_by_chance(seed, tmp_path)


async def _campaign(count: int, first: int) -> None:
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as root, pytest.MonkeyPatch.context() as patch:
            if seed % 2:
                _share_small_files(patch)
            await _meet_by_chance(seed, Path(root))
    sys.stdout.write(f"{count} combinations from seed {first} on: no harm done\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Meet a server that misbehaves by chance.")
    parser.add_argument("count", type=int, help="how many combinations")
    parser.add_argument("--seed", type=int, default=1, help="the first one's seed")
    chosen = parser.parse_args()
    logging.disable(logging.ERROR)  # the server's own words about connections that it loses
    asyncio.run(_campaign(chosen.count, chosen.seed))
