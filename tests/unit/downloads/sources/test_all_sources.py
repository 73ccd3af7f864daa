"""The list of sources: each is complete, their names are unique, and no other code names a site."""

from __future__ import annotations

import ast
import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.downloads.sources.all_sources import SOURCES, source_named
from launcher_gui.downloads.sources.source import Source

PACKAGE = Path(__file__).parents[4] / "launcher_gui"


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_a_source_is_complete(source: Source[Any]) -> None:
    """Everything that a list, a dialog or a message shows of a site exists."""
    assert source.label
    assert source.token_variable.isupper()
    assert source.token_page.startswith("https://")
    assert any(source.account_url.startswith(home.url + "/") and home.takes_token for home in source.homes)
    assert all(home.label for home in source.homes if home.setting)
    assert source_named(source.domain.upper()) is source


def test_names_are_unique() -> None:
    """No name, setting, variable or host belongs to two sites."""
    groups = [
        [name for source in SOURCES for name in {source.domain, *source.aliases}],
        [source.label for source in SOURCES],
        [source.token_variable for source in SOURCES],
        [home.url for source in SOURCES for home in source.homes],
        [home.setting for source in SOURCES for home in source.homes if home.setting],
    ]
    assert all(len(set(group)) == len(group) for group in groups)


def test_no_setting_contains_the_name_of_another() -> None:
    """A search of the settings for a site's setting finds exactly that one."""
    names = [home.setting for source in SOURCES for home in source.homes if home.setting]
    assert [pair for pair in itertools.permutations(names, 2) if pair[0] in pair[1]] == []


def test_nothing_else_names_a_site() -> None:
    """A string that names a site is in the site's module, or in the message catalogue."""
    own = {Path(str(sys.modules[type(source).__module__].__file__)) for source in SOURCES}
    own.add(PACKAGE / "text" / "catalogue" / "sources.py")
    names = {name for source in SOURCES for name in (source.domain, source.label, source.token_variable)}
    named = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, names))})(?!\w)")
    found = [
        f"{path.relative_to(PACKAGE)}: {text!r}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path not in own
        for text in _strings(ast.parse(path.read_text(encoding="utf-8")))
        if named.search(text)
    ]
    assert found == []


def _strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings of a module except docstrings."""
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value
