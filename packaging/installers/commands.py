"""The command line as data, read from the program's parser, for the manual page and the completions."""

from __future__ import annotations

import argparse
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A command.

    Attributes:
        name: Its word.
        help: What it does, in a few words.
        arguments: Its options and positional arguments.
    """

    name: str
    help: str
    arguments: tuple[argparse.Action, ...]


def options(parser: argparse.ArgumentParser) -> tuple[argparse.Action, ...]:
    """Return the documented arguments of ``parser``, without its commands."""
    return tuple(
        action
        for action in parser._actions  # noqa: SLF001 argparse has no public way to read them
        if action.help != argparse.SUPPRESS and not isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )


def commands(parser: argparse.ArgumentParser) -> tuple[Word, ...]:
    """Return the commands of ``parser`` in the order in which they were added."""
    (chosen,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))  # noqa: SLF001
    helps = {action.dest: action.help or "" for action in chosen._choices_actions}  # noqa: SLF001
    return tuple(Word(name, helps[name], options(made)) for name, made in chosen.choices.items())


def flags(arguments: tuple[argparse.Action, ...]) -> tuple[str, ...]:
    """Return the option strings of ``arguments``."""
    return tuple(name for action in arguments for name in action.option_strings)


def takes_path(action: argparse.Action) -> bool:
    """Say whether the value of ``action`` is a path."""
    return action.metavar in {"PATH", "FOLDER", "FILE"}


def positional(arguments: tuple[argparse.Action, ...]) -> tuple[argparse.Action, ...]:
    """Return the ``arguments`` that are given by position, without a hyphen."""
    return tuple(action for action in arguments if not action.option_strings)


def choices(action: argparse.Action) -> tuple[str, ...]:
    """Return the values that ``action`` allows, or nothing if it allows any."""
    return tuple(map(str, action.choices or ()))


def name_of(action: argparse.Action) -> str:
    """Return the name of the value of ``action`` in help texts."""
    return str(action.metavar or action.dest.upper())
