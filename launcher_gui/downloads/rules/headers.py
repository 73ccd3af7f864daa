"""What the headers of a response say about the file: parsing without trust.

Owns the grammar of the header fields that resuming depends on. What cannot be parsed counts as absent. Pure: time comes
from the server's own Date field, so a wrong local clock has no effect.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from launcher_gui.downloads.redaction import split_secrets
from launcher_gui.downloads.rules.naming import name_from_content_disposition
from launcher_gui.recovery.classify.retry_after import parse_http_date, requested_wait

_NUMBER = r"[0-9]{1,19}"
_CONTENT_RANGE = re.compile(rf"bytes +(?:({_NUMBER})-({_NUMBER})/({_NUMBER}|\*)|\*/({_NUMBER}))", re.IGNORECASE)
_CONTENT_LENGTH = re.compile(rf"({_NUMBER})(?:\s*,\s*\1)*")
_STRONG_ETAG = re.compile(r'"[\x21\x23-\x7e]{1,1024}"')


@dataclass(frozen=True, slots=True)
class ContentRange:
    """A Content-Range field (RFC 9110, section 14.4).

    Attributes:
        start: First byte of the part; ``None`` in the unsatisfied form ``bytes */N``.
        end: Last byte of the part, inclusive; ``None`` in the unsatisfied form.
        total: Length of the complete file; ``None`` if the server does not know it.
    """

    start: int | None
    end: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """What one response says about the file.

    Attributes:
        url: The URL that responded, after redirects, free of secrets.
        status: The status code.
        total: Length of the complete file in bytes, if this response states it.
        etag: The entity tag, only if strong.
        last_modified: The Last-Modified text, only if it may serve as a strong validator.
        content_type: The media type in lower case without parameters; empty if absent.
        content_encoding: The coding that was applied in spite of ``Accept-Encoding: identity``; empty if none.
        name: The safe file name that the server suggests, if any.
        content_range: The part that this response carries.
        content_length: The length of this response's body in bytes, if stated.
        chunked: Whether the body's end is marked by the chunked coding.
        retry_after_s: How long the server asked to wait, in seconds, if it did.
        takes_ranges: Whether the server says that it supports ranges (RFC 9110, section 14.3).
    """

    url: str
    status: int
    total: int | None
    etag: str | None
    last_modified: str | None
    content_type: str
    content_encoding: str
    name: str | None
    content_range: ContentRange | None
    content_length: int | None
    chunked: bool
    retry_after_s: float | None
    takes_ranges: bool = False


def remote_file(url: str, status: int, headers: Mapping[str, str]) -> RemoteFile:
    """Return what ``headers`` say about the file behind ``url``."""
    fields = _combined(headers)
    chunked = fields.get("transfer-encoding", "").lower().rpartition(",")[2].strip() == "chunked"
    # RFC 9112, section 6.3: Transfer-Encoding overrides Content-Length.
    content_length = None if "transfer-encoding" in fields else parse_content_length(fields.get("content-length", ""))
    content_range = parse_content_range(fields.get("content-range", ""))
    content_encoding = fields.get("content-encoding", "").strip().lower()
    return RemoteFile(
        url=split_secrets(url)[0],
        status=status,
        total=_total(status, content_length, content_range),
        etag=strong_etag(fields.get("etag", "")),
        last_modified=_strong_date(fields.get("last-modified", ""), fields.get("date", "")),
        content_type=fields.get("content-type", "").partition(";")[0].strip().lower(),
        content_encoding="" if content_encoding == "identity" else content_encoding,
        name=name_from_content_disposition(fields.get("content-disposition", "")),
        content_range=content_range,
        content_length=content_length,
        chunked=chunked,
        retry_after_s=requested_wait(status, lambda name: fields.get(name, "")),
        takes_ranges=fields.get("accept-ranges", "").strip().lower() == "bytes",
    )


def parse_content_length(value: str) -> int | None:
    """Return the length; a list of the same number counts as that number (RFC 9110, section 8.6)."""
    match = _CONTENT_LENGTH.fullmatch(value.strip())
    return int(match[1]) if match else None


def parse_content_range(value: str) -> ContentRange | None:
    """Return the range, or ``None`` if it is malformed or contradicts itself (RFC 9110, section 14.4)."""
    match = _CONTENT_RANGE.fullmatch(value.strip())
    if match is None:
        return None
    if match[4] is not None:
        return ContentRange(None, None, int(match[4]))
    start, end = int(match[1]), int(match[2])
    total = None if match[3] == "*" else int(match[3])
    if end < start or (total is not None and total <= end):
        return None
    return ContentRange(start, end, total)


def strong_etag(value: str) -> str | None:
    """Return the entity tag if it is strong and well-formed (RFC 9110, section 8.8.3).

    An empty tag identifies nothing, and bytes outside ASCII may not survive being sent back: both count as absent.
    """
    value = value.strip()
    return value if _STRONG_ETAG.fullmatch(value) else None


def _combined(headers: Mapping[str, str]) -> dict[str, str]:
    """Join repeated fields to lists (RFC 9110, section 5.2), which makes contradicting values malformed."""
    fields: dict[str, str] = {}
    for name, value in headers.items():
        key = name.lower()
        fields[key] = f"{fields[key]}, {value}" if key in fields else value
    return fields


def _total(status: int, content_length: int | None, content_range: ContentRange | None) -> int | None:
    if status in {206, 416}:
        return content_range.total if content_range else None
    return content_length if status in {200, 203} else None


def _strong_date(last_modified: str, date: str) -> str | None:
    """Return the date if it is at least one second older than the response: RFC 9110, section 8.8.2.2."""
    modified, answered = parse_http_date(last_modified), parse_http_date(date)
    if modified is None or answered is None or modified > answered - 1:
        return None
    return last_modified.strip()
