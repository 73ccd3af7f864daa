"""The sites as they are set up here: at which address each is reached, and with which token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from yarl import URL

from launcher_gui.downloads.errors.refusals import MisconfiguredError
from launcher_gui.downloads.http.proxies import is_loopback
from launcher_gui.downloads.sources.addresses import CIVITAI, HUB, HubFile, source_file
from launcher_gui.downloads.sources.tokens import Site, Tokens
from launcher_gui.settings.schema import Settings

_HOMES = {Site.HUB: HUB, Site.CIVITAI: CIVITAI}
_HUB_VARIABLE = "HF_ENDPOINT"  # as Hugging Face's own client names it


@dataclass(frozen=True, slots=True)
class Sites:
    """Where the sites are reached, and who asks there.

    Attributes:
        settings: Returns the settings as they are now.
        tokens: The tokens.
        environ: The environment.
    """

    settings: Callable[[], Settings]
    tokens: Tokens
    environ: Mapping[str, str]

    def base(self, site: Site) -> URL:
        """Return where ``site``, or the mirror of it that was chosen, is reached.

        Raises:
            MisconfiguredError: If what was chosen is no web address.
        """
        settings = self.settings()
        if site is Site.CIVITAI:
            return _base("civitai_endpoint", settings.civitai_endpoint or CIVITAI)
        if settings.hub_endpoint:
            return _base("hub_endpoint", settings.hub_endpoint)
        return _base(_HUB_VARIABLE, self.environ.get(_HUB_VARIABLE, "").strip() or HUB)

    def reached(self, url: str) -> str:
        """Return where ``url`` is to be asked for: at the mirror, if it is a site's and one was chosen.

        Raises:
            MisconfiguredError: If what was chosen is no web address.
        """
        for site, home in _HOMES.items():
            if url.startswith(home + "/"):
                return str(self.base(site)).rstrip("/") + url.removeprefix(home)
        return url

    def asked_at(self, url: URL) -> Site | None:
        """Return the site that is asked at ``url``, ``None`` if that is somebody else."""
        return next((site for site in Site if self._is_at(site, url)), None)

    def _is_at(self, site: Site, url: URL) -> bool:
        try:
            return _same_origin(self.base(site), url)
        except MisconfiguredError:  # what has nothing to do with the site goes on
            return False

    async def token_for(self, url: URL) -> str | None:
        """Return the token to send to ``url``: only to the site itself, and only where nobody can listen."""
        site = self.asked_at(url)
        return await self.tokens.of(site) if site is not None and is_private(url) else None


def token_in(address: str) -> tuple[Site | None, str]:
    """Return the site that ``address`` is at, and the token that its query carries: "", if none."""
    file = source_file(address)
    if file is None:
        return None, ""
    token = parse_qs(urlsplit(address).query).get("token", [""])[0]
    return (Site.HUB if isinstance(file, HubFile) else Site.CIVITAI), token


def _base(setting: str, text: str) -> URL:
    try:
        url = URL(text.strip().rstrip("/"))
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.host or url.query_string or url.fragment or url.user:
        raise MisconfiguredError(setting, "is not the address of a site", "Give one such as https://huggingface.co.")
    return url


def _same_origin(one: URL, other: URL) -> bool:
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


def is_private(url: URL) -> bool:
    """Return whether nobody on the way to ``url`` can listen."""
    return url.scheme == "https" or is_loopback(url.host or "")
