"""The middleware of every request: adds a site's token, and turns a site's refusal into an error with the reason.

It sees each hop of a redirect as a request of its own, so a token cannot follow one to another origin
(RFC 9110, section 15.4).
"""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse

from launcher_gui.downloads.sources.sites import Sites
from launcher_gui.downloads.sources.source import Answer


@dataclass(frozen=True, slots=True)
class AuthMiddleware:
    """A client middleware of aiohttp.

    Attributes:
        sites: Where the sites are reached, and with which token.
    """

    sites: Sites

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send ``request`` on, with the token if it goes to a site that has one.

        Raises:
            SiteRefusalError: If the site refused and gave a reason.
        """
        asked = self.sites.asked_at(request.url)
        if asked is None:
            return await handler(request)
        source, _ = asked
        token = await self.sites.token_for(request.url)
        if token is not None and "Authorization" not in request.headers:
            request.headers.update(source.authorization(token))
        with_token = token is not None or "Authorization" in request.headers
        response = await handler(request)
        answer = Answer(str(request.url), response.status, response.headers)
        refused = source.refusal(answer, with_token=with_token)
        if refused is not None:
            self.sites.tokens.doubt(source)
            response.release()
            raise refused
        return response
