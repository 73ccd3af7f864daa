"""Which message a module that cannot be loaded leads to."""

from __future__ import annotations

import pytest

from launcher_gui.startup_errors import missing_part


@pytest.mark.parametrize(
    ("module", "extra"),
    [("aiohttp", "downloads"), ("yarl", "downloads"), ("PySide6.QtCore", "window"), ("qasync", "window")],
)
def test_missing_dependency_names_its_extra(module: str, extra: str) -> None:
    """The message is the command that installs what is missing."""
    message = missing_part(ModuleNotFoundError(name=module))
    assert message.endswith(f"pip install 'comfyui-launcher-recovery-monitor[{extra}]'")


def test_packaged_program_needs_a_new_installation() -> None:
    """No extra can be added to a program that brings its own packages."""
    message = missing_part(ModuleNotFoundError(name="PySide6"), bundled=True)
    assert "PySide6 is missing" in message
    assert "pip" not in message


def test_missing_module_of_the_program_is_named() -> None:
    """A part of the program itself belongs to no extra."""
    assert "launcher_gui.ui is missing" in missing_part(ModuleNotFoundError(name="launcher_gui.ui"))
