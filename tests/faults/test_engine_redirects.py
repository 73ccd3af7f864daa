"""Redirects are followed where that is safe, and secrets stay with their server."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from yarl import URL

from launcher_gui.downloads.errors.http_errors import BadRedirectError, InsecureRedirectError
from launcher_gui.downloads.http.http_client import MAX_REDIRECTS, _next_hop
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, sha256_of
from tests.support.servers.behaviours import Drop, Redirect, Serve
from tests.support.servers.misbehaving import PATH, MisbehavingServer
from tests.support.servers.serving import etag_of

KEPT = 600 * KIB
BASIC = "Basic " + b64encode(b"me:s3cret").decode()


def _with_password(url: str) -> str:
    return url.replace("http://", "http://me:s3cret@")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_follows(misbehaving: MisbehavingServer, tmp_path: Path, status: int) -> None:
    """Every kind of redirect works, over several hops, and the requested name stays."""
    misbehaving.script(Redirect("/second?a=b%2Fc", status), path="/first.bin")
    misbehaving.script(Redirect(misbehaving.url(), status), path="/second")
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url("/first.bin"))
        assert desk.files == ["first.bin"]
    assert told.state is OperationState.COMPLETED
    assert [request.path for request in misbehaving.log] == ["/first.bin", "/second?a=b%2Fc", PATH]


async def test_resumes_through_a_redirect(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Resuming requests the original address, which redirects to the file."""
    misbehaving.script(then=Redirect(PATH), path="/first.bin")
    misbehaving.script(Serve(Drop(KEPT)))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url("/first.bin"))
    assert told.last.resumed_from == KEPT
    assert sha256_of(tmp_path / "models" / "first.bin") == ONE_MIB.sha256
    assert [request.path for request in misbehaving.log] == ["/first.bin", PATH] * 2
    assert {request.header("range") for request in misbehaving.log[2:]} == {f"bytes={KEPT}-"}
    assert {request.header("if-range") for request in misbehaving.log[2:]} == {etag_of(ONE_MIB)}


async def test_password_stays_with_its_server(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Only a redirect within a server keeps the password; the range is always kept."""
    async with MisbehavingServer() as other, downloads(tmp_path) as desk:
        misbehaving.script(then=Redirect("/here"), path="/first.bin")
        misbehaving.script(then=Redirect(misbehaving.url("/there")), path="/here")
        misbehaving.script(then=Redirect(other.url()), path="/there")
        other.script(Serve(Drop(KEPT)))
        told = await desk.get(_with_password(misbehaving.url("/first.bin")))
        assert told.state is OperationState.COMPLETED
        assert [request.header("authorization") for request in misbehaving.log] == [BASIC] * 6
        assert [request.header("authorization") for request in other.log] == [None, None]
        assert [request.header("range") for request in other.log] == [None, f"bytes={KEPT}-"]
        assert not any("s3cret" in str(request) for request in other.log)


async def test_loop(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Endless redirects are followed for a while, then reported once."""
    misbehaving.script(then=Redirect(PATH))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
        assert desk.files == []
    assert str(told.last.error) == "too many redirects"
    assert str(told.operation.decision).startswith("not retried: too many redirects")
    assert len(misbehaving.log) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("to", ["file:///etc/passwd", "mailto:me", "ftp://127.0.0.1/x", "http://[::1"])
async def test_nonsense(misbehaving: MisbehavingServer, tmp_path: Path, to: str) -> None:
    """A redirect to something other than a web address is refused and not opened."""
    misbehaving.script(then=Redirect(to))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
        assert desk.files == []
    assert told.state is OperationState.FAILED
    assert str(told.last.error) == "127.0.0.1 redirected to an invalid link"
    assert len(misbehaving.log) == 1


@pytest.mark.parametrize(
    ("origin", "location", "hop"),
    [
        ("https://a.test/x/y", "../z", "https://a.test/z"),
        ("https://me:pw@a.test/x", "/z", "https://me:pw@a.test/z"),
        ("https://me:pw@a.test/x", "https://a.test/z", "https://me:pw@a.test/z"),
        ("https://me:pw@a.test/x", "https://a.test:443/z", "https://me:pw@a.test/z"),
        ("https://me:pw@a.test/x", "https://you@a.test/z", "https://you@a.test/z"),
        ("https://me:pw@a.test/x", "https://a.test:8443/z", "https://a.test:8443/z"),
        ("https://me:pw@a.test/x", "https://b.test/z", "https://b.test/z"),
        ("https://me:pw@a.test/x", "//b.test/z", "https://b.test/z"),
        ("http://me:pw@a.test/x", "https://a.test/z", "https://a.test/z"),
        ("http://me:p%40w@a.test/x", "http://a.test/z", "http://me:p%40w@a.test/z"),
        ("https://a.test/x", "https://b.test/z?sig=a%2Bb+c%2f", "https://b.test/z?sig=a%2Bb+c%2f"),
    ],
)
def test_next_hop(origin: str, location: str, hop: str) -> None:
    """Relative addresses, other origins, passwords and signatures resolve exactly."""
    assert str(_next_hop(URL(origin, encoded=True), location)) == hop


@pytest.mark.parametrize("location", ["http://a.test/z", "http://b.test/z", "HTTP://a.test/z"])
def test_never_leaves_encryption(location: str) -> None:
    """An encrypted download does not continue unencrypted."""
    with pytest.raises(InsecureRedirectError):
        _next_hop(URL("https://a.test/x"), location)


def test_secret_of_a_bad_redirect_is_not_repeated() -> None:
    """An invalid address is reported without its secrets."""
    with pytest.raises(BadRedirectError) as caught:
        _next_hop(URL("https://a.test/x"), "gopher://me:pw@b.test/z?token=abc")
    assert caught.value.detail == "gopher://b.test/z"


async def test_size_of_the_whole(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """After a redirect the file's own length counts."""
    misbehaving.script(Redirect(PATH, headers=(("X-Linked-Size", "5"),)), path="/first.bin")
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url("/first.bin"))
    assert told.operation.progress.total == MIB
