"""A site that is added in one file and one line: its links, its token, its refusals, its place in every list."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from launcher_gui.cli.tokens import token
from launcher_gui.downloads.errors.remedies import FailureKind, recorded_failure_kind
from launcher_gui.downloads.sources import all_sources
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import ONE_MIB
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.shelf import SHELF
from tests.support.servers.sites import Place

BOOK = "https://shelf.example/books/novel.safetensors"
TOKEN = "shelf-0123456789"


class Server(Place):
    """The made-up site, which gives nothing without a token."""

    def __init__(self, network: MisbehavingServer) -> None:
        super().__init__()
        self.network = network

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer as the site does."""
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.Response(status=401)
        if request.path == "/me":
            return web.json_response({"reader": "ada"})
        if request.path.startswith("/catalogue/"):
            return web.json_response({"sha256": ONE_MIB.sha256, "size": ONE_MIB.size})
        return web.Response(status=302, headers={"Location": self.network.url("/novel")})


@pytest.fixture
async def shelf(misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """The site, known to the program by one line."""
    monkeypatch.setattr(all_sources, "SOURCES", (*all_sources.SOURCES, SHELF))
    misbehaving.add("/novel", ONE_MIB)
    async with Server(misbehaving) as site:
        monkeypatch.setenv("SHELF_URL", site.origin)
        yield site


async def test_its_link_its_token_and_its_refusals(
    shelf: Server, misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link to the page is accepted, the token is asked for by its name, and then the file comes, proven."""
    about = "https://shelf.example/about/novel.safetensors"
    async with downloads(tmp_path) as desk:
        refused = await desk.get(about)
    assert refused.operation.arguments["url"] == BOOK
    assert recorded_failure_kind(refused.last.failure_kind) is FailureKind.TOKEN_NEEDED
    assert str(refused.operation.decision) == (
        "not retried: The Shelf requires you to sign in to download this file. Create a token at "
        "https://shelf.example/tokens, add it in Settings > Accounts (or set SHELF_TOKEN), then resume"
    )
    assert all_sources.token_in(BOOK) == (SHELF, "")
    assert all_sources.page_of(BOOK) == about
    monkeypatch.setenv("SHELF_TOKEN", "wrong")
    async with downloads(tmp_path) as desk:
        refused = await desk.get(about)
    assert str(refused.last.error) == "The Shelf did not accept the token"
    monkeypatch.setenv("SHELF_TOKEN", TOKEN)
    async with downloads(tmp_path) as desk:
        told = await desk.get(about)
        account = await desk.service.check_token(SHELF)
    assert told.state is OperationState.COMPLETED
    assert told.operation.arguments["sha256"] == ONE_MIB.sha256
    assert str(account.words) == "The Shelf knows you as ada."
    assert [request.header("authorization") for request in misbehaving.log] == [None]


async def test_its_place_on_the_command_line(
    shelf: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``token list`` has it, by the name that ``token set`` takes."""
    monkeypatch.setenv("SHELF_TOKEN", TOKEN)
    async with downloads(tmp_path) as desk:
        assert await token(desk.service, Namespace(action="list", json=False)) == 0
    listed = capsys.readouterr().out.splitlines()[-1]
    assert listed.startswith("shelf.example: from the environment variable SHELF_TOKEN")
    assert all_sources.source_named("Shelf") is SHELF


async def test_a_site_that_was_never_taught_has_no_name(
    shelf: Server, misbehaving: MisbehavingServer, tmp_path: Path
) -> None:
    """A plain link is not taken for one of the sites, and gets none of their tokens."""
    async with downloads(tmp_path) as desk:
        request = desk.service.parse(misbehaving.url("/novel"), str(tmp_path))
        assert (await desk.service.probe(request)).site == ""
        assert (await desk.get(misbehaving.url("/novel"))).state is OperationState.COMPLETED
    assert all_sources.locate(misbehaving.url("/novel")) is None
    assert shelf.log == []
