"""Moving saved data when the user moves a download to another folder or name, or gives it another link.

The store records the new destination and the previous ones at once; the data follows at the beginning of the next
attempt. So a process that dies in between loses nothing: the attempt after that finds the data where it is. All of it
blocks and belongs on a file thread.

With another link for the same file, the data is kept where its identity can be proven: by the SHA-256 of the file,
which is checked at the end, or by the strong ETag at the same path, where only the query (a signature, an expiry)
differs.
"""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.partial import sidecar
from launcher_gui.downloads.partial.disk import disk_errors, sync_folder
from launcher_gui.downloads.partial.install import check_space, move_without_clobber
from launcher_gui.downloads.partial.partial_scan import Progress, ShouldStop
from launcher_gui.downloads.partial.piece_map import PieceMap
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.rules.naming import map_path, partial_path, sidecar_path
from launcher_gui.downloads.rules.resume import Recorded

_COPY_BYTES = 1024 * 1024
_UNDER_WAY = ".moving"


def bring_along(request: DownloadRequest, progress: Progress, should_stop: ShouldStop) -> None:
    """Move what was downloaded for ``request`` to where its next attempt looks for it, unless it is there already.

    Data that cannot be reached is left in place.

    Args:
        request: The download with its new destination.
        progress: Called with the number of bytes copied so far, where the new folder is on another disk.
        should_stop: Called before every MiB that is copied; if it is true, the copy is deleted and the original kept.

    Raises:
        DownloadError: If the new folder cannot take it.
    """
    for earlier in reversed(request.earlier_destinations):
        if os.path.lexists(partial_path(request.destination)):
            break
        _bring_from(Path(earlier), request, progress, should_stop)
    _readdress(request)


def same_file(recorded: Recorded, request: DownloadRequest) -> Recorded | None:
    """Return the record of an earlier link for the present one, ``None`` if nothing proves that it is the same file."""
    if request.proof is not None:
        return Recorded(request.url, recorded.total, None, None)
    if recorded.etag and _place(recorded.url) == _place(request.url):
        return replace(recorded, url=request.url, last_modified=None)
    return None


def _bring_from(earlier: Path, request: DownloadRequest, progress: Progress, should_stop: ShouldStop) -> None:
    if not _is_there(partial_path(earlier)):
        return
    try:
        staging = Staging.open(earlier)
    except DownloadError:
        return  # in use by another download by now, or unreachable
    with staging:
        record = sidecar.load(sidecar_path(earlier))
        if record is None or record.recorded.url not in {request.url, *request.earlier_urls}:
            return
        with disk_errors(request.destination):
            if record.islands is not None:
                _map_out(staging, request.destination)
            # Before the data: without a record it would not be trusted.
            sidecar.save(sidecar_path(request.destination), replace(record, install=None), durably=True)
        left_at = request.destination
        try:
            if _move(staging, request.destination, progress, should_stop):
                left_at = earlier
        finally:
            sidecar.remove(sidecar_path(left_at))


def _map_out(staging: Staging, destination: Path) -> None:
    pieces = PieceMap(map_path(destination))
    pieces.save(staging.held)
    pieces.close()


def _move(staging: Staging, destination: Path, progress: Progress, should_stop: ShouldStop) -> bool:
    """Move the partial file of ``staging``; return whether it was moved."""
    source, target = staging.path, partial_path(destination)
    if os.name == "nt":
        staging.close()  # Windows does not move open files
    with disk_errors(destination):
        try:
            move_without_clobber(source, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            if not _copy(source, target, progress, should_stop):
                return False
            source.unlink()
        sync_folder(target.parent)
    return True


def _copy(source: Path, target: Path, progress: Progress, should_stop: ShouldStop) -> bool:
    check_space(target, source.stat().st_size)
    under_way = target.with_name(target.name + _UNDER_WAY)
    try:
        with source.open("rb", buffering=0) as reading, under_way.open("wb", buffering=0) as writing:
            buffer = memoryview(bytearray(_COPY_BYTES))
            done = 0
            while count := reading.readinto(buffer):
                if should_stop():
                    return False
                rest = buffer[:count]
                while rest:
                    rest = rest[writing.write(rest) :]
                done += count
                progress(done)
            os.fsync(writing.fileno())
        move_without_clobber(under_way, target)
    finally:
        under_way.unlink(missing_ok=True)
    return True


def _readdress(request: DownloadRequest) -> None:
    if not request.earlier_urls or not _is_there(partial_path(request.destination)):
        return
    with Staging.open(request.destination) as staging:
        recorded = staging.recorded
        if recorded is None or recorded.url == request.url or recorded.url not in request.earlier_urls:
            return
        known = same_file(recorded, request)
        if known is not None:
            staging.begin(known, staging.written, in_pieces=bool(staging.held.islands))


def _is_there(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except OSError:  # a disconnected share
        return False


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc, parts.path
