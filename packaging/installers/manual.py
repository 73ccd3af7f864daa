"""The manual page, written from what reads the command line, so that the two cannot disagree."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from installers.commands import Word, choices, commands, name_of, options, positional


def manual(parser: argparse.ArgumentParser, version: str, epoch: int) -> str:
    """Return the page in roff, dated ``epoch`` (seconds since 1970)."""
    day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    lines = [
        f'.TH COMFYUI-RECOVERY 1 "{day}" "comfyui-recovery {version}" "User Commands"',
        ".SH NAME",
        r"comfyui\-recovery \- downloads of large models that survive anything",
        ".SH SYNOPSIS",
        r".B comfyui\-recovery",
        r"[\fB\-\-store\fR \fIPATH\fR] [\fICOMMAND\fR ...]",
        ".SH DESCRIPTION",
        _text(parser.description or ""),
        "Downloads resume from the last byte that is safe on disk, after a check that the file on the server is still",
        "the same one, and get their name only when they are whole.",
        ".SH OPTIONS",
        *_options(options(parser)),
        ".SH COMMANDS",
    ]
    for word in commands(parser):
        lines += [".TP", rf"\fB{_text(word.name)}\fR {_usage(word)}".rstrip(), f"{_text(word.help)}.", ".RS"]
        told = tuple(a for a in word.arguments if a.dest != "help")
        lines += [*_options(told), ".RE"]
    lines += [
        ".SH EXIT STATUS",
        "0 done; 1 failed, with the reason on standard error; 2 bad usage; 130 interrupted: what was fetched is kept.",
        ".SH ENVIRONMENT",
        _text(parser.epilog or ""),
        ".SH FILES",
        ".TP",
        r"\fI~/.local/share/comfyui\-recovery/recovery.sqlite3\fR",
        "Downloads, attempts, decisions and settings; private to the user. RECOVERY_STORE names another file.",
    ]
    return "\n".join(lines) + "\n"


def _options(arguments: tuple[argparse.Action, ...]) -> Iterator[str]:
    for argument in arguments:
        names = ", ".join(rf"\fB{_text(name)}\fR" for name in argument.option_strings)
        value = "" if argument.nargs == 0 else rf"\fI{_text(name_of(argument))}\fR"
        yield ".TP"
        yield f"{names} {value}".strip()
        words = f" ({', '.join(choices(argument))})" if choices(argument) else ""
        yield _text((argument.help or "").replace("%(prog)s", "comfyui-recovery") + words) + "."


def _usage(word: Word) -> str:
    return " ".join(_placed(action) for action in positional(word.arguments))


def _placed(action: argparse.Action) -> str:
    """Return how a manual page tells that ``action`` follows, may be left out or repeated."""
    told = rf"\fI{_text(name_of(action))}\fR" + (" ..." if action.nargs in {"*", "+"} else "")
    return f"[{told}]" if action.nargs in {"*", "?"} else told


def _text(words: str) -> str:
    """Return ``words`` as roff prints them, hyphens that can be copied included."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-")
    return r"\&" + escaped if escaped.startswith((".", "'")) else escaped
