"""Files from Hugging Face and Civitai: pinned to a version, proven by SHA-256, refused with reasons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.remedies import FailureKind, recorded_failure_kind
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import Told, downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Drop, ETag, Redirect, Serve
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.sites import COMMIT, KEY, NEXT_COMMIT, TOKEN, Civitai, Hub, Stored, Version

KEPT = 600 * KIB
OTHER = Content(MIB, seed=9)
AT_HUB = "hf://black-forest/flux/unet/model.safetensors"
AT_NETWORK = "/xet/abc"
PAGE = "https://civitai.com/models/7/some-model?modelVersionId=42"


@pytest.fixture
async def network() -> AsyncIterator[MisbehavingServer]:
    """The content network that both sites redirect to: another origin."""
    async with MisbehavingServer() as server:
        yield server


@pytest.fixture
async def hub(network: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    """Hugging Face with a file, reached through HF_ENDPOINT as a mirror is."""
    monkeypatch.delenv("HF_TOKEN", raising=False)
    async with Hub(network) as site:
        monkeypatch.setenv("HF_ENDPOINT", site.origin + "/")
        site.store("black-forest/flux", "unet/model.safetensors", Stored(ONE_MIB, AT_NETWORK))
        yield site


@pytest.fixture
async def civitai(network: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Civitai]:
    """Civitai with a model."""
    monkeypatch.delenv("CIVITAI_API_KEY", raising=False)
    async with Civitai(network) as site:
        monkeypatch.setenv("RECOVERY_CIVITAI_ENDPOINT", site.origin)
        site.publish(42, Version(ONE_MIB, AT_NETWORK, "dream shaper.safetensors"))
        site.models["7"] = [42, 41]
        yield site


def _trouble(told: Told) -> FailureKind | None:
    return recorded_failure_kind(told.last.failure_kind)


def _is_written(secret: str, root: Path) -> bool:
    stores = [path for path in root.rglob("*") if path.parent.name == "data" and path.is_file()]
    assert stores
    return any(secret.encode() in path.read_bytes() for path in stores)


@pytest.mark.parametrize(
    "address",
    [
        AT_HUB,
        "hf://black-forest/flux@main/unet/model.safetensors",
        "https://huggingface.co/black-forest/flux/blob/main/unet/model.safetensors",
        "https://huggingface.co/black-forest/flux/resolve/main/unet/model.safetensors?download=true",
        f"https://hf.co/black-forest/flux/resolve/{COMMIT}/unet/model.safetensors",
    ],
)
async def test_hub_addresses(hub: Hub, network: MisbehavingServer, tmp_path: Path, address: str) -> None:
    """Every form of address brings the file, with its name, from the pinned commit."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(address)
        assert desk.files == ["model.safetensors"]
    assert told.state is OperationState.COMPLETED
    assert told.operation.arguments["sha256"] == ONE_MIB.sha256
    at_commit = f"/black-forest/flux/resolve/{COMMIT}/unet/model.safetensors"
    assert hub.asked[-1] == ("GET", at_commit)
    assert told.operation.arguments["pinned"] == f"https://huggingface.co{at_commit}"
    assert len(network.log) == 1


async def test_hub_file_goes_on_at_its_commit(hub: Hub, network: MisbehavingServer, tmp_path: Path) -> None:
    """A file is finished from its first commit after the branch moved, by any server."""
    network.script(Serve(Drop(KEPT)), Serve(etag=ETag.WEAK, last_modified=False), path=AT_NETWORK)
    async with downloads(tmp_path, max_retries=0) as desk:
        broken = await desk.get(AT_HUB)
        assert broken.state is OperationState.FAILED
    hub.store("black-forest/flux", "unet/model.safetensors", Stored(OTHER, "/xet/next", NEXT_COMMIT))
    async with downloads(tmp_path) as desk:
        told = await desk.get(AT_HUB)
    assert told.operation.id == broken.operation.id
    assert told.last.resumed_from == KEPT
    assert str(told.last.resume_note) == "resumed at 614.4 kB (SHA-256 will be checked)"
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256
    assert [request.header("if-range") for request in network.log] == [None, None]
    assert [method for method, _ in hub.asked] == ["HEAD", "GET", "GET"]


async def test_hub_file_is_proven_by_its_hash(hub: Hub, network: MisbehavingServer, tmp_path: Path) -> None:
    """Bytes that differ from the hub's hash are quarantined without an entered SHA-256."""
    network.script(then=Serve(content=OTHER), path=AT_NETWORK)
    async with downloads(tmp_path) as desk:
        told = await desk.get(AT_HUB)
        assert desk.files == ["model.safetensors.quarantine"]
    assert (told.state, _trouble(told)) == (OperationState.FAILED, FailureKind.CHANGED)


async def test_other_hash_than_listed_costs_nothing(hub: Hub, network: MisbehavingServer, tmp_path: Path) -> None:
    """An entered SHA-256 that differs from the hub's fails before the download."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(AT_HUB, sha256=OTHER.sha256)
    assert str(told.last.error) == "Hugging Face lists another SHA-256 for this file than the one you gave"
    assert told.state is OperationState.FAILED
    assert network.log == ()


async def test_small_hub_file_and_renamed_repository(hub: Hub, tmp_path: Path) -> None:
    """Files in git have no SHA-256, and old repository names redirect."""
    hub.store("black-forest/flux", "config.json", Stored(Content(2000), "/unused", in_git=True))
    hub.moved["old/flux"] = "black-forest/flux"
    async with downloads(tmp_path) as desk:
        told = await desk.get("hf://old/flux/config.json")
        assert desk.files == ["config.json"]
    assert told.state is OperationState.COMPLETED
    assert told.operation.arguments["sha256"] is None


async def test_token_goes_to_the_hub_alone(
    hub: Hub, network: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token opens a private repository, skips the content network, and is written nowhere."""
    hub.files["black-forest/flux", "unet/model.safetensors"].private = True
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    async with downloads(tmp_path) as desk:
        told = await desk.get(AT_HUB)
    assert told.state is OperationState.COMPLETED
    assert {request.header("authorization") for request in hub.log} == {f"Bearer {TOKEN}"}
    assert [request.header("authorization") for request in network.log] == [None]
    assert not _is_written(TOKEN, tmp_path)
    assert not _is_written("s3cr3tSignature", tmp_path)


async def test_token_is_not_sent_to_other_servers(
    hub: Hub, misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Servers that redirect to the hub never see the token."""
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    misbehaving.script(Redirect(f"{hub.origin}/black-forest/flux/resolve/main/unet/model.safetensors"))
    async with downloads(tmp_path) as desk:
        assert (await desk.get(misbehaving.url())).state is OperationState.COMPLETED
    assert [request.header("authorization") for request in misbehaving.log] == [None]


MODEL = "https://huggingface.co/black-forest/flux"
GIVE_TOKEN = (
    "create a token at https://huggingface.co/settings/tokens, add it in Settings > Accounts (or set HF_TOKEN), then "
    "resume"
)


@pytest.mark.parametrize(
    ("change", "address", "token", "trouble", "error", "fix"),
    [
        (
            {"gated": True},
            AT_HUB,
            None,
            FailureKind.TOKEN_NEEDED,
            "black-forest/flux is gated: sign in and accept its licence first",
            f"Accept the licence at {MODEL}, {GIVE_TOKEN}",
        ),
        (
            {"gated": True},
            AT_HUB,
            TOKEN,
            FailureKind.LICENCE,
            "black-forest/flux is gated: accept its licence first",
            f"Accept the licence at {MODEL} with the account of your token, then resume",
        ),
        (
            {},
            AT_HUB,
            "hf_another_9876543210",
            FailureKind.TOKEN_REFUSED,
            "Hugging Face did not accept the token",
            f"Create a new {GIVE_TOKEN.removeprefix('create a ')}",
        ),
        (
            {"private": True},
            AT_HUB,
            None,
            FailureKind.NOT_FOUND,
            "Hugging Face has no public repository black-forest/flux",
            "Check the link, or add a token in Settings > Accounts (or set HF_TOKEN)",
        ),
        (
            {},
            "hf://nobody/nothing/x.safetensors",
            TOKEN,
            FailureKind.NOT_FOUND,
            "Hugging Face has no repository nobody/nothing that your token can access",
            "Check the link",
        ),
        (
            {},
            "hf://black-forest/flux/missing.safetensors",
            None,
            FailureKind.NOT_FOUND,
            "black-forest/flux has no such file",
            "Look for the file at https://huggingface.co/black-forest/flux",
        ),
        (
            {},
            "hf://black-forest/flux@v9/unet/model.safetensors",
            None,
            FailureKind.NOT_FOUND,
            "black-forest/flux has no such revision",
            "Check the revision at https://huggingface.co/black-forest/flux, or leave it out",
        ),
    ],
)
async def test_hub_refusals_are_told_apart(
    hub: Hub,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, bool],
    address: str,
    token: str | None,
    trouble: FailureKind,
    error: str,
    fix: str,
) -> None:
    """Each of the hub's refusals has its own message and remedy, and is not retried."""
    for field, value in change.items():
        setattr(hub.files["black-forest/flux", "unet/model.safetensors"], field, value)
    if token is not None:
        monkeypatch.setenv("HF_TOKEN", token)
    async with downloads(tmp_path) as desk:
        told = await desk.get(address)
    assert (str(told.last.error), _trouble(told)) == (error, trouble)
    assert str(told.operation.decision) == f"not retried: {error}. {fix}"
    assert len(hub.log) == len(told.attempts) == 1


async def test_accepted_licence(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gated file downloads after its licence is accepted and the download resumed."""
    stored = hub.files["black-forest/flux", "unet/model.safetensors"]
    stored.gated = True
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    async with downloads(tmp_path) as desk:
        assert (await desk.get(AT_HUB)).state is OperationState.FAILED
        stored.accepted = True
        assert (await desk.get(AT_HUB)).state is OperationState.COMPLETED


async def test_hub_out_of_order_is_waited_for(hub: Hub, tmp_path: Path) -> None:
    """A failing look-up is retried."""
    hub.out_of_order = 502
    async with downloads(tmp_path) as desk:
        told = await desk.get(AT_HUB)
    assert len(told.attempts) == 4
    assert (str(told.last.error), _trouble(told)) == ("127.0.0.1 answered 502 (Bad Gateway)", FailureKind.TRANSIENT)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_signed_address_that_expired_meanwhile(
    hub: Hub, network: MisbehavingServer, tmp_path: Path, status: int
) -> None:
    """A refused signed address is renewed within the same attempt."""
    network.script(Answer(status), path=AT_NETWORK)
    async with downloads(tmp_path) as desk:
        told = await desk.get(AT_HUB)
    assert told.state is OperationState.COMPLETED
    assert len(told.attempts) == 1
    assert [method for method, _ in hub.asked] == ["HEAD", "GET", "GET"]


async def test_signed_addresses_that_never_work(hub: Hub, network: MisbehavingServer, tmp_path: Path) -> None:
    """If new addresses are refused too, the site's failure is retried, then reported."""
    network.script(then=Answer(403), path=AT_NETWORK)
    async with downloads(tmp_path, max_retries=1) as desk:
        told = await desk.get(AT_HUB)
    assert len(told.attempts) == 2
    assert len(network.log) == 4
    assert str(told.operation.decision).endswith("Resume later: the site hands out links that do not work at present")
    assert not _is_written("s3cr3tSignature", tmp_path)


async def test_link_that_was_made_for_a_limited_time(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """An expired signed link asks for a new link, not for a token."""
    misbehaving.script(Answer(403))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url("/model.safetensors?X-Amz-Expires=60&X-Amz-Signature=abc"))
    assert _trouble(told) is FailureKind.LINK_EXPIRED
    assert str(told.operation.decision) == ("not retried: this link has expired. Copy a new link from the model page")


@pytest.mark.parametrize("endpoint", ["ftp://mirror.example", "nonsense", "https://user:pw@mirror.example"])
async def test_invalid_endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    """An invalid mirror is reported with its setting's name, and no request is sent."""
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    async with downloads(tmp_path) as desk:
        told = await desk.get(AT_HUB)
    assert str(told.last.error) == "the setting HF_ENDPOINT is not the address of a site"
    assert _trouble(told) is FailureKind.MISCONFIGURED
    assert "pw@" not in told.last.detail


async def test_such_an_endpoint_concerns_nothing_else(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files from other sites still download."""
    monkeypatch.setenv("HF_ENDPOINT", "nonsense")
    async with downloads(tmp_path) as desk:
        assert (await desk.get(misbehaving.url())).state is OperationState.COMPLETED


@pytest.mark.parametrize(
    "address",
    [PAGE, "https://civitai.com/models/7", "https://civitai.com/api/download/models/42?type=Model&format=SafeTensor"],
)
async def test_civitai_addresses(civitai: Civitai, tmp_path: Path, address: str) -> None:
    """A model page, its newest version and a download address bring the file, proven by hash."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(address)
        assert desk.files == ["dream shaper.safetensors"]
    assert told.state is OperationState.COMPLETED
    assert told.operation.arguments["sha256"] == ONE_MIB.sha256
    assert str(told.operation.arguments["pinned"]).startswith("https://civitai.com/api/download/models/42")


async def test_civitai_chooses_among_files(civitai: Civitai, tmp_path: Path) -> None:
    """The query selects a file of the version, with its hash."""
    training = {"name": "data.zip", "type": "Training Data", "hashes": {"SHA256": "B" * 64}}
    civitai.versions["42"].more = [training]
    async with downloads(tmp_path, max_retries=0) as desk:
        told = await desk.get("https://civitai.com/api/download/models/42?type=Training%20Data")
    assert told.operation.arguments["sha256"] == "b" * 64
    assert ("GET", "/api/download/models/42?type=Training%20Data") in civitai.asked


async def test_civitai_key(
    civitai: Civitai, network: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key from the environment or the address opens the file and stays at the site."""
    civitai.versions["42"].login = True
    monkeypatch.setenv("CIVITAI_API_KEY", KEY)
    async with downloads(tmp_path) as desk:
        assert (await desk.get(PAGE)).state is OperationState.COMPLETED
    monkeypatch.delenv("CIVITAI_API_KEY")
    async with downloads(tmp_path / "second") as desk:
        assert (await desk.get(f"{PAGE}&token={KEY}")).state is OperationState.COMPLETED
    assert [request.header("authorization") for request in network.log] == [None, None]
    assert not _is_written(KEY, tmp_path)


VERSION = "https://civitai.com/model-versions/42"
KEY_FIX = (
    "token at https://civitai.com/user/account, add it in Settings > Accounts (or set CIVITAI_API_KEY), then resume"
)


@pytest.mark.parametrize("by_redirect", [False, True])
@pytest.mark.parametrize(
    ("change", "key", "trouble", "error", "fix"),
    [
        (
            {"login": True},
            None,
            FailureKind.TOKEN_NEEDED,
            "Civitai requires you to sign in to download this file",
            f"Create a {KEY_FIX}",
        ),
        (
            {"login": True},
            "wrong",
            FailureKind.TOKEN_REFUSED,
            "Civitai did not accept the token",
            f"Create a new {KEY_FIX}",
        ),
        (
            {"early_access": "2027-01-31T10:00:00.000Z"},
            KEY,
            FailureKind.LICENCE,
            "the model is in early access until 2027-01-31: Civitai offers it only to those who paid for it",
            f"Unlock it at {VERSION} with the account of your token, or resume when early access has ended",
        ),
        (
            {"usage": "Generation"},
            None,
            FailureKind.NOT_FOUND,
            "the model's creator does not allow downloads",
            f"Choose another version at {VERSION}",
        ),
    ],
)
async def test_civitai_refusals_are_told_apart(
    civitai: Civitai,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    by_redirect: bool,
    change: dict[str, object],
    key: str | None,
    trouble: FailureKind,
    error: str,
    fix: str,
) -> None:
    """Sign-in, a wrong key, early access and prohibited files have their own messages."""
    for field, value in change.items():
        setattr(civitai.versions["42"], field, value)
    civitai.login_by_redirect = by_redirect
    if key is not None:
        monkeypatch.setenv("CIVITAI_API_KEY", key)
    async with downloads(tmp_path) as desk:
        told = await desk.get(PAGE)
    assert (str(told.last.error), _trouble(told)) == (error, trouble)
    assert str(told.operation.decision) == f"not retried: {error}. {fix}"
    assert len(told.attempts) == 1


async def test_civitai_model_that_is_gone(civitai: Civitai, tmp_path: Path) -> None:
    """An unknown number is reported as not found."""
    async with downloads(tmp_path) as desk:
        told = await desk.get("https://civitai.com/models/999")
    assert _trouble(told) is FailureKind.NOT_FOUND
