"""Hook of MkDocs: fills the parts of the navigation that stand for all pages of a folder, written as ``folder/*``."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    """Return the configuration with each ``folder/*`` of its navigation replaced by the folder's pages."""
    config["nav"] = expand(config["nav"], Path(config["docs_dir"]))
    return config


def expand(entry: Any, pages: Path) -> Any:
    """Return a part of the navigation with the pages of ``folder/*`` in the order of their names."""
    match entry:
        case list():
            return [expand(part, pages) for part in entry]
        case dict():
            return {title: expand(part, pages) for title, part in entry.items()}
        case str() if entry.endswith("/*"):
            return [path.relative_to(pages).as_posix() for path in sorted(pages.glob(f"{entry}.md"))]
        case _:
            return entry
