"""Links in what is pasted or dropped."""

from __future__ import annotations

from PySide6.QtCore import QMimeData


def links_in(data: QMimeData | None) -> tuple[str, ...]:
    """Return the addresses in ``data`` that can be downloaded from, each once, in order."""
    if data is None:
        return ()
    words = [u.toString() for u in data.urls()] or data.text().split()
    return tuple(dict.fromkeys(w for w in words if w.lower().startswith(("http://", "https://", "hf://"))))
