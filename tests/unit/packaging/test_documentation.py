"""The documentation's navigation, and the files that it names."""

from __future__ import annotations

import re
from pathlib import Path

import docs_nav

ROOT = Path(__file__).resolve().parents[3]


def test_folder_in_the_navigation_becomes_its_pages(tmp_path: Path) -> None:
    """``folder/*`` stands for the folder's pages in order; everything else stays."""
    (tmp_path / "recipes").mkdir()
    for name in ("b.md", "a.md", "picture.png"):
        (tmp_path / "recipes" / name).touch()
    nav = [{"Home": "index.md"}, {"Guide": [{"Recipes": "recipes/*"}]}]
    expanded = [{"Home": "index.md"}, {"Guide": [{"Recipes": ["recipes/a.md", "recipes/b.md"]}]}]
    assert docs_nav.expand(nav, tmp_path) == expanded


def test_architecture_names_modules_that_exist() -> None:
    """Every module that docs/architecture.md names is in the package."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "launcher_gui").rglob("*.py")}
    named = set(re.findall(r"`([\w/]+\.py)`", text))
    assert len(named) > 20
    assert {name for name in named if not any(module.endswith(f"/{name}") for module in modules)} == set()
