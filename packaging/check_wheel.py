"""Build the wheel and check it: what it contains, and what works after each way to install it.

Installs come from the package index, with the versions of the lock. Nothing of the checkout is importable in them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "packaging" / "requirements.lock"

IMPORT_LIBRARY = """
import sys
import launcher_gui.recovery
loaded = {"PySide6", "aiohttp"} & set(sys.modules)
sys.exit(f"the library loads {loaded}" if loaded else 0)
"""

IMPORT_ALL = """
import importlib, pkgutil, launcher_gui
for module in pkgutil.walk_packages(launcher_gui.__path__, "launcher_gui."):
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as missing:
        # An adapter without its extra names the library that it needs.
        if not module.name.startswith("launcher_gui.recovery.adapters.") or missing.name.startswith("launcher_gui"):
            raise
"""


class WheelError(Exception):
    """The wheel is not as it has to be; the message says how."""


def build(folder: Path) -> Path:
    """Build the wheel into ``folder`` with the pinned build back end and return it."""
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    return wheel


def missing_from(names: set[str], resources: Path) -> list[str]:
    """Return what the wheel has to contain and is not among its ``names``: resources, and the marker of its types."""
    files = [path.relative_to(resources).as_posix() for path in sorted(resources.rglob("*")) if path.is_file()]
    wanted = ["launcher_gui/py.typed", *(f"launcher_gui/resources/{file}" for file in files)]
    return [name for name in wanted if name not in names]


def constraints(lock: str) -> str:
    """Return the versions of ``lock`` without their hashes, as pip takes constraints."""
    return "".join(f"{line}\n" for line in re.findall(r"^([\w.-]+==.*?) *\\$", lock, re.MULTILINE))


class Installation:
    """The wheel in a new environment.

    Args:
        folder: Where the environment is created.
        wheel: What is installed there.
        extra: The optional extra that is installed with it; empty for none.
    """

    def __init__(self, folder: Path, wheel: Path, extra: str) -> None:
        self._folder = folder
        venv.create(folder, with_pip=True)
        self._programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
        pins = folder / "constraints.txt"
        pins.write_text(constraints(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
        requirement = f"{wheel}[{extra}]" if extra else str(wheel)
        self.python(
            *("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"),
            *("--constraint", str(pins), requirement),
        )

    def python(self, *arguments: str) -> None:
        """Run the environment's Python, which has to succeed."""
        _run(str(self._programs / "python"), *arguments, cwd=self._folder)

    def program(self, *arguments: str) -> tuple[int, str]:
        """Run the program on a store of its own and return its exit status and what it printed to stderr."""
        environment = {**os.environ, "RECOVERY_STORE": str(self._folder / "store.sqlite3")}
        environment["QT_QPA_PLATFORM"] = "offscreen"  # a display, so that Qt alone can be what is missing
        command = [str(self._programs / "comfyui-recovery"), *arguments]
        done = subprocess.run(
            command, check=False, cwd=self._folder, env=environment, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stderr.strip()

    def expect(self, *arguments: str, message: str = "") -> None:
        """Run the program, which has to succeed, or to fail with one line that ends in ``message`` if that is given."""
        status, error = self.program(*arguments)
        as_wanted = status == 1 and error.count("\n") == 0 and error.endswith(message) if message else status == 0
        if not as_wanted:
            raise WheelError(f"comfyui-recovery {' '.join(arguments)}: status {status}, {error}")


def try_library(wheel: Path, folder: Path) -> None:
    """Without an extra the library works, and the program says what to install."""
    bare = Installation(folder, wheel, "")
    bare.python("-c", IMPORT_LIBRARY)
    bare.expect("list", message="monitor[downloads]'")
    bare.expect(message="monitor[window]'")


def try_command_line(wheel: Path, folder: Path) -> None:
    """With ``downloads`` the commands work without Qt, and the window says what to install."""
    server = Installation(folder, wheel, "downloads")
    server.python("-c", "import importlib.util as u, sys; sys.exit(u.find_spec('PySide6') is not None)")
    server.expect("--help")
    server.expect("list")
    server.expect("settings")
    server.expect("token", "list")
    server.expect(message="monitor[window]'")


def try_window(wheel: Path, folder: Path) -> None:
    """With ``window`` every module can be imported."""
    desktop = Installation(folder, wheel, "window")
    desktop.python("-c", IMPORT_ALL)
    desktop.expect("--help")


def _run(*command: str, cwd: Path = ROOT) -> None:
    subprocess.run(command, check=True, cwd=cwd, stdin=subprocess.DEVNULL)


def main() -> None:
    """Build the wheel, look inside, and try each way to install it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        wheel = build(folder / "dist")
        with zipfile.ZipFile(wheel) as archive:
            missing = missing_from(set(archive.namelist()), ROOT / "resources")
        if missing:
            sys.exit(f"The wheel lacks: {', '.join(missing)}")
        try:
            for case in (try_library, try_command_line, try_window):
                case(wheel, folder / case.__name__)
                print(f"{wheel.name}: {case.__doc__}")
        except WheelError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
