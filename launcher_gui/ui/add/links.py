"""Links in pasted, dropped or initial data."""

from __future__ import annotations

from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

from launcher_gui import LINK_SCHEME
from launcher_gui.downloads.sources.all_sources import link_schemes

_HTML_LIMIT = 1024 * 1024
_LIST_ENDINGS = (".txt", ".lst", ".list")


def links_in(data: QMimeData | None) -> tuple[str, ...]:
    """Return the downloadable addresses in ``data``, each once, in order.

    A browser provides a list of addresses for a link, its text, and its markup for a selection; the first of these that
    contains any is used.
    """
    if data is None:
        return ()
    for words in ([u.toString() for u in data.urls()], data.text().split(), _targets(data.html())):
        if found := tuple(dict.fromkeys(w for w in words if w.lower().startswith(link_schemes()))):
            return found
    return ()


def list_files_in(data: QMimeData | None) -> tuple[str, ...]:
    """Return the paths of files in ``data`` whose names suggest lists of downloads."""
    if data is None:
        return ()
    paths = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.lower().endswith(_LIST_ENDINGS))


def link_in(word: str) -> str:
    """Return the link inside a link of the program's own scheme; any other word is returned unchanged.

    Desktops pass ``comfyui-recovery:https://host/file``, some browsers ``comfyui-recovery://https://host/file``.
    """
    scheme, colon, rest = word.partition(":")
    return rest.removeprefix("//") if colon and scheme.lower() == LINK_SCHEME else word


class _Anchors(HTMLParser):
    """Collects the targets of the links in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the target of an anchor."""
        if tag == "a":
            self.targets += [value for name, value in attrs if name == "href" and value]


def _targets(html: str) -> list[str]:
    anchors = _Anchors()
    anchors.feed(html[:_HTML_LIMIT])
    return anchors.targets
