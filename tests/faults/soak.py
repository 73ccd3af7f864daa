"""A long run: parallel downloads from a server that misbehaves at random, with resource use recorded.

Run by hand::

    python -m tests.faults.soak [--minutes 30] [--downloads 8] [--seed 1]

Whatever happens, each finished file is the right one. Memory, descriptors and threads are noted every ten seconds;
after the first fifth of the time they must not grow any more. The downloads go through the real service and its worker;
the server is a process of its own, so that what it uses is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import Downloads, downloads
from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import (
    Answer,
    Behaviour,
    Drop,
    ETag,
    Framing,
    HangUp,
    Ranges,
    RetryAfter,
    Serve,
    Stall,
)
from tests.support.servers.misbehaving_process import MisbehavingProcess

SAMPLE_S = 10.0
SETTLING = 0.2
"""Share of the time in which caches fill and nothing is compared."""

LARGEST = 64 * MIB
GROWTH_BYTES = 16 * MIB
GROWTH_DESCRIPTORS = 16
GROWTH_THREADS = 8


@dataclass(frozen=True)
class Sample:
    """Resource use at one time."""

    memory: int
    descriptors: int
    threads: int


def sample() -> Sample:
    """Return the current resource use of this process (Linux: /proc)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return Sample(
        pages * os.sysconf("SC_PAGE_SIZE"), sum(1 for _ in Path("/proc/self/fd").iterdir()), threading.active_count()
    )


def hash_of(content: Content) -> str:
    """Return the SHA-256 of a file."""
    return content.sha256


def misbehaviour(chance: random.Random, size: int) -> Behaviour:
    """Return one random behaviour for a response."""
    at = chance.randrange(size)
    serve = Serve(
        ending=chance.choice([None, None, Drop(at), Drop(at, reset=False), Stall(at)]),
        ranges=chance.choice([Ranges.HONEST, Ranges.HONEST, *Ranges]),
        framing=chance.choice([Framing.LENGTH, Framing.LENGTH, Framing.CHUNKED]),
        etag=chance.choice([ETag.STRONG, ETag.STRONG, *ETag]),
    )
    refusals = (HangUp(reset=chance.random() < 0.5), Answer(503), Answer(429, retry_after=RetryAfter(1)))
    return serve if chance.random() < 0.8 else chance.choice(refusals)


async def _one_after_the_other(desk: Downloads, server: MisbehavingProcess, lane: int, seed: int, until: float) -> int:
    chance, finished = random.Random(seed * 1000 + lane), 0
    while time.monotonic() < until:
        content = Content(chance.randrange(1, LARGEST), seed=chance.randrange(1000))
        path = f"/{lane}-{finished}.safetensors"
        steps = [misbehaviour(chance, content.size) for _ in range(chance.randrange(10))]
        await asyncio.to_thread(server.add, path, content)
        await asyncio.to_thread(partial(server.script, *steps, path=path))
        sha256 = await asyncio.to_thread(hash_of, content) if chance.random() < 0.7 else None
        operation_id = await desk.add(server.url(path), sha256=sha256)
        for _ in range(30):
            told = await _ended(desk, operation_id)
            if told is OperationState.COMPLETED:
                break
            operation_id = await desk.add(server.url(path), sha256=sha256)
        assert told is OperationState.COMPLETED, (lane, finished, await desk.told(operation_id))
        installed = desk.folder / path[1:]
        assert await asyncio.to_thread(sha256_of, installed) == content.sha256, (lane, finished)
        await asyncio.to_thread(installed.unlink)
        finished += 1
    return finished


async def _ended(desk: Downloads, operation_id: str) -> OperationState:
    while True:
        told = await desk.told(operation_id)
        if told.operation.owner_id is None and told.state in {OperationState.COMPLETED, OperationState.FAILED}:
            return told.state
        await asyncio.sleep(0.2)


async def _watch(samples: list[Sample]) -> None:
    while True:
        samples.append(sample())
        _say(f"{len(samples) * SAMPLE_S:6.0f} s  {samples[-1]}")
        await asyncio.sleep(SAMPLE_S)


async def soak(minutes: float, count: int, seed: int, root: Path) -> None:
    """Run for ``minutes`` and report resource use.

    Raises:
        AssertionError: If a file is wrong, a download never ends, or what is used keeps growing.
    """
    samples: list[Sample] = []
    settings = {"stall_timeout": 2, "max_retries": 4, "initial_delay": 0.2, "max_delay": 2}
    with MisbehavingProcess() as server:
        async with downloads(root, None, concurrent_downloads=count, **settings) as desk:
            watch = asyncio.create_task(_watch(samples))
            until = time.monotonic() + minutes * 60
            lanes = (_one_after_the_other(desk, server, lane, seed, until) for lane in range(count))
            finished = sum(await asyncio.gather(*lanes))
            watch.cancel()
    settled = samples[int(len(samples) * SETTLING) :]
    half = len(settled) // 2
    _say(f"{finished} downloads finished, each with the right bytes")
    for name, allowed in (
        ("memory", GROWTH_BYTES),
        ("descriptors", GROWTH_DESCRIPTORS),
        ("threads", GROWTH_THREADS),
    ):
        earlier, later = (
            statistics.median(getattr(one, name) for one in part) for part in (settled[:half], settled[half:])
        )
        _say(f"{name}: {earlier:,.0f} in the first half, {later:,.0f} in the second")
        assert later - earlier <= allowed, f"{name} grows"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--downloads", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(soak(chosen.minutes, chosen.downloads, chosen.seed, Path(folder)))
