"""Tokens: stored only in a keyring, sent only to their site, and tested by asking the site."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.remedies import FailureKind, failure_kind_in
from launcher_gui.downloads.redaction import is_secret_name, redact
from launcher_gui.downloads.sources import keyring, tokens
from launcher_gui.downloads.sources.tokens import Site, Tokens, TokenSource
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
            assert failure_kind_in(refused.last.detail) is FailureKind.TOKEN_NEEDED
            state = await desk.service.tokens.keep(Site.HUB, f" {TOKEN}\n")
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
        await Tokens({}).keep(Site.CIVITAI, KEY)
        async with downloads(tmp_path) as desk:
            told = await desk.get("https://civitai.com/models/7?modelVersionId=42")
    assert told.state is OperationState.COMPLETED


async def test_a_token_given_beside_a_running_program_is_found_after_a_refusal(hub: Hub, tmp_path: Path) -> None:
    """After a refusal the next attempt reads the keyring again."""
    with keyrings.using(keyrings.MemoryKeyring()):
        async with downloads(tmp_path) as desk:
            refused = await desk.get(AT_HUB)
            await Tokens({}).keep(Site.HUB, TOKEN)
            await desk.command(refused.operation.id, CommandKind.RETRY)
            assert (await desk.ended(refused.operation.id)).state is OperationState.COMPLETED


async def test_without_a_keyring_it_is_kept_for_this_run(hub: Hub, tmp_path: Path) -> None:
    """Without a keyring the token lasts until the program exits."""
    async with downloads(tmp_path) as desk:
        state = await desk.service.tokens.keep(Site.HUB, TOKEN)
        assert (state.source, state.keyring_problem) == (TokenSource.RUN, "there is none on this computer")
        assert (await desk.get(AT_HUB)).state is OperationState.COMPLETED
    assert (await Tokens({}).state(Site.HUB)).source is TokenSource.NONE


async def test_the_environment_wins(hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment's token is sent, shown as such, and not overwritten."""
    with keyrings.using(keyrings.MemoryKeyring()):
        await Tokens({}).keep(Site.HUB, "hf_anotherToken")
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        async with downloads(tmp_path) as desk:
            assert (await desk.service.tokens.state(Site.HUB)).source is TokenSource.ENVIRONMENT
            assert (await desk.get(AT_HUB)).state is OperationState.COMPLETED
            with pytest.raises(InvalidInputError, match="held by the environment variable HF_TOKEN"):
                await desk.service.tokens.keep(Site.HUB, "hf_third")


async def test_a_locked_keyring_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Downloads without tokens continue while the keyring is locked."""
    monkeypatch.setattr(tokens, "PATIENCE_S", 0.05)
    ring = keyrings.LockedKeyring()
    ring.kept[keyring.SERVICE, Site.HUB] = TOKEN
    with keyrings.using(ring):
        known = Tokens({})
        state = await known.state(Site.HUB)
        assert (state.source, state.keyring_problem) == (TokenSource.NONE, "it does not answer; it may be locked")
        ring.unlocked.set()
        while await known.of(Site.HUB) is None:  # noqa: ASYNC110 a keyring tells nobody that it was unlocked
            await asyncio.sleep(0.01)
        assert await known.of(Site.HUB) == TOKEN


async def test_what_a_keyring_says_is_not_repeated() -> None:
    """A keyring's error that contains the secret is not repeated."""
    with keyrings.using(keyrings.LeakyKeyring()):
        state = await Tokens({}).keep(Site.HUB, TOKEN)
    assert state.keyring_problem == "it failed with RuntimeError"


@pytest.mark.parametrize("typed", ["", "two words", "größe", "a\nb"])
async def test_what_cannot_be_a_token_is_refused(typed: str) -> None:
    """An invalid token is not saved, and not repeated."""
    with keyrings.using(ring := keyrings.MemoryKeyring()), pytest.raises(InvalidInputError) as refused:
        await Tokens({}).keep(Site.HUB, typed)
    assert ring.kept == {}
    assert not typed or typed not in str(refused.value)


async def test_a_token_is_forgotten(tmp_path: Path) -> None:
    """A removed token is gone from the keyring and the process."""
    with keyrings.using(ring := keyrings.MemoryKeyring()):
        known = Tokens({})
        await known.keep(Site.CIVITAI, KEY)
        assert (await known.forget(Site.CIVITAI)).source is TokenSource.NONE
        assert await known.of(Site.CIVITAI) is None
        await known.forget(Site.CIVITAI)
    assert ring.kept == {}


async def test_a_site_tells_who_a_token_belongs_to(hub: Hub, civitai: Civitai, tmp_path: Path) -> None:
    """Testing a token asks the configured site and shows its answer."""
    with keyrings.using(keyrings.MemoryKeyring()):
        async with downloads(tmp_path) as desk:
            nobody = await desk.service.check_token(Site.HUB)
            assert (nobody.accepted, nobody.words) == (False, "There is no token for Hugging Face to try.")
            await desk.service.tokens.keep(Site.HUB, TOKEN)
            await desk.service.tokens.keep(Site.CIVITAI, "wrong")
            known = await desk.service.check_token(Site.HUB)
            wrong = await desk.service.check_token(Site.CIVITAI)
            hub.out_of_order = 503
            broken = await desk.service.check_token(Site.HUB)
    assert (known.accepted, known.words) == (True, "Hugging Face knows you as ada.")
    assert not wrong.accepted
    assert wrong.words.startswith("Civitai did not accept the key.")
    assert not broken.accepted
    assert "503" in broken.words


async def test_a_token_is_not_sent_where_others_can_listen(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mirror without https gets no token."""
    monkeypatch.setenv("HF_ENDPOINT", "http://mirror.test")
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    async with downloads(tmp_path) as desk:
        told = await desk.service.check_token(Site.HUB)
    assert told.words == "The token is not sent to mirror.test: it is not reached by https."
