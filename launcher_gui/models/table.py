"""The shape of every table here: rows, and columns that are specified once for each list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from launcher_gui.text.i18n import translate

Index = QModelIndex | QPersistentModelIndex

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


Row = TypeVar("Row")
Moment = TypeVar("Moment")


@dataclass(frozen=True, slots=True)
class ColumnSpec(Generic[Row, Moment]):
    """One column of a list.

    Attributes:
        title: Its title in English, marked for translation in the context of the model's class.
        text: Returns what the cell of a row shows at a moment.
        numeric: Whether it holds figures, which are aligned on the right.
        hint: Tooltip of the header in English, marked like the title; empty for none.
        tip: Returns the cell's tooltip if it differs from the text.
        sort_key: Returns what rows are sorted by; ``None`` if the column changes too often to sort by.
    """

    title: str
    text: Callable[[Row, Moment], str]
    numeric: bool = False
    hint: str = ""
    tip: Callable[[Row], str] | None = None
    sort_key: Callable[[Row], Any] | None = None


class TableModel(QAbstractTableModel):
    """A flat table; each kind of list specifies its columns."""

    columns: ClassVar[Mapping[int, ColumnSpec[Any, Any]]]
    """Its columns, from left to right."""

    _rows: Sequence[object]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the number of rows; no row has any below it."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return the title of a column, aligned as its cells are."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.titles()[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(section)
            case Qt.ItemDataRole.ToolTipRole if self.columns[section].hint:
                return translate(type(self).__name__, self.columns[section].hint)
            case _:
                return None

    def titles(self) -> tuple[str, ...]:
        """Return the titles of the columns, in their order."""
        return tuple(translate(type(self).__name__, spec.title) for spec in self.columns.values())

    def alignment(self, column: int) -> int:
        """Return how a column is aligned, as Qt's flags."""
        return RIGHT if self.columns[column].numeric else LEFT

    def spoken(self, column: int, text: str) -> str:
        """Return ``text`` of a cell for screen readers, with the title of its column."""
        return f"{self.titles()[column]}: {text}"
