"""The door: a command goes to the command line, no command opens the window. Neither loads the other."""

from __future__ import annotations

from collections.abc import Sequence

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:  # before there was anything to interrupt
        return INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    from launcher_gui.cli.arguments import parse  # noqa: PLC0415 loading takes long enough for a Ctrl-C

    chosen = parse(arguments)
    if chosen.command is None:
        from launcher_gui.app import run as run_window  # noqa: PLC0415 a terminal must not wait for Qt

        return run_window(chosen.store)
    from launcher_gui.cli.commands import run as run_command  # noqa: PLC0415 nor the window for this

    return run_command(chosen)
