"""The servers in separate processes do what they claim, and end in time."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support.builders.files import KIB, MIB, Content
from tests.support.servers.behaviours import Answer, encode
from tests.support.servers.misbehaving import PATH
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.servers.nginx import NginxServer, Served

ROOT = Path(__file__).resolve().parents[2]


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        content: bytes = answer.read()
    return content


def test_process_obeys_and_reports(misbehaving_process: MisbehavingProcess) -> None:
    """The server process accepts files and scripts and returns its log."""
    content = Content(50_000, seed=4)
    misbehaving_process.add("/new", content)
    misbehaving_process.script(Answer(503), path="/new")
    with pytest.raises(urllib.error.HTTPError) as refused:
        _fetch(misbehaving_process.url("/new"))
    refused.value.close()
    assert _fetch(misbehaving_process.url("/new")) == content.read()
    log = misbehaving_process.until(lambda log: log[-1].ended)
    assert [(seen.status, seen.sent) for seen in log[-1:]] == [(200, content.size)]


def test_process_ends_with_whoever_started_it() -> None:
    """The server ends when its standard input closes, as after a killed test run."""
    script = json.dumps(encode((Answer(503),)))
    command = [sys.executable, "-m", "tests.support.servers.misbehaving", "--size", "10", "--script", script]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with pytest.raises(urllib.error.HTTPError) as refused:
            _fetch(f"http://127.0.0.1:{port}{PATH}")
        refused.value.close()
        process.communicate(timeout=10)
        assert process.returncode == 0


def test_nginx_serves_ranges(nginx: NginxServer) -> None:
    """Nginx serves a range with a strong ETag, and its log records it."""
    content = Content(3 * MIB, seed=6)
    content.write_to(nginx.folder / "model.safetensors")
    request = urllib.request.Request(nginx.url("model.safetensors"), headers={"Range": "bytes=1000-"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 206
        assert answer.headers["ETag"].startswith('"')
        assert answer.read() == content.read(1000)
    assert nginx.until(lambda served: len(served) == 1) == (
        Served("GET", "/model.safetensors", 206, content.size - 1000, "bytes=1000-"),
    )


def test_nginx_is_slow_where_it_should_be(tmp_path: Path) -> None:
    """Under /slow/ the first second's share comes at once, then a pause."""
    content = Content(300 * KIB)
    content.write_to(tmp_path / "file")
    with NginxServer(tmp_path, limit_rate="100k") as server:
        with urllib.request.urlopen(server.url("/slow/file"), timeout=0.2) as answer:
            assert answer.read(50 * KIB) == content.read(0, 50 * KIB)
            with pytest.raises(TimeoutError):
                answer.read()
        assert _fetch(server.url("/file")) == content.read()


def test_nginx_ends_with_its_context(tmp_path: Path) -> None:
    """After the context its port is closed and its files are deleted."""
    with NginxServer(tmp_path) as server:
        assert server.url("x").endswith("/x")
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", server.port))
    assert server._process.returncode in {0, -signal.SIGTERM}
    assert not Path(server._prefix.name).exists()


def test_missing_nginx_fails_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without nginx a test fails with the installation command, and is not skipped."""
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(pytest.fail.Exception, match="apt-get install"), NginxServer(tmp_path):
        pass


def test_refused_port_refuses(refused_port: int) -> None:
    """The reserved port refuses connections."""
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", refused_port))
