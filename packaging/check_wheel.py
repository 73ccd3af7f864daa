"""Build the wheel and prove it whole: it carries every resource, and it works where nothing of the checkout is."""

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "packaging" / "requirements.lock"

IMPORT_ALL = """
import importlib, pkgutil, launcher_gui
for module in pkgutil.walk_packages(launcher_gui.__path__, "launcher_gui."):
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as missing:
        # An adapter without its extra names the library that it lacks.
        if not module.name.startswith("launcher_gui.recovery.adapters.") or missing.name.startswith("launcher_gui"):
            raise
"""


def build(folder: Path) -> Path:
    """Build the wheel into ``folder`` with the pinned build back end and return it."""
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    return wheel


def missing_from(names: set[str], resources: Path) -> list[str]:
    """Return the files under ``resources`` that are not among a wheel's ``names``."""
    files = (path.relative_to(resources).as_posix() for path in sorted(resources.rglob("*")) if path.is_file())
    return [file for file in files if f"launcher_gui/resources/{file}" not in names]


def try_out(wheel: Path, folder: Path) -> None:
    """Install ``wheel`` with its locked dependencies into a new environment in ``folder`` and use it there."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    install = (str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(*install, "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))
    _run(*install, "--no-deps", "--no-index", str(wheel))
    _run(str(programs / "python"), "-c", IMPORT_ALL, cwd=folder)
    _run(str(programs / "comfyui-recovery"), "--help", cwd=folder)


def _run(*command: str, cwd: Path = ROOT) -> None:
    subprocess.run(command, check=True, cwd=cwd, stdin=subprocess.DEVNULL)


def main() -> None:
    """Build, look inside, try out."""
    with tempfile.TemporaryDirectory() as temporary:
        wheel = build(Path(temporary) / "dist")
        with zipfile.ZipFile(wheel) as archive:
            missing = missing_from(set(archive.namelist()), ROOT / "resources")
        if missing:
            sys.exit(f"The wheel lacks resources: {', '.join(missing)}")
        try_out(wheel, Path(temporary) / "environment")
        print(f"{wheel.name}: whole, and it starts")


if __name__ == "__main__":
    main()
