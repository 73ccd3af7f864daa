"""What every request passes: a site is told who asks, nobody else is, and a site's refusal is put into words.

It sees each hop of a redirect as a request of its own, so a token cannot follow one to another origin
(RFC 9110, section 15.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse
from yarl import URL

from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.sources import civitai, hugging_face
from launcher_gui.downloads.sources.sites import Sites
from launcher_gui.downloads.sources.tokens import Site


@dataclass(frozen=True, slots=True)
class AuthMiddleware:
    """A client middleware of aiohttp's.

    Attributes:
        sites: Where the sites are reached, and with which token.
    """

    sites: Sites

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send ``request`` on, with the token if it goes to a site that has one.

        Raises:
            SiteRefusalError: If the site refused and said why.
        """
        site = self.sites.asked_at(request.url)
        if site is None:
            return await handler(request)
        token = await self.sites.token_for(request.url)
        if token is not None and "Authorization" not in request.headers:
            request.headers["Authorization"] = f"Bearer {token}"
        with_token = "Authorization" in request.headers
        response = await handler(request)
        refused = _refusal(site, request.url, response.status, response.headers, with_token=with_token)
        if refused is not None:
            self.sites.tokens.doubt(site)
            response.release()
            raise refused
        return response


def _refusal(
    site: Site, url: URL, status: int, headers: Mapping[str, str], *, with_token: bool
) -> SiteRefusalError | None:
    if site is Site.CIVITAI:
        return civitai.refusal(str(url), status, headers.get("Location", ""), with_token=with_token)
    return hugging_face.refusal(str(url), status, headers, with_token=with_token) if status >= 400 else None
