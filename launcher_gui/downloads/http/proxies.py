"""Which proxy a request uses: that of the settings, else that of the environment.

The environment is read as command line tools do: ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY``, in
upper or lower case. Requests to this computer use no proxy, as in browsers.
"""

from __future__ import annotations

import ipaddress
import urllib.request

from yarl import URL

from launcher_gui.downloads.errors.refusals import MisconfiguredError


def proxy_for(target: URL, chosen: str) -> URL | None:
    """Return the proxy for requests to ``target``, ``None`` for a direct connection.

    Args:
        target: The URL to request.
        chosen: The proxy of the settings, which takes precedence over the environment; empty for none.

    Raises:
        MisconfiguredError: If the configured proxy cannot be used.
    """
    host = target.host or ""
    proxies = urllib.request.getproxies_environment()
    named = chosen or proxies.get(target.scheme) or proxies.get("all")
    if not named or is_loopback(host) or _bypassed(host, proxies):
        return None
    try:
        proxy = URL(named if "://" in named else f"http://{named}")
    except ValueError:
        proxy = URL()
    if proxy.scheme not in {"http", "https"} or not proxy.host:
        variable = f"{target.scheme}_proxy" if target.scheme in proxies else "all_proxy"
        raise MisconfiguredError(
            "proxy" if chosen else variable.upper(),
            "is not the address of an HTTP proxy",
            "Give one such as http://proxy.example:3128.",
        )
    return proxy


def _bypassed(host: str, proxies: dict[str, str]) -> bool:
    # proxy_bypass() would look up names on some systems, which blocks.
    return bool(urllib.request.proxy_bypass_environment(host, proxies))  # type: ignore[attr-defined]


def is_loopback(host: str) -> bool:
    """Return whether ``host`` is this computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
