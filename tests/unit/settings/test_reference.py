"""The documentation of the settings matches the schema."""

from __future__ import annotations

from pathlib import Path

from launcher_gui.settings.reference import markdown_table

DOCUMENT = Path(__file__).parents[3] / "docs" / "configuration.md"


def test_configuration_document_holds_the_table_of_the_schema() -> None:
    """docs/configuration.md shows every setting as the schema declares it."""
    assert markdown_table() in DOCUMENT.read_text(encoding="utf-8")
