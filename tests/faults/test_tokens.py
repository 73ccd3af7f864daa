"""Tokens: stored only in a keyring, sent only to their site, and tested by asking the site."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.remedies import FailureKind, recorded_failure_kind
from launcher_gui.downloads.redaction import is_secret_name, redact
from launcher_gui.downloads.sources import keyring
from launcher_gui.downloads.sources.civitai import CIVITAI
from launcher_gui.downloads.sources.hugging_face import HUGGING_FACE
from launcher_gui.downloads.sources.tokens import Tokens, TokenSource
from launcher_gui.monitor.report import as_data, as_text, collect
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.settings.settings_file import to_file
from tests.support.builders import keyrings
from tests.support.builders.downloading import downloads
from tests.support.builders.files import ONE_MIB
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.sites import KEY, TOKEN, Civitai, Hub, Stored, Version

AT_HUB = "hf://black-forest/flux/model.safetensors"
NETWORK_PATH = "/xet/abc"


@pytest.fixture
async def hub(misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    """Hugging Face with a gated file."""
    async with Hub(misbehaving) as site:
        monkeypatch.setenv("HF_ENDPOINT", site.origin)
        site.store("black-forest/flux", "model.safetensors", Stored(ONE_MIB, NETWORK_PATH, gated=True, accepted=True))
        yield site


@pytest.fixture
async def civitai(misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Civitai]:
    """Civitai with a model that needs sign-in."""
    async with Civitai(misbehaving) as site:
        monkeypatch.setenv("RECOVERY_CIVITAI_ENDPOINT", site.origin)
        site.publish(42, Version(ONE_MIB, NETWORK_PATH, "dream.safetensors", login=True))
        yield site


async def test_a_token_is_kept_in_the_keyring_and_nowhere_else(
    hub: Hub, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A download succeeds with a token that store, events, report and log never contain."""
    caplog.set_level(logging.DEBUG)
    ring = keyrings.MemoryKeyring()
    with keyrings.using(ring):
        async with downloads(tmp_path) as desk:
            refused = await desk.get(AT_HUB)
            assert recorded_failure_kind(refused.last.failure_kind) is FailureKind.TOKEN_NEEDED
            state = await desk.service.tokens.keep(HUGGING_FACE, f" {TOKEN}\n")
            assert state.source is TokenSource.KEYRING
            await desk.command(refused.operation.id, CommandKind.RETRY)
            told = await desk.ended(refused.operation.id)
            assert told.state is OperationState.COMPLETED
            assert TOKEN not in repr(vars(desk.service.settings)) + repr(told) + repr(state)
            report = await desk.service.store.read(collect)
            assert TOKEN not in as_text(as_data(report, {}, redact, is_secret_name))
            assert TOKEN not in to_file(desk.service.settings())
            happened = await desk.service.store.read(lambda tx: tx.events.since(0))
            assert TOKEN not in repr(happened)
    assert list(ring.kept.values()) == [TOKEN]
    assert threading.main_thread() not in ring.threads
    written = [path for path in tmp_path.rglob("*") if path.is_file()]  # noqa: ASYNC240
    assert written
    assert not any(TOKEN.encode() in path.read_bytes() for path in written)
    assert TOKEN not in caplog.text


async def test_the_next_process_finds_it_in_the_keyring(civitai: Civitai, tmp_path: Path) -> None:
    """A later run uses the saved token."""
    with keyrings.using(keyrings.MemoryKeyring()):
        await Tokens({}).keep(CIVITAI, KEY)
        async with downloads(tmp_path) as desk:
            told = await desk.get("https://civitai.com/models/7?modelVersionId=42")
    assert told.state is OperationState.COMPLETED


async def test_a_token_given_beside_a_running_program_is_found_after_a_refusal(hub: Hub, tmp_path: Path) -> None:
    """After a refusal the next attempt reads the keyring again."""
    with keyrings.using(keyrings.MemoryKeyring()):
        async with downloads(tmp_path) as desk:
            refused = await desk.get(AT_HUB)
            await Tokens({}).keep(HUGGING_FACE, TOKEN)
            await desk.command(refused.operation.id, CommandKind.RETRY)
            assert (await desk.ended(refused.operation.id)).state is OperationState.COMPLETED


async def test_without_a_keyring_it_is_kept_for_this_run(hub: Hub, tmp_path: Path) -> None:
    """Without a keyring the token lasts until the program exits."""
    async with downloads(tmp_path) as desk:
        state = await desk.service.tokens.keep(HUGGING_FACE, TOKEN)
        assert (state.source, str(state.keyring_problem)) == (TokenSource.RUN, "no keyring found")
        assert (await desk.get(AT_HUB)).state is OperationState.COMPLETED
    assert (await Tokens({}).state(HUGGING_FACE)).source is TokenSource.NONE


async def test_the_environment_wins(hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment's token is sent, shown as such, and not overwritten."""
    with keyrings.using(keyrings.MemoryKeyring()):
        await Tokens({}).keep(HUGGING_FACE, "hf_anotherToken")
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        async with downloads(tmp_path) as desk:
            assert (await desk.service.tokens.state(HUGGING_FACE)).source is TokenSource.ENVIRONMENT
            assert (await desk.get(AT_HUB)).state is OperationState.COMPLETED
            with pytest.raises(InvalidInputError, match="set by the environment variable HF_TOKEN"):
                await desk.service.tokens.keep(HUGGING_FACE, "hf_third")


async def test_a_locked_keyring_holds_nothing_up() -> None:
    """Downloads without tokens continue while the keyring is locked."""
    ring = keyrings.LockedKeyring()
    ring.kept[keyring.SERVICE, HUGGING_FACE.domain] = TOKEN
    with keyrings.using(ring):
        known = Tokens({}, patience_s=0.05)
        state = await known.state(HUGGING_FACE)
        assert (state.source, str(state.keyring_problem)) == (
            TokenSource.NONE,
            "the keyring does not respond (it may be locked)",
        )
        ring.unlocked.set()
        while await known.of(HUGGING_FACE) is None:  # noqa: ASYNC110 a keyring tells nobody that it was unlocked
            await asyncio.sleep(0.01)
        assert await known.of(HUGGING_FACE) == TOKEN


async def test_what_a_keyring_says_is_not_repeated() -> None:
    """A keyring's error that contains the secret is not repeated."""
    with keyrings.using(keyrings.LeakyKeyring()):
        state = await Tokens({}).keep(HUGGING_FACE, TOKEN)
    assert str(state.keyring_problem) == "the keyring failed with RuntimeError"


@pytest.mark.parametrize("typed", ["", "two words", "größe", "a\nb"])
async def test_what_cannot_be_a_token_is_refused(typed: str) -> None:
    """An invalid token is not saved, and not repeated."""
    with keyrings.using(ring := keyrings.MemoryKeyring()), pytest.raises(InvalidInputError) as refused:
        await Tokens({}).keep(HUGGING_FACE, typed)
    assert ring.kept == {}
    assert not typed or typed not in str(refused.value)


async def test_a_token_is_forgotten(tmp_path: Path) -> None:
    """A removed token is gone from the keyring and the process."""
    with keyrings.using(ring := keyrings.MemoryKeyring()):
        known = Tokens({})
        await known.keep(CIVITAI, KEY)
        assert (await known.forget(CIVITAI)).source is TokenSource.NONE
        assert await known.of(CIVITAI) is None
        await known.forget(CIVITAI)
    assert ring.kept == {}


async def test_a_site_tells_who_a_token_belongs_to(hub: Hub, civitai: Civitai, tmp_path: Path) -> None:
    """Testing a token asks the configured site and shows its answer."""
    with keyrings.using(keyrings.MemoryKeyring()):
        async with downloads(tmp_path) as desk:
            nobody = await desk.service.check_token(HUGGING_FACE)
            assert (nobody.accepted, str(nobody.words)) == (False, "There is no token for Hugging Face to test.")
            await desk.service.tokens.keep(HUGGING_FACE, TOKEN)
            await desk.service.tokens.keep(CIVITAI, "wrong")
            known = await desk.service.check_token(HUGGING_FACE)
            wrong = await desk.service.check_token(CIVITAI)
            hub.out_of_order = 503
            broken = await desk.service.check_token(HUGGING_FACE)
    assert (known.accepted, str(known.words)) == (True, "Hugging Face knows you as ada.")
    assert not wrong.accepted
    assert str(wrong.words).startswith("Civitai did not accept the token.")
    assert not broken.accepted
    assert "503" in str(broken.words)


async def test_a_token_is_not_sent_where_others_can_listen(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mirror without https gets no token."""
    monkeypatch.setenv("HF_ENDPOINT", "http://mirror.test")
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    async with downloads(tmp_path) as desk:
        told = await desk.service.check_token(HUGGING_FACE)
    assert str(told.words) == "The token is not sent to mirror.test: the address is not https."
