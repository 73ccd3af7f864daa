"""The sites that the program knows, and what concerns all of them. Any other address is a plain link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from launcher_gui.downloads.sources.civitai import CIVITAI
from launcher_gui.downloads.sources.github import GITHUB
from launcher_gui.downloads.sources.hugging_face import HUGGING_FACE
from launcher_gui.downloads.sources.modelscope import MODELSCOPE
from launcher_gui.downloads.sources.source import SiteFile, Source

SOURCES: tuple[Source[Any], ...] = (
    HUGGING_FACE,
    CIVITAI,
    MODELSCOPE,
    GITHUB,
)
"""Every site, in the order in which they are shown. A new one is a file beside this one and a line here."""


@dataclass(frozen=True, slots=True)
class Located:
    """A file and the site that has it."""

    source: Source[Any]
    file: SiteFile


def locate(address: str) -> Located | None:
    """Return the file that ``address`` names at a site, ``None`` for a plain link."""
    found = ((source, source.file_at(address)) for source in SOURCES)
    return next((Located(source, file) for source, file in found if file is not None), None)


def canonical(address: str) -> str:
    """Return the address under which the store records a file: one file of a site has one."""
    located = locate(address)
    return address if located is None else located.file.url


def page_of(url: str) -> str:
    """Return the page about the file at ``url``; for a plain link, the server's first page."""
    located = locate(url)
    if located is not None:
        return located.file.page
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def token_in(address: str) -> tuple[Source[Any] | None, str]:
    """Return the site of ``address`` and the token in its query, each empty if there is none."""
    located = locate(address)
    if located is None:
        return None, ""
    return located.source, parse_qs(urlsplit(address).query).get("token", [""])[0]


def source_named(name: str) -> Source[Any] | None:
    """Return the site that a user calls ``name``."""
    wanted = name.strip().lower()
    return next((source for source in SOURCES if wanted in {source.domain, *source.aliases}), None)


def link_schemes() -> tuple[str, ...]:
    """Return how links can begin."""
    own = (source.scheme for source in SOURCES if source.scheme)
    return tuple(f"{scheme}://" for scheme in ("https", "http", *own))


def form_of_scheme(scheme: str) -> str | None:
    """Return what links with ``scheme`` look like, ``None`` if it is not a site's own scheme."""
    return next((source.scheme_form for source in SOURCES if source.scheme and source.scheme == scheme), None)
