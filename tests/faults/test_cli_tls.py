"""Encrypted downloads, with a certificate made for the test: trusted, not trusted, and never led out of encryption."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Self

import pytest
from aiohttp import web

from tests.support.behaviours import Drop, Redirect, Serve
from tests.support.certificates import self_signed
from tests.support.files import MIB, Content, sha256_of
from tests.support.misbehaving import MisbehavingServer
from tests.support.program import Ended, Program

FILE = Content(3 * MIB)


class EncryptedServer(MisbehavingServer):
    """The misbehaving server behind TLS.

    Args:
        certificate: Its certificate and key, in one file.
    """

    def __init__(self, certificate: Path) -> None:
        super().__init__(FILE)
        self.origin = f"https://127.0.0.1:{self.port}"
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._tls.load_cert_chain(certificate)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket, ssl_context=self._tls).start()
        return self


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that nobody else has signed, and its key."""
    return self_signed(tmp_path)


@pytest.fixture
async def server(certificate: Path) -> AsyncIterator[EncryptedServer]:
    """The server, up."""
    async with EncryptedServer(certificate) as server:
        yield server


async def _get(url: str, root: Path) -> Ended:
    program = Program(root / "store.sqlite3", {"initial_delay": 0})
    return await asyncio.to_thread(program.run, "get", url, "--to", str(root / "models"))


async def test_resumes_over_tls(
    server: EncryptedServer, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trusted server's file comes whole, after a drop too."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server.script(Serve(Drop(MIB)))
    got = await _get(server.url(), tmp_path)
    assert (got.status, got.err) == (0, "")
    assert sha256_of(tmp_path / "models" / "model.safetensors") == FILE.sha256
    assert [request.header("range") for request in server.log] == [None, f"bytes={MIB}-"]


async def test_never_leaves_encryption(
    server: EncryptedServer,
    misbehaving: MisbehavingServer,
    certificate: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A redirect from https to http is not followed, and said."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server.script(then=Redirect(misbehaving.url()))
    got = await _get(server.url(), tmp_path)
    assert got == Ended(
        1,
        "",
        "model.safetensors failed: a secure address redirected to an unencrypted one at 127.0.0.1. "
        "Ask the site for an https:// address of the file.\n",
    )
    assert misbehaving.log == ()


async def test_certificate_that_nobody_vouches_for(server: EncryptedServer, tmp_path: Path) -> None:
    """A certificate that is not trusted ends the download at once, with a warning instead of a way around it."""
    got = await _get(server.url(), tmp_path)
    assert (got.status, got.out) == (1, "")
    assert got.err.startswith(
        "model.safetensors failed: the server's certificate was not accepted: self-signed certificate. "
    )
    assert got.err.endswith("do not go on otherwise.\n")
    assert server.log == ()
