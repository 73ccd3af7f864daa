"""A list of downloads as a text file: one a line, ``URL [hash] [name]``. Pure.

Empty lines and lines that begin with ``#`` say nothing. A line that begins with a space or a tab holds another address
of the file above it, a mirror. The name is all that follows, so it may hold spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from launcher_gui.downloads.request import parse_request
from launcher_gui.recovery.exceptions import InvalidInputError

LINE_LIMIT = 10_000
"""How many lines a list may have."""

_HASH = re.compile(r"(?:(?:sha256|blake3):)?[0-9a-f]{64}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One download of a list, as it was written.

    Attributes:
        line: The number of its line, from 1.
        url: Its address.
        sha256: The hash that it must have, if one was given: a SHA-256, or a BLAKE3 as ``blake3:`` and its digits.
        name: What to call it, if a name was given.
        mirrors: Its other addresses.
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
        message: What is wrong and what to do, in sentences.
    """

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class DownloadList:
    """What a list says.

    Attributes:
        entries: Its downloads, in order.
        problems: What is wrong with it, by line; nothing of it should be added before there are none.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def parse_list(text: str, folder: str) -> DownloadList:
    """Return what a list says.

    Args:
        text: The list.
        folder: Where its files are to go.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > LINE_LIMIT:
        return DownloadList((), (Problem(LINE_LIMIT + 1, f"The list has more than {LINE_LIMIT:,} lines. Divide it."),))
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
            problems.append(Problem(number, "The line is indented as a mirror's is, and no file stands above it."))
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
            yield Problem(entry.line, str(error.sentences))
            continue
        # Windows and macOS take names that differ in case alone for one.
        before = taken.setdefault(str(request.destination).casefold(), entry.line)
        if before != entry.line:
            message = (
                f"It would get the same name as line {before}: {request.destination.name}. Give one of them a name."
            )
            yield Problem(entry.line, message)
