"""Every setting of the program, declared once; ``RECOVERY_<FIELD>`` sets it from the environment.

The settings of a site are declared in the site's file, and are read from there: that is the one import upwards.
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
    """Return what is wrong with the address of a proxy and what to do instead, ``None`` if it is fine."""
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
    """Declare in ``cls`` the settings that the sites' own files declare."""
    for source in SOURCES:
        for home in source.homes:
            if home.setting:
                default = " or ".join(filter(None, (home.variable, home.url.removeprefix("https://"))))
                cls.__annotations__[home.setting] = "str"
                setattr(cls, home.setting, setting("", f"Address of a mirror. Empty = {default}."))
    return cls


SITE_SETTINGS: Mapping[str, str] = {home.setting: home.label for one in SOURCES for home in one.homes if home.setting}
"""The settings of the sites, each with its name as it is shown."""


@dataclass(frozen=True)
@_with_site_settings
class Settings(RecoveryConfig):
    """What governs the program: the recovery library's configuration and the downloads' own.

    Raises:
        InvalidInputError: If a value is not one the field allows.
    """

    max_retries: int = setting(
        8, "How often to try again without a single new byte before giving up.", minimum=0, maximum=1_000_000
    )
    stall_timeout: float = setting(
        30.0, "How long no byte may come before an attempt is given up.", unit="s", minimum=0.05, maximum=86_400
    )
    connect_timeout: float = setting(
        15.0, "How long reaching a server may take.", unit="s", minimum=0.05, maximum=86_400
    )
    concurrent_downloads: int = setting(3, "How many downloads run at once.", minimum=1, maximum=64)
    connections_per_download: int = setting(
        4,
        "Through how many connections a large file is fetched, where the server proves that all parts are of one file.",
        minimum=1,
        maximum=16,
    )
    concurrent_downloads_per_host: int = setting(
        0,
        "How many of them may come from one host, in all programs on the store together; 0 for any number.",
        minimum=0,
        maximum=64,
    )
    download_hours: str = setting(
        "",
        "Between which hours downloads run, such as 22:00-07:00, by the local time; else they wait. Empty for always.",
        read=parse_hours,
        form=FORM,
    )
    bandwidth_limit: float = setting(
        0.0,
        "How fast all downloads of one process may be together; 0 for no limit.",
        unit="MB/s",
        minimum=0,
        maximum=1_000_000,
    )
    bandwidth_limit_each: float = setting(
        0.0, "How fast one download may be; 0 for no limit.", unit="MB/s", minimum=0, maximum=1_000_000
    )
    auto_resume: bool = setting(True, "Whether downloads that were interrupted go on at the next start.")
    ask_before_discarding: float = setting(
        64.0,
        "What has come of a file and cannot be used is discarded without asking up to this size; 0 for any size.",
        unit="MB",
        minimum=0,
        maximum=1_000_000_000,
    )
    download_folder: str = setting("", "Where files go unless told otherwise; empty for your downloads folder.")
    probe_links: bool = setting(
        True, "Whether servers are asked what they have before a link is added; no for links that work only once."
    )
    confirm_quit: bool = setting(True, "Whether the window asks before it quits while it downloads.")
    close_to_tray: bool = setting(
        False, "Whether closing the window leaves the program in the tray, where there is one; Quit ends it."
    )
    notify_finished: bool = setting(True, "Whether the desktop tells that downloads have finished.")
    notify_trouble: bool = setting(True, "Whether the desktop tells that downloads have failed and need you.")
    inhibit_sleep: bool = setting(True, "Whether the computer is kept awake while this window downloads.")
    autostart: bool = setting(False, "Whether the window opens when you log in.")
    proxy: str = setting(
        "",
        "The proxy that everything is asked through, such as http://proxy.example:3128; empty for the environment's.",
        refuse=refuse_proxy,
    )
    theme: str = setting("system", "How the window looks: as the system has it, light or dark.", choices=THEMES)
    language: str = setting("", "Language of the window, such as de, from its next start on; empty for the system's.")
    history_days: int = setting(
        90, "For how many days the history of what has ended is kept; 0 for ever.", minimum=0, maximum=36_500
    )
    history_limit_mb: int = setting(
        256,
        "Size of the store in MB above which the oldest history goes sooner; 0 for any size.",
        minimum=0,
        maximum=1_000_000,
    )
