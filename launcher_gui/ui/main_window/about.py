"""The About dialog: version, components and their licences."""

from __future__ import annotations

import platform
import ssl
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from launcher_gui import __version__
from launcher_gui.ui.common.dialogs import handing_back
from launcher_gui.ui.common.resources import app_icon, resource_folder
from launcher_gui.ui.common.scrolling import Scrolling, roomy

_MARK = 64


@dataclass(frozen=True)
class Component:
    """A component of another author.

    Attributes:
        name: Its name, with its version where that is known at run time.
        licence: Its licence, by its SPDX identifier.
    """

    name: str
    licence: str


def components() -> tuple[Component, ...]:
    """Return the components; ``docs/packaging.md`` says how their licences are shipped."""
    return (
        Component(f"Qt {qVersion()}, PySide6, Shiboken", "LGPL-3.0-only"),
        Component(f"Python {platform.python_version()}", "PSF-2.0"),
        Component("aiohttp, aiosignal, frozenlist, multidict, propcache, yarl", "Apache-2.0"),
        Component("aiosqlite, attrs, platformdirs", "MIT"),
        Component("blake3", "CC0-1.0 OR Apache-2.0"),
        Component("idna", "BSD-3-Clause"),
        Component("qasync", "BSD-2-Clause"),
        Component("SQLite", "blessing"),
        Component(ssl.OPENSSL_VERSION.rsplit(" ", 3)[0], "Apache-2.0"),
    )


def licence_folder() -> Path | None:
    """Return where the packaged program keeps the licence texts; ``None`` if it is not packaged."""
    folder = resource_folder().parent.parent / "licences"
    return folder if folder.is_dir() else None


class AboutSheet(QDialog):
    """Shows the program's version, components and licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(_MARK))
        name = QLabel(self.tr("ComfyUI Launcher Recovery Monitor {version}").format(version=__version__))
        name.setProperty("tone", "headline")
        name.setWordWrap(True)
        purpose = QLabel(
            self.tr("Downloads large models reliably, even through dropped connections, restarts and power cuts.")
        )
        purpose.setWordWrap(True)
        licence = QLabel(self.tr("MIT licence. Built with:"))
        licence.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(mark)
        head.addWidget(name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.setSpacing(16)
        inside.addLayout(head)
        inside.addWidget(purpose)
        inside.addWidget(licence)
        inside.addLayout(_rows())
        layout.addWidget(Scrolling(content, self.tr("Scroll the text"), self.tr("About")))
        layout.addWidget(self._buttons())
        self.resize(roomy(self))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        folder = licence_folder()
        if folder is not None:
            texts = buttons.addButton(self.tr("Licence texts"), QDialogButtonBox.ButtonRole.HelpRole)
            texts.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        return buttons

    def done(self, result: int) -> None:
        """Close."""
        with handing_back(self):
            super().done(result)


def _rows() -> QFormLayout:
    rows = QFormLayout()
    rows.setHorizontalSpacing(32)
    rows.setVerticalSpacing(8)
    for component in components():
        licence = QLabel(component.licence)
        licence.setProperty("tone", "muted")
        rows.addRow(QLabel(component.name), licence)
    return rows
