"""The wording check finds the glossary's phrases in text that people read, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import check_wording
import pytest

PYTHON = '''"""Left
alone."""

# It was taken
# up later.
TEXT = f"{1} makes no sense"
left_alone = 1
'''


def test_glossary_lists_phrases_with_replacements() -> None:
    """The table has a replacement for each phrase, and no phrase is a single common word."""
    phrases = check_wording.phrases(check_wording.GLOSSARY.read_text(encoding="utf-8"))
    assert {"left alone", "makes no sense", "whose turn"} <= set(phrases)
    assert all(phrases.values())
    assert {phrase for phrase in phrases if " " not in phrase} == {"resting", "somebody's"}


def test_glossary_without_its_table_is_an_error() -> None:
    """A check that lost its table does not pass."""
    with pytest.raises(ValueError, match="no table"):
        check_wording.phrases("# Glossary")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is left alone.", ["left alone"]),
        ("LEFT\n    alone", ["LEFT\n    alone"]),
        ("It was left aloneness", []),
        ("a left-alone file", []),
        ("let it go", ["let it go"]),
    ],
)
def test_phrases_are_found_as_whole_words(text: str, found: list[str]) -> None:
    """Case and line ends do not hide a phrase; a longer word is another one."""
    assert check_wording.pattern(["left alone", "let it", "let it go"]).findall(text) == found


@pytest.mark.parametrize(
    ("docstrings_only", "lines"),
    [(False, [(1, "left alone"), (4, "taken up"), (6, "makes no sense")]), (True, [(1, "left alone")])],
)
def test_python_is_read_as_people_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docstrings_only: bool, lines: list[tuple[int, str]]
) -> None:
    """Docstrings, comments and strings are read with their line; names are not."""
    monkeypatch.setattr(check_wording, "ROOT", tmp_path)
    file = tmp_path / "module.py"
    file.write_text(PYTHON, encoding="utf-8")
    forbidden = check_wording.pattern(["left alone", "taken up", "makes no sense"])
    hits = check_wording.hits(file, forbidden, docstrings_only=docstrings_only)
    assert sorted((hit.line, hit.phrase) for hit in hits) == lines


def test_file_that_quotes_older_versions_is_not_read(tmp_path: Path) -> None:
    """A comment with a reason excludes a file."""
    file = tmp_path / "module.py"
    file.write_text(f"{check_wording.OFF}: sentences of older stores\nTEXT = 'left alone'\n", encoding="utf-8")
    assert check_wording.texts_of(file, docstrings_only=False) == []
