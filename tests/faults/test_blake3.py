"""A BLAKE3 proves a file like a SHA-256: entered, published by a site, across mirrors, after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest
from blake3 import blake3

from launcher_gui.downloads.partial import install
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.request import parse_request
from launcher_gui.downloads.rules.resume import Recorded
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Drop, ETag, Serve
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.servers.sites import Civitai, Hub, Stored, Version
from tests.support.store.program import Program

DIGITS = blake3(ONE_MIB.read()).hexdigest()
KEPT = 600 * KIB
TYPED = f"blake3:{DIGITS}"
WRONG = "blake3:" + "ab" * 32
ANY_TIME = {"etag": ETag.NONE, "last_modified": False}


async def test_right_file(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A file with the hash is installed, and the record names the hash."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256=TYPED)
        assert desk.files == ["model.safetensors"]
    assert told.state is OperationState.COMPLETED
    assert (told.operation.arguments["sha256"], told.operation.arguments["blake3"]) == (None, DIGITS)


async def test_wrong_file(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A file with another hash is quarantined, and the message names the hash."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256=WRONG)
        assert desk.files == ["model.safetensors.quarantine"]
    assert str(told.last.error).startswith("BLAKE3 does not match")
    assert str(told.operation.reason) == "BLAKE3 does not match"
    assert DIGITS in told.last.detail


async def test_is_evidence_for_a_resume(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Without validators the hash verifies the joined file."""
    misbehaving.script(Serve(Drop(KEPT), **ANY_TIME), then=Serve(**ANY_TIME))  # type: ignore[arg-type]
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256=TYPED)
    assert told.state is OperationState.COMPLETED
    assert str(told.last.resume_note) == "resumed at 614.4 kB (BLAKE3 will be checked)"


async def test_proves_mirrors(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Another server continues where the first one failed."""
    async with MisbehavingServer() as second, downloads(tmp_path) as desk:
        misbehaving.script(Serve(Drop(KEPT)), then=Answer(500))
        request = desk.service.parse(misbehaving.url(), str(desk.folder), None, TYPED, [second.url()])
        told = await desk.ended((await desk.service.add(request)).id)
        assert second.log[0].header("range") == f"bytes={KEPT}-"
    assert told.state is OperationState.COMPLETED
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


async def test_joins_pieces(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Without validators the hash allows several connections for a file."""
    large = Content(40 * MIB, seed=8)
    misbehaving.add("/large.bin", large)
    misbehaving.script(then=Serve(**ANY_TIME), path="/large.bin")  # type: ignore[arg-type]
    async with downloads(tmp_path, connections_per_download=4) as desk:
        typed = f"blake3:{blake3(large.read()).hexdigest()}"
        told = await desk.get(misbehaving.url("/large.bin"), sha256=typed)
    assert told.state is OperationState.COMPLETED
    assert len(misbehaving.log) >= 4
    assert sha256_of(tmp_path / "models" / "large.bin") == large.sha256


@pytest.mark.parametrize("digits", [DIGITS, "ab" * 32])
async def test_listed_by_civitai(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digits: str
) -> None:
    """If a site publishes only a BLAKE3, the file must have it."""
    async with Civitai(misbehaving) as site, downloads(tmp_path, civitai_endpoint=site.origin) as desk:
        listed = {"name": "listed.safetensors", "primary": True, "hashes": {"BLAKE3": digits.upper()}}
        site.publish(42, Version(ONE_MIB, "/xet/abc", "unlisted.safetensors", more=[listed]))
        told = await desk.get("https://civitai.com/models/7?modelVersionId=42")
    assert told.operation.arguments["blake3"] == digits
    assert told.state is (OperationState.COMPLETED if digits == DIGITS else OperationState.FAILED)


async def test_other_than_listed(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A hash that differs from the site's fails before the download begins."""
    async with Civitai(misbehaving) as site, downloads(tmp_path, civitai_endpoint=site.origin) as desk:
        site.publish(42, Version(ONE_MIB, "/xet/abc", "model.safetensors"))
        told = await desk.get("https://civitai.com/models/7?modelVersionId=42", sha256=TYPED)
        assert str(told.last.error) == "Civitai lists another BLAKE3 for this file than the one you gave"
    assert misbehaving.log == ()


@pytest.mark.parametrize(("typed", "state"), [(TYPED, OperationState.COMPLETED), (WRONG, OperationState.FAILED)])
async def test_what_a_person_gave_is_checked(
    misbehaving: MisbehavingServer, tmp_path: Path, typed: str, state: OperationState
) -> None:
    """An entered BLAKE3 counts although the site publishes a SHA-256."""
    async with Hub(misbehaving) as hub, downloads(tmp_path, hub_endpoint=hub.origin) as desk:
        hub.store("o/r", "m.safetensors", Stored(ONE_MIB, "/xet/abc"))
        told = await desk.get("hf://o/r/m.safetensors", sha256=typed)
    assert told.state is state


async def test_given_later(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A hash given when the download is added again applies from then on."""
    misbehaving.script(Serve(Drop(KEPT)), then=Answer(404))
    async with downloads(tmp_path) as desk:
        first = await desk.get(misbehaving.url())
        misbehaving.script()
        await desk.add(misbehaving.url(), sha256=WRONG)
        told = await desk.until(first.operation.id, lambda told: str(told.operation.reason) == "BLAKE3 does not match")
    assert told.operation.id == first.operation.id


def test_progress_and_stopping(tmp_path: Path) -> None:
    """Hashing the complete file reports progress and can be stopped."""
    content = Content(5 * MIB)
    told: list[int] = []
    with Staging.open(tmp_path / "x.bin") as staging:
        staging.begin(Recorded("https://example.com/x", content.size, None, None), 0)
        staging.write(memoryview(content.read()))
        assert staging.blake3(told.append) == blake3(content.read()).hexdigest()
        assert told == [MIB * n for n in range(1, 6)]
        assert staging.blake3(should_stop=lambda: True) is None
        staging.write(memoryview(b"more"))
        assert staging.blake3() == blake3(content.read() + b"more").hexdigest()


def test_killed_after_the_name_was_given(tmp_path: Path) -> None:
    """A process that died between naming and outcome installed this very file."""
    url = "https://example.com/model.gguf"
    with Staging.open(tmp_path / "model.gguf") as staging:
        staging.begin(Recorded(url, MIB, None, None), 0)
        staging.write(memoryview(ONE_MIB.read()))
        staging.checkpoint()
        staging.install(TYPED)
    assert not install.resume_install(parse_request(url, str(tmp_path), sha256=WRONG))
    assert not install.resume_install(parse_request(url, str(tmp_path), sha256=DIGITS))
    assert install.resume_install(parse_request(url, str(tmp_path), sha256=TYPED))


def test_command_line(misbehaving_process: MisbehavingProcess, tmp_path: Path) -> None:
    """`--blake3` and a list's `blake3:` are checked, and `show` names the hash."""
    program = Program(tmp_path / "data" / "store.sqlite3", {"initial_delay": 0, "max_retries": 0})
    to = ("--to", str(tmp_path / "models"))
    got = program.run("get", misbehaving_process.url(), "--blake3", DIGITS.upper(), *to)
    assert (got.status, got.err) == (0, "")
    (operation,) = program.operations()
    assert f"  BLAKE3       {DIGITS}\n" in program.run("show", operation["id"]).out
    listed = tmp_path / "list.txt"
    listed.write_text(f"{misbehaving_process.url()} {WRONG} other.safetensors\n", encoding="utf-8")
    got = program.run("get", "--list", str(listed), *to)
    assert got.status == 1
    assert "BLAKE3 does not match" in got.err
    refused = program.run("get", misbehaving_process.url(), "--blake3", "12ab", *to)
    assert (refused.status, refused.err.count("BLAKE3")) == (2, 1)
    both = program.run("get", misbehaving_process.url(), "--blake3", DIGITS, "--sha256", ONE_MIB.sha256, *to)
    assert both.status == 2
