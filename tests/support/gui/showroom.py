"""Downloads for pictures: models as a ComfyUI user has them, fetched for real from a server of ours on this machine.

The names of the hosts are reserved for examples (RFC 2606) and lead to our server by a resolver that only these
processes use; sizes, attempts, causes and decisions are what the program made of what the server did.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from launcher_gui.downloads import service
from launcher_gui.downloads.http import http_client
from launcher_gui.models.operation_columns import Column
from launcher_gui.models.operation_table import Role
from tests.support.builders.files import Content
from tests.support.gui.person import Person
from tests.support.servers.behaviours import Answer, Behaviour, Drop, RetryAfter, Serve, Stall
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.store.program import ROOT, kill

HUB, MIRROR = "http://models.example.org", "http://mirror.example.net"
SETTINGS = {"RECOVERY_STALL_TIMEOUT": "5", "RECOVERY_AUTO_RESUME": "false"}
"""A server that falls silent is to be seen to, and what is interrupted is to stay so while its picture is taken."""

MB, GB = 1_000_000, 1_000_000_000
_PATIENCE_S = 180.0


@dataclass(frozen=True)
class Model:
    """A file as it lies on the server.

    Attributes:
        name: Its name.
        folder: Where ComfyUI wants it, under its folder of models.
        size: Bytes.
        steps: What becomes of the requests for it, one each; all further ones meet the last.
        sha256: What is asked for; empty for none.
        host: Where it comes from.
    """

    name: str
    folder: str
    size: int
    steps: tuple[Behaviour, ...] = (Serve(),)
    sha256: str = ""
    host: str = HUB

    @property
    def url(self) -> str:
        """Where it comes from, as a person would paste it."""
        return f"{self.host}{self.path}"

    @property
    def path(self) -> str:
        """Where it lies on the server."""
        return f"/{self.folder}/{self.name}"


DOWNLOADING = Model(
    "sd_xl_base_1.0.safetensors",
    "checkpoints",
    6_938_078_334,
    (Serve(Drop(1100 * MB)), Answer(503, retry_after=RetryAfter(2)), Serve(Stall(800 * MB)), Serve(rate=38 * MB)),
    "31e35c80fc4829d14f90153f4c74cd59c90b779f6afe05a74cd6120b893f7e5b",
)
WAITING = Model(
    "t5xxl_fp8_e4m3fn.safetensors",
    "text_encoders",
    4_893_934_904,
    (Serve(Drop(620 * MB)), Answer(503, retry_after=RetryAfter(95))),
    host=MIRROR,
)
INTERRUPTED = Model("control_v11p_sd15_canny.pth", "controlnet", 1_445_154_814, (Serve(Stall(900 * MB)),))
MISSING = Model("sdxl_vae_fp16.safetensors", "vae", 334_641_164, (Answer(404),))
WRONG = Model(
    "ip-adapter_sd15.safetensors", "ipadapter", 44_642_768, sha256="289b45f16d043d0bf542e45831f971dcd" + 31 * "a"
)
PAUSED = Model("v1-5-pruned-emaonly.safetensors", "checkpoints", 4_265_146_304, (Serve(Stall(512 * MB)),))
COMPLETED = Model("4x-UltraSharp.pth", "upscale_models", 66_961_958)
VERIFYING = Model(
    "clip_g.safetensors",
    "text_encoders",
    1_389_382_176,
    sha256="ec310df2af79c318e24d20511b601a591ca8cd4f1fce1d8dff822a356bcdb1f4",
)
QUEUED = Model("flux1-dev-fp8.safetensors", "checkpoints", 17_246_524_772)
ALL = (DOWNLOADING, WAITING, INTERRUPTED, MISSING, WRONG, PAUSED, COMPLETED, VERIFYING, QUEUED)


class _ToOurs(AbstractResolver):
    """Knows one server, whatever it is called."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self,
        host: str,
        port: int = 0,  # noqa: ARG002 aiohttp's argument
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 the same
    ) -> list[ResolveResult]:
        """Return our server."""
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=self._port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing is held."""


def lead_to(port: int) -> None:
    """Let every host that this process downloads from be our server at ``port``."""

    def new_session(*middlewares: aiohttp.ClientMiddlewareType) -> aiohttp.ClientSession:
        session = ordinary(*middlewares)
        connector = session.connector
        assert isinstance(connector, aiohttp.TCPConnector)
        connector._resolver = _ToOurs(port)
        return session

    ordinary = http_client.new_session
    mock.patch.object(service, "new_session", new_session).start()


@contextlib.contextmanager
def shop() -> Iterator[MisbehavingProcess]:
    """Serve the models, each as its story goes."""
    with MisbehavingProcess() as server:
        for seed, model in enumerate(ALL):
            server.add(model.path, Content(model.size, seed))
            server.script(*model.steps[:-1], then=model.steps[-1], path=model.path)
        yield server


async def tell(person: Person, models: Path, store: Path, port: int) -> None:
    """Let a person download until every state is in the list, the last of them checked half way."""
    await _add(person, models, DOWNLOADING)
    await _bytes(person, DOWNLOADING, 1000 * MB)
    await _add(person, models, WAITING)
    await person.sees(WAITING.name, "Waiting to retry", _PATIENCE_S)
    await _interrupt(person, models, store, port)
    for model, state in ((MISSING, "Failed"), (WRONG, "Failed")):
        await _add(person, models, model)
        await person.sees(model.name, state, _PATIENCE_S)
    await _add(person, models, PAUSED)
    await _bytes(person, PAUSED, 500 * MB)
    person.select(PAUSED.name)
    person.press("Pause")
    await person.sees(PAUSED.name, "Paused")
    await _add(person, models, COMPLETED)
    await person.sees(COMPLETED.name, "Done", _PATIENCE_S)
    await person.until(lambda: _number(person, DOWNLOADING) >= 4, "the fourth attempt", _PATIENCE_S)
    await _add(person, models, VERIFYING)
    await _add(person, models, QUEUED)
    await person.until(lambda: _checked(person) > 0.35, "half of it checked", _PATIENCE_S)


async def _add(person: Person, models: Path, model: Model) -> None:
    await person.adds(model.url, models / model.folder, sha256=model.sha256)
    await person.sees_row(model.name)


async def _interrupt(person: Person, models: Path, store: Path, port: int) -> None:
    """Let another process begin a download and be killed at it."""
    get = ["--store", str(store), "get", INTERRUPTED.url, "--to", str(models / INTERRUPTED.folder)]
    command = [sys.executable, "-m", "tests.support.gui.showroom", str(port), *get]
    process = subprocess.Popen(  # noqa: ASYNC220 starting it takes a moment only
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )
    try:
        await _bytes(person, INTERRUPTED, 890 * MB)
    finally:
        kill(process)
    await person.sees(INTERRUPTED.name, "Interrupted", _PATIENCE_S)


async def _bytes(person: Person, model: Model, least: int) -> None:
    def come() -> bool:
        row = person.row(model.name)
        return row is not None and person.view(row).operation.progress.done >= least

    await person.until(come, f"{least} bytes of {model.name}", _PATIENCE_S)


def _number(person: Person, model: Model) -> int:
    row = person.row(model.name)
    return 0 if row is None else person.view(row).operation.attempt


def _checked(person: Person) -> float:
    row = person.row(VERIFYING.name)
    if row is None or person.view(row).operation.progress.phase != "verifying":
        return 0.0
    return float(person.window.table.model().index(row, Column.NAME).data(Role.FRACTION) or 0.0)


def main() -> int:
    """Run the program with its hosts led to our server: ``python -m tests.support.gui.showroom PORT ...``."""
    from launcher_gui.entry import main as run  # noqa: PLC0415

    lead_to(int(sys.argv[1]))
    return run(sys.argv[2:])


if __name__ == "__main__":
    raise SystemExit(main())
