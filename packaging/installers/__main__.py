"""Build the installers; packaging/build.py starts this in the pinned environment."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from devenv.messages import SetUpError, say

from installers import archive, deb, elsewhere
from installers.bundle import Bundle, freeze, source_date

ROOT = Path(__file__).resolve().parents[2]

Maker = Callable[[Bundle, Path], Path]

MAKERS: dict[str, dict[str, Maker]] = {
    "linux": {"deb": deb.make, "archive": archive.make},
    "win32": {"setup": elsewhere.make_windows_setup},
    "darwin": {"dmg": elsewhere.make_disk_image},
}


def main() -> int:
    """Build the requested installers and print their paths."""
    makers = MAKERS.get(sys.platform, {})
    parser = argparse.ArgumentParser(prog="build.py", description="Build installers.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"{', '.join(makers)} (default: all)")
    parser.add_argument(
        "--to", type=Path, default=ROOT / "dist", metavar="FOLDER", help="output folder (default: dist)"
    )
    chosen = parser.parse_args()
    kinds = chosen.kinds or list(makers)
    if unknown := set(kinds) - set(makers):
        parser.error(f"{', '.join(sorted(unknown))}: this platform can build {', '.join(makers) or 'nothing'}")
    chosen.to.mkdir(parents=True, exist_ok=True)
    try:
        bundle = freeze(ROOT / "build", source_date(ROOT))
        for kind in kinds:
            made = makers[kind](bundle, chosen.to.resolve())
            say(f"{made} ({made.stat().st_size / 1e6:.1f} MB)")
    except SetUpError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
