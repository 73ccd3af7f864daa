"""The commands that show and change settings."""

from __future__ import annotations

import argparse
from typing import Any

from launcher_gui.cli import output
from launcher_gui.cli.parser import WHO
from launcher_gui.downloads.service import DownloadService
from launcher_gui.recovery.config import ENVIRONMENT_PREFIX, fields_of, parse
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.store.records import SettingChange
from launcher_gui.settings.schema import Settings
from launcher_gui.text import formatting


async def show(service: DownloadService, arguments: argparse.Namespace) -> int:
    """Print every setting with its value and origin, or the history of changes."""
    if arguments.history:
        changes = await service.store.read(lambda tx: tx.settings.history())
        if arguments.json:
            for change in changes:
                output.print_json(_change_json(change))
        else:
            output.say(_changes_table(changes, service.clock.now()) if changes else "No setting has been changed.")
        return 0
    set_for_all = await service.store.read(lambda tx: tx.settings.load())
    rows = [["SETTING", "VALUE", "FROM", "WHAT IT DOES"]]
    for field, rule, _ in fields_of(Settings):
        value, source = getattr(service.settings(), field), _source(service, field, set_for_all)
        if arguments.json:
            output.print_json({"setting": field, "value": value, "from": source})
        unit = f" {rule.unit}" if rule.unit else ""
        rows.append([field, f"{_text(value)}{unit}", source, rule.help])
    if not arguments.json:
        output.say(output.table(rows))
    return 0


async def change(service: DownloadService, arguments: argparse.Namespace) -> int:
    """Set a field for every process, or reset it.

    Raises:
        InvalidInputError: If the field is unknown or does not allow the value.
    """
    rules = {field: (rule, kind) for field, rule, kind in fields_of(Settings)}
    if arguments.field not in rules:
        raise InvalidInputError("SETTING", arguments.field, "is not a setting", "Use one that 'settings' shows.")
    rule, kind = rules[arguments.field]
    value = parse(arguments.field, arguments.value, kind, rule) if arguments.command == "set" else None
    settings = await service.settings.change({arguments.field: value}, WHO)
    now = getattr(settings, arguments.field)
    if arguments.json:
        output.print_json({"setting": arguments.field, "value": now})
    elif arguments.field in service.settings.fixed:
        output.complain(
            f"{arguments.field} is {_text(now)}: set by the environment variable "
            f"{ENVIRONMENT_PREFIX}{arguments.field.upper()}. Processes without this variable use the new value."
        )
    elif arguments.command == "unset":
        output.say(f"{arguments.field} is reset to its default" + (f": {_text(now)}." if _text(now) else "."))
    else:
        output.say(f"{arguments.field} is {_text(now)} for the window and all commands.")
    return 0


def _source(service: DownloadService, field: str, set_for_all: dict[str, Any]) -> str:
    if field in service.settings.fixed:
        return "environment"
    return "store" if field in set_for_all else "default"


def _changes_table(changes: list[SettingChange], now: float) -> str:
    rows = [["WHEN", "WHO", "SETTING", "BEFORE", "AFTER"]]
    rows += [
        [formatting.clock_time(each.at, now), each.by, each.field, _text(each.before), _text(each.after)]
        for each in changes
    ]
    return output.table(rows)


def _change_json(change: SettingChange) -> dict[str, Any]:
    return {
        "at": output.iso(change.at),
        "by": change.by,
        "setting": change.field,
        "before": change.before,
        "after": change.after,
    }


def _text(value: object) -> str:
    """Return a value in the form in which a user types it."""
    if value is None:
        return "default"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
