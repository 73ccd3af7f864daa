"""The settings as a form: pages of fields, conversion of text, and the resulting schedule of waits. Pure, without Qt.

Every field of the schema that is for users is on exactly one page; an unassigned one is on the last. Titles, labels,
units and help texts are in the language of the process, in the translation context "settings";
``packaging/translations.py`` collects them from ``pages``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from launcher_gui.recovery.config import ENVIRONMENT_PREFIX, FieldRule, fields_of, parse
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.strategies import ExponentialStrategy
from launcher_gui.settings.schema import SITE_SETTINGS, Settings
from launcher_gui.text import i18n
from launcher_gui.text.i18n import translate
from launcher_gui.text.message import Message, localize, message

ACCOUNTS = "Accounts"
"""The page of the sites, which shows their tokens beside the fields of the schema."""

_PAGES: dict[str, tuple[str, ...]] = {
    "Retries": (
        "max_retries", "initial_delay", "backoff_factor", "max_delay", "jitter", "max_retry_after", "timeout",
        "total_timeout", "max_recoveries",
    ),
    "Hosts": (
        "circuit_breaker_threshold", "circuit_breaker_timeout", "circuit_breaker_probes",
        "circuit_breaker_failure_rate", "circuit_breaker_window", "circuit_breaker_minimum_calls",
        "circuit_breaker_slow_call",
    ),
    "Downloads": (
        "concurrent_downloads", "concurrent_downloads_per_host", "connections_per_download", "download_hours",
        "bandwidth_limit", "bandwidth_limit_each", "auto_resume", "ask_before_discarding", "probe_links",
    ),
    "Desktop": (
        "close_to_tray", "confirm_quit", "notify_finished", "notify_trouble", "inhibit_sleep", "autostart",
    ),
    "Network": ("proxy", "connect_timeout", "stall_timeout"),
    "Folders": ("download_folder",),
    ACCOUNTS: tuple(SITE_SETTINGS),
    "Appearance": ("theme", "language"),
    "History": ("history_days", "history_limit_mb"),
}  # fmt: skip
_REST = "Other"

FOR_DEVELOPERS = frozenset({"enabled", "persistence_enabled", "retry_budget"})
"""Settings for programs that use the library: environment and command line have them, the dialog does not."""

_LABELS = {
    "circuit_breaker_threshold": "Failures in a row",
    "circuit_breaker_timeout": "Pause a failing host for",
    "circuit_breaker_probes": "Test downloads",
    "circuit_breaker_failure_rate": "Failure share",
    "circuit_breaker_window": "Failure window",
    "circuit_breaker_minimum_calls": "Minimum requests",
    "circuit_breaker_slow_call": "Slow response",
    "concurrent_downloads_per_host": "Max. per host",
    "download_hours": "Download schedule",
    "auto_resume": "Resume interrupted downloads at start",
    "probe_links": "Check links before adding them",
    "confirm_quit": "Ask before quitting while downloads run",
    "close_to_tray": "Close to tray",
    "notify_finished": "Notify when downloads have finished",
    "notify_trouble": "Notify when downloads need attention",
    "inhibit_sleep": "Keep the computer awake while downloading",
    "autostart": "Open when you log in",
    "history_days": "Keep history for",
    "history_limit_mb": "History limit",
    "max_recoveries": "Resume after crash, at most",
    "bandwidth_limit": "Total speed limit",
    "bandwidth_limit_each": "Speed limit per download",
    **SITE_SETTINGS,
}
_UNITS = {"s": "seconds", "history_limit_mb": "MB", "history_days": "days"}


@dataclass(frozen=True, slots=True)
class FormField:
    """A setting as a form shows it.

    Attributes:
        name: Its name in the schema.
        label: Its display name.
        kind: The type of its value.
        rule: Help, unit and bounds.
        default: Its default value.
    """

    name: str
    label: str
    kind: type
    rule: FieldRule
    default: Any

    @property
    def unit(self) -> str:
        """The unit of its value in full; empty if it has none."""
        unit = _UNITS.get(self.name) or _UNITS.get(self.rule.unit, self.rule.unit)
        return translate("settings", unit) if unit else ""

    @property
    def help(self) -> str:
        """Its help text."""
        return translate("settings", self.rule.help)

    @property
    def is_folder(self) -> bool:
        """Whether its value is a folder, so that the form offers to browse for it."""
        return self.name.endswith("_folder")

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return ENVIRONMENT_PREFIX + self.name.upper()


def accounts_title() -> str:
    """Return the title of the page of the sites."""
    return translate("settings", ACCOUNTS)


def pages() -> dict[str, tuple[FormField, ...]]:
    """Return the fields of each page, by title."""
    defaults = {f.name: f.default for f in fields(Settings)}
    known = {
        name: FormField(name, translate("settings", _label(name)), kind, rule, defaults[name])
        for name, rule, kind in fields_of(Settings)
        if name not in FOR_DEVELOPERS
    }
    made = {translate("settings", title): tuple(map(known.pop, names)) for title, names in _PAGES.items()}
    return {**made, translate("settings", _REST): tuple(known.values())} if known else made


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def to_text(value: object) -> str:
    """Return a value in the form in which a user types it."""
    return f"{value:.12g}".replace(".", i18n.decimal_point()) if isinstance(value, float) else str(value)


def choice_label(value: str) -> str:
    """Return the label of one of the values that a field offers."""
    return translate("settings", value.capitalize())


def default_text(field: FormField) -> str:
    """Return the default of a field as text."""
    match field.default:
        case bool():
            return translate("form", "yes") if field.default else translate("form", "no")
        case "":
            return translate("form", "empty")
        case str() if field.rule.choices:
            return choice_label(field.default)
        case _:
            return to_text(field.default)


def value_of(field: FormField, text: str) -> Any:
    """Return the value of the text typed into a field.

    Raises:
        InvalidInputError: If the field does not allow it.
    """
    typed = text.replace(i18n.decimal_point(), ".") if field.kind is float else text
    return parse(field.label, typed, field.kind, field.rule)


def problem_of(field: FormField, text: str) -> str:
    """Return what is wrong with the typed text and what is allowed, as sentences; empty if it is valid."""
    try:
        value_of(field, text)
    except InvalidInputError as error:
        remedy = error.remedy if field.kind is str else _allowed(field) or error.remedy
        return localize(message("setting.problem", problem=error.problem, remedy=remedy))
    return ""


def _allowed(field: FormField) -> Message | None:
    """Return which numbers a field allows, with digits and unit in the language of the process."""
    rule = field.rule
    if rule.minimum is None or rule.maximum is None:
        return None
    least, most, unit = _figure(rule.minimum), _figure(rule.maximum), f" {field.unit}" if field.unit else ""
    if field.kind is int:
        return message("setting.use_whole_number", least=least, most=most, unit=unit)
    return message("setting.use_number", least=least, most=most, unit=unit)


def _figure(value: float) -> str:
    return i18n.number(value, len(f"{value:.12g}".partition(".")[2]))


def matches(field: FormField, text: str) -> bool:
    """Return whether a field matches the text typed into the search box."""
    told = f"{field.label} {field.name} {field.help} {field.variable}".casefold()
    return all(word in told for word in text.casefold().split())


def schedule(values: Mapping[str, Any], most: int = 12) -> tuple[tuple[float, float], ...]:
    """Return the shortest and the longest wait after each failure, in seconds, for at most ``most`` retries.

    Args:
        values: The settings, by field.
        most: The most waits to return.
    """
    strategy = ExponentialStrategy(values["initial_delay"], values["backoff_factor"], values["max_delay"], 0.0)
    longest = [strategy.delay(attempt) for attempt in range(1, min(most, values["max_retries"]) + 1)]
    return tuple((wait * (1 - values["jitter"]), wait) for wait in longest)
