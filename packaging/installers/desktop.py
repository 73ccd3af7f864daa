"""The files for desktops and shells: menu entry, description, icons, manual page, completions."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Template

from installers import completion
from installers.manual import manual
from launcher_gui import APP_ID, LINK_SCHEME, __version__
from launcher_gui.cli.parser import parser

ROOT = Path(__file__).resolve().parents[2]
ICON_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 192, 256, 512)


@dataclass(frozen=True)
class Entry:
    """A file below ``share``.

    Attributes:
        place: Its path, relative to ``share``.
        content: Its bytes.
    """

    place: str
    content: bytes


def entries(epoch: int) -> tuple[Entry, ...]:
    """Return every file below ``share`` except icons, dated ``epoch`` (seconds since 1970)."""
    page = manual(parser(), __version__, epoch).encode()
    return (
        Entry(f"applications/{APP_ID}.desktop", _filled("desktop.in", epoch)),
        Entry(f"metainfo/{APP_ID}.metainfo.xml", _filled("metainfo.xml.in", epoch)),
        Entry("man/man1/comfyui-recovery.1.gz", gzip.compress(page, mtime=0)),
        Entry("bash-completion/completions/comfyui-recovery", completion.bash(parser()).encode()),
        Entry("zsh/vendor-completions/_comfyui-recovery", completion.zsh(parser()).encode()),
        Entry("fish/vendor_completions.d/comfyui-recovery.fish", completion.fish(parser()).encode()),
    )


def write_share(folder: Path, epoch: int) -> None:
    """Write every file below ``folder``, which becomes a ``share``."""
    for entry in entries(epoch):
        target = folder / entry.place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(entry.content)
    _write_icons(folder / "icons" / "hicolor")


def _filled(name: str, epoch: int) -> bytes:
    template = Template((ROOT / "packaging" / "linux" / name).read_text(encoding="utf-8"))
    day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    return template.substitute(app_id=APP_ID, link_scheme=LINK_SCHEME, version=__version__, date=day).encode()


def _write_icons(folder: Path) -> None:
    """Draw the icon in every size that desktops use, from one picture."""
    from PySide6.QtCore import QRectF, Qt  # noqa: PLC0415 the other files need no Qt
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    source = ROOT / "resources" / "app.svg"
    scalable = folder / "scalable" / "apps" / f"{APP_ID}.svg"
    scalable.parent.mkdir(parents=True)
    scalable.write_bytes(source.read_bytes())
    renderer = QSvgRenderer(str(source))
    for size in ICON_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        target = folder / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
        target.parent.mkdir(parents=True)
        if not image.save(str(target)):
            raise OSError(f"the icon {target} could not be written")
