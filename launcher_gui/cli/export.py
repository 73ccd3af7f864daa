"""The commands that write a report for bug reports, and a copy of the store."""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
from datetime import UTC, datetime
from pathlib import Path

from launcher_gui import __version__
from launcher_gui.cli import output
from launcher_gui.downloads.redaction import is_secret_name, redact
from launcher_gui.downloads.service import DownloadService
from launcher_gui.monitor import report
from launcher_gui.recovery.exceptions import InvalidInputError, StoreError
from launcher_gui.recovery.store.ports import Store


async def export(service: DownloadService, arguments: argparse.Namespace, ids: frozenset[str] | None) -> int:
    """Write the report about the operations with these ids, or all, as JSON and as text, and print its location.

    Raises:
        InvalidInputError: If it cannot be written there.
    """
    told = await service.store.read(lambda tx: report.collect(tx, ids))
    now = datetime.fromtimestamp(service.clock.now(), UTC)
    about = {
        "program": f"ComfyUI Launcher Recovery Monitor {__version__}",
        "made": now.isoformat(timespec="seconds"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "database": service.store.engine,
    }
    data = report.as_data(told, about, redact, is_secret_name)
    try:
        files = await asyncio.to_thread(_write, data, Path(arguments.to), f"recovery-report-{now:%Y%m%d-%H%M%S}")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InvalidInputError(
            "FOLDER", arguments.to, f"cannot take the report: {reason}", "Choose another folder with --to."
        ) from error
    if arguments.json:
        output.print_json({"files": [str(file) for file in files], "operations": len(told.stories)})
    else:
        output.say("\n".join(["Written without passwords and tokens:", *(f"  {file}" for file in files)]))
    return 0


async def backup(service: DownloadService, arguments: argparse.Namespace) -> int:
    """Copy the whole store, consistent as of one moment, to a new file.

    Raises:
        InvalidInputError: If the file exists already or cannot be written.
    """
    try:
        target = await asyncio.to_thread(_copy, service.store, arguments.file)
    except FileExistsError as error:
        raise InvalidInputError("FILE", arguments.file, "already exists", "Choose another name.") from error
    except (OSError, StoreError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InvalidInputError(
            "FILE", arguments.file, f"cannot take the copy: {reason.lower()}", "Choose another place."
        ) from error
    if arguments.json:
        output.print_json({"file": str(target)})
    else:
        output.say(f"Copied to {target}. Open it with --store, or put it in place of the database while nothing runs.")
    return 0


def _copy(store: Store, file: str) -> Path:
    target = Path(file).expanduser().absolute()
    if target.exists():
        raise FileExistsError(target)
    store.copy_to(target)
    return target


def _write(data: dict[str, object], folder: Path, name: str) -> tuple[Path, ...]:
    """Write both forms, readable by the user alone: they list which files the user has."""
    forms = {".json": json.dumps(data, indent=1, ensure_ascii=False), ".txt": report.as_text(data)}
    files = tuple(folder / f"{name}{suffix}" for suffix in forms)
    for file, text in zip(files, forms.values(), strict=True):
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(text, encoding="utf-8", errors="replace")
    return files
