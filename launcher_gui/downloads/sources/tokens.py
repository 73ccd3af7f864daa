"""The tokens of the sites: from a link, the environment, or the system's keyring. The program never stores them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from launcher_gui.downloads.sources import keyring
from launcher_gui.downloads.sources.source import Source
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.runtime.tasks import spawn
from launcher_gui.text.message import NOTHING, Message, message

PATIENCE_S = 5.0
"""How long a download waits for the keyring. If unlocking takes longer, a later request has the token."""


class TokenSource(StrEnum):
    """Where a token comes from, the first one that has it."""

    LINK = "a link"  # that was added in this run
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    RUN = "this run"  # given where no keyring could keep it
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TokenState:
    """What may be shown about a site's token: never the token.

    Attributes:
        site: The site.
        source: Where the token that is used comes from.
        keyring_problem: Why the keyring cannot be used; nothing if it can.
    """

    site: Source[Any]
    source: TokenSource
    keyring_problem: Message = NOTHING


class Tokens:
    """The tokens that this process knows: never stored by it, never shown.

    A token from a link counts first, then the environment, then the keyring. The keyring is asked when a token is first
    needed: the user may have to unlock it.

    Args:
        environ: The environment variables.
        patience_s: How long to wait for the keyring.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ, patience_s: float = PATIENCE_S) -> None:
        self._environ = environ
        self._patience_s = patience_s
        self._given: dict[Source[Any], str] = {}
        self._kept: dict[Source[Any], str | None] = {}
        self._for_this_run: dict[Source[Any], str] = {}
        self._looking: dict[Source[Any], asyncio.Task[None]] = {}
        self._problem = NOTHING

    def close(self) -> None:
        """Stop waiting for the keyring."""
        for looking in self._looking.values():
            looking.cancel()

    def give(self, site: Source[Any], token: str) -> None:
        """Use ``token``, from a link, for ``site`` until this process ends; an empty one is forgotten."""
        self._given[site] = token.strip()
        if not self._given[site]:
            del self._given[site]

    async def of(self, site: Source[Any]) -> str | None:
        """Return the token for ``site``, if there is one that can be sent."""
        token, _ = await self._find(site)
        return token if _can_be_sent(token) else None

    async def state(self, site: Source[Any]) -> TokenState:
        """Return what may be shown about the token for ``site``."""
        _, source = await self._find(site)
        return TokenState(site, source, self._problem)

    async def keep(self, site: Source[Any], token: str) -> TokenState:
        """Use ``token`` for ``site`` from now on and keep it in the keyring, else until this process ends.

        Raises:
            InvalidInputError: If it is not a valid token, or if the environment has one, which would win.
        """
        token = token.strip()
        if not _can_be_sent(token):
            problem = message("token.not_sendable") if token else message("token.empty")
            raise InvalidInputError(
                message("token.field"), "", problem, message("token.copy", token_page=site.token_page)
            )
        if self._of_environment(site):
            problem = message("token.from_environment", variable=site.token_variable)
            raise InvalidInputError(message("token.field"), "", problem, message("token.change_variable"))
        self._given.pop(site, None)
        try:
            await keyring.write(site.domain, token)
        except keyring.KeyringError as error:
            self._problem = error.why
            self._for_this_run[site] = token
            self._kept.pop(site, None)
            return TokenState(site, TokenSource.RUN, self._problem)
        self._problem = NOTHING
        self._for_this_run.pop(site, None)
        self._kept[site] = token
        return TokenState(site, TokenSource.KEYRING)

    async def forget(self, site: Source[Any]) -> TokenState:
        """Forget the token for ``site``, here and in the keyring; one of the environment stays."""
        self._given.pop(site, None)
        self._for_this_run.pop(site, None)
        self._kept.pop(site, None)
        try:
            await keyring.remove(site.domain)
        except keyring.KeyringError as error:
            self._problem = error.why
        return await self.state(site)

    def doubt(self, site: Source[Any]) -> None:
        """Ask the keyring again when the token of ``site`` is next needed: another process may have changed it."""
        self._kept.pop(site, None)

    def _of_environment(self, site: Source[Any]) -> str:
        return self._environ.get(site.token_variable, "").strip()

    async def _find(self, site: Source[Any]) -> tuple[str | None, TokenSource]:
        token, source = self._known(site)
        if token is None and site not in self._kept:
            await self._look(site)
            return self._known(site)  # a token may have been given meanwhile
        return token, source

    def _known(self, site: Source[Any]) -> tuple[str | None, TokenSource]:
        """Return the token as far as it is known without asking the keyring, and its source."""
        found = {
            TokenSource.LINK: self._given.get(site),
            TokenSource.ENVIRONMENT: self._of_environment(site),
            TokenSource.RUN: self._for_this_run.get(site),
            TokenSource.KEYRING: self._kept.get(site),
        }
        return next(((token, source) for source, token in found.items() if token), (None, TokenSource.NONE))

    async def _look(self, site: Source[Any]) -> None:
        """Ask the keyring, once for all who wait, and continue without it if it takes too long."""
        looking = self._looking.get(site)
        if looking is None:
            looking = self._looking[site] = spawn(self._ask(site), "asking the keyring")
            await asyncio.wait([looking], timeout=self._patience_s)
        if not looking.done():
            self._problem = message("keyring.no_answer")

    async def _ask(self, site: Source[Any]) -> None:
        try:
            self._kept[site] = await keyring.read(site.domain)
            self._problem = NOTHING
        except keyring.KeyringError as error:  # a download that needs no token goes on
            self._kept[site], self._problem = None, error.why
        finally:
            del self._looking[site]


def _can_be_sent(token: str | None) -> bool:
    return bool(token) and token is not None and token.isascii() and token.isprintable() and " " not in token
