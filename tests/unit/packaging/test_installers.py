"""What is made beside the frozen program: it agrees with the program, and the shells and desktops can read it."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from frozen.parts import is_wanted, reachable
from installers import completion
from installers.bundle import source_date
from installers.commands import commands
from installers.desktop import entries
from installers.licences import NOT_BUNDLED
from installers.manual import manual

from launcher_gui import APP_ID, __version__
from launcher_gui.cli.parser import parser

ROOT = Path(__file__).resolve().parents[3]
NEW_YEAR = 1_767_225_600
BASH = shutil.which("bash")
WORDS = [word.name for word in commands(parser())]
SHARED = {entry.place: entry.content.decode() for entry in entries(NEW_YEAR) if not entry.place.endswith(".gz")}


@pytest.mark.parametrize("word", WORDS)
def test_every_command_is_in_the_manual_and_the_completions(word: str) -> None:
    """What the program takes is what people are told of."""
    assert f"\n\\fB{word.replace('-', chr(92) + '-')}\\fR" in manual(parser(), __version__, NEW_YEAR)
    assert all(word in made(parser()) for made in (completion.bash, completion.zsh, completion.fish))


@pytest.mark.skipif(BASH is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["comfyui-recovery", "isol"], ["isolate-breaker"]),
        (["comfyui-recovery", "get", "--sh"], ["--sha256"]),
        (["comfyui-recovery", "remove", "--d"], ["--discard"]),
        (["comfyui-recovery", "get", "--bl"], ["--blake3"]),
        (["comfyui-recovery", "prio"], ["priority"]),
        (["comfyui-recovery", "priority", "hi"], ["high"]),
        (["comfyui-recovery", "move", "--fr"], ["--front"]),
        (["comfyui-recovery", "token", "rem"], ["remove"]),
        (["comfyui-recovery", "token", "set", "--js"], ["--json"]),
        (["comfyui-recovery", "backup", "/dev/nul"], ["/dev/null"]),
        (["comfyui-recovery", "list", "--sha"], []),
    ],
)
def test_bash_completes(typed: list[str], offered: list[str]) -> None:
    """The shell itself offers commands, and after a command what it takes."""
    words = " ".join(f"'{word}'" for word in typed)
    script = (
        f"{completion.bash(parser())}\nCOMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}\n"
        "_comfyui_recovery; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    answer = subprocess.run([str(BASH), "-c", script], check=True, capture_output=True, text=True)
    assert answer.stdout.split() == offered
    assert answer.stderr == ""


def test_the_manual_tells_what_may_follow_a_command() -> None:
    """What is a choice, what may be left out and what may be repeated stand as manual pages have them."""
    page = manual(parser(), __version__, NEW_YEAR)
    assert "\n\\fBpriority\\fR \\fIPRIORITY\\fR \\fIID\\fR ...\n" in page
    assert "\n\\fBtoken\\fR \\fIACTION\\fR [\\fISITE\\fR]\n" in page
    assert "new priority (high, normal, low)." in page
    assert "None" not in page


def test_desktop_files_agree_with_the_program() -> None:
    """Version, date and application id come from one place each."""
    metainfo = SHARED[f"metainfo/{APP_ID}.metainfo.xml"]
    assert f'<release version="{__version__}" date="2026-01-01"/>' in metainfo
    assert f"<id>{APP_ID}</id>" in metainfo
    assert f"Icon={APP_ID}\n" in SHARED[f"applications/{APP_ID}.desktop"]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/egldeviceintegrations/libqeglfs-x11-integration.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qt_help_de.qm", False),
        ("libwayland-client.so.0", False),
        ("launcher_gui/resources/app.svg", True),
        ("launcher_gui/resources/translations/de.ts", False),
        ("pyqtgraph/icons/auto.png", True),
        ("pyqtgraph/icons/peegee/peegee.svg", False),
        ("pyqtgraph/colors/maps/viridis.csv", False),
        ("launcher_gui/resources/translations/de.qm", True),
    ],
)
def test_only_what_a_desktop_uses_is_bundled(name: str, wanted: bool) -> None:
    """Plugins for devices, toolkits and dialogs that the window never meets stay out."""
    assert is_wanted(name) is wanted


def test_library_goes_with_the_last_that_needed_it() -> None:
    """A library is kept for what needs it, through others too; one that nothing needs is left out."""
    needs: Mapping[str, tuple[str, ...]] = {
        "PySide6/QtGui.abi3.so": ("libQt6Gui.so.6",),
        "PySide6/Qt/lib/libQt6Gui.so.6": ("libpng16.so.16", "libc.so.6"),
        "PySide6/Qt/lib/libQt6Network.so.6": ("libkrb5.so.3",),
    }
    names = [*needs, "libpng16.so.16", "libkrb5.so.3", "libpython3.11.so.1.0"]
    kept = reachable(names, lambda name: needs.get(name, ()))
    assert kept == {
        "PySide6/QtGui.abi3.so",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "libpng16.so.16",
        "libpython3.11.so.1.0",
    }


def test_every_bundled_package_is_in_the_copyright_file() -> None:
    """Whoever receives the package is told of each library in it; what only Windows and macOS need is not in it."""
    lock = (ROOT / "packaging" / "requirements-build.lock").read_text(encoding="utf-8")
    locked = re.findall(r"^([\w.-]+)==\S+(?: ; (.*?))? \\\n", lock, re.MULTILINE)
    bundled = {name for name, only in locked if not re.search(r"'(win32|darwin)'", only)} - NOT_BUNDLED
    told = (ROOT / "packaging" / "linux" / "copyright").read_text(encoding="utf-8")
    words = re.sub(r"[-_.]+", "-", told).lower()
    assert {"blake3", "keyring", "numpy"} <= bundled
    assert [name for name in sorted(bundled) if name not in words] == []


def test_date_is_the_sources_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is asked for counts, else the last commit, else a day that never changes."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert source_date(tmp_path) == NEW_YEAR
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234")
    assert source_date(tmp_path) == 1234
