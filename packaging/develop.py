"""Set up what the program needs and run it, or run its tests.

Needs nothing but a supported Python. This file keeps to old syntax, so that an older Python
can print which version is needed.
"""

import shutil
import sys

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def complaint(version: "tuple[int, ...]", installed: "list[str]") -> "str | None":
    """Return the message for a Python that is not supported, or None if it is.

    Args:
        version: The (major, minor) of the running Python.
        installed: The supported interpreters on this machine.
    """
    if version in SUPPORTED:
        return None
    message = "This needs Python 3.11, 3.12 or 3.13; this is Python {}.{}.".format(*version)
    if installed:
        return message + " Run: {} {}".format(installed[0], " ".join(sys.argv))
    return message + " Install one of them, then run the same command with it."


def main() -> int:
    """Check the Python version, then load the code that needs it."""
    names = ["python{}.{}".format(*version) for version in reversed(SUPPORTED)]
    problem = complaint(tuple(sys.version_info[:2]), [name for name in names if shutil.which(name)])
    if problem:
        sys.exit(problem)
    from devenv.commands import main as run_command  # noqa: PLC0415 - an older Python cannot read it

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
