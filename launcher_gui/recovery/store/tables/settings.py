"""Settings shared by all processes that use the store, with their history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from launcher_gui.recovery.operation import EventKind, to_json
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import SettingChange
from launcher_gui.recovery.store.tables.table import Table


class SettingsTable(Table, ports.Settings):
    """Settings in SQLite."""

    def load(self) -> dict[str, Any]:
        found = {}
        for field, value in self._db.execute("SELECT field, value FROM settings"):
            try:
                found[field] = json.loads(value)
            except (TypeError, ValueError):
                continue
        return found

    def change(self, changes: Mapping[str, object], by: str, now: float) -> None:
        set_before = self.load()
        for field, value in changes.items():
            before = set_before.get(field)
            if type(value) is type(before) and value == before:
                continue
            if value is None:
                self._db.execute("DELETE FROM settings WHERE field = ?", (field,))
            else:
                self._db.execute(
                    "INSERT OR REPLACE INTO settings (field, value) VALUES (?, ?)", (field, to_json(value))
                )
            self._tx.events.append(now, EventKind.SETTING_CHANGED, field=field, before=before, after=value, by=by)

    def history(self) -> list[SettingChange]:
        return [
            SettingChange(at=event.at, **{"by": "", **event.data})
            for event in self._tx.events.of_kind(EventKind.SETTING_CHANGED)
        ]
