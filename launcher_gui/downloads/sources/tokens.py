"""The tokens that tell a site who asks: from a link, the environment, or the system's keyring. Never stored by us."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from launcher_gui.downloads.sources import keyring
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.runtime.tasks import spawn

PATIENCE_S = 5.0
"""So long a download waits for the keyring; a person may take longer to unlock it, and a later request has it then."""


class Site(StrEnum):
    """A site that is known; the value names it in the system's keyring."""

    HUB = "huggingface.co"
    CIVITAI = "civitai.com"

    @property
    def label(self) -> str:
        """What people call it."""
        return "Hugging Face" if self is Site.HUB else "Civitai"

    @property
    def token_page(self) -> str:
        """Where a token for it is made."""
        return "https://huggingface.co/settings/tokens" if self is Site.HUB else "https://civitai.com/user/account"

    @property
    def variable(self) -> str:
        """The environment variable that holds its token."""
        return "HF_TOKEN" if self is Site.HUB else "CIVITAI_API_KEY"


class TokenSource(StrEnum):
    """Where a token comes from, the first one that has it."""

    LINK = "a link"  # that was added in this run
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    RUN = "this run"  # given where no keyring could keep it
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TokenState:
    """What may be told of a site's token: never the token.

    Attributes:
        site: The site.
        source: Where the token that is used comes from.
        keyring_problem: Why the keyring could not be asked, as the end of a sentence; empty if it could.
    """

    site: Site
    source: TokenSource
    keyring_problem: str = ""


class Tokens:
    """The tokens that this process knows: never stored by it, never shown.

    What came with a link counts first, then the environment (``HF_TOKEN``, ``CIVITAI_API_KEY``), then the keyring. The
    keyring is asked when a token is first needed: it may have to be unlocked by a person.

    Args:
        environ: The environment variables.
        patience_s: How long to wait for the keyring.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ, patience_s: float = PATIENCE_S) -> None:
        self._environ = environ
        self._patience_s = patience_s
        self._given: dict[Site, str] = {}
        self._kept: dict[Site, str | None] = {}
        self._for_this_run: dict[Site, str] = {}
        self._looking: dict[Site, asyncio.Task[None]] = {}
        self._problem = ""

    def close(self) -> None:
        """Wait for no keyring any more."""
        for looking in self._looking.values():
            looking.cancel()

    def give(self, site: Site, token: str) -> None:
        """Use ``token``, which came with a link, for ``site`` until this process ends; an empty one is forgotten."""
        self._given[site] = token.strip()
        if not self._given[site]:
            del self._given[site]

    async def of(self, site: Site) -> str | None:
        """Return the token for ``site``, if there is one that can be sent."""
        token, _ = await self._find(site)
        return token if _can_be_sent(token) else None

    async def state(self, site: Site) -> TokenState:
        """Return what may be told of the token for ``site``."""
        _, source = await self._find(site)
        return TokenState(site, source, self._problem)

    async def keep(self, site: Site, token: str) -> TokenState:
        """Use ``token`` for ``site`` from now on and keep it in the keyring, else until this process ends.

        Raises:
            InvalidInputError: If it cannot be one, or if the environment holds another, which would win.
        """
        token = token.strip()
        if not _can_be_sent(token):
            raise InvalidInputError(
                "token", "", "is not one that can be sent" if token else "is empty", f"Copy it from {site.token_page}."
            )
        if self._of_environment(site):
            raise InvalidInputError(
                "token", "", f"is held by the environment variable {site.variable}", "Change that one, then start anew."
            )
        self._given.pop(site, None)
        try:
            await keyring.write(site, token)
        except keyring.KeyringError as error:
            self._problem = str(error)
            self._for_this_run[site] = token
            self._kept.pop(site, None)
            return TokenState(site, TokenSource.RUN, self._problem)
        self._problem = ""
        self._for_this_run.pop(site, None)
        self._kept[site] = token
        return TokenState(site, TokenSource.KEYRING)

    async def forget(self, site: Site) -> TokenState:
        """Forget the token for ``site``, here and in the keyring; one of the environment stays."""
        self._given.pop(site, None)
        self._for_this_run.pop(site, None)
        self._kept.pop(site, None)
        try:
            await keyring.remove(site)
        except keyring.KeyringError as error:
            self._problem = str(error)
        return await self.state(site)

    def doubt(self, site: Site) -> None:
        """Ask the keyring anew when the token of ``site`` is next needed: another process may have changed it."""
        self._kept.pop(site, None)

    def _of_environment(self, site: Site) -> str:
        return self._environ.get(site.variable, "").strip()

    async def _find(self, site: Site) -> tuple[str | None, TokenSource]:
        token, source = self._known(site)
        if token is None and site not in self._kept:
            await self._look(site)
            return self._known(site)  # a token may have been given meanwhile
        return token, source

    def _known(self, site: Site) -> tuple[str | None, TokenSource]:
        """Return the token as far as it is known without asking the keyring, and its source."""
        found = {
            TokenSource.LINK: self._given.get(site),
            TokenSource.ENVIRONMENT: self._of_environment(site),
            TokenSource.RUN: self._for_this_run.get(site),
            TokenSource.KEYRING: self._kept.get(site),
        }
        return next(((token, source) for source, token in found.items() if token), (None, TokenSource.NONE))

    async def _look(self, site: Site) -> None:
        """Ask the keyring, once however many wait for its answer, and go on without one that takes long."""
        looking = self._looking.get(site)
        if looking is None:
            looking = self._looking[site] = spawn(self._ask(site), "asking the keyring")
            await asyncio.wait([looking], timeout=self._patience_s)
        if not looking.done():
            self._problem = "it does not answer; it may be locked"

    async def _ask(self, site: Site) -> None:
        try:
            self._kept[site] = await keyring.read(site)
            self._problem = ""
        except keyring.KeyringError as error:  # a download that needs no token goes on
            self._kept[site], self._problem = None, str(error)
        finally:
            del self._looking[site]


def _can_be_sent(token: str | None) -> bool:
    return bool(token) and token is not None and token.isascii() and token.isprintable() and " " not in token
