"""Lists of downloads: how they are parsed, and what is wrong with a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.link_list import LINE_LIMIT, Entry, Problem, parse_list
from launcher_gui.text.message import message

HASH = "ab" * 32
LIST = f"""\ufeff# models for the studio

https://example.com/a.safetensors
https://example.com/b.safetensors {HASH}
https://example.com/c.safetensors\tsha256:{HASH.upper()}\tmy model.safetensors
 https://mirror.example/c.safetensors
\t  # not a mirror
\thttps://third.example/c.safetensors
hf://owner/repo/d.safetensors  renamed d.safetensors
"""


def test_every_form_of_a_line() -> None:
    """URLs alone, with a hash, with a name, with both, and with mirrors below."""
    listed = parse_list(LIST, "/models")
    assert listed.problems == ()
    assert listed.entries == (
        Entry(3, "https://example.com/a.safetensors"),
        Entry(4, "https://example.com/b.safetensors", HASH),
        Entry(
            5,
            "https://example.com/c.safetensors",
            f"sha256:{HASH.upper()}",
            "my model.safetensors",
            ("https://mirror.example/c.safetensors", "https://third.example/c.safetensors"),
        ),
        Entry(9, "hf://owner/repo/d.safetensors", None, "renamed d.safetensors"),
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("example.com/a", "The link is not a complete web address"),
        ("https://example.com/a ../../etc/passwd", "The file name contains a path separator"),
        (f"https://example.com/a {HASH} con.pt", "The file name is the name of a device on Windows"),
        (" https://mirror.example/a", "there is no file above it"),
        ("https://example.com/a\n https://mirror.example/a", "only a hash proves"),
        ("https://example.com/x/m.pt\nhttps://example.org/y/M.pt", "the same name as in line 1: M.pt"),
    ],
)
def test_problems_name_their_line(line: str, words: str) -> None:
    """Problems have the number of their line, counted from 1."""
    (problem,) = parse_list(line, "/models").problems
    assert words in str(problem.problem)
    assert problem.line == (2 if "same name" in words else 1)


def test_all_problems_are_told_at_once() -> None:
    """All problems of a list are reported at once."""
    listed = parse_list("nonsense\nhttps://example.com/a\nftp://example.com/b\n", "/models")
    assert [problem.line for problem in listed.problems] == [1, 3]


def test_a_list_has_an_end() -> None:
    """A file that is not a list is refused before its lines are parsed."""
    (problem,) = parse_list("x\n" * (LINE_LIMIT + 1), "/models").problems
    assert problem == Problem(LINE_LIMIT + 1, message("list.too_long", limit=LINE_LIMIT))


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Each line of any file is an entry, a problem or nothing, and an entry's fields come from the file."""
    listed = parse_list(text, "/models")
    for entry in listed.entries:
        assert 1 <= entry.line <= len(text.splitlines())
        assert entry.url in text
        assert (entry.name or "") in text
    assert all(str(problem.problem).endswith(".") for problem in listed.problems)
