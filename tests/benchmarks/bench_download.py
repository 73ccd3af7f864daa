"""What a download costs beside curl, wget and aria2: seconds, and seconds of processor time.

Run by hand, on a machine that does nothing else::

    python -m tests.benchmarks.bench_download [--size-mb 2048] [--rounds 5] [--in FOLDER] [--only WORD]

Each program is a process of its own, ours too (`main.py get`), so that ours pays for the start of Python every time;
what that alone costs is a row of its own. In every round all take their turn, and the disk has written everything down
before each. Ours returns when a power cut cannot take the file any more; "curl, sync" does as much. nginx serves on
the loopback from the page cache. What a program's threads and children use counts.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.resume import Recorded
from tests.support.servers.certificates import new_certificate
from tests.support.servers.nginx import NginxServer
from tests.support.store.program import ROOT

MIB = 1024 * 1024
_PEERS = ("curl", "wget", "aria2c")
_NAME = "model.gguf"
_ARIA2 = "aria2c --no-conf -q --file-allocation=none --ca-certificate={certificate} -d {folder} -o " + _NAME

Prepare = Callable[["Place"], None]


@dataclass(frozen=True)
class Place:
    """Where one program runs once.

    Attributes:
        folder: Where the file goes; empty before.
        url: Where it comes from.
        source: The same file on this disk.
        certificate: What https trusts.
        sha256: What the file hashes to.
        names: What the files are called, if there are many.
    """

    folder: Path
    url: str
    source: Path
    certificate: Path
    sha256: str
    names: Sequence[str] = ()

    @property
    def listed(self) -> Path:
        """A list of the addresses as ours takes it."""
        return self._list("list.txt", "{url}\n")

    @property
    def addresses(self) -> Path:
        """A list of the addresses as aria2 takes it."""
        return self._list("aria2.txt", "{url}\n")

    @property
    def configured(self) -> Path:
        """A list of the addresses as curl takes it."""
        return self._list("curl.txt", 'url = "{url}"\noutput = "{folder}/{name}"\n')

    def _list(self, name: str, line: str) -> Path:
        base = self.url.rpartition("/")[0]
        path = self.folder.parent / name
        path.write_text("".join(line.format(url=f"{base}/{one}", folder=self.folder, name=one) for one in self.names))
        return path

    def fill(self, command: str) -> list[str]:
        """Return ``command`` for a shell-less start, with this place's facts in it."""
        lists = {"listed": self.listed, "addresses": self.addresses, "configured": self.configured}
        facts = {"python": sys.executable, "main": ROOT / "main.py", **vars(self), **lists}
        return [part.format(**facts) for part in command.split(" ")]


@dataclass(frozen=True)
class Contender:
    """One program at one task.

    Attributes:
        name: What it is called in the table.
        commands: What is run, one after the other.
        prepare: Puts what is there already.
        connections: Through how many connections ours fetches a file.
    """

    name: str
    commands: Sequence[str]
    prepare: Prepare = lambda _place: None
    connections: int = 1


@dataclass(frozen=True)
class Case:
    """One task for several programs; the first is what the others are compared with."""

    name: str
    contenders: Sequence[Contender]
    size: int
    encrypted: bool = False
    path: str = _NAME
    files: int = 1


@dataclass(frozen=True)
class Cost:
    """What one run took, in seconds."""

    wall: float
    cpu: float


def _half(place: Place) -> int:
    """Return the offset at which the resumed runs go on: a whole block, as after a kill."""
    return place.source.stat().st_size // (2 * MIB) * MIB


def _half_here(place: Place) -> None:
    with place.source.open("rb") as source, (place.folder / _NAME).open("wb") as target:
        target.write(source.read(_half(place)))


def _half_staged(place: Place) -> None:
    """Leave what an earlier run of ours would have left."""
    with urllib.request.urlopen(urllib.request.Request(place.url, method="HEAD")) as answer:
        total, etag, modified = (answer.headers[name] for name in ("Content-Length", "ETag", "Last-Modified"))
    with Staging.open(place.folder / _NAME) as staging, place.source.open("rb") as source:
        staging.begin(Recorded(place.url, int(total), etag, modified), 0)
        for _ in range(_half(place) // MIB):
            staging.write(memoryview(source.read(MIB)))
        staging.checkpoint()


_CURL = "curl -sS --cacert {certificate} -o {folder}/" + _NAME + " {url}"
_WGET = "wget -q --ca-certificate={certificate} -O {folder}/" + _NAME
_OURS = "{python} {main} --store {folder}/store.sqlite3 get {url} --to {folder}"
_OURS_LIST = "{python} {main} --store {folder}/store.sqlite3 get --list {listed} --to {folder}"
_MANY = 100


def cases(size: int) -> list[Case]:
    """Return the tasks, for files of up to ``size`` bytes."""
    plain = (
        Contender("curl", [_CURL]),
        Contender("curl, sync", [_CURL, "sync -d {folder}/" + _NAME]),
        Contender("wget", [_WGET + " {url}"]),
        Contender("aria2c -x1", [_ARIA2 + " -x1 {url}"]),
        Contender("aria2c -x4", [_ARIA2 + " -x4 -s4 -k1M {url}"]),
        Contender("ours", [_OURS]),
        Contender("ours, 4 connections", [_OURS], connections=4),
    )
    verified = (
        Contender("curl, sha256sum", [_CURL, "sha256sum {folder}/" + _NAME]),
        Contender("aria2c --checksum", [_ARIA2 + " -x1 --checksum=sha-256={sha256} {url}"]),
        Contender("ours --sha256", [_OURS + " --sha256 {sha256}"]),
        Contender("sha256sum alone", ["sha256sum {source}"]),
    )
    resumed = (
        Contender("curl -C -", [_CURL + " -C -"], _half_here),
        Contender("wget -c", [_WGET + " -c {url}"], _half_here),
        Contender("aria2c -c", [_ARIA2 + " -x1 -c {url}"], _half_here),
        Contender("ours", [_OURS], _half_staged),
    )
    throttled = (
        Contender("aria2c -x8", [_ARIA2 + " -x8 -s8 -k1M {url}"]),
        Contender("ours, 8 connections", [_OURS], connections=8),
        Contender("ours, 8 connections, verified", [_OURS + " --sha256 {sha256}"], connections=8),
    )
    many = (
        Contender("curl --parallel", ["curl -sS --parallel --parallel-max 8 -K {configured}"]),
        Contender("aria2c -j8", ["aria2c --no-conf -q --file-allocation=none -j8 -d {folder} -i {addresses}"]),
        Contender("ours", [_OURS_LIST]),
    )
    small = min(size, 64 * MIB)
    return [
        Case("start-up: a file of one byte", (plain[0], plain[-1]), 1),
        Case(_titled("http", small), plain, small),
        Case(_titled("http", size), plain, size),
        Case(_titled("https", size), plain[:4] + plain[-1:], size, encrypted=True),
        Case(_titled("http, verified", size), verified, size),
        Case(_titled("http, the second half of", size), resumed, size),
        Case(_titled("20 MiB/s per connection", size), throttled, size, path=f"slow/{_NAME}"),
        Case(f"{_MANY} files of 1 MiB", many, MIB, files=_MANY),
    ]


def _titled(what: str, size: int) -> str:
    return f"{what}, {size // MIB} MiB"


def run_once(contender: Contender, place: Place) -> Cost:
    """Run a contender and return what it took, making sure that it did its work.

    Raises:
        AssertionError: If it failed, or the file is not the one that was asked for.
    """
    contender.prepare(place)
    os.sync()
    began, used = time.perf_counter(), 0.0
    for command in contender.commands:
        process = subprocess.Popen(
            place.fill(command),
            env={
                **os.environ,
                "SSL_CERT_FILE": str(place.certificate),
                "RECOVERY_CONNECTIONS_PER_DOWNLOAD": str(contender.connections),
                "RECOVERY_CONCURRENT_DOWNLOADS": "8",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        with process.stderr or sys.stderr as errors:
            assert process.returncode == 0, f"{contender.name}: {process.returncode} {errors.read()!r}"
        used += usage.ru_utime + usage.ru_stime
    cost = Cost(time.perf_counter() - began, used)
    size = place.source.stat().st_size
    for arrived in map(place.folder.joinpath, place.names or [_NAME]):
        assert "sha256sum alone" in contender.name or arrived.stat().st_size == size, contender.name
    return cost


def measure(case: Case, rounds: int, root: Path) -> dict[str, list[Cost]]:
    """Return what each contender took in each round."""
    taken: dict[str, list[Cost]] = {contender.name: [] for contender in case.contenders}
    with ExitStack() as stack:
        here = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=root)))
        (here / "served").mkdir()
        sha256 = _make(here / "served" / _NAME, case.size)
        names = [f"{number}.{_NAME}" for number in range(case.files)] if case.files > 1 else []
        for name in names:
            (here / "served" / name).hardlink_to(here / "served" / _NAME)
        certificate = new_certificate(here)
        server = NginxServer(here / "served", certificate=certificate if case.encrypted else None)
        stack.enter_context(server)
        for _ in range(rounds):
            for contender in case.contenders:
                folder = Path(tempfile.mkdtemp(dir=here))
                place = Place(folder, server.url(case.path), here / "served" / _NAME, certificate, sha256, names)
                taken[contender.name].append(run_once(contender, place))
                shutil.rmtree(folder)
    return taken


def _make(path: Path, size: int) -> str:
    """Write a file of ``size`` bytes that nothing can shorten, and return its SHA-256."""
    block, digest = os.urandom(MIB), hashlib.sha256()
    with path.open("wb") as file:
        for start in range(0, size, MIB):
            part = block[: size - start]
            file.write(part)
            digest.update(part)
    return digest.hexdigest()


def report(case: Case, taken: dict[str, list[Cost]]) -> None:
    """Print medians, and what they are of the first contender's."""
    _say(f"\n### {case.name}\n\n| | s | ratio | CPU s | ratio |\n|---|---|---|---|---|")
    first: Cost | None = None
    for name, costs in taken.items():
        median = Cost(*(statistics.median(getattr(cost, field) for cost in costs) for field in ("wall", "cpu")))
        first = first or median
        wall, cpu = median.wall / first.wall, median.cpu / first.cpu
        _say(f"| {name} | {median.wall:.2f} | {wall:.2f} | {median.cpu:.2f} | {cpu:.2f} |")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size-mb", type=int, default=2048, help="size of the largest file in MiB")
    parser.add_argument("--rounds", type=int, default=5, help="how often each program runs")
    parser.add_argument("--in", dest="root", type=Path, help="the folder to work in (default: the one for such files)")
    parser.add_argument("--only", default="", help="run the tasks whose names contain this")
    arguments = parser.parse_args()
    if missing := [name for name in _PEERS if shutil.which(name) is None]:
        packages = " ".join(missing).replace("aria2c", "aria2")
        parser.error(f"to compare with, this needs: apt-get install -y --no-install-recommends {packages}")
    for case in cases(arguments.size_mb * MIB):
        if arguments.only in case.name:
            report(case, measure(case, arguments.rounds, arguments.root))


if __name__ == "__main__":
    main()
