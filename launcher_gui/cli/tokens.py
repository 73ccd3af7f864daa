"""The commands for tokens: entered without echo, listed without their values."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from collections.abc import Iterator
from typing import Any

from launcher_gui.cli import output
from launcher_gui.downloads.service import DownloadService
from launcher_gui.downloads.sources import all_sources
from launcher_gui.downloads.sources.source import Source
from launcher_gui.downloads.sources.tokens import TokenSource, TokenState
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.runtime.tasks import run_in_daemon_thread
from launcher_gui.text.message import localize, message

_LINE_LIMIT = 4096


async def token(service: DownloadService, arguments: argparse.Namespace) -> int:
    """Save, remove or list tokens.

    Raises:
        InvalidInputError: If the site is unknown, or the token is not valid.
    """
    if arguments.action == "list":
        for site in all_sources.SOURCES:
            _tell(await service.tokens.state(site), as_json=arguments.json)
        return 0
    site = _site(arguments.site)
    if arguments.action == "remove":
        state = await service.tokens.forget(site)
        _tell(state, as_json=arguments.json)
        return 1 if state.keyring_problem else 0
    state = await service.tokens.keep(site, await _asked_for(site))
    if state.source is TokenSource.RUN:  # valid for this run only, which ends here
        variable, problem = site.token_variable, state.keyring_problem
        output.complain(localize(message("token.not_saved", site=site.label, problem=problem, variable=variable)))
        return 1
    _tell(state, as_json=arguments.json)
    return 0


def _site(name: str | None) -> Source[Any]:
    found = all_sources.source_named(name or "")
    if found is None:
        known = ", ".join(source.domain for source in all_sources.SOURCES)
        raise InvalidInputError("SITE", name or "", message("token.no_site"), message("token.use_sites", sites=known))
    return found


async def _asked_for(site: Source[Any]) -> str:
    """Prompt for a token and return it. Ctrl-C restores the terminal."""
    with _terminal_restored():
        return await run_in_daemon_thread(lambda: _typed(site), "prompt")


@contextlib.contextmanager
def _terminal_restored() -> Iterator[None]:
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios  # noqa: PLC0415 exists on POSIX systems only

    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _typed(site: Source[Any]) -> str:
    """Return a token typed without echo, or the first line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(f"Token for {site.label}, from {site.token_page}: ")
    return sys.stdin.readline(_LINE_LIMIT)


def _tell(state: TokenState, *, as_json: bool) -> None:
    if as_json:
        problem = str(state.keyring_problem) or None
        output.print_json({"site": state.site.domain, "from": state.source, "keyring_problem": problem})
        return
    where = {
        TokenSource.ENVIRONMENT: f"from the environment variable {state.site.token_variable}",
        TokenSource.KEYRING: "from the system's keyring",
        TokenSource.NONE: "no token",
    }.get(state.source, f"from {state.source}")
    problem = f" ({localize(state.keyring_problem)})" if state.keyring_problem else ""
    output.say(f"{state.site.domain}: {where}{problem}")
