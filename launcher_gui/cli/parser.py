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
    "resume": "go on with downloads that were paused, interrupted, cancelled or that failed",
    "pause": "pause downloads, also those of a running window",
    "cancel": "give downloads up; what was fetched is kept",
    "retry": "do not wait any longer, or begin afresh after a failure",
    "remove": "take downloads off the list; installed files stay",
}

_MOVE_HELP = {
    Move.FRONT: "to the front of those of their priority",
    Move.BACK: "behind all of their priority",
    Move.UP: "before the one before",
    Move.DOWN: "behind the one behind",
}
_DISCARD_HELP = "if what was fetched cannot be used any more, discard it and start over, whatever its size"


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
        description="Downloads of large models that survive anything. Without a command, the window opens.",
        epilog="Every setting has an environment variable RECOVERY_<FIELD>, such as RECOVERY_MAX_RETRIES.",
    )
    made.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    made.add_argument(
        "--store", metavar="PATH", help="the state store (default: RECOVERY_STORE, else in your data folder)"
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND")
    _add_download(commands, "get", "download a file in this process and return when it is installed")
    _add_download(commands, "add", "put a download into the queue for the window or for 'run'")
    window = commands.add_parser("open", help="open the window and ask there for the files behind links")
    window.add_argument("links", metavar="LINK", nargs="*", help="a file's address, or a comfyui-recovery: link to it")
    window.add_argument("--add", action="store_true", help="ask for a link to download")
    _store(window)
    _json(commands.add_parser("list", help="show all downloads"))
    show = _json(commands.add_parser("show", help="show one download with its attempts and decisions"))
    show.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    for word in COMMANDS_BY_WORD:
        _add_command(commands, word)
    _add_order(commands)
    _json(commands.add_parser("run", help="work on the queue until it is empty"))
    _json(commands.add_parser("breakers", help="show the circuit breakers"))
    isolate = _json(commands.add_parser("isolate-breaker", help="hold back all calls to a host until it is reset"))
    isolate.add_argument("scope", metavar="SCOPE", help="the host, as in the address of its files")
    reset = _json(commands.add_parser("reset-breaker", help="let calls to a host through again"))
    reset.add_argument("scope", metavar="SCOPE", help="the host, as 'breakers' shows it")
    settings = _json(commands.add_parser("settings", help="show the settings and where they come from"))
    settings.add_argument("--history", action="store_true", help="show who changed what instead")
    change = _json(commands.add_parser("set", help="change a setting for every process that uses the store"))
    change.add_argument("field", metavar="SETTING", help="its name, as 'settings' shows it")
    change.add_argument("value", metavar="VALUE", help="its new value")
    unset = _json(commands.add_parser("unset", help="let a setting have its default again"))
    unset.add_argument("field", metavar="SETTING", help="its name, as 'settings' shows it")
    token = _json(commands.add_parser("token", help="keep, forget or list the tokens that sites ask for"))
    token.add_argument("action", metavar="ACTION", choices=("set", "remove", "list"), help="set, remove or list")
    token.add_argument("site", metavar="SITE", nargs="?", help="a site, as listed by token list")
    export = commands.add_parser("export", help="write a report for whoever helps, without passwords and tokens")
    export.add_argument("ids", metavar="ID", nargs="*", help="the downloads that it tells of (default: all)")
    export.add_argument("--to", metavar="FOLDER", default=".", help="the folder it goes to (default: this one)")
    _json(export)
    backup = _json(commands.add_parser("backup", help="copy the whole state store, also while it is in use"))
    backup.add_argument("file", metavar="FILE", help="the copy, which must not be there yet")
    return made


def _add_download(commands: argparse._SubParsersAction[argparse.ArgumentParser], word: str, text: str) -> None:
    parser = _json(commands.add_parser(word, help=text))
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("url", metavar="URL", nargs="?", help="link to the file, or to its page at a known site")
    source.add_argument("--list", metavar="FILE", help="a file with one 'URL [SHA-256] [NAME]' a line; - for input")
    parser.add_argument("--to", metavar="FOLDER", default="", help="the folder it goes to (default: this one)")
    parser.add_argument("--name", metavar="NAME", help="what to call it (default: as the server or the URL does)")
    known = parser.add_mutually_exclusive_group()
    known.add_argument("--sha256", metavar="HEX", help="the SHA-256 that it must have")
    known.add_argument(
        "--blake3", metavar="HEX", dest="sha256", type=_blake3, help="the BLAKE3 that it must have, in place of that"
    )
    parser.add_argument(
        "--mirror", metavar="URL", action="append", default=[], help="another address of the same file; may be repeated"
    )
    parser.add_argument("--discard", action="store_true", help=_DISCARD_HELP)


def _blake3(digits: str) -> str:
    """Return a BLAKE3 in the form that is used where a SHA-256 is expected."""
    return "blake3:" + digits.strip().removeprefix("blake3:")


def _add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], word: str) -> None:
    parser = _json(commands.add_parser(word, help=_COMMAND_HELP[word]))
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("ids", metavar="ID", nargs="*", default=[], help="ids, or the beginnings of them")
    which.add_argument("--all", action="store_true", help="all that it applies to")
    parser.set_defaults(discard=False)
    if COMMANDS_BY_WORD[word] is CommandKind.REMOVE:
        parser.add_argument("--discard", action="store_true", help="also delete what was fetched of unfinished files")
    elif COMMANDS_BY_WORD[word] in GOES_ON:
        parser.add_argument("--discard", action="store_true", help=_DISCARD_HELP)


def _add_order(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands that change the order of the queue."""
    priority = _json(commands.add_parser("priority", help="say which downloads come before which"))
    priority.add_argument("priority", choices=[each.name.lower() for each in reversed(Priority)], help="which they get")
    priority.add_argument("ids", metavar="ID", nargs="+", help="ids, or the beginnings of them")
    move = _json(commands.add_parser("move", help="move downloads within the queue"))
    move.add_argument("ids", metavar="ID", nargs="+", help="ids, or the beginnings of them")
    where = move.add_mutually_exclusive_group(required=True)
    for word, text in _MOVE_HELP.items():
        where.add_argument(f"--{word}", dest="where", action="store_const", const=word, help=text)
    where.add_argument("--before", metavar="ID", help="just before this one, whose priority they take")


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="one JSON object a line on standard output")
    _store(parser)
    return parser


def _store(parser: argparse.ArgumentParser) -> None:
    # Allowed after the command, too; SUPPRESS keeps a value given before it.
    parser.add_argument("--store", metavar="PATH", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
