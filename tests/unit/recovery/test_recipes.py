"""The code of the recipes, taken from their pages, runs as described."""

from __future__ import annotations

import asyncio
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from socketio import AsyncClient
from structlog.testing import capture_logs

from launcher_gui.recovery.integration import get_recovery_integrator
from tests.support.builders.files import ONE_MIB, sha256_of
from tests.support.servers.behaviours import Drop, Serve
from tests.support.servers.misbehaving import MisbehavingServer

RECIPES = Path(__file__).parents[3] / "docs" / "recipes"


@pytest.fixture(autouse=True)
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in the test's own folder, and undo what a recipe sets for the process."""
    monkeypatch.chdir(tmp_path)
    yield
    get_recovery_integrator().reset()


def run(name: str) -> dict[str, Any]:
    """Run the code of a recipe and return what it defines."""
    page = RECIPES / f"{name}.md"
    code = "\n".join(re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE))
    defined: dict[str, Any] = {"__name__": f"recipe {name}"}
    exec(compile(code, str(page), "exec", dont_inherit=True), defined)  # noqa: S102 our own documentation
    return defined


def test_every_recipe_is_run() -> None:
    """Every page has its test."""
    tests = {name.removeprefix("test_").replace("_", "-") for name in globals() if name.startswith("test_")}
    assert {page.stem for page in RECIPES.glob("*.md")} <= tests


async def test_download_that_resumes(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four drops cause no repeated byte."""
    monkeypatch.setenv("RECOVERY_INITIAL_DELAY", "0.001")
    misbehaving.script(*[Serve(ending=Drop(after=200_000, reset=False))] * 4)
    target = await run("download-that-resumes")["download"](misbehaving.url(), tmp_path / "model")
    assert sha256_of(target) == ONE_MIB.sha256
    assert len(misbehaving.log) == 5


def test_plain_function_in_threads(tmp_path: Path) -> None:
    """All calls succeed in the second attempt."""
    assert run("plain-function-in-threads")["results"] == [2 * number for number in range(20)]
    assert (tmp_path / "jobs.sqlite3").exists()


def test_testing_without_waiting() -> None:
    """Minutes pass on the test clock, none in real time."""
    defined = run("testing-without-waiting")
    first, second = defined["clock"].slept
    assert defined["result"] == "done"
    assert (30 <= first <= 60, 30 <= second <= 60) == (True, True)


def test_own_strategy_and_classifier() -> None:
    """The recipe overrides the library's decision in both directions."""
    defined = run("own-strategy-and-classifier")
    with pytest.raises(RuntimeError, match="gated") as gated:
        defined["gated"]()
    with pytest.raises(ValueError, match="not ready") as stubborn:
        defined["stubborn"]()
    assert defined["calls"] == ["gated", *["stubborn"] * 3]
    assert gated.value.recovery.attempts == 1  # type: ignore[attr-defined]
    assert stubborn.value.__notes__ != []


def test_one_configuration() -> None:
    """The update applies to an existing function, and the refused one does not."""
    defined = run("one-configuration")
    with pytest.raises(ConnectionError):
        defined["work"]()
    assert len(defined["calls"]) == 5
    assert "initial_delay -1 is out of range" in defined["refused"]
    assert defined["factor"] == 1.5


def test_project_in_steps(capsys: pytest.CaptureFixture[str]) -> None:
    """The second call of a project downloads nothing again."""
    defined = run("project-in-steps")
    assert defined["downloads"] == ["base.safetensors", "vae.safetensors"]
    assert defined["result"] == {"success": True, "paths": ["base.safetensors", "vae.safetensors"]}
    assert capsys.readouterr().out.startswith("not retried: access denied")


def test_sparing_a_host() -> None:
    """One function's failures stop the other, until the user resumes the host."""
    defined = run("sparing-a-host")
    assert defined["paused"] == ("civitai.com", 60)
    assert defined["found"] == ["portrait"]
    assert defined["moves"] == [("closed", "open"), ("open", "closed"), ("closed", "isolated")]
    assert get_recovery_integrator().breaker("civitai.com").state == "isolated"


def test_structlog() -> None:
    """Structlog alone logs one retry and the success, without the secret."""
    with capture_logs() as lines:
        assert run("structlog")["fetched"] == "fetched"
    assert [(line["log_level"], line["event"]) for line in lines] == [
        ("info", "operation started"),
        ("warning", "attempt failed"),
        ("info", "operation completed"),
    ]
    assert lines[1]["error"] == "ConnectionResetError: connection reset"
    assert "secret" not in str(lines)


def test_prometheus(capsys: pytest.CaptureFixture[str]) -> None:
    """The scraped page shows three failed attempts and an open breaker."""
    defined = run("prometheus")
    with urllib.request.urlopen(f"http://127.0.0.1:{defined['server'].server_port}", timeout=10) as answer:
        page = answer.read().decode()
    defined["server"].shutdown()
    defined["server"].server_close()
    defined["thread"].join()
    assert capsys.readouterr().out == "three attempts failed\n"
    failed = 'recovery_attempts_failed_total{category="network",function="models.fetch",outcome='
    assert f'{failed}"retrying"}} 2.0' in page
    assert f'{failed}"failed"}} 1.0' in page
    assert 'recovery_breaker_state{scope="models.fetch"} 2.0' in page


async def test_socketio() -> None:
    """A client receives all events, as on the page and without the secret."""
    defined, heard = run("socketio"), list[tuple[str, Any]]()
    over = asyncio.Event()

    async def hear(event: str, payload: dict[str, Any]) -> None:
        heard.append((event, payload))
        if event == "operation_completed":
            over.set()

    runner, client = web.AppRunner(defined["app"]), AsyncClient()
    client.on("*", hear)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await client.connect(f"http://127.0.0.1:{runner.addresses[0][1]}")
    assert await defined["fetch"]("flux") == "flux"
    await asyncio.wait_for(over.wait(), 10)
    await client.disconnect()
    await runner.cleanup()
    assert [event.removeprefix("operation_") for event, _ in heard] == ["started", "progress", "retrying", "completed"]
    assert heard[2][1]["decision"] == "waiting 0.01 s, then attempt 2 of 4: connection reset"
    assert "secret" not in str(heard)


async def test_sqlalchemy() -> None:
    """A failed attempt leaves no row, the next one leaves one."""
    defined = run("sqlalchemy")
    assert await defined["main"]() == ["flux"]
    assert defined["errors"] == []


def test_celery() -> None:
    """The task runs as an operation and returns its result."""
    assert run("celery")["result"] == "vae.safetensors"
