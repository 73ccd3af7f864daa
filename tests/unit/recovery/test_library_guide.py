"""The program in docs/library.md runs as printed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_first_program_runs(tmp_path: Path) -> None:
    """The first program prints the documented output and creates a store."""
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    (tmp_path / "program.py").write_text(code, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "program.py"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert run.stdout == "content of https://example.org/model\n"
    assert (tmp_path / "recovery.sqlite3").exists()
