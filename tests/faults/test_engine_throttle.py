"""Bandwidth limits with real transfers."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from launcher_gui.downloads.rules.token_bucket import BURST_S
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import Serve
from tests.support.servers.misbehaving import MisbehavingServer

FILE = Content(2 * MIB, seed=4)
RATE_MB = 4.0


async def test_one_download_is_held_to_its_limit(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A limited download takes at least the expected time and is complete."""
    misbehaving.script(then=Serve(content=FILE))
    async with downloads(tmp_path, bandwidth_limit_each=RATE_MB) as desk:
        began = time.monotonic()
        told = await desk.get(misbehaving.url(), sha256=FILE.sha256)
        took = time.monotonic() - began
    assert told.state is OperationState.COMPLETED
    assert took >= FILE.size / (RATE_MB * 1e6) - 2 * BURST_S
    assert sha256_of(tmp_path / "models" / "model.safetensors") == FILE.sha256


async def test_all_downloads_share_a_limit(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Three downloads together take as long as their sum."""
    misbehaving.script(then=Serve(content=FILE))
    names = ["one.bin", "two.bin", "three.bin"]
    async with downloads(tmp_path, bandwidth_limit=2 * RATE_MB) as desk:
        began = time.monotonic()
        ids = [await desk.add(misbehaving.url(), name) for name in names]
        ended = await asyncio.gather(*map(desk.ended, ids))
        took = time.monotonic() - began
    assert {told.state for told in ended} == {OperationState.COMPLETED}
    pieces = len(names) * BURST_S  # the last of each waits for nobody
    assert took >= len(names) * FILE.size / (2 * RATE_MB * 1e6) - BURST_S - pieces
