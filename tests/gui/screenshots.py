"""Draw the window's pictures: ``python tests/gui/screenshots.py OUTDIR``.

Works on the offscreen platform and on a real screen alike. What is shown comes from ``hand_made`` alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget

from launcher_gui.monitor.projection import Changes, Projection
from launcher_gui.panels.add_dialog import AddDialog, AddForm
from launcher_gui.panels.main_window import MainWindow
from launcher_gui.panels.theme import apply_theme
from launcher_gui.recovery.operation import AttemptOutcome, CommandKind, OperationState, Progress
from tests.support.projections import NOW, attempt, record

GB = 1_000_000_000
_SHA = "6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa"


def hand_made() -> Projection:
    """Return downloads in many states, the first of them in the middle of a story."""
    state = OperationState
    host = "https://huggingface.co/Comfy-Org"
    shown = Projection().apply(
        Changes(
            records=(
                record(
                    "7f3a9c01d2e4b658",
                    state.RUNNING,
                    name="flux1-dev-fp8.safetensors",
                    folder="/home/ada/ComfyUI/models/checkpoints",
                    url=f"{host}/flux1-dev/resolve/main/flux1-dev-fp8.safetensors",
                    sha256=_SHA,
                    done=int(11.31 * GB),
                    total=int(17.25 * GB),
                    phase="downloading",
                    at=NOW - 6,
                    attempt_limit=9,
                    attempts=[
                        attempt(1, started_at=NOW - 412, ended_at=NOW - 240, resume_note=""),
                        attempt(
                            2,
                            started_at=NOW - 236,
                            ended_at=NOW - 131,
                            error="no data for 30 s",
                            category="stall",
                            detail="StallError: no bytes for 30.0 s at offset 8412233728\nGET cas-bridge.xethub.hf.co",
                            decision="waiting 8 s: the server may be busy",
                            resumed_from=int(5.02 * GB),
                            resume_note="the ETag is the same",
                        ),
                        attempt(
                            3,
                            AttemptOutcome.RUNNING,
                            started_at=NOW - 123,
                            resumed_from=int(8.41 * GB),
                            resume_note="the ETag is the same",
                        ),
                    ],
                ),
                record(
                    "op-2",
                    state.WAITING,
                    name="wan2.2_t2v_high_noise_14B_fp16.safetensors",
                    done=int(4.6 * GB),
                    total=int(28.58 * GB),
                    phase="downloading",
                    retry_at=NOW + 12,
                    reason="connection reset",
                    attempts=[attempt(1), attempt(2)],
                    attempt_limit=9,
                ),
                record(
                    "op-3",
                    state.RUNNING,
                    name="qwen_image_vae.safetensors",
                    sha256=_SHA,
                    done=int(0.19 * GB),
                    total=int(0.254 * GB),
                    phase="verifying",
                    attempts=[attempt(1, AttemptOutcome.RUNNING)],
                    attempt_limit=9,
                ),
                record(
                    "op-4",
                    state.RUNNING,
                    name="umt5_xxl_fp8_e4m3fn_scaled.safetensors",
                    done=int(0.62 * GB),
                    total=int(6.74 * GB),
                    phase="downloading",
                    pending=CommandKind.PAUSE,
                    attempts=[attempt(1, AttemptOutcome.RUNNING)],
                    attempt_limit=9,
                ),
                record(
                    "op-5",
                    state.INTERRUPTED,
                    name="sd3.5_large.safetensors",
                    done=int(9.87 * GB),
                    total=int(16.46 * GB),
                    phase="downloading",
                    attempts=[attempt(1, AttemptOutcome.INTERRUPTED)],
                    attempt_limit=9,
                ),
                record(
                    "op-6",
                    state.FAILED,
                    name="gated-upscaler.pth",
                    total=None,
                    reason="401: the licence of this model has not been accepted",
                    attempts=[attempt(1)],
                    attempt_limit=9,
                ),
                record(
                    "op-7",
                    state.PAUSED,
                    name="hunyuan_video_t2v_720p_bf16.safetensors",
                    done=int(2.0 * GB),
                    total=int(25.64 * GB),
                    phase="downloading",
                    attempts=[attempt(1, AttemptOutcome.PAUSED)],
                    attempt_limit=9,
                ),
                record("op-8", state.QUEUED, name="clip_l.safetensors"),
                record(
                    "op-9",
                    state.COMPLETED,
                    name="4x-UltraSharp.pth",
                    folder="/home/ada/ComfyUI/models/upscale_models",
                    done=66_961_958,
                    total=66_961_958,
                    attempts=[attempt(1, AttemptOutcome.SUCCEEDED)],
                    attempt_limit=9,
                ),
            )
        )
    )
    newest = Progress(done=int(11.31 * GB) + 288_000_000, total=int(17.25 * GB), phase="downloading", at=NOW)
    return shown.apply(Changes(progress={"7f3a9c01d2e4b658": newest}))


def _problems(form: AddForm) -> Mapping[str, str]:
    return {"sha256": "A SHA-256 is 64 hexadecimal digits; this has 12."} if form.sha256 else {}


def _window(folder: Path) -> MainWindow:
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, _problems)
    window.set_default_folder("/home/ada/ComfyUI/models/checkpoints")
    window.set_auto_resume(True)
    window.show()
    return window


def _many(window: MainWindow) -> QWidget:
    shown = hand_made()
    window.show_projection(shown, frozenset(shown.views))
    window.tick(NOW)
    window.table.selectRow(0)
    return window


def _unfolded(window: MainWindow) -> QWidget:
    _many(window)
    window.show_notice("The store is on a full disk.", "What happens is shown, but will be lost at the next start.")
    for button in window.details.findChildren(QToolButton):
        if button.isCheckable():
            button.click()
    return window


def _adding(window: MainWindow) -> QWidget:
    _many(window)
    window.window_actions.add.trigger()
    dialog = window.findChild(AddDialog)
    link, _folder, _name, sha256 = dialog.findChildren(QLineEdit)
    link.setText("https://huggingface.co/Comfy-Org/flux1-dev/resolve/main/flux1-dev-fp8.safetensors")
    QTest.keyClicks(sha256, "6ce0161689b3")
    return dialog


def _removing(window: MainWindow) -> QWidget:
    _many(window)
    window.table.selectRow(4)
    window.window_actions.remove.trigger()
    return QApplication.activeModalWidget()


def _menu(window: MainWindow) -> QWidget:
    _many(window)
    window.table.customContextMenuRequested.emit(window.table.rect().center())
    return QApplication.activePopupWidget()


def _file_menu(window: MainWindow) -> QWidget:
    menu = window.menuBar().actions()[0].menu()
    menu.popup(window.pos())
    return menu


_SCENES: dict[str, Callable[[MainWindow], QWidget]] = {
    "empty": lambda window: window,
    "many": _many,
    "detail": _unfolded,
    "add": _adding,
    "remove": _removing,
    "menu": _menu,
    "file": _file_menu,
}


def main(out: Path) -> None:
    """Draw every scene in both schemes into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        apply_theme(app, scheme)
        for name, scene in _SCENES.items():
            with tempfile.TemporaryDirectory() as folder:
                window = _window(Path(folder))
                shot = scene(window)
                app.processEvents()
                shot.grab().save(str(out / f"{name}-{scheme.name.lower()}.png"))
                window.deleteLater()
                app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
