"""How a message lies in a row: its English text for readers and reports, and beside it its code and parameters."""

from __future__ import annotations

import json
from functools import lru_cache

from launcher_gui.recovery.operation import to_json, to_text
from launcher_gui.text.catalogue import TEMPLATES
from launcher_gui.text.message import FOREIGN, NOTHING, Message, english, foreign, from_data, to_data

_NO_PARAMS = "{}"
_NOTHING = ("", "", _NO_PARAMS)


def columns(fact: Message) -> tuple[str, str, str]:
    """Return the English of ``fact``, its code, and its parameters as JSON: what its three columns hold."""
    if not fact:
        return _NOTHING
    if fact.code == FOREIGN:  # its text is not stored twice
        return to_text(english(fact)), FOREIGN, _NO_PARAMS
    return to_text(english(fact)), fact.code, to_json(to_data(fact).get("params", {}))


@lru_cache(maxsize=4096)
def restored(text: str, code: str, params: str) -> Message:
    """Return the message of three columns; its English text where the code is not one of this version's."""
    if not code:
        return foreign(text) if text else NOTHING
    if code not in TEMPLATES or code == FOREIGN:
        return foreign(text)
    try:
        return from_data({"code": code, "params": json.loads(params)})
    except ValueError:
        return foreign(text)
