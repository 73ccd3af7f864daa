"""The documentation's table of all settings, generated from the schema."""

from __future__ import annotations

import dataclasses

from launcher_gui.recovery.config import ENVIRONMENT_PREFIX, FieldRule, fields_of
from launcher_gui.settings.schema import Settings


def markdown_table() -> str:
    """Return every setting as a row of a Markdown table: variable, default, allowed values, meaning."""
    defaults = {field.name: field.default for field in dataclasses.fields(Settings)}
    rows = ["| variable | default | allowed | meaning |", "|---|---|---|---|"]
    for name, rule, kind in fields_of(Settings):
        cells = [f"`{ENVIRONMENT_PREFIX}{name.upper()}`", _shown(defaults[name], rule), _allowed(kind, rule), rule.help]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _shown(default: object, rule: FieldRule) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    if default == "":
        return "empty"
    number = f"{default:g}" if isinstance(default, float) else str(default)
    return f"{number} {rule.unit}".strip()


def _allowed(kind: type, rule: FieldRule) -> str:
    if kind is bool:
        return "true, false"
    if kind is str:
        return ", ".join(rule.choices) or rule.form
    return f"{rule.minimum:g} to {rule.maximum:,.12g} {rule.unit}".strip()
