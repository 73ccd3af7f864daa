"""The parser of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from launcher_gui import __version__
from launcher_gui.recovery.operation import CommandKind, Priority
from launcher_gui.recovery.rules.applicable_commands import GOES_ON
from launcher_gui.recovery.rules.queue_order import Move

WHO = "command line"
"""The sender that other processes show for commands from the command line."""

COMMANDS_BY_WORD = {
    "resume": CommandKind.RESUME,
    "pause": CommandKind.PAUSE,
    "cancel": CommandKind.CANCEL,
    "retry": CommandKind.RETRY,
    "remove": CommandKind.REMOVE,
}

_COMMAND_HELP = {
    "resume": "resume paused, interrupted, cancelled or failed downloads",
    "pause": "pause downloads, including those of a running window",
    "cancel": "cancel downloads; partial data is kept",
    "retry": "retry now, without waiting",
    "remove": "remove downloads from the list; finished files are kept",
}

_MOVE_HELP = {
    Move.FRONT: "to the front of their priority",
    Move.BACK: "to the back of their priority",
    Move.UP: "one place up",
    Move.DOWN: "one place down",
}
_DISCARD_HELP = "start over without asking if the partial data can no longer be used"


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the parsed arguments; ``command`` is ``None`` for the window.

    Raises:
        SystemExit: With status 2 if the arguments are not valid, 0 after ``--help`` and ``--version``.
    """
    return parser().parse_args(arguments)


def parser() -> argparse.ArgumentParser:
    """Return the parser; the manual page and the shell completions are generated from it."""
    made = argparse.ArgumentParser(
        prog="comfyui-recovery",
        description="Download large models reliably. Without a command, the window opens.",
        epilog="Environment variables override settings: RECOVERY_<SETTING>, such as RECOVERY_MAX_RETRIES.",
    )
    made.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    made.add_argument(
        "--store", metavar="PATH", help="the download database (default: RECOVERY_STORE, else in your data folder)"
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND")
    _add_download(commands, "get", "download a file and exit when it is in place")
    _add_download(commands, "add", "add a download to the queue of the window or 'run'")
    window = commands.add_parser("open", help="open the window and offer to add links")
    window.add_argument("links", metavar="LINK", nargs="*", help="link to a file, or a comfyui-recovery: link")
    window.add_argument("--add", action="store_true", help="open the add dialog")
    _store(window)
    _json(commands.add_parser("list", help="show all downloads"))
    show = _json(commands.add_parser("show", help="show one download with its attempts and decisions"))
    show.add_argument("id", metavar="ID", help="id of the download, or the beginning of it")
    for word in COMMANDS_BY_WORD:
        _add_command(commands, word)
    _add_order(commands)
    _json(commands.add_parser("run", help="work on the queue until it is empty"))
    _json(commands.add_parser("breakers", help="show hosts that have failed, and their circuit breakers"))
    isolate = _json(commands.add_parser("isolate-breaker", help="pause a host until it is reset"))
    isolate.add_argument("scope", metavar="SCOPE", help="name of the host, such as example.org")
    reset = _json(commands.add_parser("reset-breaker", help="resume a host and clear its failures"))
    reset.add_argument("scope", metavar="SCOPE", help="name of the host, as listed by 'breakers'")
    settings = _json(commands.add_parser("settings", help="show the settings and where each value comes from"))
    settings.add_argument("--history", action="store_true", help="show the changes instead")
    change = _json(commands.add_parser("set", help="change a setting for the window and all commands"))
    change.add_argument("field", metavar="SETTING", help="name of the setting, as listed by 'settings'")
    change.add_argument("value", metavar="VALUE", help="new value")
    unset = _json(commands.add_parser("unset", help="reset a setting to its default"))
    unset.add_argument("field", metavar="SETTING", help="name of the setting, as listed by 'settings'")
    token = _json(commands.add_parser("token", help="save, remove or list tokens"))
    token.add_argument("action", metavar="ACTION", choices=("set", "remove", "list"), help="set, remove or list")
    token.add_argument("site", metavar="SITE", nargs="?", help="the site, as listed by 'token list'")
    export = commands.add_parser("export", help="write a report for support, without passwords and tokens")
    export.add_argument("ids", metavar="ID", nargs="*", help="ids of the downloads to include (default: all)")
    export.add_argument("--to", metavar="FOLDER", default=".", help="destination folder (default: current folder)")
    _json(export)
    backup = _json(commands.add_parser("backup", help="copy the download database, even while it is in use"))
    backup.add_argument("file", metavar="FILE", help="name of the copy; the file must not exist")
    return made


def _add_download(commands: argparse._SubParsersAction[argparse.ArgumentParser], word: str, text: str) -> None:
    parser = _json(commands.add_parser(word, help=text))
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("url", metavar="URL", nargs="?", help="link to the file, or to its page at a known site")
    source.add_argument(
        "--list", metavar="FILE", help="file with one 'URL [SHA-256] [NAME]' per line; - for standard input"
    )
    parser.add_argument("--to", metavar="FOLDER", default="", help="destination folder (default: current folder)")
    parser.add_argument("--name", metavar="NAME", help="file name (default: from the server or the URL)")
    known = parser.add_mutually_exclusive_group()
    known.add_argument("--sha256", metavar="HEX", help="expected SHA-256")
    known.add_argument(
        "--blake3", metavar="HEX", dest="sha256", type=_blake3, help="expected BLAKE3, instead of SHA-256"
    )
    parser.add_argument(
        "--mirror", metavar="URL", action="append", default=[], help="another link to the same file; may be repeated"
    )
    parser.add_argument("--discard", action="store_true", help=_DISCARD_HELP)


def _blake3(digits: str) -> str:
    """Return a BLAKE3 in the form that is used where a SHA-256 is expected."""
    return "blake3:" + digits.strip().removeprefix("blake3:")


def _add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], word: str) -> None:
    parser = _json(commands.add_parser(word, help=_COMMAND_HELP[word]))
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("ids", metavar="ID", nargs="*", default=[], help="ids of the downloads, or their beginnings")
    which.add_argument("--all", action="store_true", help="all downloads that the command applies to")
    parser.set_defaults(discard=False)
    if COMMANDS_BY_WORD[word] is CommandKind.REMOVE:
        parser.add_argument("--discard", action="store_true", help="also delete partial data")
    elif COMMANDS_BY_WORD[word] in GOES_ON:
        parser.add_argument("--discard", action="store_true", help=_DISCARD_HELP)


def _add_order(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands that change the order of the queue."""
    priority = _json(commands.add_parser("priority", help="change the priority of downloads"))
    priority.add_argument("priority", choices=[each.name.lower() for each in reversed(Priority)], help="new priority")
    priority.add_argument("ids", metavar="ID", nargs="+", help="ids of the downloads, or their beginnings")
    move = _json(commands.add_parser("move", help="move downloads in the queue"))
    move.add_argument("ids", metavar="ID", nargs="+", help="ids of the downloads, or their beginnings")
    where = move.add_mutually_exclusive_group(required=True)
    for word, text in _MOVE_HELP.items():
        where.add_argument(f"--{word}", dest="where", action="store_const", const=word, help=text)
    where.add_argument("--before", metavar="ID", help="before this download, with its priority")


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    _store(parser)
    return parser


def _store(parser: argparse.ArgumentParser) -> None:
    # Allowed after the command, too; SUPPRESS keeps a value given before it.
    parser.add_argument("--store", metavar="PATH", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
