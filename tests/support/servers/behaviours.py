"""How a server can answer one request, as frozen descriptions, and how they travel to a server in another process.

A test hands a server a script: one behaviour per request. `Serve` answers with the file and distorts one thing or
several about it; the others answer with something else, or not at all.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tests.support.builders.files import Content

Headers = tuple[tuple[str, str], ...]


class ETag(Enum):
    """Which entity tag the file is served with."""

    STRONG = "strong"
    WEAK = "weak"  # W/"...": must never gate a splice
    NONE = "none"


class Ranges(Enum):
    """How the server treats Range and If-Range."""

    HONEST = "honest"
    IGNORED = "ignored"  # 200 and the whole file, whatever was asked for
    IF_RANGE_IGNORED = "if-range-ignored"  # 206 although the file is another one by now
    WRONG_START = "wrong-start"  # Content-Range and body begin one byte later than asked for
    WRONG_TOTAL = "wrong-total"  # Content-Range says that the file is one byte longer than it is
    WRONG_LENGTH = "wrong-length"  # Content-Length and body are one byte shorter than Content-Range says
    NO_CONTENT_RANGE = "no-content-range"  # 206 that does not say which part it is


class Framing(Enum):
    """How the end of the body is told."""

    LENGTH = "length"  # Content-Length
    CHUNKED = "chunked"  # the last chunk
    CLOSE = "close"  # the connection's end, and nothing else


@dataclass(frozen=True)
class Drop:
    """The connection is gone after so many bytes of the body: by a reset, or else closed in an orderly way.

    Attributes:
        after: How many bytes arrive before it.
        reset: Whether the client sees RST and not FIN.
    """

    after: int
    reset: bool = True


@dataclass(frozen=True)
class Stall:
    """After so many bytes of the body nothing more comes, and the connection stays open."""

    after: int


@dataclass(frozen=True)
class Truncate:
    """The body ends after so many bytes as if it were whole: with a last chunk, if it is chunked."""

    after: int


@dataclass(frozen=True)
class Serve:
    """Answer with the file.

    Attributes:
        ending: What becomes of the body; ``None`` sends it whole.
        ranges: How Range and If-Range are treated.
        framing: How the end of the body is told.
        etag: Which entity tag it has.
        last_modified: Whether it has a date.
        rate: Bytes per second; ``None`` sends as fast as it goes.
        content: Another file than the one that lies at this path.
        gzip: Whether it is compressed, even if the client did not ask for that.
        disposition: The Content-Disposition, if any.
        content_type: The Content-Type.
        headers: More headers.
    """

    ending: Drop | Stall | Truncate | None = None
    ranges: Ranges = Ranges.HONEST
    framing: Framing = Framing.LENGTH
    etag: ETag = ETag.STRONG
    last_modified: bool = True
    rate: int | None = None
    content: Content | None = None
    gzip: bool = False
    disposition: str | None = None
    content_type: str = "application/octet-stream"
    headers: Headers = ()


@dataclass(frozen=True)
class RetryAfter:
    """When the server says that it may be asked again: in so many seconds, said as such or as a date."""

    seconds: int
    as_date: bool = False


@dataclass(frozen=True)
class Answer:
    """Answer with a status and a page of its own instead of the file: an error, a login wall at 200, a 416.

    Attributes:
        status: The status.
        body: The page.
        content_type: The page's type.
        retry_after: The Retry-After, if any.
        headers: More headers, such as the Content-Range of a 416.
    """

    status: int
    body: str = "<!doctype html><title>No</title><p>This is not the file."
    content_type: str = "text/html"
    retry_after: RetryAfter | None = None
    headers: Headers = ()


@dataclass(frozen=True)
class Redirect:
    """Send the client elsewhere.

    Attributes:
        to: Where: a path of the same server or a whole URL of another one.
        status: The status.
        headers: More headers, such as the X-Linked-Etag of a resolving hop.
    """

    to: str
    status: int = 302
    headers: Headers = ()


@dataclass(frozen=True)
class HangUp:
    """End the connection without a word: by a reset, or else closed in an orderly way."""

    reset: bool = True


@dataclass(frozen=True)
class Silence:
    """Take the request and never answer."""


@dataclass(frozen=True)
class Raw:
    """Write just these bytes to the connection, be they HTTP or not.

    Attributes:
        head: What comes first, as ISO-8859-1.
        content: What follows it, if anything.
        tail: What comes last, as ISO-8859-1.
        open: Whether the connection stays open afterwards; it is closed in an orderly way otherwise.
        drip_s: How many seconds pass between one byte of the head and the next.
    """

    head: str
    content: Content | None = None
    tail: str = ""
    open: bool = False
    drip_s: float = 0.0


Behaviour = Serve | Answer | Redirect | HangUp | Silence | Raw

BEHAVE = Serve()


@dataclass(frozen=True)
class Script:
    """What becomes of the requests for one path, in their order.

    Attributes:
        steps: One behaviour per request.
        then: What every further request meets.
    """

    steps: tuple[Behaviour, ...] = ()
    then: Behaviour = BEHAVE


@dataclass(frozen=True)
class Request:
    """One request as the server saw it.

    Attributes:
        method: Its method.
        path: Its path, with the query.
        headers: Its headers, in the order they came.
        status: What it was answered with; 0 if there was no answer, or none yet.
        sent: How many bytes of a body went out.
        ended: Whether the server is done with it.
    """

    method: str
    path: str
    headers: Headers
    status: int = 0
    sent: int = 0
    ended: bool = False

    def header(self, name: str) -> str | None:
        """Return the value of a header, ``None`` if it was not sent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(Serve, Answer, Redirect, HangUp, Silence, Raw, Drop, Stall, Truncate, RetryAfter),
        *(ETag, Ranges, Framing, Content, Script, Request),
    )
}


def encode(value: Any) -> Any:
    """Return a description, or a tuple of them, as JSON can carry it."""
    if isinstance(value, Enum):
        return {"kind": type(value).__name__, "value": value.value}
    if dataclasses.is_dataclass(value):
        fields = {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"kind": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def decode(value: Any) -> Any:
    """Return what ``encode`` was given."""
    if isinstance(value, list):
        return tuple(decode(item) for item in value)
    if isinstance(value, dict):
        fields = {name: decode(item) for name, item in value.items() if name != "kind"}
        return _KINDS[value["kind"]](**fields)
    return value
