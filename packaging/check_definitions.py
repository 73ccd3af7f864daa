"""Generate the files for desktops and shells, and check them with the desktops' own tools.

A tool that is not installed is named and skipped; packaging/smoke.py needs all of them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from installers.desktop import entries  # noqa: E402 the checkout is no installed package

from launcher_gui import APP_ID  # noqa: E402

NEW_YEAR_2026 = 1_767_225_600
CHECKERS = (
    ("desktop-file-validate", f"applications/{APP_ID}.desktop"),
    ("appstreamcli validate --no-net", f"metainfo/{APP_ID}.metainfo.xml"),
    ("bash -n", "bash-completion/completions/comfyui-recovery"),
    ("zsh -n", "zsh/vendor-completions/_comfyui-recovery"),
    ("fish -n", "fish/vendor_completions.d/comfyui-recovery.fish"),
    ("man --warnings -E UTF-8 -l -Tutf8 -Z", "man/man1/comfyui-recovery.1.gz"),
)
SCRIPTS = ("install", "uninstall")


def main() -> int:
    """Return 0 if every installed tool accepts its file."""
    failed = []
    with tempfile.TemporaryDirectory() as temporary:
        for entry in entries(NEW_YEAR_2026):
            target = Path(temporary) / entry.place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(entry.content)
        for checker, place in CHECKERS:
            failed += _check(checker, Path(temporary) / place)
    for script in SCRIPTS:
        failed += _check("sh -n", ROOT / "packaging" / "linux" / script)
    print(f"packaging definitions: {', '.join(failed) or 'all valid'}")
    return 1 if failed else 0


def _check(checker: str, file: Path) -> list[str]:
    """Return the name of ``file`` if ``checker`` rejects it."""
    command = checker.split()
    if shutil.which(command[0]) is None:
        print(f"packaging definitions: {command[0]} is not installed; {file.name} was not checked with it")
        return []
    answer = subprocess.run([*command, str(file)], check=False, capture_output=True, text=True)
    output = (answer.stdout if answer.returncode else "") + answer.stderr
    if answer.returncode or output.strip():
        print(f"{checker}: {output}", file=sys.stderr)
        return [file.name]
    return []


if __name__ == "__main__":
    sys.exit(main())
