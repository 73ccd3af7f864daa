"""The server may name a file once; then the name stays, and no existing file is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Drop, Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer

KEPT = 600 * KIB
GUESSED = "/api/download/4711"
"""An address that tells nothing of the file's name, as Civitai's."""

NAMED = 'attachment; filename="flux.safetensors"'


@pytest.fixture
def server(misbehaving: MisbehavingServer) -> MisbehavingServer:
    """A server with a file that its address does not name."""
    misbehaving.add(GUESSED, ONE_MIB)
    return misbehaving


async def test_server_names_the_file(server: MisbehavingServer, tmp_path: Path) -> None:
    """Without a chosen name the server's is used, and nothing remains of the guessed one."""
    server.script(Serve(disposition=NAMED), path=GUESSED)
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url(GUESSED))
        assert desk.files == ["flux.safetensors"]
    assert told.operation.exclusive_key == str(tmp_path / "models" / "flux.safetensors")
    assert told.operation.result == told.operation.exclusive_key


@pytest.mark.parametrize("later", [None, 'attachment; filename="other.bin"'])
async def test_name_stays(server: MisbehavingServer, tmp_path: Path, later: str | None) -> None:
    """After the first byte no response renames the file, in this process or the next."""
    drop = Serve(Drop(300 * KIB), disposition=later)
    server.script(Serve(Drop(300 * KIB), disposition=NAMED), drop, then=Answer(404), path=GUESSED)
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url(GUESSED))
        assert [attempt.resumed_from for attempt in told.attempts] == [0, 300 * KIB, 0]
        assert desk.files == ["flux.safetensors.part", "flux.safetensors.part.json"]
    server.script(then=Serve(disposition=later), path=GUESSED)
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url(GUESSED))
        assert told.last.resumed_from == 600 * KIB
        assert desk.files == ["flux.safetensors"]
    assert sha256_of(tmp_path / "models" / "flux.safetensors") == ONE_MIB.sha256


async def test_chosen_name_wins(server: MisbehavingServer, tmp_path: Path) -> None:
    """The server does not change a name that the user chose."""
    server.script(Serve(disposition=NAMED), path=GUESSED)
    async with downloads(tmp_path) as desk:
        await desk.get(server.url(GUESSED), name="mine.safetensors")
        assert desk.files == ["mine.safetensors"]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="../../../../tmp/evil.bin"', "evil.bin"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ('attachment; filename="..\\\\..\\\\evil.bin"', "evil.bin"),
        ('attachment; filename="x.safetensors.part"', "x.safetensors_part"),
        ('attachment; filename=".hidden"', "_hidden"),
        ('attachment; filename="CON"', "_CON"),
        ('attachment; filename=".."', "4711"),
        ("attachment; filename*=UTF-8''%E6%A8%A1%E5%9E%8B.bin; filename=\"no.bin\"", "模型.bin"),
    ],
)
async def test_hostile_name(server: MisbehavingServer, tmp_path: Path, disposition: str, name: str) -> None:
    """Any name from the server becomes a harmless one in the chosen folder."""
    server.script(Serve(disposition=disposition), path=GUESSED)
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url(GUESSED))
        assert told.state is OperationState.COMPLETED
        assert desk.files == [name]
        assert sorted(path.name for path in desk.folder.parent.iterdir()) == ["data", "models"]


async def test_same_name_from_two_addresses(server: MisbehavingServer, tmp_path: Path) -> None:
    """Of two downloads with one name the second is refused."""
    server.add("/api/download/4712", Content(MIB, seed=7))
    server.script(Serve(Stall(KEPT), disposition=NAMED), path=GUESSED)
    server.script(then=Serve(disposition=NAMED), path="/api/download/4712")
    async with downloads(tmp_path) as desk:
        first = await desk.add(server.url(GUESSED))
        await desk.until(first, lambda told: told.operation.arguments["name"] == "flux.safetensors")
        second = await desk.get(server.url("/api/download/4712"))
        assert second.state is OperationState.FAILED
        assert len(second.attempts) == 1
        key = desk.folder / "flux.safetensors"
        assert str(second.last.error).startswith(
            f"another download is already saving to {key} (operation {first}, running)"
        )
        assert str(second.operation.decision) == (
            "not retried: another download is saving to this file. Resume or remove that one, or choose another name"
        )
        await desk.command(first, CommandKind.PAUSE)
        await desk.command(first, CommandKind.RESUME)
        await desk.in_state(first, OperationState.COMPLETED)
        assert desk.files == ["flux.safetensors"]
        assert sha256_of(key) == ONE_MIB.sha256


async def test_name_of_an_existing_file(server: MisbehavingServer, tmp_path: Path) -> None:
    """An existing file with the server's name is not changed."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "flux.safetensors").write_bytes(b"mine")
    server.script(Serve(disposition=NAMED), path=GUESSED)
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url(GUESSED))
        assert desk.files == ["flux.safetensors"]
    assert str(told.last.error) == f"flux.safetensors already exists in {tmp_path / 'models'}"
    assert (tmp_path / "models" / "flux.safetensors").read_bytes() == b"mine"


async def test_builds_on_bytes_under_the_servers_name(server: MisbehavingServer, tmp_path: Path) -> None:
    """A removed download's partial file is found when the server names the file."""
    server.script(Serve(Drop(KEPT), disposition=NAMED), Answer(404), path=GUESSED)
    async with downloads(tmp_path) as desk:
        removed = await desk.get(server.url(GUESSED))
        await desk.command(removed.operation.id, CommandKind.REMOVE)
        server.script(then=Serve(disposition=NAMED), path=GUESSED)
        told = await desk.get(server.url(GUESSED))
        assert told.operation.id != removed.operation.id
        assert told.last.resumed_from == KEPT
        assert desk.files == ["flux.safetensors"]


async def test_hash_that_comes_later_counts(server: MisbehavingServer, tmp_path: Path) -> None:
    """A SHA-256 given later is checked, also after the server has named the file."""
    server.script(Serve(Drop(KEPT), disposition=NAMED), Answer(404), path=GUESSED)
    async with downloads(tmp_path) as desk:
        failed = await desk.get(server.url(GUESSED))
        told = await desk.get(server.url(GUESSED), sha256=Content(MIB, seed=1).sha256)
        assert told.operation.id == failed.operation.id
        assert told.state is OperationState.FAILED
        assert desk.files == ["flux.safetensors.quarantine"]
