"""The headers of a response, parsed without trust."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from launcher_gui.downloads.rules.headers import (
    ContentRange,
    parse_content_length,
    parse_content_range,
    remote_file,
    strong_etag,
)
from launcher_gui.recovery.classify.retry_after import parse_http_date, parse_rate_limit, parse_retry_after

URL = "https://host.example/model.safetensors"
OLD = "Sun, 06 Nov 1994 08:49:37 GMT"
OLD_S = 784111777.0
NEW = "Sun, 06 Nov 1994 08:49:38 GMT"

lengths = st.integers(0, 2**62)


@given(start=lengths, size=st.integers(1, 2**40), rest=lengths, known=st.booleans())
def test_content_range_says_what_was_sent(start: int, size: int, rest: int, known: bool) -> None:
    """A valid range is parsed completely."""
    end, total = start + size - 1, start + size + rest
    expected = ContentRange(start, end, total if known else None)
    assert parse_content_range(f"bytes {start}-{end}/{total if known else '*'}") == expected


@given(start=lengths, end=lengths, total=lengths)
def test_content_range_never_contradicts_itself(start: int, end: int, total: int) -> None:
    """RFC 9110, section 14.4: a range that ends before it starts, or after the file, counts as absent."""
    parsed = parse_content_range(f"bytes {start}-{end}/{total}")
    assert (parsed is not None) == (start <= end < total)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("bytes */1234", ContentRange(None, None, 1234)),
        ("bytes */0", ContentRange(None, None, 0)),
        ("Bytes 0-0/1", ContentRange(0, 0, 1)),
        (" bytes  0-0/1 ", ContentRange(0, 0, 1)),
        ("bytes */*", None),
        ("bytes 0-0", None),
        ("bytes=0-0/1", None),
        ("bytes -0/1", None),
        ("bytes 0-/1", None),
        ("items 0-0/1", None),
        ("bytes 0-0/1, bytes 0-0/1", None),
        ("bytes +0-0/1", None),
        ("bytes 0x0-0/1", None),
        ("bytes \u0660-\u0660/1", None),
        ("bytes 0-0/" + "9" * 5000, None),
        ("", None),
    ],
)
def test_content_range_grammar(value: str, expected: ContentRange | None) -> None:
    """Only the grammar of RFC 9110 is accepted."""
    assert parse_content_range(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", 0), ("42", 42), ("42, 42", 42), ("42, 43", None), ("-1", None), ("1.0", None), ("", None), ("9" * 30, None)],
)
def test_content_length(value: str, expected: int | None) -> None:
    """A length is digits, or a list that repeats one number."""
    assert parse_content_length(value) == expected


@pytest.mark.parametrize(
    ("value", "strong"),
    [
        ('"abc"', True),
        ('"5f3-a,b;c"', True),
        ('W/"abc"', False),
        ('w/"abc"', False),
        ("abc", False),
        ("'abc'", False),
        ('"abc', False),
        ('"a"b"', False),
        ('"a", "b"', False),
        ('"a b"', False),
        ('"a\r\nX: y"', False),
        ('"a\u00e9"', False),
        ('"\udce9"', False),
        ('""', False),
        ("*", False),
        ("", False),
        ('"' + "a" * 2000 + '"', False),
    ],
)
def test_only_strong_tags_count(value: str, strong: bool) -> None:
    """A weak or malformed entity tag counts as absent."""
    assert strong_etag(value) == (value if strong else None)


@pytest.mark.parametrize("value", [OLD, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", f" {OLD} "])
def test_the_three_date_formats(value: str) -> None:
    """RFC 9110, section 5.6.7, names three formats for one moment."""
    assert parse_http_date(value) == OLD_S


@given(st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)))  # noqa: DTZ001 - hypothesis wants them naive
def test_dates_come_across(moment: datetime) -> None:
    """Every moment that a server can write is parsed."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert parse_http_date(format_datetime(moment, usegmt=True)) == moment.timestamp()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "0",
        "yesterday",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 +0100",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        f"{OLD}\r\nX: y",
    ],
)
def test_what_is_no_date(value: str) -> None:
    """Text that is not a date in one of the three formats counts as absent."""
    assert parse_http_date(value) is None


def test_a_leap_second_is_read() -> None:
    """A date with a sixtieth second, which the grammar allows, is accepted."""
    assert parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT") == parse_http_date("Sat, 31 Dec 2016 23:59:59 GMT")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("1.5", 1.5),
        (" 5 ", 5.0),
        (OLD, 0.0),
        (NEW, 1.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1e3", None),
        ("inf", None),
        ("nan", None),
        ("9" * 20, None),
    ],
)
def test_retry_after(value: str, expected: float | None) -> None:
    """Seconds and dates are parsed, the past means now, and anything else counts as absent."""
    assert parse_retry_after(value, OLD_S) == expected


def test_a_date_to_retry_at_needs_a_clock() -> None:
    """Without a time to count from, a date is ignored."""
    assert parse_retry_after(NEW, None) is None


@given(st.text() | st.floats().map(str), st.floats(0, 1e11) | st.none())
def test_retry_after_never_asks_for_the_past(value: str, now: float | None) -> None:
    """No header makes a wait negative or endless."""
    wait = parse_retry_after(value, now)
    assert wait is None or 0 <= wait < 1e12


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"api";r=0;t=55', 55.0),
        ('"api";r=10;t=55', None),
        ('"a";r=0;t=5, "b";r=0;t=7', 7.0),
        ('"a";r=1;t=5, "b"; r=0; t=7', 7.0),
        ("limit=100, remaining=0, reset=50", None),
        ("", None),
    ],
)
def test_rate_limit(value: str, expected: float | None) -> None:
    """Only an exhausted quota asks to wait."""
    assert parse_rate_limit(value) == expected


def test_a_plain_answer() -> None:
    """An ordinary response gives all facts about the file, and its URL has no secret."""
    headers = CIMultiDict(
        {
            "Content-Length": "1000",
            "Content-Type": "Application/Octet-Stream; charset=binary",
            "Content-Disposition": 'attachment; filename="m.safetensors"',
            "ETag": '"abc"',
            "Last-Modified": OLD,
            "Date": NEW,
        }
    )
    remote = remote_file("https://u:p@host.example/m?token=x&a=1", 200, headers)
    assert (remote.url, remote.status, remote.total, remote.content_length) == (
        "https://host.example/m?a=1",
        200,
        1000,
        1000,
    )
    assert (remote.etag, remote.last_modified, remote.name) == ('"abc"', OLD, "m.safetensors")
    assert (remote.content_type, remote.content_encoding, remote.chunked) == ("application/octet-stream", "", False)
    assert (remote.content_range, remote.retry_after_s) == (None, None)


def test_the_length_of_a_part_is_not_the_files() -> None:
    """In a partial response, only Content-Range states the length of the file."""
    remote = remote_file(URL, 206, {"Content-Length": "10", "Content-Range": "bytes 90-99/100"})
    assert (remote.total, remote.content_length) == (100, 10)
    assert remote_file(URL, 206, {"Content-Length": "10"}).total is None


@pytest.mark.parametrize("status", [204, 302, 404, 503])
def test_an_error_page_has_no_file_length(status: int) -> None:
    """The length of an error page is not that of the file."""
    assert remote_file(URL, status, {"Content-Length": "10"}).total is None


@pytest.mark.parametrize(
    ("coding", "chunked"), [("chunked", True), ("gzip, Chunked", True), ("gzip", False), ("chunked, gzip", False)]
)
def test_transfer_encoding_overrides_content_length(coding: str, chunked: bool) -> None:
    """RFC 9112, section 6.3: beside Transfer-Encoding, Content-Length is ignored."""
    remote = remote_file(URL, 200, {"Transfer-Encoding": coding, "Content-Length": "10"})
    assert (remote.chunked, remote.content_length, remote.total) == (chunked, None, None)


@pytest.mark.parametrize(
    ("modified", "date", "usable"),
    [
        (OLD, NEW, True),
        (OLD, OLD, False),
        (NEW, OLD, False),
        (OLD, "", False),
        (OLD, "junk", False),
        ("junk", NEW, False),
    ],
)
def test_only_a_settled_date_is_a_strong_validator(modified: str, date: str, usable: bool) -> None:
    """RFC 9110, section 8.8.2.2: a file written within the response's own second may still change in it."""
    remote = remote_file(URL, 200, {"Last-Modified": modified, "Date": date})
    assert remote.last_modified == (modified if usable else None)


def test_fields_that_contradict_each_other_are_absent() -> None:
    """Of two different values, both are ignored."""
    headers = CIMultiDict(
        [
            ("ETag", '"a"'),
            ("etag", '"b"'),
            ("Content-Length", "1"),
            ("Content-Length", "2"),
            ("Content-Range", "bytes 0-0/1"),
            ("Content-Range", "bytes 0-0/2"),
        ]
    )
    remote = remote_file(URL, 206, headers)
    assert (remote.etag, remote.content_length, remote.content_range, remote.total) == (None, None, None, None)


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (503, {"Retry-After": "7"}, 7.0),
        (429, {"Retry-After": NEW, "Date": OLD}, 1.0),
        (429, {"Retry-After": NEW}, None),
        (429, {"RateLimit": '"api";r=0;t=9'}, 9.0),
        (429, {"RateLimit": '"api";r=0;t=9', "Retry-After": "3"}, 3.0),
        (200, {"RateLimit": '"api";r=0;t=9'}, None),
    ],
)
def test_the_wait_that_a_server_asks_for(status: int, headers: dict[str, str], expected: float | None) -> None:
    """Retry-After comes first, counted from the server's own clock; else an exhausted quota counts."""
    assert remote_file(URL, status, headers).retry_after_s == expected


@given(
    st.integers(100, 599),
    st.dictionaries(
        st.sampled_from(
            [
                *["Content-Range", "Content-Length", "Content-Disposition", "Content-Type", "Content-Encoding"],
                *["ETag", "Last-Modified", "Date", "Retry-After", "RateLimit", "Transfer-Encoding"],
            ]
        ),
        st.text() | st.text(st.sampled_from("bytes 0123456789-/*\"W;=,'%:GMT")),
    ),
)
def test_no_header_breaks_the_parser(status: int, headers: dict[str, str]) -> None:
    """Whatever a server sends, the result has possible numbers."""
    remote = remote_file(URL, status, headers)
    assert remote.total is None or remote.total >= 0
    assert remote.content_length is None or remote.content_length >= 0
