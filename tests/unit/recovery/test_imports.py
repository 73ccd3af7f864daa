"""Importing the library loads neither Qt nor an HTTP client."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIST_LOADED = """
import importlib, sys
importlib.import_module({module!r})
print(*{{name.partition(".")[0] for name in sys.modules}})
"""


@pytest.mark.parametrize("module", ["launcher_gui.recovery", "launcher_gui.recovery.adapters.celery"])
def test_library_loads_neither_qt_nor_http(module: str) -> None:
    """A separate process shows what the import loads."""
    listed = subprocess.run(
        [sys.executable, "-c", LIST_LOADED.format(module=module)], check=True, capture_output=True, text=True
    )
    loaded = set(listed.stdout.split())
    assert "aiosqlite" in loaded
    assert not {"PySide6", "aiohttp", "blake3", "keyring", "numpy", "platformdirs", "pyqtgraph", "qasync"} & loaded
