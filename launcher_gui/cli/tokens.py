"""Tokens from the command line: given without being shown, listed without their values."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from collections.abc import Iterator

from launcher_gui.cli import output
from launcher_gui.downloads.service import DownloadService
from launcher_gui.downloads.sources.tokens import Site, TokenSource, TokenState
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.runtime.tasks import run_in_daemon_thread

_LINE_LIMIT = 4096
_NAMES = {
    **{str(site): site for site in Site},
    "hf": Site.HUB,
    "huggingface": Site.HUB,
    "civitai": Site.CIVITAI,
}


async def token(service: DownloadService, arguments: argparse.Namespace) -> int:
    """Keep, forget or list tokens.

    Raises:
        InvalidInputError: If the site is not known, or the token cannot be one.
    """
    if arguments.action == "list":
        for site in Site:
            _tell(await service.tokens.state(site), as_json=arguments.json)
        return 0
    site = _site(arguments.site)
    if arguments.action == "remove":
        state = await service.tokens.forget(site)
        _tell(state, as_json=arguments.json)
        return 1 if state.keyring_problem else 0
    state = await service.tokens.keep(site, await _asked_for(site))
    if state.source is TokenSource.RUN:  # which ends here
        output.complain(
            f"The token for {site.label} was not kept: the system's keyring could not take it: {state.keyring_problem}."
            f" Give it as {site.variable} in the environment instead."
        )
        return 1
    _tell(state, as_json=arguments.json)
    return 0


def _site(name: str | None) -> Site:
    found = _NAMES.get((name or "").strip().lower())
    if found is None:
        raise InvalidInputError("SITE", name or "", "is not a site with tokens", f"Use one of {', '.join(Site)}.")
    return found


async def _asked_for(site: Site) -> str:
    """Return what is typed; a person who gives up instead gets the terminal back as it was."""
    with _terminal_restored():
        return await run_in_daemon_thread(lambda: _typed(site), "prompt")


@contextlib.contextmanager
def _terminal_restored() -> Iterator[None]:
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios  # noqa: PLC0415 only where there are terminals of this kind

    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _typed(site: Site) -> str:
    """Return what a person types without seeing it, or the first line of the input."""
    if sys.stdin.isatty():
        return getpass.getpass(f"Token for {site.label}, from {site.token_page}: ")
    return sys.stdin.readline(_LINE_LIMIT)


def _tell(state: TokenState, *, as_json: bool) -> None:
    if as_json:
        problem = state.keyring_problem or None
        output.print_json({"site": state.site, "from": state.source, "keyring_problem": problem})
        return
    where = {
        TokenSource.ENVIRONMENT: f"from the environment variable {state.site.variable}",
        TokenSource.KEYRING: "from the system's keyring",
        TokenSource.NONE: "no token",
    }.get(state.source, f"from {state.source}")
    problem = f" (the keyring could not be asked: {state.keyring_problem})" if state.keyring_problem else ""
    output.say(f"{state.site}: {where}{problem}")
