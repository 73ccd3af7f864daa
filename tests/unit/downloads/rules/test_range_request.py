"""A part from a second connection: written only if it is the requested one, of exactly the same file."""

from __future__ import annotations

from typing import Any

import pytest

from launcher_gui.downloads.errors.http_errors import FileChangedError, HttpStatusError, RangeLieError
from launcher_gui.downloads.rules.headers import RemoteFile, remote_file
from launcher_gui.downloads.rules.known_hash import Algorithm, KnownHash
from launcher_gui.downloads.rules.range_request import is_sharable, part_error, part_headers
from launcher_gui.downloads.rules.resume import Recorded

URL = "https://h/m.safetensors"
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
HASH = KnownHash(Algorithm.BLAKE3, "0" * 64)
RECORDED = Recorded(URL, 1000, '"a"', DATE)
GOOD = {"Content-Range": "bytes 200-299/1000", "Content-Length": "100", "ETag": '"a"'}


def answer(status: int = 206, **changes: str | None) -> RemoteFile:
    fields: dict[str, Any] = {**GOOD, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return remote_file(URL, status, {name: value for name, value in fields.items() if value is not None})


def test_good_part() -> None:
    """The requested part of the same file may be written."""
    assert part_error(RECORDED, answer(), 200, 300) is None


def test_shorter_part() -> None:
    """A server may send less than was requested, if it says so."""
    assert part_error(RECORDED, answer(Content_Range="bytes 200-249/1000", Content_Length="50"), 200, 300) is None


@pytest.mark.parametrize(
    ("remote", "kind"),
    [
        (answer(Content_Range="bytes 201-300/1000"), RangeLieError),
        (answer(Content_Range="bytes 200-300/1000", Content_Length="101"), RangeLieError),
        (answer(Content_Range="bytes 200-299/*"), RangeLieError),
        (answer(Content_Range=None), RangeLieError),
        (answer(Content_Range="bytes */1000"), RangeLieError),
        (answer(Content_Length="99"), RangeLieError),
        (answer(Content_Encoding="gzip"), RangeLieError),
        (answer(ETag=None), RangeLieError),
        (answer(ETag='W/"a"'), RangeLieError),
        (answer(ETag='"b"'), FileChangedError),
        (answer(Content_Range="bytes 200-299/1001"), FileChangedError),
        (answer(200, Content_Range=None, Content_Length="1000"), RangeLieError),
        (answer(200, Content_Range=None, Content_Length="1000", ETag='"b"'), FileChangedError),
        (answer(200, Content_Range=None, Content_Length="999"), FileChangedError),
        (answer(403), HttpStatusError),
        (answer(429), HttpStatusError),
        (answer(302), HttpStatusError),
    ],
)
def test_anything_else_is_refused(remote: RemoteFile, kind: type[Exception]) -> None:
    """Another part, another version, no proof of either, or an error page is refused."""
    assert type(part_error(RECORDED, remote, 200, 300)) is kind


def test_date_counts_without_an_etag() -> None:
    """Without a recorded ETag, another date means another file."""
    dated = Recorded(URL, 1000, None, DATE)
    date, other = "Tue, 15 Nov 1994 12:45:26 GMT", "Mon, 07 Nov 1994 08:49:37 GMT"
    assert part_error(dated, answer(Last_Modified=DATE, Date=date), 200, 300) is None
    assert isinstance(part_error(dated, answer(Last_Modified=other, Date=date), 200, 300), FileChangedError)


@pytest.mark.parametrize(
    ("recorded", "condition"),
    [(RECORDED, '"a"'), (Recorded(URL, 1000, None, DATE), DATE), (Recorded(URL, 1000, None, None), None)],
)
def test_what_is_asked(recorded: Recorded, condition: str | None) -> None:
    """The request is conditional on the same file, by the strongest validator."""
    headers = part_headers(recorded, 200, 300)
    assert headers.pop("Range") == "bytes=200-299"
    assert headers.get("If-Range") == condition


@pytest.mark.parametrize(
    ("remote", "proof", "sharable"),
    [
        (answer(), None, True),
        (answer(ETag='W/"a"'), None, False),
        (answer(ETag='W/"a"'), HASH, True),
        (answer(200, Content_Range=None, Accept_Ranges="bytes"), None, True),
        (answer(200, Content_Range=None, Accept_Ranges="none"), None, False),
        (answer(200, Content_Range=None), HASH, False),
        (answer(200, Content_Range=None, Content_Length=None, Accept_Ranges="bytes"), None, False),
    ],
)
def test_what_may_be_shared(remote: RemoteFile, proof: KnownHash | None, sharable: bool) -> None:
    """Several connections require a strong identity, a length, and a server that supports ranges."""
    assert is_sharable(remote, proof) is sharable
