"""The contract's examples, with annotations, as another project writes them. Type checkers read this; it never runs."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar, assert_type

import aiohttp
from sqlalchemy.ext.asyncio import AsyncSession

from launcher_gui.recovery import ProgressTracker, SQLitePersistence, generate_operation_id, recoverable
from launcher_gui.recovery.classification import ErrorCategory, ErrorClassifier
from launcher_gui.recovery.integration import get_recovery_integrator
from launcher_gui.recovery.strategies import CustomStrategy

P = ParamSpec("P")
R = TypeVar("R")


@recoverable(max_retries=3)
async def download_model(url: str, destination: str) -> str:
    """Basic function integration."""
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        with Path(destination).open("wb") as file:
            async for chunk in response.content.iter_chunked(8192):
                file.write(chunk)
    return destination


@recoverable(max_retries=3, persistence=SQLitePersistence())
async def download_with_progress(url: str, destination: str, progress_tracker: ProgressTracker | None = None) -> str:
    """With progress tracking."""
    downloaded = 0
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        total_size = int(response.headers.get("content-length", 0))
        async for chunk in response.content.iter_chunked(8192):
            downloaded += len(chunk)
            if progress_tracker is not None:
                progress_tracker.update(downloaded, total_size)
    if progress_tracker is not None:
        progress_tracker.complete()
    return destination


@dataclass
class DownloadState:
    """How far a download is."""

    url: str
    destination: str
    downloaded_bytes: int = 0
    last_modified: str | None = None


def restore(data: dict[str, Any]) -> DownloadState:
    """Return the state that ``asdict`` made ``data`` of."""
    return DownloadState(**data)


def preserve(state: DownloadState) -> dict[str, Any]:
    """Return ``state`` in a form that JSON has."""
    return asdict(state)


@recoverable(
    max_retries=5,
    persistence=SQLitePersistence(),
    state_serializer=preserve,
    state_deserializer=restore,
)
async def resilient_download(state: DownloadState) -> str:
    """State persistence integration."""
    headers = {"Range": f"bytes={state.downloaded_bytes}-"} if state.downloaded_bytes else {}
    async with aiohttp.ClientSession() as session, session.get(state.url, headers=headers) as response:
        state.downloaded_bytes += len(await response.read())
    return state.destination


class ModelDownloadStrategy(CustomStrategy):
    """Custom retry strategies."""

    def __init__(self) -> None:
        super().__init__(delay_func=self._calculate_model_delay, name="ModelDownload")

    def _calculate_model_delay(self, attempt: int) -> float:
        return 2.0 * 2 ** (attempt - 1) if attempt <= 3 else min(300.0, 2.0 * (attempt - 2))

    def should_retry(self, error: Exception, attempt: int, max_attempts: int) -> bool:
        """Choose by type, then by number."""
        if attempt >= max_attempts or isinstance(error, PermissionError):
            return False
        return isinstance(error, ConnectionError | TimeoutError) or attempt < 3


@recoverable(strategy=ModelDownloadStrategy())
async def download_model_with_custom_strategy(url: str, destination: str) -> None:
    """Use the strategy."""


class ModelDownloadErrorClassifier(ErrorClassifier):
    """Error classification integration."""

    def classify_error(self, error: Exception) -> ErrorCategory:
        """Choose by the error's text."""
        if "api key" in str(error).lower():
            return ErrorCategory.PERMISSION
        return ErrorCategory.UNKNOWN


@recoverable(classifier=ModelDownloadErrorClassifier())
async def download_model_with_custom_classifier(url: str, destination: str) -> None:
    """Use the classifier."""


@recoverable(
    max_retries=5,
    circuit_breaker_threshold=3,
    circuit_breaker_timeout=60.0,
    circuit_breaker_scope="model_downloads",
)
async def download_model_with_circuit_breaker(url: str, destination: str) -> None:
    """Circuit breaker integration."""


@recoverable(max_retries=3, persistence=SQLitePersistence())
async def install_project_with_dependencies(project_config: dict[str, Any]) -> dict[str, Any]:
    """Async operation integration."""
    operation_id = generate_operation_id()
    for model in project_config["required_models"]:
        await download_model(model["url"], model["destination"])
    return {"success": True, "operation_id": operation_id}


class RecoverableTask:
    """Celery task integration: a class method that applies recovery and keeps the function's type."""

    @classmethod
    def apply_recovery(cls, task_func: Callable[P, R]) -> Callable[P, R]:
        """Apply recovery to a task's function."""
        return recoverable(max_retries=3, persistence=SQLitePersistence(), circuit_breaker_threshold=5)(task_func)


@RecoverableTask.apply_recovery
def process_model_download(model_info: dict[str, str]) -> str:
    """Process a model's download with recovery."""
    return model_info["url"]


class Socket(Protocol):
    """Sends events to a browser."""

    def emit(self, event: str, data: dict[str, Any]) -> Awaitable[None]:
        """Send one event."""
        ...


@recoverable(max_retries=3)
async def operation_with_websocket_updates(data: dict[str, Any], socket: Socket) -> dict[str, Any]:
    """WebSocket integration."""
    await socket.emit("operation_started", {"operation_id": generate_operation_id(), "data": data})
    return data


@recoverable(max_retries=3)
async def database_operation_with_recovery(session: AsyncSession, data: dict[str, Any]) -> int:
    """Database transaction integration."""
    async with session.begin():
        return len(data)


def get_recovery_config() -> dict[str, Any]:
    """Environment-based configuration."""
    enabled = os.getenv("RECOVERY_PERSISTENCE_ENABLED", "true").lower() == "true"
    return {
        "max_retries": int(os.getenv("RECOVERY_MAX_RETRIES", "3")),
        "initial_delay": float(os.getenv("RECOVERY_INITIAL_DELAY", "1.0")),
        "persistence": SQLitePersistence() if enabled else None,
    }


@recoverable(**get_recovery_config())
async def configured_operation(data: dict[str, Any]) -> int:
    """Use the configuration."""
    return len(data)


def update_recovery_config(new_config: dict[str, Any]) -> None:
    """Dynamic configuration updates."""
    get_recovery_integrator().update_config(new_config)


def apply_recovery(func: Callable[P, R]) -> Callable[P, R]:
    """Gradual rollout."""
    return recoverable(max_retries=3)(func) if os.getenv("RECOVERY_ENABLED") else func


@apply_recovery
async def rolled_out(url: str) -> bytes:
    """Use the rollout."""
    return url.encode()


async def types_are_kept(session: AsyncSession) -> None:
    """Arguments and results have the types of the original functions."""
    assert_type(await download_model("a", "b"), str)
    assert_type(await download_with_progress("a", "b"), str)
    assert_type(await resilient_download(DownloadState("a", "b")), str)
    assert_type(await install_project_with_dependencies({}), dict[str, Any])
    assert_type(process_model_download({"url": "a"}), str)
    assert_type(await database_operation_with_recovery(session, {}), int)
    assert_type(await configured_operation({}), int)
    assert_type(await rolled_out("a"), bytes)
