"""Entry point: a command runs on the command line, no command opens the window. Neither loads the other."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

CANNOT_START = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:  # before the command could handle it itself
        return INTERRUPTED
    except ImportError as error:
        from launcher_gui.startup_errors import missing_part  # noqa: PLC0415 needed for this alone

        message = missing_part(error, bundled=hasattr(sys, "frozen"))
        sys.stderr.write(f"comfyui-recovery: {message}\n")
        return CANNOT_START


def _run(arguments: Sequence[str] | None) -> int:
    from launcher_gui.cli.parser import parse  # noqa: PLC0415 loading takes long enough for a Ctrl-C

    chosen = parse(arguments)
    if chosen.command in {None, "open"}:
        asked = chosen.command == "open" and (chosen.links or chosen.add)
        return _window(chosen.store, tuple(chosen.links) if asked else None)
    from launcher_gui.cli.handlers import run as run_command  # noqa: PLC0415 the window does without it

    return run_command(chosen)


def _window(store: str | None, asked: tuple[str, ...] | None) -> int:
    from launcher_gui.desktop import single_instance  # noqa: PLC0415 commands do without it

    try:
        instance = single_instance.arrive(store, asked)
    except single_instance.NoAnswerError as error:
        sys.stderr.write(f"comfyui-recovery: {error}\n")
        return CANNOT_START
    if instance is None:
        what = f"; it asks for {len(asked)} {'link' if len(asked) == 1 else 'links'}" if asked else ""
        sys.stdout.write(f"comfyui-recovery: The window is open already{what}.\n")
        return 0
    try:
        gc.disable()  # until the window is shown: a collection of all loaded modules takes a tenth of the start
        from launcher_gui.app.window_app import run as run_window  # noqa: PLC0415 commands must not wait for Qt

        return run_window(store, asked, instance)
    finally:
        instance.close()
