"""Every setting of the program, declared once; ``RECOVERY_<FIELD>`` sets it from the environment.

The settings of a site are declared in the site's module and imported from there: the only import upwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from launcher_gui.downloads.sources.all_sources import SOURCES
from launcher_gui.recovery.config import RecoveryConfig, setting
from launcher_gui.settings.hours import FORM, parse_hours
from launcher_gui.text.message import Message, message

T = TypeVar("T")

THEMES = ("system", "light", "dark")


def refuse_proxy(text: str) -> tuple[Message, Message] | None:
    """Return what is wrong with a proxy's address and the remedy, ``None`` if it is valid."""
    if not text:
        return None
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        known = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        known, parts = None, urlsplit("")
    if "@" in text:
        return message("setting.proxy_password"), message("fix.proxy_password")
    if not known or " " in text or parts.path not in {"", "/"} or parts.query or parts.fragment:
        return message("setting.not_a_proxy"), message("fix.proxy_form", example="http://proxy.example:3128")
    return None


def _with_site_settings(cls: type[T]) -> type[T]:
    """Add the settings that the sites' modules declare to ``cls``."""
    for source in SOURCES:
        for home in source.homes:
            if home.setting:
                default = " or ".join(filter(None, (home.variable, home.url.removeprefix("https://"))))
                cls.__annotations__[home.setting] = "str"
                setattr(cls, home.setting, setting("", f"Address of a mirror. Empty = {default}."))
    return cls


SITE_SETTINGS: Mapping[str, str] = {home.setting: home.label for one in SOURCES for home in one.homes if home.setting}
"""The settings of the sites, each with its display name."""


@dataclass(frozen=True)
@_with_site_settings
class Settings(RecoveryConfig):
    """The settings of the program: the recovery library's configuration and the downloads' own.

    Raises:
        InvalidInputError: If a field does not allow its value.
    """

    max_retries: int = setting(8, "Give up after this many retries without progress.", minimum=0, maximum=1_000_000)
    stall_timeout: float = setting(
        30.0, "Reconnect if no data arrives for this long.", unit="s", minimum=0.05, maximum=86_400
    )
    connect_timeout: float = setting(
        15.0, "Give up connecting after this long.", unit="s", minimum=0.05, maximum=86_400
    )
    concurrent_downloads: int = setting(3, "Downloads at the same time.", minimum=1, maximum=64)
    connections_per_download: int = setting(
        4,
        "Connections used for large files.",
        minimum=1,
        maximum=16,
    )
    concurrent_downloads_per_host: int = setting(
        0,
        "Downloads at once from one host (0 = no limit).",
        minimum=0,
        maximum=64,
    )
    download_hours: str = setting(
        "",
        "Only download between these times, such as 22:00-07:00.",
        read=parse_hours,
        form=FORM,
    )
    bandwidth_limit: float = setting(
        0.0,
        "For all downloads together (0 = unlimited).",
        unit="MB/s",
        minimum=0,
        maximum=1_000_000,
    )
    bandwidth_limit_each: float = setting(
        0.0, "For each download (0 = unlimited).", unit="MB/s", minimum=0, maximum=1_000_000
    )
    auto_resume: bool = setting(True, "Automatically resume downloads after a restart.")
    ask_before_discarding: float = setting(
        64.0,
        "Ask before throwing away more than this much partial data (0 = never ask).",
        unit="MB",
        minimum=0,
        maximum=1_000_000_000,
    )
    download_folder: str = setting("", "Default folder for new downloads.")
    probe_links: bool = setting(True, "Turn off for links that work only once.")
    confirm_quit: bool = setting(True, "Quitting pauses running downloads.")
    close_to_tray: bool = setting(False, "Keep running in the tray when the window is closed.")
    notify_finished: bool = setting(True, "Show a desktop notification.")
    notify_trouble: bool = setting(True, "Show a desktop notification when a download fails.")
    inhibit_sleep: bool = setting(True, "The screen may still turn off.")
    autostart: bool = setting(False, "Start with your session.")
    proxy: str = setting(
        "",
        "For example http://proxy.example:3128. Empty = system proxy.",
        refuse=refuse_proxy,
    )
    theme: str = setting("system", "Follow the system, or always light or dark.", choices=THEMES)
    language: str = setting("", "Such as de; empty for the system's language. Takes effect after restart.")
    history_days: int = setting(
        90, "Keep finished downloads in the list for this many days (0 = forever).", minimum=0, maximum=36_500
    )
    history_limit_mb: int = setting(
        256,
        "Maximum history size (0 = unlimited).",
        minimum=0,
        maximum=1_000_000,
    )
