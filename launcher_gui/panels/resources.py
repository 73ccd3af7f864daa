"""Icons: found beside the package in a checkout or inside it in a wheel, and drawn in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_PACKAGE = Path(__file__).resolve().parent.parent
_SIZES = (16, 18, 20, 24, 32, 36, 40, 48, 64, 96, 128)


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
    """Return the line icon ``name`` drawn in ``colour``, and in ``disabled`` where it cannot be used."""
    drawn = QIcon()
    for size in _SIZES:
        drawn.addPixmap(pixmap(name, colour, size))
        if disabled:
            drawn.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return drawn


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
