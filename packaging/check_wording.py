"""Check that no text uses a phrase from the table "Words that are not used" in docs/glossary.md.

It reads strings, docstrings and comments of the program and of this folder, docstrings of the tests, and the
documentation except decisions and the changelog, which are records. A Python file that quotes older versions has a
line ``# check_wording: off`` with the reason.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
OFF = "# check_wording: off"

_TABLE = re.compile(r"<!-- not used: start -->(.*)<!-- not used: end -->", re.DOTALL)
_ROW = re.compile(r"^\| (?P<phrase>[^|]+?) \| (?P<better>[^|]+?) \|$", re.MULTILINE)
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_TEXTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/**/*.md", "packaging/linux/*", "packaging/windows/*")
_RECORDS = ("docs/decisions/", "docs/glossary.md")


@dataclass(frozen=True)
class Text:
    """A piece of text in a file.

    Attributes:
        line: Its first line in the file.
        content: What it says.
    """

    line: int
    content: str


@dataclass(frozen=True)
class Hit:
    """A phrase that is not used, where it is used.

    Attributes:
        path: The file, relative to the checkout.
        line: The line.
        phrase: The phrase.
    """

    path: str
    line: int
    phrase: str


def phrases(glossary: str) -> dict[str, str]:
    """Return the phrases that are not used, with what to write instead, from the glossary's table.

    Raises:
        ValueError: If the glossary has no such table.
    """
    table = _TABLE.search(glossary)
    if table is None:
        raise ValueError("docs/glossary.md has no table between its two markers")
    rows = [(row["phrase"], row["better"]) for row in _ROW.finditer(table[1])]
    return dict(rows[1:])  # after the heading


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the phrases as whole words, in any case, also where a line ends within one."""
    longest_first = sorted(words, key=len, reverse=True)
    forms = ("\\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def texts_of(path: Path, *, docstrings_only: bool) -> list[Text]:
    """Return the pieces of text in a file: all of it, or of a Python file strings and comments."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return [Text(1, source)]
    if any(line.startswith(OFF) for line in source.splitlines()):
        return []
    tree = ast.parse(source)
    return list(_docstrings(tree)) if docstrings_only else [*_strings(tree), *_comments(source)]


def hits(path: Path, forbidden: re.Pattern[str], *, docstrings_only: bool) -> Iterator[Hit]:
    """Return each use of a forbidden phrase in the file ``path``."""
    name = path.relative_to(ROOT).as_posix()
    for text in texts_of(path, docstrings_only=docstrings_only):
        for found in forbidden.finditer(text.content):
            line = text.line + text.content.count("\n", 0, found.start())
            yield Hit(name, line, " ".join(found[0].lower().split()))


def files() -> list[Path]:
    """Return every file whose text is checked."""
    code = [path for folder in ("launcher_gui", "packaging", "tests") for path in (ROOT / folder).rglob("*.py")]
    texts = [path for form in _TEXTS for path in ROOT.glob(form) if path.is_file()]
    return sorted(path for path in [*code, *texts] if not path.relative_to(ROOT).as_posix().startswith(_RECORDS))


def main() -> int:
    """Print the hits and return 1 if there are any."""
    parser = argparse.ArgumentParser(description="Find phrases that docs/glossary.md lists as not used.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders to check (default: all)")
    parser.add_argument("--counts", action="store_true", help="print the number of hits by file and by phrase")
    chosen = parser.parse_args()
    better = phrases(GLOSSARY.read_text(encoding="utf-8"))
    forbidden = pattern(better)
    within = [(ROOT / path).resolve() for path in chosen.paths] or [ROOT]
    found = [
        hit
        for path in files()
        if any(path.is_relative_to(place) for place in within)
        for hit in hits(path, forbidden, docstrings_only=path.is_relative_to(ROOT / "tests"))
    ]
    if chosen.counts:
        for counted in (Counter(hit.path for hit in found), Counter(hit.phrase for hit in found)):
            print(*(f"{count:5} {name}" for name, count in counted.most_common()), sep="\n")
    else:
        for hit in found:
            print(f'{hit.path}:{hit.line}: "{hit.phrase}" (write: {better[hit.phrase]})')
    print(f"wording: {len(found)} phrases to replace" if found else "wording: no phrase to replace")
    return 1 if found else 0


def _docstrings(tree: ast.Module) -> Iterator[Text]:
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and (content := ast.get_docstring(node, clean=False)) is not None:
            yield Text(node.body[0].lineno, content)


def _strings(tree: ast.Module) -> Iterator[Text]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Text(node.lineno, node.value)


def _comments(source: str) -> Iterator[Text]:
    """Return the comments; lines that follow each other are one, so that a phrase is found across their end."""
    block: list[tuple[int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        if block and token.start[0] != block[-1][0] + 1:
            yield Text(block[0][0], "\n".join(content for _, content in block))
            block = []
        block.append((token.start[0], token.string.lstrip("#")))
    if block:
        yield Text(block[0][0], "\n".join(content for _, content in block))


if __name__ == "__main__":
    sys.exit(main())
