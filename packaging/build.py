"""Build the installers that this platform can build, from the pinned environment.

Needs a supported Python; on Linux also binutils and dpkg-dev. Like develop.py, it keeps to old syntax.
"""

import os
import shutil
import subprocess
import sys

from develop import SUPPORTED, complaint


def main() -> int:
    """Check the Python, set up the pinned environment, and go on in there."""
    names = ["python{}.{}".format(*version) for version in reversed(SUPPORTED)]
    problem = complaint(tuple(sys.version_info[:2]), [name for name in names if shutil.which(name)])
    if problem:
        sys.exit(problem)
    from devenv.commands import ROOT  # noqa: PLC0415 - an older Python cannot read these
    from devenv.environment import Environment, Kind  # noqa: PLC0415
    from devenv.messages import SetUpError  # noqa: PLC0415

    environment = Environment(ROOT, "build/environment")
    try:
        if not environment.serves(Kind.BUILD):
            environment.make(Kind.BUILD)
    except SetUpError as error:
        sys.exit(str(error))
    # Random hashes would change the order of what is frozen from build to build.
    fixed = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join((str(ROOT / "packaging"), str(ROOT)))}
    command = [str(environment.python), "-m", "installers", *sys.argv[1:]]
    return subprocess.run(command, check=False, cwd=ROOT, env=fixed).returncode


if __name__ == "__main__":
    sys.exit(main())
