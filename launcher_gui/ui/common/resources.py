"""Icons: found beside the package in a checkout or inside it in a wheel, and drawn in the theme's colours."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_PACKAGE = Path(__file__).resolve().parents[2]


@lru_cache(maxsize=1)
def resource_folder() -> Path:
    """Return the folder of icons: ``launcher_gui/resources`` in a wheel, else ``resources`` beside the package."""
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the icon of the program."""
    return QIcon(str(resource_folder() / "app.svg"))


@lru_cache(maxsize=256)
def icon(name: str, colour: str, disabled: str = "") -> QIcon:
    """Return the line icon ``name`` drawn in ``colour``, and in ``disabled`` when disabled."""
    return QIcon(_Engine(name, colour, disabled or colour))


class _Engine(QIconEngine):
    """Draws a line icon at the requested size, when requested: a window shows only a few of all icons."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Return the icon in device pixels."""
        return pixmap(self._name, self._in(mode), max(1, min(size.width(), size.height())))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Paint the icon centred in ``rect``, at the device's resolution."""
        side = min(rect.width(), rect.height())
        drawn = pixmap(self._name, self._in(mode), max(1, round(side * painter.device().devicePixelRatioF())))
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        painter.drawPixmap(place, drawn)

    def clone(self) -> QIconEngine:
        """Return a copy."""
        return _Engine(self._name, self._colour, self._disabled)

    def _in(self, mode: QIcon.Mode) -> str:
        return self._disabled if mode is QIcon.Mode.Disabled else self._colour


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """Return the line icon ``name`` drawn in ``colour``, ``size`` pixels wide and high."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    image = QPixmap(size, size)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (resource_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
