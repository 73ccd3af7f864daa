"""A list of downloads as a text file: one per line, ``URL [hash] [name]``. Pure.

Empty lines and lines that begin with ``#`` are ignored. A line that begins with a space or a tab holds another link to
the file above it, a mirror. The name is the rest of the line, so it may contain spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from launcher_gui.downloads.request import parse_request
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.text.message import Message, message

LINE_LIMIT = 10_000
"""How many lines a list may have."""

_HASH = re.compile(r"(?:(?:sha256|blake3):)?[0-9a-f]{64}", re.IGNORECASE)


class UnreadableListError(Exception):
    """A file is not a list of downloads.

    Attributes:
        message: Why.
    """

    def __init__(self, why: Message) -> None:
        self.message = why
        super().__init__(str(why))


@dataclass(frozen=True, slots=True)
class Entry:
    """One download of a list, as it was written.

    Attributes:
        line: The number of its line, from 1.
        url: Its link.
        sha256: Its expected hash, if given: a SHA-256, or a BLAKE3 as ``blake3:`` and its digits.
        name: Its file name, if given.
        mirrors: Its other links.
    """

    line: int
    url: str
    sha256: str | None = None
    name: str | None = None
    mirrors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line.

    Attributes:
        line: Its number, from 1.
        problem: What is wrong and what you can do.
    """

    line: int
    problem: Message


@dataclass(frozen=True, slots=True)
class DownloadList:
    """A list as it was read.

    Attributes:
        entries: Its downloads, in order.
        problems: What is wrong with it, by line; add nothing while there are problems.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def parse_list(text: str, folder: str) -> DownloadList:
    """Return the downloads of a list and the problems with it.

    Args:
        text: The list.
        folder: The folder to save its files in.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > LINE_LIMIT:
        return DownloadList((), (Problem(LINE_LIMIT + 1, message("list.too_long", limit=LINE_LIMIT)),))
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            entries.append(_entry(number, line))
        elif entries:
            entries[-1] = replace(entries[-1], mirrors=(*entries[-1].mirrors, line.strip()))
        else:
            problems.append(Problem(number, message("list.mirror_without_file")))
    problems += _problems(entries, folder)
    return DownloadList(tuple(entries), tuple(sorted(problems, key=lambda problem: problem.line)))


def _entry(number: int, line: str) -> Entry:
    url, _, rest = re.sub(r"\s", " ", line.strip(), count=1).partition(" ")
    rest = rest.strip()
    first = rest.split(maxsplit=1)
    if first and _HASH.fullmatch(first[0]):
        return Entry(number, url, first[0], first[1] if len(first) > 1 else None)
    return Entry(number, url, None, rest or None)


def _problems(entries: list[Entry], folder: str) -> Iterator[Problem]:
    taken: dict[str, int] = {}
    for entry in entries:
        try:
            request = parse_request(entry.url, folder, entry.name, entry.sha256, entry.mirrors)
        except InvalidInputError as error:
            yield Problem(entry.line, error.sentences)
            continue
        # On Windows and macOS, names that differ only in case are the same.
        before = taken.setdefault(str(request.destination).casefold(), entry.line)
        if before != entry.line:
            yield Problem(entry.line, message("list.same_name", line=before, name=request.destination.name))
