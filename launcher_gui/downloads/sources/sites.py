"""The sites as they are set up on this computer: where each is reached, and with which token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from yarl import URL

from launcher_gui.downloads.errors.refusals import MisconfiguredError
from launcher_gui.downloads.http.proxies import is_loopback
from launcher_gui.downloads.sources import all_sources
from launcher_gui.downloads.sources.source import Home, Source
from launcher_gui.downloads.sources.tokens import Tokens
from launcher_gui.settings.schema import Settings
from launcher_gui.text.message import message


@dataclass(frozen=True, slots=True)
class Sites:
    """Where the sites are reached, and which tokens they get.

    Attributes:
        settings: Returns the settings as they are now.
        tokens: The tokens.
        environ: The environment.
    """

    settings: Callable[[], Settings]
    tokens: Tokens
    environ: Mapping[str, str]

    def base(self, home: Home) -> URL:
        """Return where ``home``, or the mirror that is set for it, is reached.

        Raises:
            MisconfiguredError: If the mirror is not a web address.
        """
        if home.setting and (chosen := getattr(self.settings(), home.setting)):
            return _base(home.setting, chosen, home)
        if home.variable and (chosen := self.environ.get(home.variable, "").strip()):
            return _base(home.variable, chosen, home)
        return URL(home.url)

    def reached(self, url: str) -> str:
        """Return where to ask for ``url``: at the mirror, if it is a site's and one is set.

        Raises:
            MisconfiguredError: If the mirror is not a web address.
        """
        for _, home in _homes():
            if url.startswith(home.url + "/"):
                return str(self.base(home)).rstrip("/") + url.removeprefix(home.url)
        return url

    def asked_at(self, url: URL) -> tuple[Source[Any], Home] | None:
        """Return the site, and which of its homes, that is asked at ``url``; ``None`` for any other server.

        Where several homes have one origin, the path decides: a GitHub Enterprise server has its API below /api/v3.
        """
        here = [(len(base.path), source, home) for source, home, base in self._bases() if _same_origin(base, url)]
        below = [one for one in here if url.path.startswith(self.base(one[2]).path.rstrip("/") + "/")]
        best = max(below or here, key=lambda one: one[0], default=None)
        return None if best is None else (best[1], best[2])

    def _bases(self) -> list[tuple[Source[Any], Home, URL]]:
        bases = []
        for source, home in _homes():
            try:
                bases.append((source, home, self.base(home)))
            except MisconfiguredError:  # requests to other servers are not affected
                continue
        return bases

    async def token_for(self, url: URL) -> str | None:
        """Return the token to send to ``url``: only to the site itself, and only over an encrypted connection."""
        asked = self.asked_at(url)
        if asked is None or not asked[1].takes_token or not is_private(url):
            return None
        return await self.tokens.of(asked[0])

    def account_url(self, source: Source[Any]) -> URL:
        """Return where ``source`` tells whose token it gets."""
        return URL(self.reached(source.account_url))


def _homes() -> list[tuple[Source[Any], Home]]:
    return [(source, home) for source in all_sources.SOURCES for home in source.homes]


def _base(setting: str, text: str, home: Home) -> URL:
    try:
        url = URL(text.strip().rstrip("/"))
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.host or url.query_string or url.fragment or url.user:
        raise MisconfiguredError(setting, message("site.bad_endpoint"), message("site.endpoint_form", example=home.url))
    return url


def _same_origin(one: URL, other: URL) -> bool:
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


def is_private(url: URL) -> bool:
    """Return whether the connection to ``url`` is encrypted, or stays on this computer."""
    return url.scheme == "https" or is_loopback(url.host or "")
