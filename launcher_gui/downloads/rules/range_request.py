"""A part of a file from a second connection: what to request, and whether the response is part of the same file.

Pure, by the rules of ``resume.py``, but stricter: a part is written beside others, so it has to be exactly the
requested one, of exactly the recorded file.
"""

from __future__ import annotations

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.http_errors import FileChangedError, HttpStatusError, RangeLieError
from launcher_gui.downloads.rules.headers import RemoteFile
from launcher_gui.downloads.rules.known_hash import KnownHash
from launcher_gui.downloads.rules.resume import Recorded, contradicts, length_agrees


def is_sharable(remote: RemoteFile, proof: KnownHash | None) -> bool:
    """Return whether several connections may download the file: it can be identified, and the server supports ranges.

    A date is not proof enough: a file may change twice within its second while the parts come (RFC 9110, 8.8.2.2).
    """
    in_parts = remote.status == 206 or remote.takes_ranges
    return in_parts and remote.total is not None and (remote.etag is not None or proof is not None)


def part_headers(recorded: Recorded, start: int, end: int) -> dict[str, str]:
    """Return the headers that request the bytes from ``start`` up to ``end`` (RFC 9110, sections 14.2 and 13.1.5)."""
    headers = {"Range": f"bytes={start}-{end - 1}"}
    if (validator := recorded.etag or recorded.last_modified) is not None:
        headers["If-Range"] = validator
    return headers


def part_error(recorded: Recorded, remote: RemoteFile, start: int, end: int) -> DownloadError | None:
    """Return what is wrong with the response to such a request, ``None`` if its body may be written at ``start``."""
    if remote.status not in {200, 203, 206}:
        return HttpStatusError(remote.status, remote.url, remote.retry_after_s)
    if contradicts(recorded, remote):
        return FileChangedError(f"{remote.url}: another length, ETag or date than the first part's")
    part = remote.content_range
    if remote.status != 206 or part is None or part.start != start or part.end is None or part.end >= end:
        return RangeLieError(remote.url, f"asked for bytes {start}-{end - 1}, got {remote.status} {part}")
    if part.total is None or remote.content_encoding or (recorded.etag is not None and remote.etag is None):
        return RangeLieError(remote.url, f"nothing proves that bytes {start}-{end - 1} are of the same file")
    if not length_agrees(remote):
        return RangeLieError(remote.url, f"{remote.content_length} bytes announced for bytes {start}-{part.end}")
    return None
