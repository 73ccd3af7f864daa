"""Downloads through a proxy: used as configured, and named in errors when it is at fault."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp.connector
import pytest
from yarl import URL

from launcher_gui.downloads.errors.refusals import MisconfiguredError
from launcher_gui.downloads.errors.remedies import FailureKind, recorded_failure_kind
from launcher_gui.downloads.http.proxies import proxy_for
from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, ONE_MIB, sha256_of
from tests.support.servers.behaviours import Answer, Drop, Serve
from tests.support.servers.certificates import new_certificate, server_context
from tests.support.servers.misbehaving import MisbehavingServer

KEPT = 600 * KIB
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy but the test's own."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Tunnel:
    """A proxy that connects every CONNECT to one local port, or refuses it.

    Attributes:
        refusal: The status that it refuses with, if it does.
        asked: The first line of each request.
    """

    def __init__(self, port: int) -> None:
        self.refusal = 0
        self.asked: list[str] = []
        self._port = port
        self.origin = ""

    async def serve(self) -> asyncio.Server:
        """Start the proxy."""
        server = await asyncio.start_server(self._lead, "127.0.0.1", 0)
        self.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    async def _lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(request.split(b"\r\n")[0].decode())
        if self.refusal:
            writer.write(f"HTTP/1.1 {self.refusal} No\r\nContent-Length: 0\r\n\r\n".encode())
            writer.close()
            return
        onward, back = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(_pour(reader, back), _pour(onward, writer))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(64 * KIB):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[ssl.SSLContext]:
    """A certificate for models.test, which the program trusts meanwhile."""
    certificate = new_certificate(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        trusting = ssl.create_default_context(cafile=str(certificate))
        patch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", trusting)
        yield server_context(certificate)


@pytest.fixture
async def tunnel(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Tunnel, MisbehavingServer]]:
    """A proxy for encrypted connections, and the server that it leads to."""
    async with MisbehavingServer(tls=tls) as server:
        proxy = Tunnel(server.port)
        async with await proxy.serve():
            monkeypatch.setenv("HTTPS_PROXY", proxy.origin.replace("http://", "http://me:s3cret@"))
            yield proxy, server


async def test_plain_download_through_a_proxy(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A download through a proxy resumes like any other."""
    monkeypatch.setenv("http_proxy", misbehaving.origin)
    misbehaving.script(Serve(Drop(KEPT)))
    async with downloads(tmp_path) as desk:
        told = await desk.get("http://models.test/model.safetensors")
    assert told.state is OperationState.COMPLETED
    assert told.last.resumed_from == KEPT
    assert {request.header("host") for request in misbehaving.log} == {"models.test"}


async def test_encrypted_download_through_a_proxy(tunnel: tuple[Tunnel, MisbehavingServer], tmp_path: Path) -> None:
    """The proxy sees no content, and its password appears nowhere."""
    proxy, server = tunnel
    server.script(Serve(Drop(KEPT)))
    async with downloads(tmp_path) as desk:
        told = await desk.get("https://models.test/model.safetensors")
    assert told.state is OperationState.COMPLETED
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256
    assert set(proxy.asked) == {"CONNECT models.test:443 HTTP/1.1"}
    assert [request.header("proxy-authorization") for request in server.log] == [None, None]


@pytest.mark.parametrize(
    ("status", "attempts"),
    [(407, 1), (403, 1), (502, 4)],
)
async def test_proxy_that_refuses(
    tunnel: tuple[Tunnel, MisbehavingServer], tmp_path: Path, status: int, attempts: int
) -> None:
    """A refusing proxy is named with its own remedy, not the server behind it."""
    proxy, server = tunnel
    proxy.refusal = status
    async with downloads(tmp_path) as desk:
        told = await desk.get("https://models.test/model.safetensors")
    assert str(told.last.error).startswith(f"the proxy answered {status}")
    assert str(told.operation.decision).endswith(
        "Check the proxy's address and password in the system's network settings"
    )
    assert recorded_failure_kind(told.last.failure_kind) is FailureKind.PROXY
    assert len(told.attempts) == attempts
    assert server.log == ()
    assert "s3cret" not in str(told)


async def test_proxy_that_wants_a_password(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same if the proxy answers in place of the server."""
    monkeypatch.setenv("http_proxy", misbehaving.origin)
    misbehaving.script(then=Answer(407))
    async with downloads(tmp_path) as desk:
        told = await desk.get("http://models.test/model.safetensors")
    assert recorded_failure_kind(told.last.failure_kind) is FailureKind.PROXY
    assert len(told.attempts) == 1


async def test_proxy_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused_port: int) -> None:
    """An unreachable proxy is not reported as an unreachable server."""
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{refused_port}")
    async with downloads(tmp_path, max_retries=1) as desk:
        told = await desk.get("http://models.test/model.safetensors")
    assert str(told.last.error) == "could not reach the proxy: connection refused"
    assert recorded_failure_kind(told.last.failure_kind) is FailureKind.PROXY


@pytest.mark.parametrize(
    ("variables", "url", "proxy"),
    [
        ({}, "https://a.test/x", None),
        ({"https_proxy": "http://p:1"}, "https://a.test/x", "http://p:1"),
        ({"HTTPS_PROXY": "p:1"}, "https://a.test/x", "http://p:1"),
        ({"http_proxy": "http://p:1"}, "https://a.test/x", None),
        ({"all_proxy": "http://p:1"}, "https://a.test/x", "http://p:1"),
        ({"all_proxy": "http://p:1", "no_proxy": "a.test"}, "https://b.a.test/x", None),
        ({"all_proxy": "http://p:1", "no_proxy": "*"}, "https://a.test/x", None),
        ({"all_proxy": "http://p:1"}, "http://127.0.0.1:8188/x", None),
        ({"all_proxy": "http://p:1"}, "http://[::1]/x", None),
        ({"all_proxy": "http://p:1"}, "http://localhost/x", None),
    ],
)
def test_which_proxy(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], url: str, proxy: str | None) -> None:
    """The environment selects the proxy, and local servers are contacted directly."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = proxy_for(URL(url), "")
    assert (None if found is None else str(found).rstrip("/")) == proxy


@pytest.mark.parametrize("named", ["socks5://p:1", "http://", "http://[::1"])
def test_proxy_that_cannot_be_meant(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    """A setting that is not an HTTP proxy is reported with its variable's name."""
    monkeypatch.setenv("https_proxy", named)
    with pytest.raises(MisconfiguredError, match="HTTPS_PROXY is not the address of an HTTP proxy"):
        proxy_for(URL("https://a.test/x"), "")


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://a.test/x", "http://chosen:3128"),
        ("http://a.test/x", "http://chosen:3128"),
        ("https://direct.test/x", None),
        ("http://127.0.0.1/x", None),
    ],
)
def test_a_proxy_of_the_settings_goes_first(monkeypatch: pytest.MonkeyPatch, url: str, proxy: str | None) -> None:
    """The setting precedes the environment, and exceptions still apply."""
    monkeypatch.setenv("https_proxy", "http://other:1")
    monkeypatch.setenv("no_proxy", "direct.test")
    found = proxy_for(URL(url), "http://chosen:3128")
    assert (None if found is None else str(found).rstrip("/")) == proxy


async def test_a_proxy_that_is_set_is_asked_by_the_next_attempt(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused_port: int
) -> None:
    """A corrected proxy applies to the next attempt without a restart."""
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{refused_port}")
    async with downloads(tmp_path, max_retries=0) as desk:
        told = await desk.get("http://models.test/model.safetensors")
        assert recorded_failure_kind(told.last.failure_kind) is FailureKind.PROXY
        await desk.service.settings.change({"proxy": misbehaving.origin}, "test")
        await desk.command(told.operation.id, CommandKind.RETRY)
        told = await desk.ended(told.operation.id)
    assert told.state is OperationState.COMPLETED
    assert {request.header("host") for request in misbehaving.log} == {"models.test"}
