"""The manual page, generated from the parser of the command line so that the two agree."""

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
        r"comfyui\-recovery \- download large models reliably",
        ".SH SYNOPSIS",
        r".B comfyui\-recovery",
        r"[\fB\-\-store\fR \fIPATH\fR] [\fICOMMAND\fR ...]",
        ".SH DESCRIPTION",
        _text(parser.description or ""),
        "Downloads resume from the last byte that is safely on disk, after a check that the file on the server has not",
        "changed. A file gets its final name after it is complete and checked.",
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
        "0 finished; 1 failed, with the reason on standard error; 2 wrong usage; 130 interrupted: progress is saved.",
        ".SH ENVIRONMENT",
        _text(parser.epilog or ""),
        ".SH FILES",
        ".TP",
        r"\fI~/.local/share/comfyui\-recovery/recovery.sqlite3\fR",
        "Downloads, attempts, decisions and settings, readable by you alone. RECOVERY_STORE selects another file.",
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
    """Return how a manual page writes ``action``, optional or repeated."""
    told = rf"\fI{_text(name_of(action))}\fR" + (" ..." if action.nargs in {"*", "+"} else "")
    return f"[{told}]" if action.nargs in {"*", "?"} else told


def _text(text: str) -> str:
    """Return ``text`` escaped for roff, with hyphens that can be copied."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return r"\&" + escaped if escaped.startswith((".", "'")) else escaped
