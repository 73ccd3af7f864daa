"""Links in what is pasted, dropped or given at the start."""

from __future__ import annotations

from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

from launcher_gui import LINK_SCHEME
from launcher_gui.downloads.sources.all_sources import link_schemes

_HTML_LIMIT = 1024 * 1024
_LIST_ENDINGS = (".txt", ".lst", ".list")


def links_in(data: QMimeData | None) -> tuple[str, ...]:
    """Return the addresses in ``data`` that can be downloaded from, each once, in order.

    A browser hands over a list of addresses for a link, its text and its mark-up for a selection: whichever of these
    holds any counts, in that order.
    """
    if data is None:
        return ()
    for words in ([u.toString() for u in data.urls()], data.text().split(), _targets(data.html())):
        if found := tuple(dict.fromkeys(w for w in words if w.lower().startswith(link_schemes()))):
            return found
    return ()


def list_files_in(data: QMimeData | None) -> tuple[str, ...]:
    """Return the paths of files in ``data`` that may be lists of downloads, by their names."""
    if data is None:
        return ()
    paths = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.lower().endswith(_LIST_ENDINGS))


def link_in(word: str) -> str:
    """Return the link that a link of our own scheme holds; any other word is returned as it is.

    Desktops hand over ``comfyui-recovery:https://host/file``, some browsers ``comfyui-recovery://https://host/file``.
    """
    scheme, colon, rest = word.partition(":")
    return rest.removeprefix("//") if colon and scheme.lower() == LINK_SCHEME else word


class _Anchors(HTMLParser):
    """Gathers where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take over an anchor's target."""
        if tag == "a":
            self.targets += [value for name, value in attrs if name == "href" and value]


def _targets(html: str) -> list[str]:
    anchors = _Anchors()
    anchors.feed(html[:_HTML_LIMIT])
    return anchors.targets
