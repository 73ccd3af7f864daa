"""Encrypted downloads with a test certificate: trusted, not trusted, and never redirected to plain HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import Drop, Redirect, Serve
from tests.support.servers.certificates import new_certificate, server_context
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.program import Ended, Program

FILE = Content(3 * MIB)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-signed certificate and its key."""
    return new_certificate(tmp_path)


@pytest.fixture
async def server(certificate: Path) -> AsyncIterator[MisbehavingServer]:
    """The running server."""
    async with MisbehavingServer(FILE, tls=server_context(certificate)) as server:
        yield server


async def _get(url: str, root: Path) -> Ended:
    program = Program(root / "store.sqlite3", {"initial_delay": 0})
    return await asyncio.to_thread(program.run, "get", url, "--to", str(root / "models"))


async def test_resumes_over_tls(
    server: MisbehavingServer, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trusted server's file is complete, also after a drop."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server.script(Serve(Drop(MIB)))
    got = await _get(server.url(), tmp_path)
    assert (got.status, got.err) == (0, "")
    assert sha256_of(tmp_path / "models" / "model.safetensors") == FILE.sha256
    assert [request.header("range") for request in server.log] == [None, f"bytes={MIB}-"]


async def test_never_leaves_encryption(
    server: MisbehavingServer,
    misbehaving: MisbehavingServer,
    certificate: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A redirect from https to http is refused and reported."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server.script(then=Redirect(misbehaving.url()))
    got = await _get(server.url(), tmp_path)
    assert got == Ended(
        1,
        "",
        "model.safetensors failed: the server redirected to an unencrypted link at 127.0.0.1. "
        "Ask the site for an https:// link to the file.\n",
    )
    assert misbehaving.log == ()


async def test_certificate_that_nobody_vouches_for(server: MisbehavingServer, tmp_path: Path) -> None:
    """An untrusted certificate ends the download with a warning and no workaround."""
    got = await _get(server.url(), tmp_path)
    assert (got.status, got.out) == (1, "")
    assert got.err.startswith(
        "model.safetensors failed: the server's certificate is not trusted: self-signed certificate. "
    )
    assert got.err.endswith("Otherwise do not continue.\n")
    assert server.log == ()
