"""Settings as a file, for another computer or another user: all of them or none, and never a secret."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from launcher_gui.recovery.config import check_all
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.settings.schema import Settings
from launcher_gui.text.message import message

SIZE_LIMIT = 1024 * 1024
_KIND = "comfyui-recovery settings"
_CREDENTIALS = re.compile(r"(?<=//)[^/@\s]*@")
_REMEDY = message("fix.settings_file")


def to_file(settings: Settings) -> str:
    """Return every setting as the text of a file."""
    values = {name: _public(value) for name, value in dataclasses.asdict(settings).items()}
    return json.dumps({"kind": _KIND, "format": 1, "settings": values}, indent=2, ensure_ascii=False) + "\n"


def from_file(data: bytes) -> dict[str, Any]:
    """Parse a settings file and check every setting in it.

    Raises:
        InvalidInputError: If it is not a settings file, or has an unknown setting or a value that is not allowed.
    """
    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise InvalidInputError("file", "", message("settings_file.not_json"), _REMEDY) from None
    if not isinstance(found, dict) or found.get("kind") != _KIND or not isinstance(found.get("settings"), dict):
        raise InvalidInputError("file", "", message("settings_file.other"), _REMEDY)
    values: dict[str, Any] = found["settings"]
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise InvalidInputError(missing[0], None, message("setting.no_value"), message("fix.no_value"))
    check_all(Settings, values)
    return values


def _public(value: object) -> object:
    return _CREDENTIALS.sub("", value) if isinstance(value, str) else value
