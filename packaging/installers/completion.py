"""Completions for bash, zsh and fish, generated from the parser of the command line."""

from __future__ import annotations

import argparse
import re

from installers.commands import Word, choices, commands, flags, name_of, options, positional, takes_path

NAME = "comfyui-recovery"


def bash(parser: argparse.ArgumentParser) -> str:
    """Return the completion for bash."""
    words = commands(parser)
    everywhere = " ".join((*flags(options(parser)), *(word.name for word in words)))
    cases = "\n".join(f"        {word.name}) {_bash_offers(word)}; break ;;" for word in words)
    paths = "|".join(sorted({name for word in words for a in word.arguments if takes_path(a) for name in flags((a,))}))
    return f"""\
# Completion of {NAME} for bash.
_comfyui_recovery() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD - 1]}}"
    local offered="{everywhere}" files="" i
    case "$previous" in
        --store|{paths}) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "${{COMP_WORDS[i]}}" in
{_indented(cases)}
        esac
    done
    mapfile -t COMPREPLY < <(compgen $files -W "$offered" -- "$current")
}}
complete -F _comfyui_recovery {NAME}
"""


def zsh(parser: argparse.ArgumentParser) -> str:
    """Return the completion for zsh."""
    words = commands(parser)
    listed = "\n".join(f"        '{word.name}:{_quoted(word.help)}'" for word in words)
    cases = "\n".join(f"        {word.name}) _arguments {_zsh_arguments(word.arguments)} ;;" for word in words)
    return f"""\
#compdef {NAME}
# Completion of {NAME} for zsh.
_comfyui_recovery() {{
    local context state state_descr line
    typeset -A opt_args
    local -a words_known=(
{listed}
    )
    _arguments -C {_zsh_arguments(options(parser))} '1:command:->command' '*::argument:->argument'
    case "$state" in
        command) _describe command words_known ;;
        argument)
            case "$line[1]" in
{_indented(cases)}
            esac ;;
    esac
}}
_comfyui_recovery "$@"
"""


def fish(parser: argparse.ArgumentParser) -> str:
    """Return the completion for fish."""
    lines = [f"# Completion of {NAME} for fish.", f"complete -c {NAME} -f"]
    lines += [_fish_option("__fish_use_subcommand", action) for action in options(parser)]
    for word in commands(parser):
        lines.append(f"complete -c {NAME} -n __fish_use_subcommand -a {word.name} -d '{_quoted(word.help)}'")
        asked = f"'__fish_seen_subcommand_from {word.name}'"
        lines += [_fish_option(asked, action) for action in word.arguments if action.option_strings]
        lines += [f"complete -c {NAME} -n {asked}{_fish_value(action)}" for action in _completed(word)]
    return "\n".join(lines) + "\n"


def _completed(word: Word) -> tuple[argparse.Action, ...]:
    """Return the positional arguments of ``word`` that a shell can complete."""
    return tuple(action for action in positional(word.arguments) if choices(action) or takes_path(action))


def _bash_offers(word: Word) -> str:
    words = (*flags(word.arguments), *(choice for action in _completed(word) for choice in choices(action)))
    files = " files=-f" if any(takes_path(action) for action in _completed(word)) else ""
    return f'offered="{" ".join(words)}"{files}'


def _fish_value(action: argparse.Action) -> str:
    return " -F" if takes_path(action) else f" -a '{' '.join(choices(action))}'"


def _fish_option(condition: str, action: argparse.Action) -> str:
    names = " ".join(f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in action.option_strings)
    value = "" if action.nargs == 0 else " -r -F" if takes_path(action) else " -x"
    return f"complete -c {NAME} -n {condition} {names}{value} -d '{_quoted(action.help or '')}'"


def _zsh_arguments(arguments: tuple[argparse.Action, ...]) -> str:
    found = []
    for action in arguments:
        told = re.sub(r"[][:]", " ", _quoted(action.help or ""))
        value = "" if action.nargs == 0 else _zsh_value(action)
        found += [f"'{name}[{told}]{value}'" for name in action.option_strings]
    return " ".join(found + [_zsh_place(action) for action in positional(arguments)])


def _zsh_place(action: argparse.Action) -> str:
    place = "*" if action.nargs in {"*", "+"} else ":" if action.nargs == "?" else ""
    return f"'{place}{_zsh_value(action)}'"


def _zsh_value(action: argparse.Action) -> str:
    completed = "_files" if takes_path(action) else f"({' '.join(choices(action))})" if choices(action) else ""
    return f":{name_of(action)}:{completed}"


def _quoted(text: str) -> str:
    """Return ``text`` for use between single quotes in each of the shells."""
    return text.replace("%(prog)s", NAME).replace("'", "\u2019")


def _indented(lines: str) -> str:
    return "\n".join("    " + line for line in lines.splitlines())
