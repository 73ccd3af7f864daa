"""Links in what is pasted, dropped or given at the start."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from launcher_gui import LINK_SCHEME


def links_in(data: QMimeData | None) -> tuple[str, ...]:
    """Return the addresses in ``data`` that can be downloaded from, each once, in order."""
    if data is None:
        return ()
    words = [u.toString() for u in data.urls()] or data.text().split()
    return tuple(dict.fromkeys(w for w in words if w.lower().startswith(("http://", "https://", "hf://"))))


def link_in(word: str) -> str:
    """Return the link that a link of our own scheme holds; any other word is returned as it is.

    Desktops hand over ``comfyui-recovery:https://host/file``, some browsers ``comfyui-recovery://https://host/file``.
    """
    scheme, colon, rest = word.partition(":")
    return rest.removeprefix("//") if colon and scheme.lower() == LINK_SCHEME else word
