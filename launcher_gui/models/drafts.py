"""Downloads to add: what was typed, what is known about each, and the totals. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from launcher_gui.downloads.link_list import parse_list
from launcher_gui.downloads.link_preview import DestinationInfo, LinkPreview
from launcher_gui.downloads.request import DownloadRequest, parse_request
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.text.formatting import human_size
from launcher_gui.text.i18n import counted, number, translate
from launcher_gui.text.message import localize, sentence

MOST_FORMS = 1_000
"""How many downloads can be added at once; for more, use a list on the command line."""


@dataclass(frozen=True, slots=True)
class AddForm:
    """One download as typed.

    Attributes:
        url: The link.
        folder: The destination folder.
        name: The file name; empty to take it from the link.
        sha256: The expected SHA-256; empty if unknown.
        mirrors: Further links of the same file.
    """

    url: str
    folder: str
    name: str = ""
    sha256: str = ""
    mirrors: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The form as lines of a list."""
        first = " ".join(part for part in (self.url, self.sha256, self.name) if part)
        return "\n".join((first, *(f"  {mirror}" for mirror in self.mirrors)))


@dataclass(frozen=True, slots=True)
class Draft:
    """The meaning of a text with one download per line.

    Attributes:
        forms: The downloads, in order.
        problems: The problems by index of the download; -1 for those of no download.
    """

    forms: tuple[AddForm, ...] = ()
    problems: Mapping[int, str] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is at most one bare link, so that name and SHA-256 have fields of their own."""
        return len(self.forms) < 2 and all(not (f.name or f.sha256 or f.mirrors) for f in self.forms)


def draft_of(text: str, folder: str) -> Draft:
    """Return the meaning of ``text``."""
    found = parse_list(text, folder)
    forms = tuple(AddForm(e.url, folder, e.name or "", e.sha256 or "", e.mirrors) for e in found.entries)
    if len(forms) > MOST_FORMS:
        many = translate("drafts", "More than {most} links. Add them in parts.")
        return Draft((), {-1: many.format(most=number(MOST_FORMS, 0))})
    index = {entry.line: place for place, entry in enumerate(found.entries)}
    return Draft(forms, {index.get(p.line, -1): localize(p.problem) for p in found.problems})


@lru_cache(maxsize=2 * MOST_FORMS)
def request_of(form: AddForm) -> DownloadRequest | None:
    """Return the request of a form, ``None`` if it has a problem."""
    try:
        return parse_request(form.url, form.folder, form.name, form.sha256, form.mirrors)
    except InvalidInputError:
        return None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row of the table.

    Attributes:
        name: The file name.
        size: Bytes, if known.
        resumable: Whether it can be resumed; ``None`` if unknown.
        note: A note for the user.
        is_problem: Whether the note prevents adding it.
    """

    name: str
    size: int | None = None
    resumable: bool | None = None
    note: str = ""
    is_problem: bool = False


def row_of(
    form: AddForm, problem: str, prospect: LinkPreview | None, around: DestinationInfo, *, asking: bool = False
) -> DraftRow:
    """Return the row of a download.

    Args:
        form: What was typed.
        problem: What is wrong with it, or why it was refused; empty if nothing.
        prospect: What its server reported, if it was asked.
        around: What is known about the destinations.
        asking: Whether the server is being asked.
    """
    request = request_of(form)
    if request is None:
        unfinished = translate("drafts", "Not complete yet.")
        return DraftRow(form.url, note=problem or unfinished, is_problem=bool(problem))
    name = form.name or (prospect.name if prospect is not None else request.destination.name)
    size = prospect.size if prospect is not None else None
    resumable = prospect.resumable if prospect is not None else None
    destination = str(Path(request.folder) / name)
    holder = around.listed.get(destination)
    if problem:
        return DraftRow(name, size, resumable, problem, is_problem=True)
    if holder == request.url:
        there = translate("drafts", "Already in the list; will be resumed.")
        return DraftRow(name, size, resumable, there)
    if holder is not None:
        held = translate("drafts", "Another download is saving to this file. Choose another name.")
        return DraftRow(name, size, resumable, held, is_problem=True)
    if destination in around.taken:
        taken = translate("drafts", "Already in this folder.")
        return DraftRow(name, size, resumable, taken, is_problem=True)
    if prospect is None:
        return DraftRow(name, note=translate("drafts", "Asking the server…") if asking else "")
    if prospect.problem:
        told = translate("drafts", "{problem} You can still add it.").format(problem=sentence(prospect.problem))
        return DraftRow(name, note=told, is_problem=True)
    facts = [prospect.site, translate("drafts", "SHA-256 known") if prospect.sha256 else ""]
    return DraftRow(name, size, resumable, ", ".join(fact for fact in facts if fact))


def totals(rows: Sequence[DraftRow], free: int | None) -> tuple[str, bool]:
    """Return the total size of ``rows`` and the ``free`` space in the folder, and whether they fit."""
    sizes = [row.size for row in rows if row.size is not None]
    unknown = len(rows) - len(sizes)
    parts = [counted("drafts", "%n file(s)", len(rows))]
    if sizes:
        some = translate("drafts", "{size} and {count} of unknown size")
        known = human_size(sum(sizes))
        parts.append(some.format(size=known, count=unknown) if unknown else known)
    elif rows:
        parts.append(translate("drafts", "size unknown"))
    fits = free is None or sum(sizes) <= free
    if free is not None:
        room, lack = translate("drafts", "{size} free"), translate("drafts", "{size} free: not enough space")
        parts.append((room if fits else lack).format(size=human_size(free)))
    return " · ".join(parts), fits
